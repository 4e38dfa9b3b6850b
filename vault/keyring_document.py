"""The keyring as JSON (docs/vault-format.md §5): parsed without trust, rendered in one form.

Invariants:
- What `parse_document` returns has every value within its bounds (V1, V13) and a correct checksum, and still is
  only a claim: it is authentic after its `mac` is verified with the unlocked root (V15).
- Rendering what was parsed gives the same content; white space aside there is one text for one keyring.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn

from vault.errors import KeyringDamaged, KeyringUnsupported
from vault.suite import AES_256_GCM
from vault.wrapping import GRADES, LATEST_EPOCH, NO_GRADE, WRAPPED_KEY_BYTES, KeyName, Purpose

FORMAT: Final = "anjuan-keyring"
VERSION: Final = 1
KEYRING_ID_BYTES: Final = 16
SLOT_ID_BYTES: Final = 8
ARGON2_SALT_BYTES: Final = 16
LARGEST_DOCUMENT_BYTES: Final = 1 << 20
_MOST_SLOTS: Final = 8
_MOST_WRAPPING_KEYS: Final = 1024
_DIGEST_BYTES: Final = 32
_MOST_MEMORY_KIB: Final = 1 << 20
_MOST_TIME: Final = 16
_MOST_PARALLELISM: Final = 8
_LEAST_MEMORY_KIB_A_LANE: Final = 8
_HEX_DIGITS: Final = frozenset("0123456789abcdef")

JsonObject = Mapping[str, object]


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 — the name of a kind, not a secret
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """What one guess at a passphrase costs (RFC 9106); the default is that standard's second recommendation."""

    memory_kib: int = 65_536
    time: int = 3
    parallelism: int = 4

    def first_out_of_bounds(self) -> tuple[str, int] | None:
        """Name and value of the first figure outside the bounds of the format (V13), None where all are inside."""
        if not 1 <= self.parallelism <= _MOST_PARALLELISM:
            return "parallelism", self.parallelism
        if not 1 <= self.time <= _MOST_TIME:
            return "time", self.time
        if not _LEAST_MEMORY_KIB_A_LANE * self.parallelism <= self.memory_kib <= _MOST_MEMORY_KIB:
            return "memory_kib", self.memory_kib
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotDescription:
    """Everything about a slot but the root it wraps."""

    slot_id: bytes
    kind: SlotKind
    cost: Argon2Cost | None
    """None where the kind needs no stretching."""
    salt: bytes
    """Empty where `cost` is None."""

    def as_json(self) -> dict[str, object]:
        """The slot's fields without `wrapped_root`."""
        fields: dict[str, object] = {"id": self.slot_id.hex(), "kind": self.kind.value}
        if self.cost is not None:
            fields["argon2id"] = {
                "memory_kib": self.cost.memory_kib,
                "parallelism": self.cost.parallelism,
                "salt": self.salt.hex(),
                "time": self.cost.time,
            }
        return fields

    def context(self, keyring_id: bytes) -> bytes:
        """What the wrapped root is bound to (V14)."""
        return b"slot" + keyring_id + canonical(self.as_json())


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """One slot as stored."""

    description: SlotDescription
    wrapped_root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringContent:
    """The document without checksum and mac."""

    keyring_id: bytes
    slots: tuple[SlotRecord, ...]
    wrapped_keys: Mapping[KeyName, bytes]

    def as_json(self) -> dict[str, object]:
        """The content's fields, wrapping keys in the order of their names."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "suite": AES_256_GCM.suite_id,
            "keyring_id": self.keyring_id.hex(),
            "slots": [slot.description.as_json() | {"wrapped_root": slot.wrapped_root.hex()} for slot in self.slots],
            "wrapping_keys": [_key_as_json(name, self.wrapped_keys[name]) for name in sorted(self.wrapped_keys)],
        }

    def canonical(self) -> bytes:
        """The bytes that checksum and mac are computed over."""
        return canonical(self.as_json())


def canonical(value: JsonObject) -> bytes:
    """The one form of a JSON object: names sorted, no white space, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def render_document(content: KeyringContent, *, mac: bytes) -> str:
    """The document as text, indented, with a final line feed."""
    checksum = hashlib.sha256(content.canonical()).hexdigest()
    whole = content.as_json() | {"checksum": checksum, "mac": mac.hex()}
    return json.dumps(whole, sort_keys=True, indent=2, ensure_ascii=True) + "\n"


def parse_document(untrusted_text: str) -> tuple[KeyringContent, bytes]:
    """Content and claimed mac; `KeyringDamaged`, or `KeyringUnsupported` for what a later program wrote."""
    fields = _object(_json(untrusted_text), "document")
    _require_known(fields)
    _require_names(fields, ("format", "version", "suite", "keyring_id", "slots", "wrapping_keys", "checksum", "mac"))
    content = KeyringContent(
        keyring_id=_bytes(fields["keyring_id"], KEYRING_ID_BYTES, "keyring_id"),
        slots=_slots(fields["slots"]),
        wrapped_keys=_wrapped_keys(fields["wrapping_keys"]),
    )
    checksum = _bytes(fields["checksum"], _DIGEST_BYTES, "checksum")
    if not hmac.compare_digest(checksum, hashlib.sha256(content.canonical()).digest()):
        raise KeyringDamaged("checksum")
    return content, _bytes(fields["mac"], _DIGEST_BYTES, "mac")


def _key_as_json(name: KeyName, wrapped: bytes) -> dict[str, object]:
    return {"purpose": name.purpose.value, "grade": name.grade, "epoch": name.epoch, "wrapped_key": wrapped.hex()}


