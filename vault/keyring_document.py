"""The keyring as JSON (docs/vault-format.md §5): parsed without trust, rendered in one form.

Invariants:
- What `parse_document` returns has every value within its bounds (V1, V13) and a correct checksum, and still is
  only a claim: it is authentic after its `mac` is verified with the unlocked root (V15).
- Rendering what was parsed gives the same content; white space aside there is one text for one keyring.
- Every version that was ever written is still read (V31).
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from vault.errors import KeyringDamaged, KeyringUnsupported
from vault.json_fields import (
    JsonObject,
    bytes_of,
    canonical,
    integer_of,
    list_of,
    object_of,
    parsed,
    require_names,
    text_of,
)
from vault.slot_record import SlotRecord, parse_slot
from vault.suite import AES_256_GCM, DIGEST_BYTES, SUITES, Suite
from vault.wrapping import GRADES, LATEST_EPOCH, NO_GRADE, WRAPPED_KEY_BYTES, KeyName, Purpose

FORMAT: Final = "anjuan-keyring"
VERSION: Final = 2
FIRST_VERSION: Final = 1
KEYRING_ID_BYTES: Final = 16
LARGEST_DOCUMENT_BYTES: Final = 1 << 20
MOST_SLOTS: Final = 8
MOST_WRAPPING_KEYS: Final = 1024
DERIVATION_KEY: Final = KeyName(purpose=Purpose.DERIVATION, grade=NO_GRADE, epoch=1)
_NAMES: Final = ("format", "version", "suite", "keyring_id", "slots", "wrapping_keys", "checksum", "mac")
_NEEDED: Final = frozenset({(Purpose.ITEMS, grade) for grade in GRADES} | {(Purpose.CATALOGUE, NO_GRADE)})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringContent:
    """The document without checksum and mac."""

    version: int
    suite: Suite
    keyring_id: bytes
    slots: tuple[SlotRecord, ...]
    wrapped_keys: Mapping[KeyName, bytes]

    def as_json(self) -> dict[str, object]:
        """The content's fields, wrapping keys in the order of their names."""
        return {
            "format": FORMAT,
            "version": self.version,
            "suite": self.suite.suite_id,
            "keyring_id": self.keyring_id.hex(),
            "slots": [slot.as_json() for slot in self.slots],
            "wrapping_keys": [_key_as_json(name, self.wrapped_keys[name]) for name in sorted(self.wrapped_keys)],
        }

    def canonical(self) -> bytes:
        """The bytes that checksum and mac are computed over."""
        return canonical(self.as_json())


def render_document(content: KeyringContent, *, mac: bytes) -> str:
    """The document as text, indented, with a final line feed."""
    checksum = content.suite.digest(content.canonical())
    whole = content.as_json() | {"checksum": checksum.hex(), "mac": mac.hex()}
    return json.dumps(whole, sort_keys=True, indent=2, ensure_ascii=True) + "\n"


def parse_document(untrusted_text: str) -> tuple[KeyringContent, bytes]:
    """Content and claimed mac; `KeyringDamaged`, or `KeyringUnsupported` for what a later program wrote."""
    fields = object_of(parsed(untrusted_text, most_characters=LARGEST_DOCUMENT_BYTES), "document")
    version, suite = _known(fields)
    require_names(fields, _NAMES)
    content = KeyringContent(
        version=version,
        suite=suite,
        keyring_id=bytes_of(fields["keyring_id"], KEYRING_ID_BYTES, "keyring_id"),
        slots=_slots(fields["slots"], version),
        wrapped_keys=_wrapped_keys(fields["wrapping_keys"], version),
    )
    checksum = bytes_of(fields["checksum"], DIGEST_BYTES, "checksum")
    if not hmac.compare_digest(checksum, suite.digest(content.canonical())):
        raise KeyringDamaged("checksum")
    return content, bytes_of(fields["mac"], DIGEST_BYTES, "mac")


def _key_as_json(name: KeyName, wrapped: bytes) -> dict[str, object]:
    return {"purpose": name.purpose.value, "grade": name.grade, "epoch": name.epoch, "wrapped_key": wrapped.hex()}


def _known(fields: JsonObject) -> tuple[int, Suite]:
    if fields.get("format") != FORMAT:
        raise KeyringDamaged("format")
    version = integer_of(fields.get("version"), "version", 1, 255)
    if version not in (FIRST_VERSION, VERSION):
        raise KeyringUnsupported("a later version of the format")
    suite_id = integer_of(fields.get("suite"), "suite", 1, 255)
    known = SUITES if version == VERSION else {AES_256_GCM.suite_id: AES_256_GCM}
    if suite_id not in known:
        raise KeyringUnsupported("another cipher suite")
    return version, known[suite_id]


def _slots(value: object, version: int) -> tuple[SlotRecord, ...]:
    slots = tuple(parse_slot(entry, version=version) for entry in list_of(value, "slots", most=MOST_SLOTS))
    if len({slot.description.slot_id for slot in slots}) != len(slots):
        raise KeyringDamaged("two slots with one id")
    return slots


def _wrapped_keys(value: object, version: int) -> dict[KeyName, bytes]:
    entries = [_wrapped_key(entry, version) for entry in list_of(value, "wrapping_keys", most=MOST_WRAPPING_KEYS)]
    names = [name for name, _ in entries]
    if names != sorted(set(names)):
        raise KeyringDamaged("wrapping keys repeated or out of order")
    _require_complete(names, version)
    return dict(entries)


def _require_complete(names: Iterable[KeyName], version: int) -> None:
    present = {(name.purpose, name.grade) for name in names}
    derivation = {(Purpose.DERIVATION, NO_GRADE)} if version == VERSION else set()
    if not _NEEDED | derivation <= present:
        raise KeyringDamaged("a wrapping key is missing")


def _wrapped_key(value: object, version: int) -> tuple[KeyName, bytes]:
    fields = object_of(value, "wrapping key")
    require_names(fields, ("purpose", "grade", "epoch", "wrapped_key"))
    purpose = _purpose(fields["purpose"], version)
    low, high = (GRADES[0], GRADES[-1]) if purpose is Purpose.ITEMS else (NO_GRADE, NO_GRADE)
    # V27: there is one derivation key for ever, so no later epoch of it can be slipped in.
    latest = DERIVATION_KEY.epoch if purpose is Purpose.DERIVATION else LATEST_EPOCH
    name = KeyName(
        purpose=purpose,
        grade=integer_of(fields["grade"], "grade", low, high),
        epoch=integer_of(fields["epoch"], "epoch", 1, latest),
    )
    return name, bytes_of(fields["wrapped_key"], WRAPPED_KEY_BYTES, "wrapped_key")


def _purpose(value: object, version: int) -> Purpose:
    try:
        purpose = Purpose(text_of(value, "purpose"))
    except ValueError as error:
        raise KeyringUnsupported("another purpose") from error
    if version == FIRST_VERSION and purpose is Purpose.DERIVATION:
        raise KeyringUnsupported("another purpose")
    return purpose
