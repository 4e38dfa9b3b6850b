"""The journal in the catalogue: it takes entries and gives them back; triggers refuse everything else."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.actor import Actor
from dms.domain.journal import GENESIS_DIGEST, JournalEntry, entry_digest
from dms.store.tables import journal as table

_LAST = select(table.c.seq, table.c.digest).order_by(table.c.seq.desc()).limit(1)
_INSERT = table.insert()


class Journal:
    """Append-only; each entry carries the digest of the one before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(
        self, actor: Actor, action: str, subject: str, *, at: datetime, details: Mapping[str, str | int | None]
    ) -> JournalEntry:
        """The entry for one act, chained to the last; call it in the transaction of the act itself (I6)."""
        last = self._connection.execute(_LAST).first()
        draft = JournalEntry(
            seq=last.seq + 1 if last else 1,
            at=at,
            actor=actor.name,
            origin=actor.origin.value,
            action=action,
            subject=subject,
            details=details,
            previous_digest=last.digest if last else GENESIS_DIGEST,
            digest="",
        )
        entry = replace(draft, digest=entry_digest(draft))
        self._connection.execute(_INSERT, _columns(entry))
        return entry

    def entries(self, *, subject: str | None = None, newest_first: int | None = None) -> Iterator[JournalEntry]:
        """The entries about one subject or all, oldest first, or the given number of newest ones first."""
        query = select(table)
        if subject is not None:
            query = query.where(table.c.subject == subject)
        if newest_first is not None:
            query = query.order_by(table.c.seq.desc()).limit(newest_first)
        else:
            query = query.order_by(table.c.seq)
        return (_entry(row) for row in self._connection.execute(query))

    def has_recent(self, actor: Actor, action: str, subject: str, *, since: datetime) -> bool:
        """Whether the actor has done this to the subject since then."""
        query = select(table.c.seq).where(
            table.c.subject == subject, table.c.action == action, table.c.actor == actor.name, table.c.at >= since
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def latest_by_others(self, subject: str, actions: Collection[str], *, since: datetime) -> datetime | None:
        """When somebody else than the account of this name last did one of these to it; None if nobody since then."""
        query = select(func.max(table.c.at)).where(
            table.c.subject == subject,
            table.c.actor != subject,
            table.c.action.in_(actions),
            table.c.at >= since,
        )
        latest: datetime | None = self._connection.execute(query).scalar_one()
        return latest

    def latest_seq(self, actions: Collection[str]) -> int:
        """The number of the latest entry about one of these acts, 0 if there is none; a cheap sign of change."""
        query = select(func.coalesce(func.max(table.c.seq), 0)).where(table.c.action.in_(actions))
        return int(self._connection.execute(query).scalar_one())

    def head(self) -> tuple[int, str]:
        """Number and digest of the last entry; 0 and the genesis digest where there is none."""
        row = self._connection.execute(_LAST).first()
        return (row.seq, row.digest) if row else (0, GENESIS_DIGEST)

    def count(self) -> int:
        """How many entries there are."""
        return self._connection.execute(select(func.count()).select_from(table)).scalar_one()


def _columns(entry: JournalEntry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "origin": entry.origin,
        "action": entry.action,
        "subject": entry.subject,
        "details": dict(entry.details),
        "previous_digest": entry.previous_digest,
        "digest": entry.digest,
    }


def _entry(row: Row[Any]) -> JournalEntry:
    return JournalEntry(**row._mapping)
