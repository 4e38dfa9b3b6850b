"""Damage planted on purpose: in the vault as a failing disk would do it, in the catalogue as an intruder would."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.inspection import Finding, InspectionScope
from dms.domain.item import Item, RenditionRole
from dms.evidence import InspectionRequest, verify
from dms.store import ItemFilter, SealedRow
from vault import LocalStorage

FULL = InspectionRequest(scope=InspectionScope.FULL)
QUICK = InspectionRequest()


class InterruptedStorage(LocalStorage):
    """The vault's folder, in front of which something happens just before a certain read."""

    def __init__(self, root: Path, *, at_read: int, do: Callable[[], object]) -> None:
        super().__init__(root)
        self._reads_left = at_read
        self._do = do
        self.interrupted = False

    def read_at(self, object_id: str, offset: int, length: int) -> bytes:
        if self._reads_left == 0 and not self.interrupted:
            self.interrupted = True
            self._do()
        self._reads_left -= 1
        return super().read_at(object_id, offset, length)


def found(archive: Archive, wanted: InspectionRequest = QUICK) -> set[tuple[str, str]]:
    """Code and subject of everything that an inspection finds."""
    return {(finding.code, finding.subject) for finding in findings(archive, wanted)}


def findings(archive: Archive, wanted: InspectionRequest = QUICK) -> tuple[Finding, ...]:
    """Everything that an inspection finds."""
    return verify(OPERATOR, wanted, archive=archive).findings


def items(archive: Archive) -> list[Item]:
    """The papers, in the order of their arrival."""
    with archive.looking() as view:
        return [view.items.get(key) for key in view.items.keys(ItemFilter())]


def rows(archive: Archive) -> list[SealedRow]:
    """Every sealed object that the catalogue knows."""
    with archive.looking() as view:
        return view.contents.sealed(limit=1000)


def row_of(archive: Archive, item: Item, role: RenditionRole = RenditionRole.ORIGINAL) -> SealedRow:
    """One object of a paper."""
    return next(row for row in rows(archive) if row.item_id == item.id and row.role is role)


def object_path(archive: Archive, object_id: str) -> Path:
    """Where a sealed object lies."""
    return archive.home / "vault" / object_id[:2] / object_id


def flip(path: Path, offset: int) -> None:
    """Turn one bit of what is stored."""
    stored = bytearray(path.read_bytes())
    stored[offset] ^= 1
    path.write_bytes(stored)


def age(path: Path, now: datetime, by: timedelta) -> None:
    """Make it look as if it had been written so long before."""
    moment = (now - by).timestamp()
    os.utime(path, (moment, moment))


def tamper(archive: Archive, *statements: str) -> None:
    """Change the catalogue past all of its guards, as only somebody with its key and SQL could."""
    with archive.begin() as work:
        triggers = work.connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in triggers:
            work.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            work.connection.exec_driver_sql(statement)
        for _, guard in triggers:
            work.connection.exec_driver_sql(guard)
