"""A key wrapped by another key (docs/vault-format.md §4).

Invariants:
- A wrapped key opens only under the wrapping key and the context it was made for; it commits to both (V12).
- A wrapping key is used with its keyring's suite alone (V23).
- Names of wrapping keys are bounded before they are looked up (V10).
"""

import hmac
import secrets
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vault.errors import GradeUnknown, ItemIdUnusable, WrappedKeyMalformed, WrappedKeyNotAuthentic
from vault.secret import KEY_BYTES, Secret
from vault.suite import COMMITMENT_BYTES, NONCE_BYTES, SALT_BYTES, TAG_BYTES, NotAuthentic, Suite

WRAPPED_KEY_BYTES: Final = SALT_BYTES + COMMITMENT_BYTES + KEY_BYTES + TAG_BYTES
GRADES: Final = (1, 2, 3)
NO_GRADE: Final = 0
LATEST_EPOCH: Final = (1 << 32) - 1
_LABEL: Final = b"anjuan/wrapped-key/1"
_ONLY_NONCE: Final = bytes(NONCE_BYTES)
"""May be fixed: every wrapping derives a key of its own from a new random salt."""
_ITEM_MAGIC: Final = b"AJWK"
_ITEM_VERSION: Final = 1
_ITEM_HEADER: Final = struct.Struct(">4sBBBBI")
_LONGEST_ITEM_ID_BYTES: Final = 256


class Purpose(StrEnum):
    """What a wrapping key of the keyring serves."""

    ITEMS = "items"
    CATALOGUE = "catalogue"
    DERIVATION = "derivation"


PURPOSE_NUMBERS: Final = {Purpose.ITEMS: 1, Purpose.CATALOGUE: 2, Purpose.DERIVATION: 3}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class KeyName:
    """Which wrapping key: purpose, grade (`NO_GRADE` where it has none) and epoch, counted from 1."""

    purpose: Purpose
    grade: int
    epoch: int

    def pack(self) -> bytes:
        """Six bytes: purpose, grade, epoch."""
        return struct.pack(">BBI", PURPOSE_NUMBERS[self.purpose], self.grade, self.epoch)

    def __str__(self) -> str:
        return f"{self.purpose.value}/{self.grade}/{self.epoch}"


def wrap_key(wrapping_key: Secret, key: Secret, *, context: bytes, suite: Suite) -> bytes:
    """112 bytes from which only the same wrapping key and context give the key back."""
    salt = secrets.token_bytes(SALT_BYTES)
    bound = _length_prefixed(context)
    committed = suite.commit(wrapping_key.expose(), salt=salt, info=_LABEL + bound)
    head = salt + committed.commitment
    return head + committed.aead.encrypt(_ONLY_NONCE, key.expose(), head + bound)


def unwrap_key(wrapping_key: Secret, wrapped: bytes, *, context: bytes, suite: Suite) -> Secret:
    """The key inside; `WrappedKeyNotAuthentic` where wrapping key, context or any byte differs."""
    if len(wrapped) != WRAPPED_KEY_BYTES:
        raise WrappedKeyNotAuthentic
    salt, head = wrapped[:SALT_BYTES], wrapped[: SALT_BYTES + COMMITMENT_BYTES]
    bound = _length_prefixed(context)
    committed = suite.commit(wrapping_key.expose(), salt=salt, info=_LABEL + bound)
    # V12: before decryption, or a blob could be crafted to give two keys to two people.
    if not hmac.compare_digest(committed.commitment, head[SALT_BYTES:]):
        raise WrappedKeyNotAuthentic
    try:
        return Secret(committed.aead.decrypt(_ONLY_NONCE, wrapped[len(head) :], head + bound))
    except NotAuthentic as error:
        raise WrappedKeyNotAuthentic from error


def wrap_item_key(wrapping_key: Secret, key: Secret, *, name: KeyName, item_id: str, suite: Suite) -> bytes:
    """The 124 bytes that the catalogue keeps for an item; `ItemIdUnusable`."""
    head = _ITEM_HEADER.pack(
        _ITEM_MAGIC,
        _ITEM_VERSION,
        suite.suite_id,
        PURPOSE_NUMBERS[name.purpose],
        name.grade,
        name.epoch,
    )
    return head + wrap_key(wrapping_key, key, context=_item_context(head, item_id), suite=suite)


def wrapping_key_of(untrusted_blob: bytes, *, suite: Suite) -> KeyName:
    """Which wrapping key a wrapped item key asks for, every value bounded (V1, V10, V23); `WrappedKeyMalformed`."""
    if len(untrusted_blob) != _ITEM_HEADER.size + WRAPPED_KEY_BYTES:
        raise WrappedKeyMalformed("length")
    magic, version, suite_id, purpose, grade, epoch = _ITEM_HEADER.unpack_from(untrusted_blob)
    if (magic, version, suite_id) != (_ITEM_MAGIC, _ITEM_VERSION, suite.suite_id):
        raise WrappedKeyMalformed("beginning")
    if purpose != PURPOSE_NUMBERS[Purpose.ITEMS] or grade not in GRADES or epoch == 0:
        raise WrappedKeyMalformed("wrapping key")
    return KeyName(purpose=Purpose.ITEMS, grade=grade, epoch=epoch)


def unwrap_item_key(wrapping_key: Secret, blob: bytes, *, item_id: str, suite: Suite) -> Secret:
    """The key of the item; `WrappedKeyNotAuthentic` where the blob is altered or another item's (V11)."""
    head, wrapped = blob[: _ITEM_HEADER.size], blob[_ITEM_HEADER.size :]
    return unwrap_key(wrapping_key, wrapped, context=_item_context(head, item_id), suite=suite)


def checked_grade(grade: int) -> int:
    """The same number, known to be a grade; `GradeUnknown` otherwise."""
    if grade not in GRADES:
        raise GradeUnknown(grade)
    return grade


def _item_context(head: bytes, item_id: str) -> bytes:
    return b"item" + head + _item_id_bytes(item_id)


def _item_id_bytes(item_id: str) -> bytes:
    try:
        encoded = item_id.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ItemIdUnusable from error
    if not 1 <= len(encoded) <= _LONGEST_ITEM_ID_BYTES:
        raise ItemIdUnusable
    return encoded


def _length_prefixed(context: bytes) -> bytes:
    return struct.pack(">I", len(context)) + context
