"""Hand-overs as they are shown: the list of batches, one batch with its lines, what is overdue, the accession register.

Invariant: a batch that names a paper which the asker may not know of is not there for him, nor counted (I5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dms.archive import Archive, is_calendar_known, is_working_day, item_for
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.one_line import one_line
from dms.domain.reference_code import CodeKind
from dms.domain.transfer import DeadlineRule, TransferBatch, TransferLine, TransferState
from dms.domain.working_days import working_days_between
from dms.filing.transferring.deadlines import rules_in
from dms.filing.transferring.errors import TransferNotFound
from dms.filing.transferring.finding import RUNNING, batch_for, subject_of
from dms.filing.transferring.signing import list_digest
from dms.store import TransferTotals, UnitOfWork

NOTHING_LISTED = TransferTotals(papers=0, pages=0, sheets=0, ticked=0, missing=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWish:
    """Which batches to list; what is empty or None does not matter."""

    states: frozenset[TransferState] = frozenset()
    year: int | None = None
    department: str | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSummary:
    """One batch in a list."""

    batch: TransferBatch
    totals: TransferTotals
    late_working_days: int
    """Working days past its deadline; 0 for one that is in time, ended, or without a deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferList:
    """One page of batches and how many there are in all."""

    total: int
    transfers: tuple[TransferSummary, ...]
    departments: tuple[str, ...]
    """All that anything was handed over from, for a filter."""
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferShown:
    """One batch with everything about it."""

    summary: TransferSummary
    lines: tuple[TransferLine, ...]
    item_ids: dict[int, str]
    """The ids of the scanned papers, by the keys that the lines name."""
    rule: DeadlineRule | None
    """None for a batch without a deadline, or whose rule is not known any more."""
    accession: str
    """Its number in the accession register; empty before it was accepted."""
    is_list_as_signed: bool | None
    """Whether the list is still the one that was signed; None before that."""
    is_calendar_known: bool
    """Whether the public holidays of the deadline's years are known; else it was counted by weekdays alone."""

    @property
    def batch(self) -> TransferBatch:
        """The batch."""
        return self.summary.batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Accession:
    """One entry of the accession register 接收登记簿."""

    code: str
    batch: TransferBatch
    totals: TransferTotals
    titles: tuple[str, ...]
    """The first papers of the list, by title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessionRegister:
    """One page of the accession register, the latest entry first, and how many entries there are in all."""

    total: int
    entries: tuple[Accession, ...]


def list_transfers(actor: Actor, wish: TransferWish, *, archive: Archive) -> TransferList:
    """One page of the batches that fit, the newest first."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, batches = view.transfers.page(
            states=wish.states, year=wish.year, department=wish.department, actor=actor, limit=wish.limit,
            offset=wish.offset,
        )  # fmt: skip
        return TransferList(
            total=total,
            transfers=_summaries(batches, _today(archive), work=view),
            departments=tuple(view.transfers.departments(actor=actor)),
            years=tuple(view.transfers.years(actor=actor)),
        )


def overdue_transfers(actor: Actor, *, archive: Archive) -> tuple[TransferSummary, ...]:
    """The batches that were not accepted in time, the longest overdue first."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return _summaries(view.transfers.overdue(_today(archive), actor=actor), _today(archive), work=view)


def show_transfer(actor: Actor, transfer_id: int, *, archive: Archive) -> TransferShown:
    """One batch with its list; raises `TransferNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        batch = batch_for(actor, transfer_id, work=view)
        lines = tuple(view.transfers.lines(batch.id))
        keys = [line.item_key for line in lines if line.item_key is not None]
        (summary,) = _summaries([batch], _today(archive), work=view)
        numbers = view.numbers.of_subject(subject_of(batch))
        return TransferShown(
            summary=summary,
            lines=lines,
            item_ids={key: view.items.get(key).id for key in keys},
            rule=next((rule for rule in rules_in(view) if rule.code == batch.rule_code), None),
            accession=next((spent.code for spent in numbers if spent.kind is CodeKind.ACCESSION), ""),
            is_list_as_signed=list_digest(batch, lines) == batch.list_digest if batch.list_digest else None,
            is_calendar_known=all(is_calendar_known(day.year) for day in (batch.begun_on, batch.due_on) if day),
        )


def transfer_id_of(actor: Actor, reference: str, *, archive: Archive) -> int:
    """The id of the batch with this number or id; raises `TransferNotFound`."""
    actor.require(Permission.CONSULT)
    named = one_line(reference)
    with archive.looking() as view:
        numbered = view.transfers.with_number(named)
        batch_id = numbered.id if numbered else int(named) if named.isascii() and named.isdecimal() else 0
        try:
            return batch_for(actor, batch_id, work=view).id
        except TransferNotFound:
            raise TransferNotFound(named) from None


def transfers_of_item(actor: Actor, item_id: str, *, archive: Archive) -> tuple[TransferBatch, ...]:
    """The batches with which a paper was handed over, as far as the actor may know of them; raises `ItemNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        item = item_for(actor, item_id, work=view)
        return tuple(view.transfers.of_item(item.key, actor=actor))


def accession_register(
    actor: Actor, *, archive: Archive, year: int | None = None, limit: int = 50, offset: int = 0
) -> AccessionRegister:
    """One page of the accession register; `year` is that of the papers' batch."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, entered = view.transfers.accessions(actor=actor, year=year, limit=limit, offset=offset)
        totals = view.transfers.totals([batch.id for _, batch in entered])
        entries = tuple(
            Accession(
                code=code,
                batch=batch,
                totals=totals.get(batch.id, NOTHING_LISTED),
                titles=tuple(line.title for line in view.transfers.lines(batch.id)[:5]),
            )
            for code, batch in entered
        )
    return AccessionRegister(total=total, entries=entries)


def _summaries(batches: Iterable[TransferBatch], today: date, *, work: UnitOfWork) -> tuple[TransferSummary, ...]:
    chosen = list(batches)
    totals = work.transfers.totals([batch.id for batch in chosen])
    return tuple(
        TransferSummary(
            batch=batch,
            totals=totals.get(batch.id, NOTHING_LISTED),
            late_working_days=_late_working_days(batch, today),
        )
        for batch in chosen
    )


def _late_working_days(batch: TransferBatch, today: date) -> int:
    if batch.last_day is None or batch.state not in RUNNING or today <= batch.last_day:
        return 0
    # A day on which nobody works is late all the same.
    return max(1, working_days_between(batch.last_day, today, is_working_day))


def _today(archive: Archive) -> date:
    return local_day(archive.now())
