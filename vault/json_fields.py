"""JSON that is read without trust, and written in one form.

Invariant: what a reader returns has the type it promises and lies within the bounds it was given (V1); anything else
is `KeyringDamaged`, with the place.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final, NoReturn

from vault.errors import KeyringDamaged

JsonObject = Mapping[str, object]
_HEX_DIGITS: Final = frozenset("0123456789abcdef")


def canonical(value: JsonObject) -> bytes:
    """The one form of a JSON object: names sorted, no white space, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def parsed(untrusted_text: str, *, most_characters: int) -> object:
    """What the text says; refuses length, repeated names and constants that JSON does not have."""
    if len(untrusted_text) > most_characters:
        raise KeyringDamaged("size")
    try:
        return json.loads(
            untrusted_text,
            object_pairs_hook=_without_repetition,
            parse_constant=_refuse_constant,
            parse_int=_digits_alone,
        )
    except (ValueError, RecursionError) as error:
        raise KeyringDamaged("not JSON") from error


def object_of(value: object, where: str) -> dict[str, object]:
    """The value as an object."""
    if not isinstance(value, dict):
        raise KeyringDamaged(where)
    return value


def list_of(value: object, where: str, *, most: int) -> list[object]:
    """The value as a list of 1 to `most` entries."""
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise KeyringDamaged(where)
    return value


def require_names(fields: JsonObject, needed: Iterable[str], optional: Iterable[str] = ()) -> None:
    """Refuse a name that is missing or not known."""
    missing, unknown = set(needed) - set(fields), set(fields) - set(needed) - set(optional)
    if missing or unknown:
        raise KeyringDamaged("unknown or missing name")


def integer_of(value: object, where: str, low: int, high: int) -> int:
    """The value as an integer within the bounds."""
    # `True` is an integer to Python; in a document of ours it is damage.
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise KeyringDamaged(where)
    return value


def text_of(value: object, where: str) -> str:
    """The value as text, of any length up to that of the document."""
    if not isinstance(value, str):
        raise KeyringDamaged(where)
    return value


def bytes_of(value: object, length: int, where: str) -> bytes:
    """So many bytes from lower-case hex, the only form that is written, so that one value has one text."""
    return bounded_bytes_of(value, where, low=length, high=length)


def bounded_bytes_of(value: object, where: str, *, low: int, high: int) -> bytes:
    """Between `low` and `high` bytes from lower-case hex."""
    text = text_of(value, where)
    if len(text) % 2 or not low <= len(text) // 2 <= high or not _HEX_DIGITS.issuperset(text):
        raise KeyringDamaged(where)
    return bytes.fromhex(text)


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Two programs that keep different twins of one name would see two keyrings under one mac.
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise KeyringDamaged("repeated name")
    return fields


def _digits_alone(text: str) -> int:
    # Python reads -0 as 0: two texts for one value, of which only one was written by us.
    if text.startswith("-"):
        raise KeyringDamaged("number")
    return int(text)


def _refuse_constant(name: str) -> NoReturn:
    raise KeyringDamaged(name)
