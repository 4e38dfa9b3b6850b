"""``dms scheme`` and ``dms numbers``: the class scheme in force, and the reference codes that were given."""

from datetime import datetime
from typing import Any

import click

from dms.cli.session import Session, answer, with_session
from dms.cli.verifying_errors import DamageFound
from dms.domain.document_type import Series
from dms.domain.numbering import NumberGap, SpentNumber
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind
from dms.domain.scheme import ClassScheme
from dms.filing.arranging import (
    AdoptedRules,
    NumberingVerdict,
    NumberingWish,
    SchemeChange,
    SchemeWish,
    adopt_scheme,
    arrangement,
    explain_gap,
    number_gaps,
    numbering,
    numbering_verdict,
    numbers_given,
    preview_numbering,
    scheme_change,
    state_numbering,
    style_texts,
)

DAY = click.DateTime(["%Y-%m-%d"])
KIND = click.option(
    "--kind",
    type=click.Choice([kind.value for kind in CodeKind]),
    default=CodeKind.VOLUME.value,
    show_default=True,
    help="What bears the numbers 编号对象.",
)
MOST_LISTED = 1000


@click.group("scheme")
def scheme_group() -> None:
    """Class schemes 分类方案."""


@scheme_group.command("show")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_scheme(session: Session, *, code: str | None, as_json: bool) -> None:
    """Print the scheme in force, or what adopting the ready-made scheme CODE would change."""
    with session.archive() as archive:
        actor = session.actor(archive)
        found = arrangement(actor, archive=archive)
        change = scheme_change(actor, SchemeWish(scheme_code=code), archive=archive) if code else None
    if as_json:
        ready = {"ready_made": [scheme.code for scheme in found.ready_made]}
        answer(_change_json(change) if change else _scheme_json(found.scheme) | ready)
        return
    _print_scheme(session, change.scheme if change else found.scheme)
    if change:
        _print_change(session, change)


@scheme_group.command("adopt")
@click.argument("code")
@click.option("--approved-by", required=True, help="Person or decision 批准人或批准文号.")
@click.option("--valid-from", "valid_from_at", type=DAY, help="First day 施行日期, YYYY-MM-DD; today where left out.")
@click.option("--as-shipped", is_flag=True, help="With the rules as shipped, not the company's 使用自带规则.")
@click.option("--yes", "consent", is_flag=True, help="Do not ask 不再询问.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def adopt_command(
    session: Session,
    *,
    code: str,
    approved_by: str,
    valid_from_at: datetime | None,
    as_shipped: bool,
    consent: bool,
    as_json: bool,
) -> None:
    """File by the ready-made scheme CODE from now on; what was filed before stays where it is."""
    wish = SchemeWish(
        scheme_code=code,
        approved_by=approved_by,
        valid_from_on=valid_from_at.date() if valid_from_at else None,
        rules=AdoptedRules.SHIPPED if as_shipped else AdoptedRules.KEPT,
    )
    with session.archive() as archive:
        actor = session.actor(archive)
        planned = scheme_change(actor, wish, archive=archive)
        retired = "、".join(each.code for each in planned.retired) or "-"
        session.require_consent(
            f"采用“{planned.scheme.zh}”，停用类目 {retired}？",
            f"Adopt “{planned.scheme.en}” and retire the series {retired}?",
            given=consent,
        )
        change = adopt_scheme(actor, wish, archive=archive)
    if as_json:
        answer(_change_json(change))
    scheme = change.scheme
    session.say(f"已采用“{scheme.zh}”第 {scheme.version} 版", f"“{scheme.en}” is in force, version {scheme.version}")


@click.group("numbers")
def numbers_group() -> None:
    """Reference codes 档号."""


