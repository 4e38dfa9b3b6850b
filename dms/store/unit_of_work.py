"""One transaction over the catalogue, with everything that can be asked of it.

Invariants:
- What is done inside ``with store.begin()`` is committed whole or not at all; what is read inside
  ``with store.looking()`` is one consistent moment and cannot be changed.
- The catalogue is exchanged for one under a new key only while no transaction is under way, in any process; every
  transaction looks which catalogue lies there, and opens that one.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from dms.index import IndexMemory
from dms.process import processors
from dms.store.at_rest import damage_in, gather, raw_pieces, read_ahead, write_rekeyed
from dms.store.backups import Backups
from dms.store.binding_runs import BindingRuns
from dms.store.contents import Contents
from dms.store.contracts import Contracts
from dms.store.custody_registers import CustodyRegisters
from dms.store.customers import Customers
from dms.store.destructions import Destructions, WrappingEpochs
from dms.store.engine import WRITES, DriverConnection, DriverError, connect, open_engine, refusal_of
from dms.store.errors import CatalogueBusy, CatalogueDiskFull, CatalogueUnreadable
from dms.store.figures import Figures
from dms.store.fulltext import FullText
from dms.store.gate import Gate
from dms.store.held_counts import HeldCounts
from dms.store.index_upkeep import IndexUpkeep, NewSegment, PackedDocuments
from dms.store.inspections import Inspections
from dms.store.items import Items
from dms.store.journals import Journal
from dms.store.laying import Laying
from dms.store.locations import Locations
from dms.store.migrating import bring_up_to_date
from dms.store.names import Names
from dms.store.number_register import NumberRegister
from dms.store.numbers import Numbers
from dms.store.print_jobs import PrintJobs
from dms.store.register import Register
from dms.store.relations import Relations
from dms.store.retention import Retention
from dms.store.saved_searches import RecentSearches, SavedSearches
from dms.store.scheme import Scheme
from dms.store.segment_files import FOLDER, GARBAGE_AFTER_SECONDS, SegmentFiles
from dms.store.settings import Settings
from dms.store.surveys import Survey
from dms.store.synonyms import Synonyms
from dms.store.tasks import Tasks
from dms.store.transfers import Transfers
from dms.store.users import Users
from dms.store.volume_notes import Seals, VolumeNotes
from dms.store.volumes import Volumes
from vault import Disk
from vault.errors import StorageFailed, StorageFull

COMPANION_FROM_SEGMENTS = 8
"""A smaller index is searched sooner than a second process is told of it."""
CatalogueKeys = Callable[[], Sequence[bytes]]
"""Answers the keys that the catalogue may be encrypted under, the newest first, at least one."""


class UnitOfWork(CustodyRegisters):
    """The catalogue as one transaction sees it."""

    customers = Register(Customers)
    contracts = Register(Contracts)
    items = Register(Items)
    contents = Register(Contents)
    scheme = Register(Scheme)
    retention = Register(Retention)
    numbers = Register(Numbers)
    number_register = Register(NumberRegister)
    volumes = Register(Volumes)
    volume_notes = Register(VolumeNotes)
    seals = Register(Seals)
    relations = Register(Relations)
    locations = Register(Locations)
    transfers = Register(Transfers)
    binding_runs = Register(BindingRuns)
    print_jobs = Register(PrintJobs)
    settings = Register(Settings)
    users = Register(Users)
    tasks = Register(Tasks)
    journal = Register(Journal)
    figures = Register(Figures)
    laying = Register(Laying)
    inspections = Register(Inspections)
    survey = Register(Survey)
    backups = Register(Backups)
    destructions = Register(Destructions)
    wrapping_epochs = Register(WrappingEpochs)
    names = Register(Names)
    saved_searches = Register(SavedSearches)
    recent_searches = Register(RecentSearches)
    synonyms = Register(Synonyms)
    held_counts = Register(HeldCounts)

    def __init__(self, connection: Connection, files: SegmentFiles, memory: IndexMemory | None = None) -> None:
        """`files` hold the segments of the index, `memory` is what all who only look share; see `FullText`."""
        super().__init__(connection)
        self.fulltext = FullText(connection, files, memory)
        self.index_upkeep = IndexUpkeep(connection, files)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenCatalogue:
    """The encrypted catalogue as it stood at one moment, while others write on; valid inside `Store.frozen` only."""

    path: Path
    size_bytes: int
    view: UnitOfWork
    """A look at the very same moment; its object ids are those that belong to these bytes."""

    def pieces(self) -> Iterator[bytes]:
        """The raw encrypted bytes in order, in pieces of 1 MiB; `CatalogueUnreadable` where the disk fails."""
        return raw_pieces(self.path, size_bytes=self.size_bytes)


class Store:
    """The catalogue of one archive; several processes may have it open."""

    def __init__(self, path: Path, keys: CatalogueKeys, *, disk: Disk | None = None) -> None:
        self._path = path
        self._keys = keys
        self._disk = disk or Disk()
        self._gate = Gate(path)
        self._opening = Lock()
        self._opened: tuple[int, Engine] | None = None
        self._memory = IndexMemory()
        self._files = SegmentFiles(path.with_name(FOLDER), disk=disk)

    @classmethod
    def open(cls, path: Path, keys: bytes | CatalogueKeys, *, disk: Disk | None = None) -> "Store":
        """The catalogue at `path`, made if there is none, migrated to the present schema.

        `keys` is its key of 32 bytes, or answers the keys it may be encrypted under, the newest first. Raises
        `CatalogueUnreadable` or `CatalogueNewer`.
        """
        store = cls(path, (lambda: (keys,)) if isinstance(keys, bytes) else keys, disk=disk)
        try:
            with _refusals(), store._gate.passing():
                bring_up_to_date(store._engine())
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """A transaction that writes; committed when the block ends, rolled back when it raises.

        Raises `CatalogueBusy`, `CatalogueDiskFull` or `CatalogueUnreadable` where the disk fails underneath.
        """
        with _refusals(), self._gate.passing(), self._writing() as connection, connection.begin():
            yield UnitOfWork(connection, self._files)

    @contextmanager
    def looking(self) -> Iterator[UnitOfWork]:
        """A transaction that only reads; raises as `begin` does."""
        with _refusals(), self._gate.passing(), self._engine().connect() as connection, connection.begin():
            yield UnitOfWork(connection, self._files, self._memory)

    def new_segment(self, packed: PackedDocuments) -> NewSegment:
        """A segment of the index, written and waiting to be named in a transaction."""
        return NewSegment.of(packed, self._files)

    def keep_companion(self, *, patience_s: float = 0) -> bool:
        """Have a second process look up half of what is searched; whether there is one, and it is ready by then.

        For a service alone, to be called now and then: a companion that was lost is started anew. There is none where
        the index is small, or the machine has one processor. It ends with `close`. Raises `OSError`.
        """
        with self.looking() as view:
            names = view.index_upkeep.names()
        if len(names) < COMPANION_FROM_SEGMENTS or processors() < 2:
            self._files.part_from_companion()
            return False
        is_ready = self._files.keep_companion(names, patience_s=patience_s)
        self._memory.keep_a_share_of_rows()
        return is_ready

    def read_index_ahead(self, *, most_bytes: int, should_stop: Callable[[], bool]) -> int:
        """Let the machine read the index into its own memory, as far as that is enough; how many bytes those are.

        Takes as long as its disk takes. Raises `IndexUnreadable`.
        """
        with self.looking() as view:
            names = view.index_upkeep.names()
        return self._files.read_ahead(names, most_bytes=most_bytes, should_stop=should_stop)

    def read_catalogue_ahead(self, *, most_bytes: int, should_stop: Callable[[], bool]) -> int:
        """The same for the catalogue; 0 where that could not be done."""
        return read_ahead(self._path, most_bytes=most_bytes, should_stop=should_stop)

    @property
    def index_keeps_bytes(self) -> int:
        """How much of the index comes to lie in the memory of this process, where the index is large."""
        return self._memory.keeps_bytes

    @property
    def companion_pid(self) -> int | None:
        """The process id of the companion, for measuring; None where there is none."""
        return self._files.companion_pid

    def sweep_index(self, *, once_named: Collection[str] = (), older_than_s: float = GARBAGE_AFTER_SECONDS) -> int:
        """Remove files of the index that nobody needs any more; how many those were.

        What was `once_named` by a row goes as soon as none names it. A younger file may wait to be named, so only who
        is alone with the archive passes 0. Nothing is removed, and 0 returned, where a transaction that may still need
        a file does not end soon. Raises `IndexUnreadable` where the folder cannot be read.
        """
        with self.looking() as view:
            named = view.index_upkeep.files_in_use()
        self._files.let_go(named)
        garbage = self._files.garbage(named, once_named=once_named, older_than_s=older_than_s)
        if garbage:
            try:
                self._gate.outwait()
            except CatalogueBusy:
                return 0
        return self._files.remove(garbage)

    @contextmanager
    def frozen(self) -> Iterator[FrozenCatalogue]:
        """The bytes of this moment, for a backup; they stand still until the block ends, while others write on.

        Raises `CatalogueBusy` where another such block is open.
        """
        with _refusals(), ExitStack() as stack:
            with self._gate.closed():
                # With the log empty and a reader in the catalogue's own bytes, SQLite writes to the log alone until
                # that reader leaves (https://sqlite.org/walformat.html, the meaning of WAL_READ_LOCK(0)).
                self._gather()
                connection = stack.enter_context(self._engine().connect())
                stack.enter_context(connection.begin())
                view = UnitOfWork(connection, self._files)
                view.journal.count()
                size_bytes = self._path.stat().st_size
                stack.enter_context(self._gate.standing())
            yield FrozenCatalogue(path=self._path, size_bytes=size_bytes, view=view)

    def damage(self) -> tuple[str, ...]:
        """What is wrong with the catalogue itself: encryption, structure, references; empty where it is sound.

        Takes as long as reading it; others go on meanwhile, only an exchange is refused.
        """
        with _refusals():
            suspected = self._damage_of_one_moment()
            # Pages are looked at where they lie while others write them; what is damage still is at a second look.
            return suspected and self._damage_of_one_moment()

    def has_newest_key(self) -> bool:
        """Whether the catalogue is encrypted under the newest of its keys; raises `CatalogueUnreadable`."""
        with _refusals(), self._gate.passing():
            return self._key_in_use() == self._keys()[0]

    def rekey(self) -> bool:
        """Encrypt the catalogue under the newest of its keys; False where it is already.

        Others wait meanwhile. Raises `CatalogueBusy` while a backup reads the catalogue, or what the disk raises;
        the catalogue is then as it was.
        """
        with _refusals(), _exchange_refused(), self._gate.exchanging():
            newest, present = self._keys()[0], self._key_in_use()
            if present == newest:
                # Whoever exchanged it may have ended before the exchange was durable; the old key may go after this.
                self._disk.sync_folder(self._path.parent)
                return False
            self._exchange(present, newest)
            return True

    def _exchange(self, present: bytes, newest: bytes) -> None:
        temporary = self._path.with_name(f".{self._path.name}.rekeyed.part")
        self._sweep(temporary)
        self._gather()
        with suppress(FileNotFoundError):
            # SQLite does not sync a log that it empties; brought back by a loss of power, its pages, which are under
            # the old key, would be taken for the newest of the new catalogue.
            self._disk.sync_written(self._path.with_name(f"{self._path.name}-wal"))
        self._forget_engine()
        try:
            write_rekeyed(self._path, temporary, old_key=present, new_key=newest, disk=self._disk)
            self._disk.replace(temporary, self._path)
        except BaseException:
            # Left there, a copy that filled the disk would go on filling it.
            self._sweep(temporary)
            raise
        self._disk.sync_folder(self._path.parent)
        # Connections that sleep in other processes keep the old log and its shared memory, both empty, to themselves.
        self._sweep(self._path, endings=("-wal", "-shm"))

    def close(self) -> None:
        """Give back every connection, and end the companion."""
        self._files.part_from_companion()
        self._forget_engine()

    def _damage_of_one_moment(self) -> tuple[str, ...]:
        with ExitStack() as stack:
            with self._gate.passing():
                # Of its own: the full-text index remembers its shape in a connection, and SQLite's check of it
                # believes what is remembered, so one that has looked before would tell of damage where others wrote.
                connection = connect(self._path, self._key_in_use())
                stack.callback(connection.close)
                stack.enter_context(self._gate.standing())
            return damage_in(connection)

    def _writing(self) -> Connection:
        return self._engine().connect().execution_options(**{WRITES: True})

    def _engine(self) -> Engine:
        """The engine on the catalogue that lies there now; another process may have exchanged it."""
        with self._opening:
            opened = self._opened
            if opened is not None and opened[0] == _identity(self._path):
                return opened[1]
            if opened is not None:
                opened[1].dispose()
            engine = self._engine_with_fitting_key()
            self._opened = (_identity(self._path), engine)
            self._memory = IndexMemory()
            return engine

    def _engine_with_fitting_key(self) -> Engine:
        return open_engine(self._path, self._key_in_use())

    def _key_in_use(self) -> bytes:
        """The newest key that opens the catalogue; raises `CatalogueUnreadable`."""
        *newer, oldest = self._keys()
        for key in newer:
            with suppress(CatalogueUnreadable):
                connect(self._path, key).close()
                return key
        connect(self._path, oldest).close()
        return oldest

    def _gather(self) -> None:
        with self._engine().connect() as connection:
            if not gather(_driver_connection(connection)):
                raise CatalogueBusy

    def _forget_engine(self) -> None:
        with self._opening:
            if self._opened is not None:
                self._opened[1].dispose()
            self._opened = None

    def _sweep(self, path: Path, *, endings: Sequence[str] = ("", "-wal", "-shm", "-journal")) -> None:
        for ending in endings:
            with suppress(FileNotFoundError):
                self._disk.remove(path.with_name(f"{path.name}{ending}"))


def _identity(path: Path) -> int:
    return path.stat().st_ino


def _driver_connection(connection: Connection) -> DriverConnection:
    driven = connection.connection.driver_connection
    assert isinstance(driven, DriverConnection)
    return driven


@contextmanager
def _refusals() -> Iterator[None]:
    """Lets a fault of the disk be told to a person in the same way as any refusal."""
    try:
        yield
    except DBAPIError as error:
        # An invalidated connection is one that the disk let be opened for reading only.
        unwritable = CatalogueUnreadable(str(error.orig)) if error.connection_invalidated else None
        raise refusal_of(error.orig) or unwritable or error from error.orig
    except DriverError as error:
        raise refusal_of(error) or error from error
    except StorageFull as error:
        raise CatalogueDiskFull from error


@contextmanager
def _exchange_refused() -> Iterator[None]:
    """Lets a disk that fails under an exchange be told like one that fails under a transaction."""
    try:
        yield
    except StorageFailed as error:
        raise CatalogueUnreadable(str(error)) from error
