"""Where duties come from: every part of the house that has things falling due says so itself.

Invariant: what is told here is owed at this moment; nothing of it is kept, but what a night found missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dms.archive import is_working_day
from dms.custody import appraising, leaving, lending, protecting, reporting, reviewing, titles
from dms.custody.duties.rules import expiry_notice_in, missing_months_in, recurring_in
from dms.domain.actor import Actor, Role
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.recurring_duty import occurrences
from dms.domain.transfer import TransferBatch
from dms.domain.working_days import after_months, first_working_day
from dms.errors import Bilingual
from dms.store import Expiring, ExpiringPaper, MissingBatch, UnitOfWork

LONGEST_EXPIRED: Final = timedelta(days=366)
"""What expired longer ago is history; the list of missing papers goes on asking for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which duties are asked for."""

    today_on: date
    """Today."""
    until_on: date
    """The last day that counts."""
    actor: Actor | None = None
    """Who may know of what they are about; None for the archive's own work."""
    departments: frozenset[str] | None = None
    """Only what falls to one of these; None where that does not matter."""

    def concerns(self, department: str) -> bool:
        """Whether what falls to a department is asked for."""
        return self.departments is None or department in self.departments


def owed(view: UnitOfWork, asked: Asked) -> Iterator[tuple[Duty, bool]]:
    """Everything that is owed, in no order, and whether it is certain that the actor may know what it is about.

    What other parts of the house say is told whole, whatever departments are asked for, for only they know whose it is;
    the caller asks further. Nothing is owed from before the archive was there.
    """
    for source in _OWN:
        yield from ((duty, True) for duty in source(view, asked))
    founded_on = local_day(view.figures.founded_at())
    for others in _OTHERS:
        yield from (
            (duty, False) for duty in others(view, asked.today_on) if founded_on <= duty.due_on <= asked.until_on
        )


def _reviews(view: UnitOfWork, asked: Asked) -> Iterator[Duty]:
    return reviewing.duties(
        view, on=asked.today_on, until_on=asked.until_on, actor=asked.actor, departments=asked.departments
    )


def _hand_overs(view: UnitOfWork, asked: Asked) -> Iterator[Duty]:
    for batch in view.transfers.overdue(asked.until_on + timedelta(days=1), actor=asked.actor):
        if asked.concerns(batch.from_department):
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


def _expiries(view: UnitOfWork, asked: Asked) -> Iterator[Duty]:
    names = {kind.code: kind for kind in view.scheme.all_types()}
    limits = {
        code: min(asked.until_on, asked.today_on + timedelta(days=days))
        for code, days in expiry_notice_in(view).items()
    }
    wanted = Expiring(until_on=limits, since_on=asked.today_on - LONGEST_EXPIRED, departments=asked.departments)
    for paper in view.duties.expiring(wanted, actor=asked.actor):
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


def _missing(view: UnitOfWork, asked: Asked) -> Iterator[Duty]:
    months = missing_months_in(view)
    found = view.duties.missing_batches(found_by_on=asked.today_on, actor=asked.actor, departments=asked.departments)
    for batch in found:
        duty = _missing_duty(batch, months)
        if duty.due_on <= asked.until_on:
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


def _recurring(view: UnitOfWork, asked: Asked) -> Iterator[Duty]:
    done = view.duties.settled()
    for rule in recurring_in(view):
        if rule.role is not None or asked.concerns(rule.department):
            yield from occurrences(rule, done=done, until_on=asked.until_on, is_working_day=is_working_day)


_OwnSource = Callable[[UnitOfWork, Asked], Iterator[Duty]]
_OWN: Final[tuple[_OwnSource, ...]] = (_hand_overs, _expiries, _missing, _recurring, _reviews)
_OthersSource = Callable[[UnitOfWork, date], Iterator[Duty]]
_OTHERS: Final[tuple[_OthersSource, ...]] = (
    lambda view, on: lending.duties(view, on=on),
    lambda view, on: titles.duties(view, on=on),
    lambda view, on: appraising.duties(view, on=on),
    lambda view, on: reporting.duties(view, on=on),
    lambda view, on: leaving.duties(view, on=on),
    lambda view, on: protecting.duties(view, on=on),
)
"""What the other parts of custody say is owed."""