@numbers_group.command("style")
@click.argument("code", required=False, type=click.Choice(list(NUMBERING_STYLES)))
@click.option("--json", "as_json", is_flag=True)
@with_session
def style_command(session: Session, *, code: str | None, as_json: bool) -> None:
    """Print how codes are written, with the next ones; with CODE, write them in this ready-made style from now on."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if code:
            state_numbering(actor, NumberingWish(texts=style_texts(code)), archive=archive)
        style = numbering(actor, archive=archive).style_code
        shown = preview_numbering(actor, NumberingWish(texts={}), archive=archive).patterns
    if as_json:
        patterns = [{"kind": each.kind.value, "pattern": each.text, "next": list(each.codes)} for each in shown]
        answer({"style": style, "patterns": patterns})
        return
    click.echo(f"{style or session.text('（自定）', '(of our own)')}")
    for each in shown:
        click.echo(f"{each.kind.value:10} {each.text}\n{'':10} {'  '.join(each.codes)}")


@numbers_group.command("list")
@click.argument("words", nargs=-1)
@KIND
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=100, show_default=True, help="At most 最多.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page of the list 页次.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_numbers(session: Session, *, words: tuple[str, ...], kind: str, limit: int, page: int, as_json: bool) -> None:
    """List the numbers given, those whose code holds all the WORDS."""
    with session.archive() as archive:
        found = numbers_given(
            session.actor(archive),
            CodeKind(kind),
            archive=archive,
            words=" ".join(words),
            limit=limit,
            offset=(page - 1) * limit,
        )
    if as_json:
        answer({"total": found.total, "numbers": [_number_json(number) for number in found.numbers]})
        return
    for number in found.numbers:
        click.echo(f"{number.code:40} {number.subject or '-':22} {number.void_reason}".rstrip())
    session.say(f"共 {found.total} 个", f"{found.total} in all")


@numbers_group.command("gaps")
@KIND
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_gaps(session: Session, *, kind: str, as_json: bool) -> None:
    """List the numbers that were left out, and nobody has said why."""
    with session.archive() as archive:
        found = number_gaps(session.actor(archive), CodeKind(kind), archive=archive, limit=MOST_LISTED)
    if as_json:
        answer({"total": found.total, "gaps": [{"scope": gap.scope, "number": gap.number} for gap in found.gaps]})
        return
    for gap in found.gaps:
        click.echo(f"{gap.scope:40} {gap.number}")
    session.say(f"共 {found.total} 个空号", f"{found.total} gaps")


@numbers_group.command("explain")
@click.argument("scope")
@click.argument("number", type=click.IntRange(1))
@KIND
@click.option("--reason", required=True, help="Why it was left out 空号原因.")
@with_session
def explain_command(session: Session, *, scope: str, number: int, kind: str, reason: str) -> None:
    """Say why a NUMBER of a SCOPE (as `dms numbers gaps` prints it) was left out; it is never given afterwards."""
    gap = NumberGap(kind=CodeKind(kind), scope=scope, number=number)
    with session.archive() as archive:
        explained = explain_gap(session.actor(archive), gap, reason, archive=archive)
    session.say(f"空号 {explained.code} 已说明", f"The gap {explained.code} is explained")


@numbers_group.command("check")
@click.option("--json", "as_json", is_flag=True)
@with_session
def check_command(session: Session, *, as_json: bool) -> None:
    """Check that what bears a code and the register agree, both ways; leave with 7 where they do not."""
    with session.archive() as archive:
        verdict = numbering_verdict(session.actor(archive), archive=archive)
    if as_json:
        answer(_verdict_json(verdict))
    else:
        _print_verdict(session, verdict)
    if verdict.disagreements:
        raise DamageFound(verdict.disagreements)


def _print_scheme(session: Session, scheme: ClassScheme) -> None:
    name = session.text(scheme.zh, scheme.en)
    approved = f"  {scheme.approved_by}" if scheme.approved_by else ""
    click.echo(f"{scheme.code}  {name}  v{scheme.version}  {scheme.valid_from_on or ''}{approved}".rstrip())
    for each in scheme.series:
        click.echo(
            f"  {each.code:8} {each.year_rule.value:13} {each.retention_code:4} {each.grade}  "
            f"{session.text(each.zh, each.en)}"
        )


def _print_change(session: Session, change: SchemeChange) -> None:
    for each in change.retired:
        click.echo(f"  {session.text('停用', 'retired')}  {each.code:8} {session.text(each.zh, each.en)}")
    for kind, series_code in change.moved_types:
        click.echo(f"  {kind.code:20} {kind.series:4} → {series_code:4} {session.text(kind.zh, kind.en)}")


def _print_verdict(session: Session, verdict: NumberingVerdict) -> None:
    for subject, code in verdict.named.unrecorded:
        click.echo(f"{code:40} {subject}  {session.text('未登记', 'not in the register')}")
    for code in verdict.named.unborne:
        click.echo(f"{code:40} {session.text('无人使用', 'borne by nothing')}")
    for scope in verdict.named.counted_short:
        click.echo(f"{scope:40} {session.text('计数落后', 'counter behind')}")
    session.say(
        f"已给出 {verdict.given} 个号，不符 {verdict.disagreements} 处，未说明的空号 {verdict.gaps} 个",
        f"{verdict.given} numbers given, {verdict.disagreements} disagreements, {verdict.gaps} unexplained gaps",
    )


def _series_json(series: Series) -> dict[str, Any]:
    return {
        "code": series.code,
        "zh": series.zh,
        "en": series.en,
        "year_rule": series.year_rule.value,
        "retention": series.retention_code,
        "grade": series.grade,
        "checklist": [requirement.code for requirement in series.checklist],
        "columns": list(series.columns),
        "retired": series.retired,
    }


def _scheme_json(scheme: ClassScheme) -> dict[str, Any]:
    return {
        "code": scheme.code,
        "version": scheme.version,
        "zh": scheme.zh,
        "en": scheme.en,
        "valid_from_on": scheme.valid_from_on.isoformat() if scheme.valid_from_on else None,
        "approved_by": scheme.approved_by,
        "series": [_series_json(each) for each in scheme.series],
    }


def _change_json(change: SchemeChange) -> dict[str, Any]:
    return {
        "scheme": _scheme_json(change.scheme),
        "coming": [each.code for each in change.coming],
        "retired": [each.code for each in change.retired],
        "moved_types": {kind.code: series_code for kind, series_code in change.moved_types},
    }


def _number_json(number: SpentNumber) -> dict[str, Any]:
    return {
        "code": number.code,
        "kind": number.kind.value,
        "scope": number.scope,
        "number": number.number,
        "subject": number.subject,
        "spent_at": number.spent_at.isoformat(),
        "voided_at": number.voided_at.isoformat() if number.voided_at else None,
        "void_reason": number.void_reason,
    }


def _verdict_json(verdict: NumberingVerdict) -> dict[str, Any]:
    named = verdict.named
    return {
        "given": verdict.given,
        "gaps": verdict.gaps,
        "disagreements": verdict.disagreements,
        "unrecorded": [{"subject": subject, "code": code} for subject, code in named.unrecorded],
        "unborne": list(named.unborne),
        "counted_short": list(named.counted_short),
    }
