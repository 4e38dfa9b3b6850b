"""Filing notes, seals and cross references of volumes; notes and seals are added only (triggers hold this)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.volume import CrossReference, FilingNoteLine, NoteKind, VolumeSeal
from dms.store.filing_tables import cross_reference, volume_note, volume_seal
from dms.store.rights import among


class VolumeNotes:
    """The filing note 备考表 of every volume, and the lines for papers that lie elsewhere (互见)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, line: FilingNoteLine) -> None:
        """One more line, for good."""
        self.add_all([line])

    def add_all(self, lines: Iterable[FilingNoteLine]) -> None:
        """More lines, in this order."""
        rows = [{name: getattr(line, name) for name in _LINE} | {"kind": line.kind.value} for line in lines]
        if rows:
            self._connection.execute(volume_note.insert(), rows)

    def of_volume(self, volume_id: int) -> list[FilingNoteLine]:
        """Every line of a volume, the oldest first."""
        query = select(volume_note).where(volume_note.c.volume_id == volume_id).order_by(volume_note.c.id)
        return [_line(row) for row in self._connection.execute(query)]

    def of_item(self, item_key: int) -> list[FilingNoteLine]:
        """Every line about an item, in whatever volume, the oldest first."""
        query = select(volume_note).where(volume_note.c.item_key == item_key).order_by(volume_note.c.id)
        return [_line(row) for row in self._connection.execute(query)]

    def counts(self, volume_ids: Iterable[int]) -> dict[int, int]:
        """How many lines each of these volumes has; one without any is absent."""
        wanted = among(volume_note.c.volume_id, list(volume_ids))
        query = select(volume_note.c.volume_id, func.count()).where(wanted).group_by(volume_note.c.volume_id)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def refer(self, reference: CrossReference) -> None:
        """Add a line to the contents list of a volume for a paper that lies elsewhere."""
        values = {name: getattr(reference, name) for name in CrossReference.__dataclass_fields__}
        self._connection.execute(cross_reference.insert().values(**values))

    def references(self, volume_id: int) -> list[CrossReference]:
        """The lines of a volume for papers that lie elsewhere, the oldest first."""
        query = select(cross_reference).where(cross_reference.c.volume_id == volume_id).order_by(cross_reference.c.id)
        return [_reference(row) for row in self._connection.execute(query)]

    def references_to(self, item_key: int) -> list[CrossReference]:
        """The lines of other volumes that point to an item, the oldest first."""
        query = select(cross_reference).where(cross_reference.c.item_key == item_key).order_by(cross_reference.c.id)
        return [_reference(row) for row in self._connection.execute(query)]


class Seals:
    """The seals of volumes, every version."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, seal: VolumeSeal) -> None:
        """One more seal; its version must be the one after the last."""
        self._connection.execute(volume_seal.insert().values(**{name: getattr(seal, name) for name in _SEAL}))

    def of_volume(self, volume_id: int) -> list[VolumeSeal]:
        """Every seal of a volume, the oldest first."""
        query = select(volume_seal).where(volume_seal.c.volume_id == volume_id).order_by(volume_seal.c.version)
        return [VolumeSeal(**row._mapping) for row in self._connection.execute(query)]

    def latest(self, volume_id: int) -> VolumeSeal | None:
        """The seal that counts; None for a volume that was never sealed."""
        return next(reversed(self.of_volume(volume_id)), None)

    def volume_ids(self, *, after_id: int = 0, limit: int) -> list[int]:
        """The next so many volumes that bear a seal, for walks over all of them."""
        query = select(volume_seal.c.volume_id).where(volume_seal.c.volume_id > after_id).distinct()
        return list(self._connection.execute(query.order_by(volume_seal.c.volume_id).limit(limit)).scalars())


_LINE = tuple(FilingNoteLine.__dataclass_fields__)
_SEAL = tuple(VolumeSeal.__dataclass_fields__)


def _line(row: Row[Any]) -> FilingNoteLine:
    return FilingNoteLine(**{name: getattr(row, name) for name in _LINE} | {"kind": NoteKind(row.kind)})


def _reference(row: Row[Any]) -> CrossReference:
    return CrossReference(**{name: getattr(row, name) for name in CrossReference.__dataclass_fields__})
