"""Reports as they were handed in, and the guide to the fonds, version by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.actor import Actor
from dms.domain.report import FondsGuide, HandedInReport, ReportName, ReportPeriod
from dms.store.engine import inserted_id
from dms.store.report_tables import fonds_guide as guide_table
from dms.store.report_tables import handed_in_report as table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToHandIn:
    """What is kept of a report that is handed in."""

    name: ReportName
    period: ReportPeriod
    title: str
    recipient: str
    figures: Mapping[str, Any]
    """The report as plain JSON."""
    pdf: bytes
    digest: str
    handed_in_at: datetime


_LISTED = [column for column in table.c if column.name not in ("pdf", "figures")]


class HandedInReports:
    """The reports that left the archive."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: ReportToHandIn, *, actor: Actor) -> HandedInReport:
        """Keep a report as it is handed in by a person, with how far that person sees."""
        values = {
            "name": stated.name.value,
            "first_on": stated.period.first_on,
            "last_on": stated.period.last_on,
            "title": stated.title,
            "recipient": stated.recipient,
            "figures": dict(stated.figures),
            "pdf": stated.pdf,
            "digest": stated.digest,
            "size_bytes": len(stated.pdf),
            "handed_in_at": stated.handed_in_at,
            "handed_in_by": actor.name,
            "clearance": actor.clearance,
            "departments": None if actor.departments is None else sorted(actor.departments),
        }
        key = inserted_id(self._connection.execute(table.insert().values(**values)))
        return _report(self._connection.execute(select(*_LISTED).where(table.c.id == key)).one())

    def known(self, report_id: int, *, actor: Actor) -> HandedInReport | None:
        """The report with this number, if the actor sees as far as whoever made it out."""
        row = self._connection.execute(select(*_LISTED).where(table.c.id == report_id)).first()
        found = _report(row) if row else None
        return found if found and _may_read(actor, found) else None

    def pdf(self, report_id: int) -> bytes:
        """The bytes that were handed in; the report must exist."""
        return bytes(self._connection.execute(select(table.c.pdf).where(table.c.id == report_id)).scalar_one())

    def all(self, *, actor: Actor) -> list[HandedInReport]:
        """Those that the actor may read, the latest first; there are a few a year."""
        rows = self._connection.execute(select(*_LISTED).order_by(table.c.id.desc()))
        return [found for found in map(_report, rows) if _may_read(actor, found)]

    def is_handed_in(self, name: ReportName, period: ReportPeriod) -> bool:
        """Whether this report of this period was handed in at all, by whomever."""
        same = (
            table.c.name == name.value,
            table.c.first_on == period.first_on,
            table.c.last_on == period.last_on,
        )
        return self._connection.execute(select(table.c.id).where(*same).limit(1)).first() is not None


class FondsGuides:
    """The versions of the guide to the fonds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self) -> FondsGuide:
        """The newest version; version 0 with nothing in it where nobody wrote any."""
        row = self._connection.execute(select(guide_table).order_by(guide_table.c.version.desc()).limit(1)).first()
        return FondsGuide(**dict(row._mapping)) if row else FondsGuide(version=0)

    def write(self, guide: FondsGuide) -> FondsGuide:
        """The guide under the next version number."""
        last = self._connection.execute(select(func.coalesce(func.max(guide_table.c.version), 0))).scalar_one()
        values = {name: getattr(guide, name) for name in FondsGuide.__dataclass_fields__}
        self._connection.execute(guide_table.insert().values(**values | {"version": int(last) + 1}))
        return self.latest()

    def versions(self) -> list[FondsGuide]:
        """Every version, the newest first."""
        rows = self._connection.execute(select(guide_table).order_by(guide_table.c.version.desc()))
        return [FondsGuide(**dict(row._mapping)) for row in rows]


def _may_read(actor: Actor, found: HandedInReport) -> bool:
    if actor.clearance > found.clearance:
        return False
    if actor.departments is None:
        return True
    return found.departments is not None and set(found.departments) <= actor.departments


def _report(row: Row[Any]) -> HandedInReport:
    return HandedInReport(
        id=row.id,
        name=ReportName(row.name),
        period=ReportPeriod(first_on=row.first_on, last_on=row.last_on),
        title=row.title,
        recipient=row.recipient,
        digest=row.digest,
        size_bytes=row.size_bytes,
        handed_in_at=row.handed_in_at,
        handed_in_by=row.handed_in_by,
        clearance=row.clearance,
        departments=None if row.departments is None else tuple(row.departments),
    )
