"""The files of the index: one sealed object for each segment, in a folder beside the catalogue.

The key of a segment is its own, and stands in its row of the catalogue alone, so whoever removes the row has made the
file unreadable, and a file says nothing to anybody without the catalogue. Decrypting them is some twenty times as fast
as decrypting rows of the catalogue.

Invariants:
- A file is complete and durable before a row names it (V9, V20), and never changes.
- A file that no row names is garbage; it goes once it is too old for a transaction under way to name it still, and
  once no transaction is under way that could have seen a row that named it.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Lock
from time import time

from dms.companion import OWNER, Companion, HeldSegment, SegmentName
from dms.index import NO_ERRAND, SHARE_OF_ROWS_KEPT_BYTES, Errand, LookUp, Row, laid_out
from dms.store.errors import CatalogueDiskFull, IndexUnreadable
from vault import CipherSuite, Disk, HeldObject, LocalStorage, SealedObjects, SealedReader, VaultError, open_sealed
from vault.errors import ObjectNotFound, StorageFull

FOLDER = "index"
GARBAGE_AFTER_SECONDS = 3600
"""What no transaction has named for so long, none will."""
_HELD = 256
"""So many files are kept open; a catalogue has some fifty segments a million pages."""


class SegmentFile(HeldSegment):
    """One segment, held open; whoever reads it is told as a refusal what is wrong with it."""

    def __init__(self, held: HeldObject, reader: SealedReader, *, doubt: Callable[[], None]) -> None:
        """`doubt` is told when it cannot be read."""
        self._doubt = doubt
        super().__init__(held, reader)

    def read_at(self, offset: int, length: int) -> bytes:
        """See `dms.index.Stretch`; `IndexUnreadable`."""
        try:
            return super().read_at(offset, length)
        except VaultError as error:
            self._doubt()
            raise IndexUnreadable(error.code) from error

    def read_through(self) -> None:
        """Read every byte; `IndexUnreadable` where one is not as it was written."""
        try:
            for _ in self._reader:
                pass
        except VaultError as error:
            self._doubt()
            raise IndexUnreadable(error.code) from error


class SegmentFiles:
    """The segments of one catalogue; shared by all threads of a process."""

    def __init__(self, folder: Path, *, disk: Disk | None = None, doubtful: set[str] | None = None) -> None:
        self._folder = folder
        self._disk = disk or Disk()
        self._lock = Lock()
        self._held: OrderedDict[str, SegmentFile] = OrderedDict()
        self._doubtful = set() if doubtful is None else doubtful
        """The object ids of files that somebody in this process could not read."""
        self._companion: Companion | None = None

    def unopened(self) -> "SegmentFiles":
        """The same files, none of which is held open: as they lie on the disk now."""
        return SegmentFiles(self._folder, disk=self._disk, doubtful=self._doubtful)

    def seal(self, rows: Iterable[Row], packed: Sequence[bytes]) -> SegmentName:
        """Write a segment durably; a transaction may name it then. `CatalogueDiskFull`, `IndexUnreadable`."""
        with _told():
            # The national cipher is slow without help from the processor; the catalogue is AES-256 in any suite, too.
            sealed = SealedObjects(self._storage(), CipherSuite.AES_256_GCM)
            key = sealed.new_key()
            return SegmentName(sealed.seal(laid_out(rows, packed), key=key, owner=OWNER).object_id, key)

    def opened(self, name: SegmentName) -> SegmentFile:
        """The segment of this name; `IndexUnreadable`."""
        with self._lock:
            if name.object_id in self._held:
                self._held.move_to_end(name.object_id)
                return self._held[name.object_id]
        doubt = partial(self._doubtful.add, name.object_id)
        try:
            with _told():
                held = self._storage().hold(name.object_id)
                segment = SegmentFile(held, open_sealed(held, name.object_id, key=name.key, owner=OWNER), doubt=doubt)
        except IndexUnreadable:
            doubt()
            raise
        with self._lock:
            self._held[name.object_id] = segment
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return segment

    def lost(self, names: Iterable[SegmentName]) -> set[str]:
        """The object ids of the files that are gone, or damaged; `IndexUnreadable` where the folder is none.

        Those that somebody in this process could not read are read through; no others, for that takes its time.
        """
        doubtful = set(self._doubtful)
        self._doubtful -= doubtful
        with _told():
            storage = self._storage()
            return {
                name.object_id
                for name in names
                if not storage.exists(name.object_id) or (name.object_id in doubtful and not self._is_readable(name))
            }

    def bytes_of(self, names: Iterable[SegmentName]) -> int:
        """How large the files are together; `IndexUnreadable`."""
        with _told():
            storage = self._storage()
            return sum(storage.size(name.object_id) for name in names)

    def garbage(self, named: Collection[str], *, once_named: Collection[str], older_than_s: float) -> list[str]:
        """What no row names any more, nor will: of what was not `once_named`, only what is older; `IndexUnreadable`.

        Names of files that are complete, and of such as were never completed.
        """
        with _told():
            storage, written_before = self._storage(), time() - older_than_s
            unnamed = (object_id for object_id in storage.list() if object_id not in named)
            return [
                name
                for name in chain(unnamed, storage.leftovers())
                if name in once_named or _is_older(storage, name, written_before)
            ]

    def remove(self, garbage: Iterable[str]) -> int:
        """Remove these files; how many those were. What cannot be removed now is garbage still; `IndexUnreadable`.

        Whoever reads one goes on reading it.
        """
        with _told():
            storage, removed = self._storage(), 0
        for name in garbage:
            with suppress(VaultError):
                (storage.remove_leftover if "/" in name else storage.remove)(name)
                removed += 1
        return removed

    def let_go(self, named: Collection[str]) -> None:
        """Hold none open but these any longer: a file that is held takes room on the disk even once it is removed."""
        with self._lock:
            for object_id in self._held.keys() - named:
                del self._held[object_id]

    def read_ahead(self, names: Iterable[SegmentName], *, most_bytes: int, should_stop: Callable[[], bool]) -> int:
        """Let the machine read these files into its own memory, as far as that is enough; how many bytes those are.

        Raises `IndexUnreadable`.
        """
        asked_bytes = 0
        for name in names:
            if asked_bytes + self.bytes_of([name]) > most_bytes or should_stop():
                break
            segment = self.opened(name)
            with _told():
                asked_bytes += segment.read_ahead()
        return asked_bytes

    def errand(self, segments: Sequence[int], names: Sequence[SegmentName], look_ups: Sequence[LookUp]) -> Errand:
        """See `dms.index.Errands`; the numbers of the segments, and their names."""
        companion = self._companion
        return NO_ERRAND if companion is None else companion.sent(segments, names, look_ups)

    def keep_companion(self, names: Sequence[SegmentName], *, patience_s: float) -> bool:
        """Have a companion that knows these segments, started anew where it was lost; whether it is ready by then.

        Raises `OSError`.
        """
        if self._companion is None or not self._companion.is_usable:
            self.part_from_companion()
            self._companion = Companion(self._folder, rows_kept_bytes=SHARE_OF_ROWS_KEPT_BYTES)
        self._companion.tell_present(names)
        return self._companion.is_prepared(within_s=patience_s)

    @property
    def companion_pid(self) -> int | None:
        """The process id of the companion, if there is one that can be sent on errands."""
        companion = self._companion
        return companion.pid if companion is not None and companion.is_usable else None

    def part_from_companion(self) -> None:
        """End the companion, if there is one."""
        companion, self._companion = self._companion, None
        if companion is not None:
            companion.close()

    def _is_readable(self, name: SegmentName) -> bool:
        try:
            self.unopened().opened(name).read_through()
        except IndexUnreadable:
            return False
        return True

    def _storage(self) -> LocalStorage:
        # Opened for each use, for somebody may have removed the folder since.
        return LocalStorage(self._folder, disk=self._disk)


def _is_older(storage: LocalStorage, name: str, written_before: float) -> bool:
    try:
        return storage.written_at(name) < written_before
    except ObjectNotFound:  # completed meanwhile, or swept by somebody else
        return False


@contextmanager
def _told() -> Iterator[None]:
    """Lets a person be told what is wrong with the files of the index."""
    try:
        yield
    except StorageFull as error:
        raise CatalogueDiskFull from error
    except VaultError as error:
        raise IndexUnreadable(error.code) from error
