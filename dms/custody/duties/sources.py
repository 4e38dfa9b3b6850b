"""Where duties come from: every part of the house that has things falling due says so itself.

Invariant: what is told here is owed at this moment; nothing of it is kept, but what a night found missing.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from dms.archive import is_working_day
from dms.custody import appraising, leaving, lending, reporting, reviewing, titles
from dms.custody.duties.rules import expiry_notice_in, missing_months_in, recurring_in
from dms.domain.actor import Actor, Role
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.recurring_duty import occurrences
from dms.domain.transfer import TransferBatch
from dms.domain.working_days import after_months, first_working_day
from dms.errors import Bilingual
from dms.store import ExpiringPaper, MissingBatch, UnitOfWork

LONGEST_EXPIRED: Final = timedelta(days=366)
"""What expired longer ago is history; the list of missing papers goes on asking for it."""


def owed(view: UnitOfWork, *, on: date, until_on: date, actor: Actor | None = None) -> Iterator[Duty]:
    """Everything that is owed until a day, in no order; with an actor, without what he may not know of here.

    What other parts of the house say is told whole, for only they know whose it is; the caller asks further. Nothing is
    owed from before the archive was there.
    """
    for source in _OWN:
        yield from source(view, on, until_on, actor)
    founded_on = local_day(view.figures.founded_at())
    for others in _OTHERS:
        yield from (duty for duty in others(view, on) if founded_on <= duty.due_on <= until_on)


def _reviews(view: UnitOfWork, on: date, until_on: date, actor: Actor | None) -> Iterator[Duty]:
    return reviewing.duties(view, on=on, until_on=until_on, actor=actor)


def _hand_overs(view: UnitOfWork, on: date, until_on: date, actor: Actor | None) -> Iterator[Duty]:
    for batch in view.transfers.overdue(until_on + timedelta(days=1), actor=actor):
        yield _hand_over(batch)


def _hand_over(batch: TransferBatch) -> Duty:
    named = batch.number or f"#{batch.id}"
    return Duty(
        kind=DutyKind.HAND_OVER,
        subject=f"transfer/{batch.id}",
        what=Bilingual(f"移交资料，批次 {named}", f"Hand over the papers of batch {named}"),
        due_on=batch.last_day or batch.begun_on,
        department=batch.from_department,
    )


def _expiries(view: UnitOfWork, on: date, until_on: date, actor: Actor | None) -> Iterator[Duty]:
    ahead = expiry_notice_in(view)
    names = {kind.code: kind for kind in view.scheme.all_types()}
    limits = {code: min(until_on, on + timedelta(days=days)) for code, days in ahead.items()}
    for paper in view.duties.expiring(limits, since_on=on - LONGEST_EXPIRED, actor=actor):
        kind = names.get(paper.type_code)
        yield _expiry(paper, Bilingual(kind.zh, kind.en) if kind else Bilingual(paper.type_code, paper.type_code))


def _expiry(paper: ExpiringPaper, kind: Bilingual) -> Duty:
    customer, day = f"{paper.customer_code} {paper.customer_name}", paper.valid_to_on.isoformat()
    return Duty(
        kind=DutyKind.EXPIRY,
        subject=f"item/{paper.item_id}",
        what=Bilingual(
            f"更新{kind.zh}：{customer}，有效期至 {day}", f"Renew: {kind.en} of {customer}, valid until {day}"
        ),
        due_on=paper.valid_to_on,
        department=paper.department,
        role=None if paper.department else Role.ARCHIVIST,
    )


def _missing(view: UnitOfWork, on: date, until_on: date, actor: Actor | None) -> Iterator[Duty]:
    months = missing_months_in(view)
    for batch in view.duties.missing_batches(found_by_on=on, actor=actor):
        duty = _missing_duty(batch, months)
        if duty.due_on <= until_on:
            yield duty


def _missing_duty(batch: MissingBatch, months: int) -> Duty:
    found = batch.found_on.isoformat()
    whose = batch.department or "未定部门"
    return Duty(
        kind=DutyKind.MISSING_PAPER,
        subject=f"missing/{batch.department}/{found}",
        what=Bilingual(
            f"补齐 {found} 核对时发现缺少的资料（{whose}）",
            f"Bring the papers found missing on {found} ({batch.department or 'no department'})",
        ),
        due_on=first_working_day(after_months(batch.found_on, months), is_working_day),
        department=batch.department,
        role=None if batch.department else Role.ARCHIVIST,
    )


def _recurring(view: UnitOfWork, on: date, until_on: date, actor: Actor | None) -> Iterator[Duty]:
    done = view.duties.settled()
    for rule in recurring_in(view):
        yield from occurrences(rule, done=done, until_on=until_on, is_working_day=is_working_day)


_OwnSource = Callable[[UnitOfWork, date, date, Actor | None], Iterator[Duty]]
_OWN: Final[tuple[_OwnSource, ...]] = (_hand_overs, _expiries, _missing, _recurring, _reviews)
_OthersSource = Callable[[UnitOfWork, date], Iterator[Duty]]
_OTHERS: Final[tuple[_OthersSource, ...]] = (
    lambda view, on: lending.duties(view, on=on),
    lambda view, on: titles.duties(view, on=on),
    lambda view, on: appraising.duties(view, on=on),
    lambda view, on: reporting.duties(view, on=on),
    lambda view, on: leaving.duties(view, on=on),
    lambda view, on: leaving.duties(view, on=on),
)
"""What the other parts of custody say is owed."""
