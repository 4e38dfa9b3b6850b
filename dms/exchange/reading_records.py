"""Reading the records of a bag: bounded, each understood or told with the place where it stands."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from dms.exchange.checking import CheckedBag
from dms.exchange.errors import BagIncomplete, BagNamesTwice, BagRecordUnusable
from dms.exchange.untrusted import RecordUnusable, Untrusted

MOST_RECORD_BYTES = 256 * 1024 * 1024
"""More than the text of a thousand pages; a bound for what is held in memory."""

T = TypeVar("T")


def listed(
    bag: CheckedBag, path: str, read: Callable[[Untrusted], T], *, name_of: Callable[[T], object]
) -> tuple[T, ...]:
    """The records of a list, no two of one name."""
    found: dict[object, T] = {}
    for record in records_of(bag, path, read):
        name = name_of(record)
        if name in found:
            raise BagNamesTwice(path, " ".join(name) if isinstance(name, tuple) else str(name))
        found[name] = record
    return tuple(found.values())


def records_of(bag: CheckedBag, path: str, read: Callable[[Untrusted], T]) -> Iterator[T]:
    """The records of a list, one a line; raises `BagIncomplete` or `BagRecordUnusable`."""
    if path not in bag.digests:
        raise BagIncomplete([path])
    for number, encoded in enumerate(bag.lines(path), start=1):
        yield understood(f"{path}:{number}", partial(_parsed, read, encoded))


def _parsed(read: Callable[[Untrusted], T], encoded: bytes) -> T:
    return read(Untrusted.parsed(encoded))


def bounded(bag: CheckedBag, path: str) -> bytes:
    """One whole member of the bag; raises `BagIncomplete`, or `RecordUnusable` where it is too large."""
    if path not in bag.digests:
        raise BagIncomplete([path])
    if bag.sizes[path] > MOST_RECORD_BYTES:
        raise RecordUnusable("too large")
    return bag.read(path)


def understood(path: str, read: Callable[[], T]) -> T:
    """What `read` gives; a value that is not what it should be is told with the place where it stands."""
    try:
        return read()
    except RecordUnusable as error:
        raise BagRecordUnusable(path, str(error)) from error
