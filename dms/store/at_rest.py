"""The encrypted catalogue as bytes on a disk: taken as it stands at one moment, or exchanged for one under a new key.

Invariants:
- The catalogue is never opened as raw bytes in this process: closing such a descriptor would take back the locks that
  SQLite holds for the process, and another process could then remove a write-ahead log that is still needed.
- An exchange is one rename: before it the catalogue opens under the old key, after it under the new one.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import sqlcipher3.dbapi2 as sqlcipher

from dms.store.engine import BUSY_TIMEOUT_MS, connect, refusal_of
from dms.store.errors import CatalogueUnreadable
from vault import Disk

PIECE_BYTES: Final = 1 << 20
GATHER_PATIENCE_MS: Final = 500
_READ_RAW: Final = """
import os, sys
descriptor = os.open(sys.argv[1], os.O_RDONLY)
while piece := os.read(descriptor, 1 << 20):
    sys.stdout.buffer.write(piece)
"""
"""Runs in a process of its own, which holds no lock and no key."""
_READ_AHEAD: Final = """
import os, sys
descriptor, size, piece = os.open(sys.argv[1], os.O_RDONLY), int(sys.argv[2]), 4 << 20
for start in range(0, size, piece):
    os.posix_fadvise(descriptor, start, piece, os.POSIX_FADV_WILLNEED)
    os.pread(descriptor, 1, max(0, start - 1))
os.pread(descriptor, 1, max(0, size - 1))
"""
"""The same; it waits for each piece once the next one is asked for, so what others want read waits for no more."""
_POLL_S: Final = 0.05


def raw_pieces(path: Path, *, size_bytes: int) -> Iterator[bytes]:
    """The first so many bytes of the encrypted catalogue, in pieces of `PIECE_BYTES`; `CatalogueUnreadable`."""
    command = [sys.executable, "-I", "-S", "-c", _READ_RAW, str(path)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as reader:  # noqa: S603
        assert reader.stdout is not None
        try:
            yield from _pieces(reader.stdout, size_bytes)
        finally:
            reader.kill()


def read_ahead(path: Path, *, most_bytes: int, should_stop: Callable[[], bool]) -> int:
    """Let the machine read the encrypted catalogue, as far as so many bytes go; how many it has read.

    0 where it was stopped or could not: nothing but time is lost by that.
    """
    try:
        size_bytes = min(path.stat().st_size, most_bytes)
        command = [sys.executable, "-I", "-S", "-c", _READ_AHEAD, str(path), str(size_bytes)]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as reader:  # noqa: S603
            _wait_or_kill(reader, should_stop)
    except OSError:
        return 0
    return size_bytes if reader.returncode == 0 else 0


def _wait_or_kill(reader: subprocess.Popen[bytes], should_stop: Callable[[], bool]) -> None:
    while reader.poll() is None:
        if should_stop():
            return reader.kill()
        with suppress(subprocess.TimeoutExpired):
            reader.wait(_POLL_S)


def _pieces(source: IO[bytes], size_bytes: int) -> Iterator[bytes]:
    while size_bytes > 0:
        piece = source.read(min(PIECE_BYTES, size_bytes))
        if not piece:
            raise CatalogueUnreadable("it ended before its end")
        size_bytes -= len(piece)
        yield piece


def write_ahead_log(path: Path) -> Path:
    """Where SQLite keeps what was committed and is not in the catalogue's own bytes yet."""
    return path.with_name(f"{path.name}-wal")


def gather(connection: sqlcipher.Connection) -> bool:
    """Bring what was committed into the catalogue's own bytes; False where another reader stands in the way."""
    # The gate is closed meanwhile: better to be refused soon than to keep everybody waiting for a long reader.
    connection.execute(f"PRAGMA busy_timeout = {GATHER_PATIENCE_MS}")
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return not busy


def write_rekeyed(path: Path, temporary: Path, *, old_key: bytes, new_key: bytes, disk: Disk) -> None:
    """Write the catalogue under a new key to a temporary name, durably, and verify it there.

    The caller has closed the gate and every connection of this process, and has gathered the write-ahead log.
    """
    _copy(path, temporary, disk)
    connection = connect(temporary, old_key)
    try:
        # Nobody else knows this name, and whatever fails here throws it away: no log, no waiting for the disk.
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
    except sqlcipher.DatabaseError as error:
        # SQLCipher says no more than that it did not come to its end.
        raise refusal_of(error) or CatalogueUnreadable("rekey") from error
    finally:
        connection.close()
    _require_whole(temporary, new_key)
    disk.sync_written(temporary)


def damage_in(connection: sqlcipher.Connection) -> tuple[str, ...]:
    """What SQLCipher and SQLite find wrong in the catalogue; empty where it is sound."""
    found = [f"encryption: {told}" for told in _answers(connection, "PRAGMA cipher_integrity_check")]
    found += [f"structure: {told}" for told in _answers(connection, "PRAGMA integrity_check") if told != "ok"]
    found += [f"reference: {told}" for told in _answers(connection, "PRAGMA foreign_key_check")]
    return tuple(found)


def _answers(connection: sqlcipher.Connection, question: str) -> list[str]:
    """The first column of each row; a catalogue too damaged to be asked is an answer as well."""
    try:
        return [str(row[0]) for row in connection.execute(question)]
    except sqlcipher.DatabaseError as error:
        return [str(error)]


def _copy(path: Path, temporary: Path, disk: Disk) -> None:
    descriptor = disk.create(temporary)
    try:
        for piece in raw_pieces(path, size_bytes=path.stat().st_size):
            disk.append(descriptor, piece)
    finally:
        disk.close(descriptor)


def _require_whole(temporary: Path, key: bytes) -> None:
    connection = connect(temporary, key)
    try:
        found = damage_in(connection)
        gather(connection)
    finally:
        connection.close()
    if found:
        raise CatalogueUnreadable(found[0])
