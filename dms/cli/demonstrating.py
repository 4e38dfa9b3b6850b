"""``dms demo``: sample customers and scans, put through the real pipeline.

The operator then confirms most of them as a person would, from what is known of the samples, leaves some in the tray
so that a newcomer has something to confirm, and binds one year.
"""

import contextlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from dms.archive import Archive
from dms.bootstrap import passphrase_in, receiving_limits
from dms.cli.demo_people import settle_people
from dms.cli.ingesting import read_until_idle
from dms.cli.session import Session, with_session
from dms.demo import DemoCustomer, DemoPaper, DemoPerson, demo_company, demo_customers, demo_papers
from dms.domain.actor import Actor
from dms.domain.customer import CustomerFacts, FormerName, Side
from dms.domain.item import CopyKind, Item, ItemState
from dms.domain.proposal import FieldName
from dms.filing import Confirmation, CustomerAlreadyKnown, CustomerCodeTaken, confirm, register_customer
from dms.filing.binding import binding_runs, carry_on, plan_binding, start_binding
from dms.ingest import Claim, Upload, receive

LEFT_IN_TRAY = 6
"""So many of the last papers wait for the newcomer."""
BOUND_YEAR = 2023
"""Its volumes wait for a second person's check; the contract of that year still runs and is carried forward."""


@click.command("demo", short_help="Fill an archive with sample papers 示例档案")
@click.option(
    "--people-password-file",
    type=click.Path(path_type=Path),
    help="Add sample people of every role, all with the password in this file 示例人员的密码文件.",
)
@with_session
def demo_command(session: Session, *, people_password_file: Path | None) -> None:
    """Fill the archive with sample customers and scans, through the real pipeline; run again, it adds nothing."""
    password = passphrase_in(people_password_file) if people_password_file else None
    with session.archive() as archive:
        actor = session.actor(archive)
        _state_own_company(archive)
        for customer in demo_customers():
            _register(customer, actor, archive)
        papers = demo_papers()
        received = [(paper, _receive(paper, session, actor, archive)) for paper in papers]
        session.say(f"示例资料 {len(papers)} 件，正在识别……", f"Reading {len(papers)} sample papers …")
        read_until_idle(session, archive)
        for paper, item in received[:-LEFT_IN_TRAY]:
            _confirm(paper, item, actor, archive)
        _bind_once(actor, archive)
        if password:
            _tell_people(settle_people(actor, password, archive=archive), session)
    session.say("示例档案已就绪。", "The sample archive is ready.")


def _tell_people(people: Sequence[DemoPerson], session: Session) -> None:
    for person in people:
        role = person.role.replace("_", " ")
        session.say(f"示例人员 {person.name}（{person.display_name}）", f"Sample person {person.name}, {role}")


def _bind_once(actor: Actor, archive: Archive) -> None:
    """Bind the year, the first time only: papers that somebody files later are bound when he wants them to be."""
    if binding_runs(actor, archive=archive) or not plan_binding(actor, BOUND_YEAR, archive=archive).volumes:
        return
    carry_on(actor, start_binding(actor, BOUND_YEAR, archive=archive).id, archive=archive)


def _state_own_company(archive: Archive) -> None:
    with archive.begin() as work:
        if not work.scheme.own_names():
            work.scheme.state_fonds(code=work.scheme.fonds_code(), name=demo_company().name)


def _register(customer: DemoCustomer, actor: Actor, archive: Archive) -> None:
    facts = CustomerFacts(
        code=customer.code,
        name=customer.name,
        former_names=tuple(FormerName(name) for name in customer.former_names),
        uscc=customer.uscc,
        sides=frozenset(Side(side) for side in customer.sides),
        department=customer.department,
    )
    with contextlib.suppress(CustomerCodeTaken, CustomerAlreadyKnown):
        register_customer(actor, facts, archive=archive)


def _receive(paper: DemoPaper, session: Session, actor: Actor, archive: Archive) -> Item | None:
    upload = Upload(original_filename=paper.original_filename, uploaded_bytes=paper.original_bytes, claim=Claim())
    return receive(actor, upload, archive=archive, limits=receiving_limits(session.settings)).item


def _confirm(paper: DemoPaper, item: Item | None, actor: Actor, archive: Archive) -> None:
    with archive.looking() as view:
        present = view.items.get(item.key) if item else None
    if present is None or present.state is not ItemState.REVIEW:
        return
    amount = paper.fields.get(FieldName.AMOUNT)
    confirmation = Confirmation(
        customer_code=paper.customer_code,
        contract_no=paper.fields.get(FieldName.CONTRACT_NO, ""),
        type_code=paper.document_type,
        series_code="",
        year=paper.year,
        title=present.title,
        doc_on=date.fromisoformat(paper.fields[FieldName.DOC_DATE]),
        amount=Decimal(amount) if amount else None,
        copy_kind=CopyKind.ORIGINAL,
        grade=present.classification.grade,
    )
    confirm(actor, present.id, confirmation, archive=archive)