def _json(untrusted_text: str) -> object:
    if len(untrusted_text) > LARGEST_DOCUMENT_BYTES:
        raise KeyringDamaged("size")
    try:
        return json.loads(untrusted_text, object_pairs_hook=_without_repetition, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise KeyringDamaged("not JSON") from error


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Two programs that keep different twins of one name would see two keyrings under one mac.
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise KeyringDamaged("repeated name")
    return fields


def _refuse_constant(name: str) -> NoReturn:
    raise KeyringDamaged(name)


def _require_known(fields: JsonObject) -> None:
    if fields.get("format") != FORMAT:
        raise KeyringDamaged("format")
    if _integer(fields.get("version"), "version", 1, 255) != VERSION:
        raise KeyringUnsupported("a later version of the format")
    if _integer(fields.get("suite"), "suite", 1, 255) != AES_256_GCM.suite_id:
        raise KeyringUnsupported("another cipher suite")


def _slots(value: object) -> tuple[SlotRecord, ...]:
    slots = tuple(_slot(entry) for entry in _list(value, "slots", _MOST_SLOTS))
    if len({slot.description.slot_id for slot in slots}) != len(slots):
        raise KeyringDamaged("two slots with one id")
    return slots


def _slot(value: object) -> SlotRecord:
    fields = _object(value, "slot")
    kind = _slot_kind(fields.get("kind"))
    stretched = kind is SlotKind.PASSPHRASE
    _require_names(fields, ("id", "kind", "wrapped_root", *(("argon2id",) if stretched else ())))
    cost, salt = _argon2id(fields["argon2id"]) if stretched else (None, b"")
    slot_id = _bytes(fields["id"], SLOT_ID_BYTES, "slot id")
    return SlotRecord(
        description=SlotDescription(slot_id=slot_id, kind=kind, cost=cost, salt=salt),
        wrapped_root=_bytes(fields["wrapped_root"], WRAPPED_KEY_BYTES, "wrapped_root"),
    )


def _slot_kind(value: object) -> SlotKind:
    if not isinstance(value, str):
        raise KeyringDamaged("slot kind")
    try:
        return SlotKind(value)
    except ValueError as error:
        raise KeyringUnsupported("another kind of slot") from error


def _argon2id(value: object) -> tuple[Argon2Cost, bytes]:
    fields = _object(value, "argon2id")
    _require_names(fields, ("memory_kib", "parallelism", "salt", "time"))
    cost = Argon2Cost(
        memory_kib=_integer(fields["memory_kib"], "memory_kib", 1, _MOST_MEMORY_KIB),
        time=_integer(fields["time"], "time", 1, _MOST_TIME),
        parallelism=_integer(fields["parallelism"], "parallelism", 1, _MOST_PARALLELISM),
    )
    excess = cost.first_out_of_bounds()
    if excess is not None:
        raise KeyringDamaged(excess[0])
    return cost, _bytes(fields["salt"], ARGON2_SALT_BYTES, "salt")


def _wrapped_keys(value: object) -> dict[KeyName, bytes]:
    entries = [_wrapped_key(entry) for entry in _list(value, "wrapping_keys", _MOST_WRAPPING_KEYS)]
    names = [name for name, _ in entries]
    if names != sorted(set(names)):
        raise KeyringDamaged("wrapping keys repeated or out of order")
    _require_complete(names)
    return dict(entries)


def _require_complete(names: Iterable[KeyName]) -> None:
    present = {(name.purpose, name.grade) for name in names}
    needed = {(Purpose.ITEMS, grade) for grade in GRADES} | {(Purpose.CATALOGUE, NO_GRADE)}
    if not needed <= present:
        raise KeyringDamaged("a wrapping key is missing")


def _wrapped_key(value: object) -> tuple[KeyName, bytes]:
    fields = _object(value, "wrapping key")
    _require_names(fields, ("purpose", "grade", "epoch", "wrapped_key"))
    purpose = _purpose(fields["purpose"])
    low, high = (GRADES[0], GRADES[-1]) if purpose is Purpose.ITEMS else (NO_GRADE, NO_GRADE)
    name = KeyName(
        purpose=purpose,
        grade=_integer(fields["grade"], "grade", low, high),
        epoch=_integer(fields["epoch"], "epoch", 1, LATEST_EPOCH),
    )
    return name, _bytes(fields["wrapped_key"], WRAPPED_KEY_BYTES, "wrapped_key")


def _purpose(value: object) -> Purpose:
    if not isinstance(value, str):
        raise KeyringDamaged("purpose")
    try:
        return Purpose(value)
    except ValueError as error:
        raise KeyringUnsupported("another purpose") from error


def _object(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise KeyringDamaged(where)
    return value


def _list(value: object, where: str, most: int) -> list[object]:
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise KeyringDamaged(where)
    return value


def _require_names(fields: JsonObject, names: Iterable[str]) -> None:
    if set(fields) != set(names):
        raise KeyringDamaged("unknown or missing name")


def _integer(value: object, where: str, low: int, high: int) -> int:
    # `True` is an integer to Python; in a document of ours it is damage.
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise KeyringDamaged(where)
    return value


def _bytes(value: object, length: int, where: str) -> bytes:
    """Lower-case hex only, so that one value has one text."""
    if not isinstance(value, str) or len(value) != 2 * length or not _HEX_DIGITS.issuperset(value):
        raise KeyringDamaged(where)
    return bytes.fromhex(value)
