"""Figures for reports: how much there is, came in, was used and went, as far as one person may know of it (I5).

A report is made a few times a year; each of these reads as many rows as there are, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, true

from dms.domain.actor import Actor
from dms.domain.contract import ContractState
from dms.domain.customer import CustomerGrade, CustomerNature, CustomerStatus, Side, VolumeAxis
from dms.domain.item import ItemState
from dms.domain.volume import SEALED_STATES, VolumeSource
from dms.store.contract_lists import contract_known_to
from dms.store.items import visible_to
from dms.store.keeping_tables import due_date
from dms.store.lending_tables import loan, use_request
from dms.store.rights import among, customer_known_to
from dms.store.tables import contract, customer, destruction, item, journal, volume
from dms.store.volumes import known_to


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedContract:
    """What a report asks of one contract."""

    customer_id: int
    department: str
    """The one that handles it, or its customer's."""
    state: ContractState
    amount: Decimal | None
    signed_on: date | None
    closed_on: date | None
    """The latest of performance, settlement, warranty and termination, else the end of its term; None while it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCustomer:
    """What a report asks of one customer."""

    id: int
    code: str
    name: str
    department: str
    grade: CustomerGrade
    nature: CustomerNature
    status: CustomerStatus
    volume_axis: VolumeAxis
    sides: frozenset[Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much of one kind."""

    items: int
    pages: int
    sheets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How many papers are alike in what a report groups by."""

    series_code: str | None
    retention_code: str | None
    """That of the volume, else of the paper, else of its series."""
    grade: int
    medium: str
    counted: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeHolding:
    """How many volumes are alike."""

    series_code: str
    is_bound: bool
    volumes: int
    spine_mm: int
    """Of those whose spine is known, together."""
    papers_without_scan: int
    """Papers that an older catalogue names, and of which no scan is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseFigures:
    """How much papers were used in a period."""

    opened: int
    """Papers opened on screen."""
    readers: int
    """Persons who opened any."""
    copies_taken: int
    """Originals and searchable copies that were taken away."""
    requests: int
    approved: int
    refused: int
    loans: int
    returned: int
    overdue: int
    """Of the loans that are out, those whose day is past."""
    lost: int


_FILED = (ItemState.FILED.value,)
_LISTED_HERE = (ItemState.FILED.value, ItemState.REVIEW.value)
_CLOSED = (ContractState.PERFORMED.value, ContractState.TERMINATED.value)
_SEALED = [state.value for state in SEALED_STATES]
_COUNTS = (
    func.count(),
    func.coalesce(func.sum(func.coalesce(item.c.pages_total, 0)), 0),
    func.coalesce(func.sum(func.coalesce(item.c.sheets, item.c.pages_total, 0)), 0),
)
_OPENED = "item_opened"
_TAKEN = ("original_taken", "searchable_copy_taken")


