"""``dms loan``: originals handed out, renewed, called back, taken back and lost."""

from collections.abc import Callable
from pathlib import Path

import click

from dms.archive import Archive
from dms.cli.lending_facts import loan_facts, loan_shown_facts
from dms.cli.lending_files import write_form
from dms.cli.session import Session, answer, with_session
from dms.custody.lending import (
    LOAN_STATE_NAMES,
    HandOut,
    TakenBack,
    hand_out,
    list_loans,
    print_loans,
    recall_loan,
    renew_loan,
    report_loss,
    show_loan,
    sign_for_loan,
    take_back,
)
from dms.domain.actor import Actor
from dms.domain.lending import Condition, Loan

_CONDITION = click.Choice([each.value for each in Condition])
_Act = Callable[[Actor, Archive], Loan]


@click.group("loan")
def loan_group() -> None:
    """Originals that are out 借出的原件, for a person: give --as USER."""


@loan_group.command("hand-out")
@click.argument("line", type=int)
@click.option("--condition", type=_CONDITION, default="sound", show_default=True, help="借出时状况.")
@click.option("--sheets", type=click.IntRange(1), help="Sheets counted 张数.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def hand_out_line(session: Session, *, line: int, condition: str, sheets: int | None, as_json: bool) -> None:
    """Hand out the original of LINE, the number that ``dms request show --json`` gives a paper."""
    stated = HandOut(condition=Condition(condition), sheets=sheets)
    _done(session, lambda actor, archive: hand_out(actor, line, stated, archive=archive), as_json=as_json)


@loan_group.command("sign")
@click.argument("loan", type=int)
@click.option("--json", "as_json", is_flag=True)
@with_session
def sign(session: Session, *, loan: int, as_json: bool) -> None:
    """Sign for an original that one was handed 签收."""
    _done(session, lambda actor, archive: sign_for_loan(actor, loan, archive=archive), as_json=as_json)


@loan_group.command("renew")
@click.argument("loan", type=int)
@click.option("--json", "as_json", is_flag=True)
@with_session
def renew(session: Session, *, loan: int, as_json: bool) -> None:
    """Renew a loan 续借."""
    _done(session, lambda actor, archive: renew_loan(actor, loan, archive=archive), as_json=as_json)


@loan_group.command("recall")
@click.argument("loan", type=int)
@click.option("--reason", required=True, help="催还原因.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def recall(session: Session, *, loan: int, reason: str, as_json: bool) -> None:
    """Call an original back 催还."""
    _done(session, lambda actor, archive: recall_loan(actor, loan, reason, archive=archive), as_json=as_json)


@loan_group.command("return")
@click.argument("loan", type=int)
@click.option("--condition", type=_CONDITION, required=True, help="归还检查.")
@click.option("--note", default="", help="What is missing or damaged 缺损情况.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def bring_back(session: Session, *, loan: int, condition: str, note: str, as_json: bool) -> None:
    """Take an original back 归还."""
    stated = TakenBack(condition=Condition(condition), note=note)
    _done(session, lambda actor, archive: take_back(actor, loan, stated, archive=archive), as_json=as_json)


@loan_group.command("lose")
@click.argument("loan", type=int)
@click.option("--report", required=True, help="How it was lost 遗失情况.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def lose(session: Session, *, loan: int, report: str, yes: bool, as_json: bool) -> None:
    """Report an original lost; that is written into the filing note of its volume."""
    session.require_consent(f"报告借出记录 {loan} 的原件遗失？", f"Report the original of loan {loan} lost?", given=yes)
    _done(session, lambda actor, archive: report_loss(actor, loan, report, archive=archive), as_json=as_json)


@loan_group.command("show")
@click.argument("loan", type=int)
@click.option("--json", "as_json", is_flag=True)
@with_session
def show(session: Session, *, loan: int, as_json: bool) -> None:
    """One loan."""
    with session.archive() as archive:
        shown = show_loan(session.actor(archive), loan, archive=archive)
    if as_json:
        answer(loan_shown_facts(shown))
        return
    _told(session, shown.loan)


@loan_group.command("list")
@click.option("--overdue", is_flag=True, help="Only those overdue 逾期.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the list, .pdf or .xlsx.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_them(session: Session, *, overdue: bool, output: Path | None, as_json: bool) -> None:
    """The originals that are out, the first due first."""
    with session.archive() as archive:
        actor = session.actor(archive)
        loans = list_loans(actor, archive=archive, overdue_only=overdue)
        if output:
            write_form(output, lambda kind: print_loans(actor, kind, archive=archive, overdue_only=overdue))
    if as_json:
        answer({"loans": [loan_shown_facts(each) for each in loans]})
        return
    for each in loans:
        late = session.text(f"逾期 {each.late_working_days} 个工作日", f"{each.late_working_days} working days late")
        said = late if each.late_working_days else ""
        click.echo(f"{each.loan.id}  {each.loan.due_on}  {each.loan.borrower}  {each.line.title}  {said}")


def _done(session: Session, act: _Act, *, as_json: bool) -> None:
    with session.archive() as archive:
        loan = act(session.actor(archive), archive)
    if as_json:
        answer(loan_facts(loan))
        return
    _told(session, loan)


def _told(session: Session, loan: Loan) -> None:
    state = LOAN_STATE_NAMES[loan.state]
    session.say(f"借出记录 {loan.id}：{state.zh}，应还 {loan.due_on}", f"Loan {loan.id}: {state.en}, due {loan.due_on}")
