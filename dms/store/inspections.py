"""Inspections in the catalogue: recorded once, never changed (triggers refuse it)."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.inspection import Finding, Inspection, InspectionScope, Severity
from dms.errors import Bilingual
from dms.store.engine import inserted_id
from dms.store.upkeep_tables import inspection as table


class Inspections:
    """The inspections, by number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, added: Inspection) -> Inspection:
        """The inspection as recorded, with its number."""
        return replace(added, id=inserted_id(self._connection.execute(table.insert().values(**_columns(added)))))

    def get(self, inspection_id: int) -> Inspection | None:
        """The inspection with this number; None if there is none."""
        row = self._connection.execute(select(table).where(table.c.id == inspection_id)).first()
        return _inspection(row) if row else None

    def latest(self, scope: InspectionScope) -> Inspection | None:
        """The latest inspection of this scope; None if there was none yet."""
        query = select(table).where(table.c.scope == scope.value).order_by(table.c.id.desc()).limit(1)
        row = self._connection.execute(query).first()
        return _inspection(row) if row else None

    def list(self, *, limit: int, offset: int = 0) -> list[Inspection]:
        """One page of the inspections, the newest first."""
        rows = self._connection.execute(select(table).order_by(table.c.id.desc()).limit(limit).offset(offset))
        return [_inspection(row) for row in rows]

    def count(self) -> int:
        """How many there are."""
        return self._connection.execute(select(func.count()).select_from(table)).scalar_one()

    def latest_parts(self, parts: int) -> dict[int, int]:
        """For samples of so many parts: the number of the latest inspection of each part that was looked at."""
        query = (
            select(table.c.part, func.max(table.c.id))
            .where(table.c.scope == InspectionScope.SAMPLE.value, table.c.parts == parts)
            .group_by(table.c.part)
        )
        return {int(part): int(number) for part, number in self._connection.execute(query)}


def _columns(added: Inspection) -> dict[str, Any]:
    return {
        "scope": added.scope.value,
        "part": added.part,
        "parts": added.parts,
        "began_at": added.began_at,
        "ended_at": added.ended_at,
        "actor": added.actor,
        "sound": added.is_sound,
        "counts": dict(added.counts),
        "facts": dict(added.facts),
        "findings": [_finding_columns(finding) for finding in added.findings],
        "report_digest": added.report_digest,
    }


def _finding_columns(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "what_zh": finding.what.zh,
        "what_en": finding.what.en,
        "remedy_zh": finding.remedy.zh,
        "remedy_en": finding.remedy.en,
    }


def _inspection(row: Row[Any]) -> Inspection:
    return Inspection(
        id=row.id,
        scope=InspectionScope(row.scope),
        part=row.part,
        parts=row.parts,
        began_at=row.began_at,
        ended_at=row.ended_at,
        actor=row.actor,
        counts=row.counts,
        facts=row.facts,
        findings=tuple(_finding(stored) for stored in row.findings),
        report_digest=row.report_digest,
    )


def _finding(stored: dict[str, str]) -> Finding:
    return Finding(
        code=stored["code"],
        severity=Severity(stored["severity"]),
        subject=stored["subject"],
        what=Bilingual(stored["what_zh"], stored["what_en"]),
        remedy=Bilingual(stored["remedy_zh"], stored["remedy_en"]),
    )
