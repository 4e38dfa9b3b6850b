"""Where paper stands, as a tree of places."""

from typing import Any

from sqlalchemy import Connection, Row, func, select, true

from dms.domain.actor import Actor
from dms.domain.location import Location, LocationKind
from dms.store.engine import inserted_id
from dms.store.filing_tables import location as table
from dms.store.tables import volume
from dms.store.volumes import known_to


class Locations:
    """The places; one that was ever in use is retired, never removed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: Location) -> Location:
        """The new place, with its id; the one that was stated is left out of account."""
        values = _columns(stated)
        del values["id"]
        return _with_id(stated, inserted_id(self._connection.execute(table.insert().values(**values))))

    def change(self, stated: Location) -> None:
        """Replace what is known of the place with this id."""
        self._connection.execute(table.update().where(table.c.id == stated.id).values(**_columns(stated)))

    def get(self, location_id: int) -> Location:
        """The place with this id, which must exist."""
        return _location(self._connection.execute(select(table).where(table.c.id == location_id)).one())

    def with_code(self, code: str) -> Location | None:
        """The place in use with this code or barcode; None where there is none."""
        query = select(table).where(table.c.retired.is_(False), (table.c.code == code) | (table.c.barcode == code))
        row = self._connection.execute(query.order_by(table.c.id)).first()
        return _location(row) if row else None

    def all(self) -> list[Location]:
        """Every place, retired ones included, by code."""
        return [_location(row) for row in self._connection.execute(select(table).order_by(table.c.code, table.c.id))]

    def path(self, location_id: int) -> list[Location]:
        """The places from the outermost to this one."""
        reached = [self.get(location_id)]
        while (parent_id := reached[0].parent_id) is not None and parent_id not in {each.id for each in reached}:
            reached.insert(0, self.get(parent_id))
        return reached

    def find(self, location_id: int) -> Location | None:
        """The place with this id, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == location_id)).first()
        return _location(row) if row else None

    def volume_counts(self, *, actor: Actor | None = None) -> dict[int, int]:
        """How many volumes stand at each place itself; a place without any is absent.

        For a person, those that he may know of; without an actor all of them, for the archive's own work.
        """
        known = known_to(actor) if actor else true()
        query = select(volume.c.location_id, func.count()).where(volume.c.location_id.is_not(None), known)
        rows = self._connection.execute(query.group_by(volume.c.location_id)).all()
        return {row[0]: row[1] for row in rows}


_FIELDS = tuple(Location.__dataclass_fields__)


def _columns(stated: Location) -> dict[str, Any]:
    return {name: getattr(stated, name) for name in _FIELDS} | {"kind": stated.kind.value}


def _with_id(stated: Location, location_id: int) -> Location:
    return Location(**{name: getattr(stated, name) for name in _FIELDS} | {"id": location_id})


def _location(row: Row[Any]) -> Location:
    return Location(**dict(row._mapping) | {"kind": LocationKind(row.kind)})
