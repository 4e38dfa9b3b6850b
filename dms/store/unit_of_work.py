"""One transaction over the catalogue, with everything that can be asked of it.

Invariants: what is done inside ``with store.begin()`` is committed whole or not at all; what is read inside
``with store.looking()`` is one consistent moment and cannot be changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from dms.store.backups import Backups
from dms.store.contents import Contents
from dms.store.contracts import Contracts
from dms.store.customers import Customers
from dms.store.destructions import Destructions, WrappingEpochs
from dms.store.engine import WRITES, open_engine, refusal_of
from dms.store.fulltext import FullText
from dms.store.inspections import Inspections
from dms.store.items import Items
from dms.store.journals import Journal
from dms.store.migrating import bring_up_to_date
from dms.store.scheme import Scheme
from dms.store.tasks import Tasks
from dms.store.users import Users
from dms.store.volumes import Volumes


class UnitOfWork:
    """The catalogue as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.customers = Customers(connection)
        self.contracts = Contracts(connection)
        self.items = Items(connection)
        self.contents = Contents(connection)
        self.scheme = Scheme(connection)
        self.volumes = Volumes(connection)
        self.users = Users(connection)
        self.tasks = Tasks(connection)
        self.journal = Journal(connection)
        self.fulltext = FullText(connection)
        self.inspections = Inspections(connection)
        self.backups = Backups(connection)
        self.destructions = Destructions(connection)
        self.wrapping_epochs = WrappingEpochs(connection)


class Store:
    """The catalogue of one archive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Store":
        """The catalogue at `path`, made if there is none, migrated to the present schema.

        Raises `CatalogueUnreadable` or `CatalogueNewer`.
        """
        engine = open_engine(path, key)
        try:
            with _refusals():
                bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """A transaction that writes; committed when the block ends, rolled back when it raises.

        Raises `CatalogueBusy`, `CatalogueDiskFull` or `CatalogueUnreadable` where the disk fails underneath.
        """
        with _refusals(), self._writing() as connection, connection.begin():
            yield UnitOfWork(connection)

    @contextmanager
    def looking(self) -> Iterator[UnitOfWork]:
        """A transaction that only reads; raises as `begin` does."""
        with _refusals(), self._engine.connect() as connection, connection.begin():
            yield UnitOfWork(connection)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def _writing(self) -> Connection:
        return self._engine.connect().execution_options(**{WRITES: True})


@contextmanager
def _refusals() -> Iterator[None]:
    """Lets a fault of the disk be told to a person in the same way as any refusal."""
    try:
        yield
    except DBAPIError as error:
        raise refusal_of(error.orig) or error from error.orig
