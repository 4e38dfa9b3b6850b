"""A slot as it is stored: everything about it, and the root it wraps (docs/vault-format.md §5).

Invariants:
- A record in memory has only values within the bounds of the format (V1, V13).
- Everything about a slot is part of what its wrapped root is bound to (V14).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vault.errors import KeyringDamaged, KeyringUnsupported, SlotLabelUnusable
from vault.json_fields import (
    JsonObject,
    bounded_bytes_of,
    bytes_of,
    canonical,
    integer_of,
    object_of,
    require_names,
    text_of,
)
from vault.stretching import ARGON2_SALT_BYTES, MOST_MEMORY_KIB, MOST_PARALLELISM, MOST_TIME, Argon2Cost
from vault.wrapping import WRAPPED_KEY_BYTES

SLOT_ID_BYTES: Final = 8
_LONGEST_LABEL: Final = 64
_LONGEST_KEY_NAME: Final = 256
_LONGEST_SEALED_KEY_BYTES: Final = 4096
_PROVIDER: Final = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Control characters would let a label write over the terminal or the log in which it is shown; half a surrogate has
# no UTF-8.
_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 — the name of a kind, not a secret
    RECOVERY = "recovery"
    KEY_FILE = "key_file"
    KEY_SERVICE = "key_service"


KINDS_OF_VERSION_1: Final = frozenset({SlotKind.PASSPHRASE, SlotKind.RECOVERY})


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotNote:
    """What people know about a slot; no secret."""

    label: str = ""
    """Empty where none was given."""
    created_on: date | None = None
    """None where the day is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretching:
    """How a passphrase becomes a wrapping key."""

    cost: Argon2Cost
    salt: bytes

    def as_json(self) -> dict[str, object]:
        """The field `argon2id`."""
        return {
            "memory_kib": self.cost.memory_kib,
            "parallelism": self.cost.parallelism,
            "salt": self.salt.hex(),
            "time": self.cost.time,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedByKeyService:
    """A wrapping key in the custody of a key service."""

    provider: str
    key_name: str
    sealed_key: bytes

    def as_json(self) -> dict[str, object]:
        """The field `key_service`."""
        return {"provider": self.provider, "key_name": self.key_name, "sealed_key": self.sealed_key.hex()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotDescription:
    """Everything about a slot but the root it wraps."""

    slot_id: bytes
    kind: SlotKind
    note: SlotNote = SlotNote()
    stretching: Stretching | None = None
    """Only in a passphrase slot."""
    service: SealedByKeyService | None = None
    """Only in a key service slot."""

    def as_json(self) -> dict[str, object]:
        """The slot's fields without `wrapped_root`."""
        fields: dict[str, object] = {"id": self.slot_id.hex(), "kind": self.kind.value}
        if self.note.label:
            fields["label"] = self.note.label
        if self.note.created_on is not None:
            fields["created_on"] = self.note.created_on.isoformat()
        if self.stretching is not None:
            fields["argon2id"] = self.stretching.as_json()
        if self.service is not None:
            fields["key_service"] = self.service.as_json()
        return fields

    def context(self, keyring_id: bytes) -> bytes:
        """What the wrapped root is bound to (V14)."""
        return b"slot" + keyring_id + canonical(self.as_json())


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """One slot as stored."""

    description: SlotDescription
    wrapped_root: bytes

    def as_json(self) -> dict[str, object]:
        """All fields of the slot."""
        return self.description.as_json() | {"wrapped_root": self.wrapped_root.hex()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSummary:
    """What may be shown of a slot."""

    slot_id: str
    """16 lower-case hex digits."""
    kind: SlotKind
    label: str
    """Empty where none was given."""
    created_on: date | None
    """None where the day is not known, as in keyrings of version 1."""
    cost: Argon2Cost | None
    """None where nothing is stretched."""
    provider: str
    """Of a key service; empty in slots of other kinds."""
    key_name: str
    """Of a key service's own key; empty in slots of other kinds."""


def summary_of(record: SlotRecord) -> SlotSummary:
    """What may be shown of a slot."""
    description = record.description
    return SlotSummary(
        slot_id=description.slot_id.hex(),
        kind=description.kind,
        label=description.note.label,
        created_on=description.note.created_on,
        cost=description.stretching.cost if description.stretching else None,
        provider=description.service.provider if description.service else "",
        key_name=description.service.key_name if description.service else "",
    )


def checked_label(label: str) -> str:
    """The same text, known to be usable as a label, where it is not empty; `SlotLabelUnusable`."""
    return _checked_text(label, longest=_LONGEST_LABEL)


def checked_service(service: SealedByKeyService) -> SealedByKeyService:
    """The same value, known to be within the bounds; `SlotLabelUnusable`."""
    _checked_text(service.key_name, longest=_LONGEST_KEY_NAME)
    within = 1 <= len(service.sealed_key) <= _LONGEST_SEALED_KEY_BYTES
    if not service.key_name or not _PROVIDER.fullmatch(service.provider) or not within:
        raise SlotLabelUnusable
    return service


def parse_slot(value: object, *, version: int) -> SlotRecord:
    """The slot in a document of this version; `KeyringDamaged`, `KeyringUnsupported`."""
    fields = object_of(value, "slot")
    kind = _kind(fields.get("kind"), version)
    own = {SlotKind.PASSPHRASE: ("argon2id",), SlotKind.KEY_SERVICE: ("key_service",)}.get(kind, ())
    require_names(
        fields, ("id", "kind", "wrapped_root", *own), optional=() if version == 1 else ("label", "created_on")
    )
    description = SlotDescription(
        slot_id=bytes_of(fields["id"], SLOT_ID_BYTES, "slot id"),
        kind=kind,
        note=_note(fields),
        stretching=_stretching(fields["argon2id"]) if kind is SlotKind.PASSPHRASE else None,
        service=_service(fields["key_service"]) if kind is SlotKind.KEY_SERVICE else None,
    )
    wrapped_root = bytes_of(fields["wrapped_root"], WRAPPED_KEY_BYTES, "wrapped_root")
    return SlotRecord(description=description, wrapped_root=wrapped_root)


def _kind(value: object, version: int) -> SlotKind:
    try:
        kind = SlotKind(text_of(value, "slot kind"))
    except ValueError as error:
        raise KeyringUnsupported("another kind of slot") from error
    if version == 1 and kind not in KINDS_OF_VERSION_1:
        raise KeyringUnsupported("another kind of slot")
    return kind


def _note(fields: JsonObject) -> SlotNote:
    label = _claimed_text(fields["label"], "slot label", _LONGEST_LABEL) if "label" in fields else ""
    created_on = _day(fields["created_on"]) if "created_on" in fields else None
    return SlotNote(label=label, created_on=created_on)


def _stretching(value: object) -> Stretching:
    fields = object_of(value, "argon2id")
    require_names(fields, ("memory_kib", "parallelism", "salt", "time"))
    cost = Argon2Cost(
        memory_kib=integer_of(fields["memory_kib"], "memory_kib", 1, MOST_MEMORY_KIB),
        time=integer_of(fields["time"], "time", 1, MOST_TIME),
        parallelism=integer_of(fields["parallelism"], "parallelism", 1, MOST_PARALLELISM),
    )
    excess = cost.first_out_of_bounds()
    if excess is not None:
        raise KeyringDamaged(excess[0])
    return Stretching(cost=cost, salt=bytes_of(fields["salt"], ARGON2_SALT_BYTES, "salt"))


def _service(value: object) -> SealedByKeyService:
    fields = object_of(value, "key_service")
    require_names(fields, ("provider", "key_name", "sealed_key"))
    provider = text_of(fields["provider"], "provider")
    if not _PROVIDER.fullmatch(provider):
        raise KeyringDamaged("provider")
    return SealedByKeyService(
        provider=provider,
        key_name=_claimed_text(fields["key_name"], "key_name", _LONGEST_KEY_NAME),
        sealed_key=bounded_bytes_of(fields["sealed_key"], "sealed_key", low=1, high=_LONGEST_SEALED_KEY_BYTES),
    )


def _claimed_text(value: object, where: str, longest: int) -> str:
    text = text_of(value, where)
    if not 1 <= len(text) <= longest or _UNWRITABLE.search(text):
        raise KeyringDamaged(where)
    return text


def _checked_text(text: str, *, longest: int) -> str:
    if len(text) > longest or _UNWRITABLE.search(text):
        raise SlotLabelUnusable
    return text


def _day(value: object) -> date:
    text = text_of(value, "created_on")
    if not _DAY.fullmatch(text):
        raise KeyringDamaged("created_on")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise KeyringDamaged("created_on") from error
