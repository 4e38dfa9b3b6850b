"""The keyring document of §5: its bounds, its canonical form and its checksum. Nothing here needs a secret."""

import hmac
import json
import re
from collections.abc import Callable, Set
from datetime import date
from typing import Any, cast

from independent.refusal import Refused, demand
from independent.suites import SUITES, Suite

MAX_DOCUMENT_BYTES = 2**20
MAX_EPOCH = 2**32 - 1
DAMAGED = "keyring_damaged"
UNSUPPORTED = "keyring_unsupported"

Value = Any
"""A value as JSON gives it."""
Object = dict[str, Value]

_DOCUMENT = {"format", "version", "suite", "keyring_id", "slots", "wrapping_keys", "checksum", "mac"}
_PURPOSES_BY_VERSION = {1: ("items", "catalogue"), 2: ("items", "catalogue", "derivation")}
_SUITES_BY_VERSION = {1: (1,), 2: (1, 2)}
_KINDS_BY_VERSION = {1: ("passphrase", "recovery"), 2: ("passphrase", "recovery", "key_file", "key_service")}
_CONTROL_OR_SURROGATE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def parse_keyring(stored: bytes) -> Object:
    """The document with every bound checked and its checksum found right, as JSON gives it."""
    document = _parsed_json(stored)
    demand(isinstance(document, dict) and document.get("format") == "anjuan-keyring", DAMAGED, "not a keyring")
    version = _whole_number(document.get("version"), 1, 255)
    demand(version in (1, 2), UNSUPPORTED, "version")
    suite = _whole_number(document.get("suite"), 1, 255)
    demand(suite in _SUITES_BY_VERSION[version], UNSUPPORTED, "suite")
    demand(set(document) == _DOCUMENT, DAMAGED, "names of the document")
    _hex(document["keyring_id"], 16)
    _check_slots(document["slots"], version)
    _check_wrapping_keys(document["wrapping_keys"], version)
    _hex(document["mac"], 32)
    expected = SUITES[suite].digest(canonical_content(document))
    demand(hmac.compare_digest(_hex(document["checksum"], 32), expected), DAMAGED, "checksum")
    return cast(Object, document)


def suite_of(document: Object) -> Suite:
    """The suite of a parsed document."""
    return SUITES[document["suite"]]


def canonical_content(document: Object) -> bytes:
    """The bytes under checksum and mac."""
    return canonical({name: value for name, value in document.items() if name not in ("checksum", "mac")})


def canonical(value: Value) -> bytes:
    """The canonical form of a value of objects, lists, text and whole numbers."""
    match value:
        case dict():
            members = (canonical(name) + b":" + canonical(value[name]) for name in sorted(value))
            return b"{" + b",".join(members) + b"}"
        case list():
            return b"[" + b",".join(map(canonical, value)) + b"]"
        case str():
            return b'"' + b"".join(map(_canonical_character, value)) + b'"'
        case int() if not isinstance(value, bool):
            return str(value).encode()
        case _:
            raise Refused(DAMAGED, "a value that no keyring has")


def _canonical_character(character: str) -> bytes:
    if character in '"\\':
        return b"\\" + character.encode()
    if ord(character) <= 0x7E:
        return character.encode()
    units = character.encode("utf-16-be", "surrogatepass")
    return b"".join(b"\\u" + units[i : i + 2].hex().encode() for i in range(0, len(units), 2))


