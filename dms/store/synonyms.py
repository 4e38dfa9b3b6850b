"""The company's synonyms in the catalogue.

Invariant: as long as nobody has stated a table, the one that the program ships is in force, so that a better one comes
with the next version; a stated one, an empty one too, stands until it is replaced or given up.
"""

from collections.abc import Sequence

from sqlalchemy import JSON, Column, Connection, Integer, Table, select

from dms.domain.synonym import SynonymGroups, default_synonyms
from dms.store.tables import metadata

THE_ONE = 1

table = Table(
    "synonym_table",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stated", JSON, nullable=False),
)


_STATED = select(table.c.stated)


class Synonyms:
    """The groups of words that mean the same."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def groups(self) -> SynonymGroups:
        """The groups in force, in their order; every word as it was written."""
        stated = self.stated()
        return default_synonyms() if stated is None else stated

    def stated(self) -> SynonymGroups | None:
        """What the company itself has stated; None where the table that the program ships is in force."""
        groups = self._connection.execute(_STATED).scalar()
        return None if groups is None else tuple(tuple(group) for group in groups)

    def state(self, groups: Sequence[Sequence[str]]) -> None:
        """Replace the table by these groups, which the caller has checked."""
        self.give_up()
        self._connection.execute(table.insert().values(id=THE_ONE, stated=[list(group) for group in groups]))

    def give_up(self) -> None:
        """Let the table that the program ships be in force again."""
        self._connection.execute(table.delete())