class Statistics:
    """The figures of reports."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def contracts(self, *, actor: Actor) -> Sequence[CountedContract]:
        """Every contract that the actor may know of; bare numbers that nobody stated are left out."""
        days = (contract.c.performed_on, contract.c.settled_on, contract.c.warranty_ends_on, contract.c.terminated_on)
        latest = func.nullif(func.max(*(func.coalesce(day, "") for day in days)), "")
        closed_on = case((contract.c.state.in_(_CLOSED), func.coalesce(latest, contract.c.ends_on)), else_=None)
        own = func.coalesce(func.nullif(contract.c.department, ""), customer.c.department)
        query = (
            select(
                contract.c.customer_id,
                own.label("department"),
                contract.c.state,
                contract.c.amount,
                contract.c.signed_on,
                closed_on.label("closed_on"),
            )
            .join(customer, customer.c.id == contract.c.customer_id)
            .where(contract_known_to(actor))
        )
        return [
            CountedContract(
                **dict(row._mapping) | {"state": ContractState(row.state), "closed_on": _day(row.closed_on)}
            )
            for row in self._connection.execute(query)
        ]

    def customers(self, *, actor: Actor) -> Sequence[CountedCustomer]:
        """Every customer that the actor may know of, by code; those merged into another are left out."""
        names = ("id", "code", "name", "department", "grade", "nature", "status", "volume_axis", "sides")
        query = select(*(customer.c[name] for name in names)).where(
            customer_known_to(actor), customer.c.merged_into_id.is_(None)
        )
        return [
            CountedCustomer(
                id=row.id,
                code=row.code,
                name=row.name,
                department=row.department,
                grade=CustomerGrade(row.grade),
                nature=CustomerNature(row.nature),
                status=CustomerStatus(row.status),
                volume_axis=VolumeAxis(row.volume_axis),
                sides=frozenset(map(Side, row.sides)),
            )
            for row in self._connection.execute(query.order_by(customer.c.code))
        ]

    def holdings(self, *, actor: Actor, before: datetime) -> Sequence[Holding]:
        """The filed papers that came in before a moment, grouped."""
        retention = func.coalesce(volume.c.retention_code, item.c.retention_code)
        groups = (item.c.series_code, retention.label("retention_code"), item.c.grade, item.c.medium)
        query = (
            select(*groups, *_COUNTS)
            .select_from(item.outerjoin(volume, volume.c.id == item.c.volume_id))
            .where(item.c.state.in_(_FILED), item.c.received_at < before, visible_to(actor))
            .group_by(*groups)
        )
        return [
            Holding(series_code=row[0], retention_code=row[1], grade=row[2], medium=row[3], counted=_counted(row[4:]))
            for row in self._connection.execute(query)
        ]

    def accruals(self, *, actor: Actor, since: datetime, before: datetime) -> dict[str | None, Counted]:
        """The papers, filed or waiting for it, that came in from one moment to another, by series."""
        query = (
            select(item.c.series_code, *_COUNTS)
            .where(
                item.c.state.in_(_LISTED_HERE),
                item.c.received_at >= since,
                item.c.received_at < before,
                visible_to(actor),
            )
            .group_by(item.c.series_code)
        )
        return {row[0]: _counted(row[1:]) for row in self._connection.execute(query)}

    def papers_by_customer(self, *, actor: Actor, years: Sequence[int]) -> dict[tuple[int, int], Counted]:
        """The filed papers of these years, by customer id and year."""
        query = (
            select(item.c.customer_id, item.c.year, *_COUNTS)
            .where(item.c.state.in_(_FILED), among(item.c.year, years), visible_to(actor))
            .where(item.c.customer_id.is_not(None))
            .group_by(item.c.customer_id, item.c.year)
        )
        return {(row[0], row[1]): _counted(row[2:]) for row in self._connection.execute(query)}

    def volumes(self, *, actor: Actor) -> Sequence[VolumeHolding]:
        """The volumes that are not destroyed, by series, bound ones apart."""
        is_bound = volume.c.state.in_(_SEALED).label("is_bound")
        legacy = case((volume.c.source == VolumeSource.LEGACY.value, volume.c.item_count), else_=0)
        sums = (func.count(), func.coalesce(func.sum(volume.c.spine_mm), 0), func.coalesce(func.sum(legacy), 0))
        query = (
            select(volume.c.series_code, is_bound, *sums)
            .where(volume.c.state != "destroyed", known_to(actor))
            .group_by(volume.c.series_code, is_bound)
            .order_by(volume.c.series_code, is_bound)
        )
        return [
            VolumeHolding(
                series_code=row[0], is_bound=bool(row[1]), volumes=row[2], spine_mm=row[3], papers_without_scan=row[4]
            )
            for row in self._connection.execute(query)
        ]

    def destroyed(self, *, actor: Actor, since: datetime, before: datetime) -> Counted:
        """What was destroyed from one moment to another."""
        query = (
            select(
                func.count(), func.coalesce(func.sum(destruction.c.pages), 0), func.coalesce(func.sum(item.c.sheets), 0)
            )
            .select_from(destruction.join(item, item.c.id == destruction.c.item_id))
            .where(destruction.c.destroyed_at >= since, destruction.c.destroyed_at < before, visible_to(actor))
        )
        return _counted(tuple(self._connection.execute(query).one()))

    def due(self, *, actor: Actor, by: date) -> int:
        """Filed papers whose term has ended by a day."""
        query = (
            select(func.count())
            .select_from(due_date.join(item, item.c.key == due_date.c.item_key))
            .where(due_date.c.due_on <= by, item.c.state.in_(_FILED), visible_to(actor))
        )
        return int(self._connection.execute(query).scalar_one())

    def use(self, *, actor: Actor, since: datetime, before: datetime, today: date) -> UseFigures:
        """How much papers were used; of a department's papers, or its own requests, for whoever sees no further."""
        in_time = and_(journal.c.at >= since, journal.c.at < before)
        of_papers = journal.join(item, item.c.id == journal.c.subject)
        opened = (
            select(func.count(), func.count(journal.c.actor.distinct()))
            .select_from(of_papers)
            .where(journal.c.action == _OPENED, in_time, visible_to(actor))
        )
        opened_count, readers = self._connection.execute(opened).one()
        taken = select(func.count()).select_from(of_papers)
        taken = taken.where(journal.c.action.in_(_TAKEN), in_time, visible_to(actor))
        return UseFigures(
            opened=opened_count,
            readers=readers,
            copies_taken=int(self._connection.execute(taken).scalar_one()),
            **self._requests(actor, since, before),
            **self._loans(actor, since, before, today),
        )

    def loans_overdue_by_department(self, *, actor: Actor, today: date) -> dict[str, int]:
        """How many originals each department should have brought back."""
        query = (
            select(loan.c.department, func.count())
            .where(loan.c.returned_at.is_(None), loan.c.due_on < today, _own(loan.c.department, actor))
            .group_by(loan.c.department)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def waiting_by_department(self, *, actor: Actor) -> dict[str, int]:
        """How many papers wait to be confirmed, by the department of their customer."""
        query = (
            select(func.coalesce(customer.c.department, ""), func.count())
            .select_from(item.outerjoin(customer, customer.c.id == item.c.customer_id))
            .where(item.c.state == ItemState.REVIEW.value, visible_to(actor))
            .group_by(func.coalesce(customer.c.department, ""))
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def first_year_and_last(self, *, actor: Actor) -> tuple[int, int] | None:
        """The years of the earliest and the latest filed paper; None where there is none."""
        query = select(func.min(item.c.year), func.max(item.c.year))
        first, last = self._connection.execute(query.where(item.c.state.in_(_FILED), visible_to(actor))).one()
        return None if first is None else (int(first), int(last))

    def _requests(self, actor: Actor, since: datetime, before: datetime) -> dict[str, int]:
        in_time = and_(use_request.c.asked_at >= since, use_request.c.asked_at < before)
        query = select(use_request.c.state, func.count()).where(in_time, _own(use_request.c.department, actor))
        counts = {row[0]: row[1] for row in self._connection.execute(query.group_by(use_request.c.state))}
        decided = {state: counts.get(state, 0) for state in ("approved", "closed", "revoked", "refused")}
        return {
            "requests": sum(counts.values()),
            "approved": decided["approved"] + decided["closed"] + decided["revoked"],
            "refused": decided["refused"],
        }

    def _loans(self, actor: Actor, since: datetime, before: datetime, today: date) -> dict[str, int]:
        def counted(*conditions: ColumnElement[bool]) -> int:
            query = select(func.count()).select_from(loan).where(*conditions, _own(loan.c.department, actor))
            return int(self._connection.execute(query).scalar_one())

        return {
            "loans": counted(loan.c.handed_out_at >= since, loan.c.handed_out_at < before),
            "returned": counted(loan.c.returned_at >= since, loan.c.returned_at < before),
            "overdue": counted(loan.c.returned_at.is_(None), loan.c.lost_at.is_(None), loan.c.due_on < today),
            "lost": counted(loan.c.lost_at >= since, loan.c.lost_at < before),
        }


def _own(department: ColumnElement[Any], actor: Actor) -> ColumnElement[bool]:
    """What a person with departments sees of a register that names departments."""
    return true() if actor.departments is None else or_(department == "", among(department, actor.departments))


def _counted(row: Sequence[Any]) -> Counted:
    items, pages, sheets = row
    return Counted(items=items, pages=pages, sheets=sheets)


def _day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text