def _parsed_json(stored: bytes) -> Value:
    demand(len(stored) <= MAX_DOCUMENT_BYTES, DAMAGED, "longer than 1 MiB")
    try:
        return json.loads(
            stored.decode("utf-8"),
            object_pairs_hook=_object_without_repetition,
            parse_int=_digits_alone,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except (ValueError, RecursionError) as error:
        raise Refused(DAMAGED, "not JSON") from error


def _object_without_repetition(pairs: list[tuple[str, Value]]) -> Object:
    demand(len({name for name, _ in pairs}) == len(pairs), DAMAGED, "a repeated name")
    return dict(pairs)


def _digits_alone(written: str) -> Value:
    demand(not written.startswith("-"), DAMAGED, "a number with a sign")
    return int(written)


def _refuse_number(_: str) -> Value:
    raise Refused(DAMAGED, "not a whole number")


def _whole_number(value: Value, least: int, most: int) -> int:
    demand(isinstance(value, int) and not isinstance(value, bool), DAMAGED, "not a whole number")
    demand(least <= value <= most, DAMAGED, "a number out of bounds")
    return cast(int, value)


def _text(value: Value) -> str:
    demand(isinstance(value, str), DAMAGED, "not text")
    return cast(str, value)


def _hex(value: Value, least_bytes: int, most_bytes: int | None = None) -> bytes:
    text = _text(value)
    demand(re.fullmatch("(?:[0-9a-f]{2})*", text, re.ASCII), DAMAGED, "not lower-case hex")
    demand(2 * least_bytes <= len(text) <= 2 * (most_bytes or least_bytes), DAMAGED, "bytes of another length")
    return bytes.fromhex(text)


def _label(value: Value, most_characters: int) -> None:
    text = _text(value)
    demand(1 <= len(text) <= most_characters, DAMAGED, "label of another length")
    demand(not _CONTROL_OR_SURROGATE.search(text), DAMAGED, "a label that cannot be shown")


def _day(value: Value) -> None:
    demand(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", _text(value), re.ASCII), DAMAGED, "not a day")
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise Refused(DAMAGED, "no such day") from error


def _names(value: Value, needed: set[str], optional: Set[str] = frozenset()) -> None:
    demand(isinstance(value, dict), DAMAGED, "not an object")
    demand(needed <= set(value) <= needed | optional, DAMAGED, "an unknown or missing name")


def _check_slots(slots: Value, version: int) -> None:
    demand(isinstance(slots, list) and 1 <= len(slots) <= 8, DAMAGED, "number of slots")
    for slot in slots:
        _check_slot(slot, version)
    demand(len({slot["id"] for slot in slots}) == len(slots), DAMAGED, "two slots of one id")


def _check_slot(slot: Value, version: int) -> None:
    demand(isinstance(slot, dict), DAMAGED, "not a slot")
    kind = _text(slot.get("kind"))
    demand(kind in _KINDS_BY_VERSION[version], UNSUPPORTED, "kind of slot")
    own: dict[str, Callable[[Value], None]] = {"passphrase": _check_argon2id, "key_service": _check_key_service}
    own_names = {"passphrase": {"argon2id"}, "key_service": {"key_service"}}.get(kind, set())
    optional = {"label", "created_on"} if version == 2 else set()
    _names(slot, {"id", "kind", "wrapped_root"} | own_names, optional)
    _hex(slot["id"], 8)
    _hex(slot["wrapped_root"], 112)
    if "label" in slot:
        _label(slot["label"], 64)
    if "created_on" in slot:
        _day(slot["created_on"])
    for name in own_names:
        own[kind](slot[name])


def _check_argon2id(cost: Value) -> None:
    """V13: bounded before anything is computed with it."""
    _names(cost, {"salt", "memory_kib", "time", "parallelism"})
    _hex(cost["salt"], 16)
    _whole_number(cost["time"], 1, 16)
    lanes = _whole_number(cost["parallelism"], 1, 8)
    _whole_number(cost["memory_kib"], 8 * lanes, 2**20)


def _check_key_service(service: Value) -> None:
    _names(service, {"provider", "key_name", "sealed_key"})
    demand(re.fullmatch("[a-z][a-z0-9-]{0,31}", _text(service["provider"]), re.ASCII), DAMAGED, "provider")
    _label(service["key_name"], 256)
    _hex(service["sealed_key"], 1, 4096)


def _check_wrapping_keys(wrapping_keys: Value, version: int) -> None:
    demand(isinstance(wrapping_keys, list) and 1 <= len(wrapping_keys) <= 1024, DAMAGED, "number of wrapping keys")
    places = [_place_of_wrapping_key(key, version) for key in wrapping_keys]
    demand(places == sorted(set(places)), DAMAGED, "wrapping keys out of order or repeated")
    held = [place[:2] for place in places]
    demand(
        {("items", 1), ("items", 2), ("items", 3), ("catalogue", 0)} <= set(held), DAMAGED, "a wrapping key is missing"
    )
    demand(held.count(("derivation", 0)) == version - 1, DAMAGED, "number of derivation keys")


def _place_of_wrapping_key(key: Value, version: int) -> tuple[str, int, int]:
    _names(key, {"purpose", "grade", "epoch", "wrapped_key"})
    purpose = _text(key["purpose"])
    demand(purpose in _PURPOSES_BY_VERSION[version], UNSUPPORTED, "purpose of a wrapping key")
    grade = _whole_number(key["grade"], *((1, 3) if purpose == "items" else (0, 0)))
    epoch = _whole_number(key["epoch"], 1, 1 if purpose == "derivation" else MAX_EPOCH)
    _hex(key["wrapped_key"], 112)
    return purpose, grade, epoch
