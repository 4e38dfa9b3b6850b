"""The one way to the catalogue: SQLCipher through SQLAlchemy.

Invariants:
- Nothing readable on disk: the database, its write-ahead log and its journal are encrypted; temporary tables stay
  in memory.
- A committed transaction is durable (WAL with ``synchronous=FULL``); deleted text is overwritten (``secure_delete``).
- A transaction that will write takes the write lock at its start, so two writers queue instead of failing midway.
"""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, CursorResult, Engine, QueuePool, create_engine, event

from dms.store.errors import CatalogueUnreadable

KEY_BYTES = 32
BUSY_TIMEOUT_MS = 60_000
WRITES = "dms_writes"
"""Execution option of a connection whose transactions will write."""

_PRAGMAS = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA cache_size = -32000",
    "PRAGMA trusted_schema = OFF",
)


def open_engine(path: Path, key: bytes) -> Engine:
    """An engine on the catalogue at `path`, encrypted with a raw `key` of 32 bytes.

    Raises `CatalogueUnreadable` when the key does not open it or the bytes are damaged.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the catalogue key has 32 bytes")

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: _connect(path, key),
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=20,
        max_overflow=40,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path, key: bytes) -> sqlcipher.Connection:
    connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
    try:
        # A raw key skips SQLCipher's own key derivation: ours is already uniformly random.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise CatalogueUnreadable(str(error)) from error
    return connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def inserted_id(result: CursorResult[Any]) -> int:
    """The integer key that an insert was given."""
    key = result.inserted_primary_key
    if key is None:
        raise ValueError("the statement inserted nothing")
    return int(key[0])
