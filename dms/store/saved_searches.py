"""Searches that persons keep, and those they made last; each person's for that person alone.

Invariants: every statement names whose searches it means, so nobody ever meets those of another; what was found at a
look is kept as the keys themselves, so that what is new since then is told exactly.
"""

import struct
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
)

from dms.domain.actor import Actor
from dms.store.engine import inserted_id
from dms.store.tables import Moment, metadata

OPERATORS_OWN = 0
"""In the place of a user's id, for the operator of the machine, who has no account."""
RECENT_KEPT = 20

table = Table(
    "saved_search",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("request", JSON, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("looked_at", Moment, nullable=False),
    Column("since_at", Moment, nullable=False),
    Column("found", LargeBinary, nullable=False),
    Column("fresh", LargeBinary, nullable=False),
    UniqueConstraint("owner", "name"),
    sqlite_autoincrement=True,  # the journal names a search by its number, which must not come to mean another
)

recent = Table(
    "recent_search",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Integer, nullable=False),
    Column("identity", Text, nullable=False),
    Column("request", JSON, nullable=False),
    UniqueConstraint("owner", "identity"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSearch:
    """A search that a person keeps under a name."""

    id: int
    name: str
    request: Mapping[str, Any]
    """As `dms.search` writes it."""
    made_at: datetime
    looked_at: datetime
    """When the person looked at its answer last; at first the moment of saving."""
    since_at: datetime
    """When the person had looked before that: since then was new what was new at the last look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLook:
    """What a person found when looking at a search last, as keys of items."""

    found: frozenset[int]
    new: frozenset[int]
    """Those that had not been found at the look before."""


class SavedSearches:
    """The searches that persons keep."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, owner: Actor, name: str, request: Mapping[str, Any], *, found: Collection[int], at: datetime
    ) -> KeptSearch:
        """The new search, looked at in the moment of saving; the caller has checked that the name is free."""
        values = {"name": name, "request": dict(request), "made_at": at, "looked_at": at, "since_at": at}
        blobs = {"found": _packed(found), "fresh": _packed(())}
        result = self._connection.execute(table.insert().values(owner=_number(owner), **values, **blobs))
        query = _selected().where(table.c.id == inserted_id(result))
        return _kept(self._connection.execute(query).one())

    def get(self, owner: Actor, saved_id: int) -> KeptSearch | None:
        """The search with this number, if it is the owner's own."""
        return self._first(table.c.owner == _number(owner), table.c.id == saved_id)

    def named(self, owner: Actor, name: str) -> KeptSearch | None:
        """The owner's search of this name."""
        return self._first(table.c.owner == _number(owner), table.c.name == name)

    def of(self, owner: Actor) -> list[KeptSearch]:
        """The owner's searches, by name."""
        query = _selected().where(table.c.owner == _number(owner)).order_by(table.c.name)
        return [_kept(row) for row in self._connection.execute(query)]

    def last_look(self, saved_id: int) -> LastLook:
        """What was found at the last look at a search, which must exist."""
        row = self._connection.execute(select(table.c.found, table.c.fresh).where(table.c.id == saved_id)).one()
        return LastLook(found=_unpacked(row.found), new=_unpacked(row.fresh))

    def count(self, owner: Actor) -> int:
        """How many searches the owner keeps."""
        query = select(func.count()).select_from(table).where(table.c.owner == _number(owner))
        return self._connection.execute(query).scalar_one()

    def looked(
        self, owner: Actor, saved_id: int, *, found: Collection[int], new: Collection[int], at: datetime
    ) -> None:
        """The owner looked at the answer, which held these items, some of them new."""
        since = {"since_at": table.c.looked_at, "looked_at": at}
        self._change(owner, saved_id, found=_packed(found), fresh=_packed(new), **since)

    def rename(self, owner: Actor, saved_id: int, name: str) -> None:
        """Give the owner's search another name, which the caller has checked to be free."""
        self._change(owner, saved_id, name=name)

    def forget(self, owner: Actor, saved_id: int) -> None:
        """Remove the owner's search; nothing happens if there is none."""
        self._connection.execute(table.delete().where(table.c.owner == _number(owner), table.c.id == saved_id))

    def _change(self, owner: Actor, saved_id: int, **values: object) -> None:
        own = (table.c.owner == _number(owner), table.c.id == saved_id)
        self._connection.execute(table.update().where(*own).values(**values))

    def _first(self, *conditions: ColumnElement[bool]) -> KeptSearch | None:
        row = self._connection.execute(_selected().where(*conditions)).first()
        return _kept(row) if row else None


_OWN = recent.c.owner == bindparam("of_owner")
_PUT_FIRST = recent.insert().prefix_with("OR REPLACE")
_GIVE_WAY = recent.delete().where(
    _OWN, recent.c.id.not_in(select(recent.c.id).where(_OWN).order_by(recent.c.id.desc()).limit(RECENT_KEPT))
)


class RecentSearches:
    """The last `RECENT_KEPT` different searches of each person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, owner: Actor, *, identity: str, request: Mapping[str, Any]) -> None:
        """Put a search first; one of the same identity gives way, and so does the oldest beyond the bound."""
        values = {"owner": _number(owner), "identity": identity, "request": dict(request)}
        # Replaced and not changed: its number, by which the searches stand in order, is a new one.
        self._connection.execute(_PUT_FIRST, values)
        self._connection.execute(_GIVE_WAY, {"of_owner": _number(owner)})

    def of(self, owner: Actor) -> list[Mapping[str, Any]]:
        """The requests, the latest first."""
        query = select(recent.c.request).where(recent.c.owner == _number(owner)).order_by(recent.c.id.desc())
        return list(self._connection.execute(query).scalars())

    def clear(self, owner: Actor) -> int:
        """Forget all of them; how many there were."""
        return self._connection.execute(recent.delete().where(recent.c.owner == _number(owner))).rowcount


def _number(owner: Actor) -> int:
    return OPERATORS_OWN if owner.user_id is None else owner.user_id


def _packed(keys: Collection[int]) -> bytes:
    """Whole sets of a large archive as a few kilobytes: the steps from key to key, compressed."""
    ordered = [0, *sorted(set(keys))]
    steps = [after - before for before, after in pairwise(ordered)]
    return zlib.compress(struct.pack(f"<{len(steps)}Q", *steps))


def _unpacked(packed: bytes) -> frozenset[int]:
    steps = zlib.decompress(packed)
    return frozenset(accumulate(struct.unpack(f"<{len(steps) // 8}Q", steps)))


def _selected() -> Select[Any]:
    """Without what was found, which is large and seldom asked for."""
    return select(*(table.c[name] for name in KeptSearch.__dataclass_fields__))


def _kept(row: Row[Any]) -> KeptSearch:
    return KeptSearch(**row._mapping)
