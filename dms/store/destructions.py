"""Destruction in the catalogue: the stubs' proofs, the objects still to be removed, and the oldest epochs in use.

Invariant: rows go first. When an item's key is gone from the catalogue its objects are unreadable already; removing
them is tidying up, and what a crash leaves of that work stands in ``condemned_object``.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, func, select

from dms.domain.destruction import Destroyed
from dms.store.filing_tables import print_result
from dms.store.tables import condemned_object, destruction, item, wrapping_epoch

GRADE_BYTE = 8
"""Where a wrapped item key names its grade, counted from 1; its epoch follows (docs/vault-format.md §4)."""
GRADE_AND_EPOCH_BYTES = 5


class Destructions:
    """What was destroyed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, destroyed: Destroyed) -> None:
        """The proof that remains of one item."""
        values = {name: getattr(destroyed, name) for name in Destroyed.__dataclass_fields__}
        self._connection.execute(destruction.insert().values(**values))

    def all(self) -> list[Destroyed]:
        """Every destroyed item, in the order of destruction."""
        rows = self._connection.execute(select(destruction).order_by(destruction.c.destroyed_at, destruction.c.item_id))
        return [Destroyed(**row._mapping) for row in rows]

    def of_item(self, item_id: str) -> Destroyed | None:
        """The proof of one item; None where it was not destroyed."""
        row = self._connection.execute(select(destruction).where(destruction.c.item_id == item_id)).first()
        return Destroyed(**row._mapping) if row else None

    def condemn(self, object_ids: Iterable[str], *, at: datetime) -> None:
        """These objects of the vault are to be removed."""
        rows = [{"object_id": object_id, "condemned_at": at} for object_id in object_ids]
        if rows:
            self._connection.execute(condemned_object.insert(), rows)

    def condemned(self) -> list[str]:
        """The objects that are still to be removed."""
        return list(self._connection.execute(select(condemned_object.c.object_id)).scalars())

    def removed(self, object_id: str) -> None:
        """The object is gone."""
        self._connection.execute(condemned_object.delete().where(condemned_object.c.object_id == object_id))


class WrappingEpochs:
    """Which epochs item keys may be wrapped under; a trigger refuses older ones."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def oldest(self, grade: int) -> int:
        """The oldest epoch that is allowed for keys of this grade."""
        query = select(wrapping_epoch.c.oldest).where(wrapping_epoch.c.grade == grade)
        return self._connection.execute(query).scalar() or 1

    def forbid_before(self, grade: int, epoch: int) -> None:
        """From now on nothing is wrapped under an older epoch of this grade; what is forbidden already stays so."""
        epoch = max(epoch, self.oldest(grade))
        self._connection.execute(wrapping_epoch.delete().where(wrapping_epoch.c.grade == grade))
        self._connection.execute(wrapping_epoch.insert().values(grade=grade, oldest=epoch))

    def stale(self, newest: Mapping[int, int], *, after_key: int, limit: int) -> list[tuple[int, str, bytes]]:
        """Key, id and wrapped key of the next items that are not wrapped under the newest epoch of their grade."""
        rows = self._connection.execute(_stale(newest).where(item.c.key > after_key).limit(limit))
        return [(row.key, row.id, row.wrapped_key) for row in rows]

    def stale_prints(self, newest: Mapping[int, int], *, after_id: int, limit: int) -> list[tuple[int, str, bytes]]:
        """Id, object and wrapped key of the next printed documents that are not wrapped under the newest epoch."""
        rows = self._connection.execute(_stale_prints(newest).where(print_result.c.id > after_id).limit(limit))
        return [(row.id, row.object_id, row.wrapped_key) for row in rows]

    def stale_count(self, newest: Mapping[int, int]) -> int:
        """How many items and printed documents are not wrapped under the newest epoch of their grade."""
        stale = (_stale(newest), _stale_prints(newest))
        counts = [select(func.count()).select_from(query.subquery()) for query in stale]
        return sum(self._connection.execute(count).scalar_one() for count in counts)


def _stale(newest: Mapping[int, int]) -> Select[tuple[int, str, bytes]]:
    wrapped = select(item.c.key, item.c.id, item.c.wrapped_key).where(func.length(item.c.wrapped_key) > 0)
    return wrapped.where(_not_under(newest, item.c.wrapped_key)).order_by(item.c.key)


def _stale_prints(newest: Mapping[int, int]) -> Select[tuple[int, str, bytes]]:
    wrapped = select(print_result.c.id, print_result.c.object_id, print_result.c.wrapped_key)
    return wrapped.where(_not_under(newest, print_result.c.wrapped_key)).order_by(print_result.c.id)


def _not_under(newest: Mapping[int, int], wrapped_key: ColumnElement[bytes]) -> ColumnElement[bool]:
    fresh = [f"{grade:02X}{epoch:08X}" for grade, epoch in newest.items()]
    return func.hex(func.substr(wrapped_key, GRADE_BYTE, GRADE_AND_EPOCH_BYTES)).not_in(fresh)
