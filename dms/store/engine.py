"""The one way to the catalogue: SQLCipher through SQLAlchemy.

Invariants:
- Nothing readable on disk: the database, its write-ahead log and its journal are encrypted; temporary tables stay
  in memory.
- A committed transaction is durable (WAL with ``synchronous=FULL``); deleted text is overwritten (``secure_delete``).
- A transaction that will write takes the write lock at its start, so two writers queue instead of failing midway;
  one that only looks cannot write at all.
- No message of an error carries what a statement was given: messages end up in logs, which anyone may read.
"""

import json
import shutil
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, CursorResult, Engine, ExceptionContext, QueuePool, create_engine, event

from dms.errors import DmsError
from dms.store.errors import CatalogueBusy, CatalogueDiskFull, CatalogueUnreadable

KEY_BYTES = 32
BUSY_TIMEOUT_MS = 60_000
SWITCH_AGAIN_SECONDS = 0.02
ROOM_TO_OPEN_BYTES = 256 * 1024
WRITES = "dms_writes"
"""Execution option of a connection whose transactions will write."""
DriverConnection = sqlcipher.Connection
DriverError = sqlcipher.Error
_PRIMARY_CODE = 0xFF
"""SQLite says the particulars of an error in the bits above."""

_PRAGMAS = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    # Without this, INSERT OR REPLACE deletes a journal entry or an item past the triggers that forbid it.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA cache_size = -32000",
    "PRAGMA trusted_schema = OFF",
)


def open_engine(path: Path, key: bytes) -> Engine:
    """An engine on the catalogue at `path`, encrypted with a raw `key` of 32 bytes.

    Raises `CatalogueUnreadable` when the key does not open it or the bytes are damaged.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path, key),
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=20,
        pool_use_lifo=True,  # the connection that was used last remembers most; those that nobody needs stay small
        max_overflow=40,
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _give_up_if_read_only)
    return engine


def connect(path: Path, key: bytes) -> sqlcipher.Connection:
    """A connection of its own, outside every pool; raises as `open_engine` does, or `CatalogueDiskFull`."""
    if len(key) != KEY_BYTES:
        raise ValueError("the catalogue key has 32 bytes")
    connection = sqlcipher.connect(
        str(path), check_same_thread=False, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000
    )
    try:
        # A raw key skips SQLCipher's own key derivation: ours is already uniformly random.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _write_ahead(connection)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlcipher.DatabaseError as error:
        connection.close()
        broken = error.sqlite_errorcode & _PRIMARY_CODE == sqlcipher.SQLITE_IOERR
        if broken and shutil.disk_usage(path.parent).free < ROOM_TO_OPEN_BYTES:
            # Without room for the memory that it shares with others, SQLite tells of a broken disk.
            raise CatalogueDiskFull from error
        raise refusal_of(error) or CatalogueUnreadable(str(error)) from error
    return connection


def _write_ahead(connection: sqlcipher.Connection) -> None:
    """Switch to the write-ahead log; a new catalogue must be had alone for that, and SQLite does not wait by itself."""
    until = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlcipher.OperationalError as error:
            if not isinstance(refusal_of(error), CatalogueBusy) or monotonic() > until:
                raise
        sleep(SWITCH_AGAIN_SECONDS)


def refusal_of(error: BaseException | None) -> DmsError | None:
    """What a person is told about a fault of the disk under the catalogue; None for any other error."""
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE:
        case sqlcipher.SQLITE_FULL:
            return CatalogueDiskFull()
        case sqlcipher.SQLITE_BUSY:
            return CatalogueBusy()
        case sqlcipher.SQLITE_CORRUPT | sqlcipher.SQLITE_NOTADB | sqlcipher.SQLITE_IOERR | sqlcipher.SQLITE_CANTOPEN:
            return CatalogueUnreadable(str(error))
        case _:
            return None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    if connection.info.get(WRITES) is not writes:  # kept with the connection to the disk, which stays as it is told
        connection.info.pop(WRITES, None)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.info[WRITES] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _give_up_if_read_only(context: ExceptionContext) -> None:
    # Where the disk refuses for a moment to open the catalogue for writing, SQLite opens it for reading alone, without
    # a word and for the life of the connection; no later transaction may be given such a connection.
    code = getattr(context.original_exception, "sqlite_errorcode", 0) & _PRIMARY_CODE
    writes = context.connection is not None and context.connection.get_execution_options().get(WRITES, False)
    if writes and code == sqlcipher.SQLITE_READONLY:
        context.is_disconnect = True


def inserted_id(result: CursorResult[Any]) -> int:
    """The integer key that an insert was given."""
    key = result.inserted_primary_key
    if key is None:
        raise ValueError("the statement inserted nothing")
    return int(key[0])
