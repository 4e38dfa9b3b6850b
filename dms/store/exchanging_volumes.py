"""Volumes and numbers entered and taken out whole: for moving an archive, where a volume stays what it was.

What always holds: a volume that is entered takes its papers first and comes into its state afterwards, for a sealed
one takes none.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from dms.domain.numbering import SpentNumber
from dms.domain.volume import Volume, VolumeState
from dms.store.engine import inserted_id
from dms.store.filing_tables import spent_number
from dms.store.numbers import Numbers, spent_in
from dms.store.tables import volume as table

_STATED = tuple(name for name in Volume.__dataclass_fields__ if name not in ("id", "location_id"))


class WholeVolumes:
    """Volumes with everything that is known of them; for the archive's own work only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: Volume) -> int:
        """The id of a volume that is entered as it stands elsewhere, in state cleaning until `settle`."""
        cleaned = replace(stated, state=VolumeState.CLEANING, seal_version=0, sealed_at=None)
        return inserted_id(self._connection.execute(table.insert().values(**_columns(cleaned))))

    def settle(self, volume_id: int, stated: Volume) -> None:
        """Put a volume that was added into its state, with its moment of sealing and its number of seals."""
        values = {"state": stated.state.value, "sealed_at": stated.sealed_at, "seal_version": stated.seal_version}
        changed = {**values, "continuation_of": stated.continuation_of}
        self._connection.execute(table.update().where(table.c.id == volume_id).values(**changed))

    def with_code(self, reference_code: str) -> tuple[int, VolumeState] | None:
        """Id and state of the volume that bears this code, whoever may know of it."""
        row = self._connection.execute(
            select(table.c.id, table.c.state).where(table.c.reference_code == reference_code)
        ).first()
        return (row.id, VolumeState(row.state)) if row else None

    def state_of(self, volume_id: int) -> VolumeState:
        """The state of a volume, which must exist."""
        return VolumeState(self._connection.execute(select(table.c.state).where(table.c.id == volume_id)).scalar_one())

    def numbers(self, *, after_code: str = "", limit: int) -> Sequence[SpentNumber]:
        """The next so many numbers that were ever given, by code."""
        query = select(spent_number).where(spent_number.c.code > after_code).order_by(spent_number.c.code)
        return [spent_in(row) for row in self._connection.execute(query.limit(limit))]

    def spend(self, number: SpentNumber) -> None:
        """Enter a number as it was given elsewhere; one that is spent here already stays as it is."""
        numbers = Numbers(self._connection)
        if numbers.spent(number.code) is None:
            stated = {name: getattr(number, name) for name in SpentNumber.__dataclass_fields__}
            self._connection.execute(spent_number.insert().values(**stated | {"kind": number.kind.value}))
        if number.number is not None and number.scope:
            numbers.count_to(number.scope, number.number)


def _columns(stated: Volume) -> dict[str, object]:
    kinds = {name: getattr(stated, name).value for name in ("state", "source", "scope")}
    return {name: getattr(stated, name) for name in _STATED} | kinds
