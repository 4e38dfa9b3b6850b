"""Values out of a stranger's JSON, each checked for being what it should be; `RecordUnusable` says which is not."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, NoReturn, TypeVar

from dms.domain.amount import is_amount

MOST_CHARACTERS = 8 * 1024 * 1024
"""More than one value of any record of ours has; a page of writing has some thousands."""
_SHA256 = re.compile(r"[0-9a-f]{64}")

E = TypeVar("E", bound=Enum)
T = TypeVar("T")


class RecordUnusable(ValueError):
    """A record is not JSON, or a value in it is not what it should be; says which."""


class Untrusted:
    """One JSON object; every method gives the value of a name, checked."""

    def __init__(self, content: object) -> None:
        if not isinstance(content, dict):
            raise RecordUnusable("not an object")
        self._content: dict[str, Any] = content

    @classmethod
    def parsed(cls, encoded: bytes) -> "Untrusted":
        """The object that these bytes are the JSON of."""
        try:
            return cls(json.loads(encoded, parse_constant=_refused_constant))
        except (ValueError, RecursionError) as error:
            raise RecordUnusable("not JSON") from error

    def text(self, name: str) -> str:
        """Text that can be stored."""
        value = self._content.get(name)
        if not isinstance(value, str) or len(value) > MOST_CHARACTERS or not _is_storable(value):
            raise RecordUnusable(name)
        return value

    def whole(self, name: str, *, least: int = 0, most: int = 2**53) -> int:
        """A whole number within bounds."""
        value = self._content.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise RecordUnusable(name)
        return value

    def number(self, name: str) -> float:
        """A finite number."""
        value = self._content.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > 1e9:
            raise RecordUnusable(name)
        return float(value)

    def truth(self, name: str) -> bool:
        """True or false."""
        value = self._content.get(name)
        if not isinstance(value, bool):
            raise RecordUnusable(name)
        return value

    def one_of(self, name: str, kind: type[E]) -> E:
        """A value of the enumeration."""
        try:
            return kind(self._content.get(name))
        except ValueError as error:
            raise RecordUnusable(name) from error

    def moment(self, name: str) -> datetime:
        """An aware moment."""
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError as error:
            raise RecordUnusable(name) from error
        if moment.tzinfo is None:
            raise RecordUnusable(name)
        return moment

    def day(self, name: str) -> date:
        """A day."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise RecordUnusable(name) from error

    def amount(self, name: str) -> Decimal:
        """An amount in yuan that the catalogue can hold."""
        try:
            amount = Decimal(self.text(name))
        except InvalidOperation as error:
            raise RecordUnusable(name) from error
        if not amount.is_finite() or not is_amount(amount):
            raise RecordUnusable(name)
        return amount

    def sha256(self, name: str) -> str:
        """A digest in hex."""
        value = self.text(name)
        if not _SHA256.fullmatch(value):
            raise RecordUnusable(name)
        return value

    def part(self, name: str) -> "Untrusted":
        """An object inside."""
        return self._inner(name, self._content.get(name))

    def parts(self, name: str) -> list["Untrusted"]:
        """The objects of a list."""
        return [self._inner(name, entry) for entry in self._list(name)]

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(Untrusted({name: entry}).text(name) for entry in self._list(name))

    def plain(self, name: str) -> dict[str, str | int | None]:
        """An object of texts and whole numbers, as the details of a journal entry are."""
        inner = self.part(name)
        return {key: inner._plain(key) for key in inner._content}

    def choices(self, name: str, kind: type[E]) -> frozenset[E]:
        """The values of a list, each of the enumeration."""
        return frozenset(Untrusted({name: entry}).one_of(name, kind) for entry in self._list(name))

    def maybe(self, read: Callable[[str], T], name: str) -> T | None:
        """What `read` gives, or None where nothing is stated under the name."""
        return None if self._content.get(name) is None else read(name)

    def _plain(self, name: str) -> str | int | None:
        value = self._content[name]
        if value is None or isinstance(value, int):
            return value
        return self.text(name)

    def _list(self, name: str) -> list[Any]:
        value = self._content.get(name)
        if not isinstance(value, list):
            raise RecordUnusable(name)
        return value

    def _inner(self, name: str, content: object) -> "Untrusted":
        try:
            return Untrusted(content)
        except RecordUnusable as error:
            raise RecordUnusable(name) from error


def _is_storable(text: str) -> bool:
    """Halves of surrogate pairs can be written in JSON, but no catalogue can hold them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refused_constant(name: str) -> NoReturn:
    raise ValueError(name)
