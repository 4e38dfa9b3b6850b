"""Statements compiled once for all catalogues of a test run.

SQLAlchemy compiles what is asked of a catalogue once for each engine, and every test opens a catalogue of its own: a
quarter of the time of the tests of filing. All are of one dialect, so what was compiled for one is right for all.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

_MOST = 5000
_compiled: LRUCache[Any, Any] = LRUCache(_MOST)


def share_statements() -> None:
    """From now on, a statement that was compiled for any engine is not compiled again."""
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    dialect = type(connection.dialect)
    dialect.__eq__ = _is_alike  # type: ignore[method-assign]
    dialect.__hash__ = _hash_of_kind  # type: ignore[method-assign]
    connection.engine._compiled_cache = _compiled


def _is_alike(one: Dialect, other: object) -> bool:
    return type(one) is type(other)


def _hash_of_kind(one: Dialect) -> int:
    return hash(type(one))
