"""What unlocks the root key: one class for each kind of secret, two verbs behind all of them.

Invariants:
- A slot's cost, salt and kind are bound to the root it wraps (V14); a cost from a document is bounded by then (V13).
- A new kind of slot (a key in a file, a smart card) is a new class here and a new `SlotKind`; the keyring asks only
  for `wrap` and `unwrap`.
"""

import secrets
import unicodedata
from typing import NoReturn, Protocol

from argon2.exceptions import HashingError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from vault.errors import (
    CostOutOfBounds,
    NotEnoughMemory,
    PassphraseUnusable,
    SecretMayNotTravel,
    WrappedKeyNotAuthentic,
    WrongPassphrase,
    WrongRecoveryKey,
)
from vault.keyring_document import ARGON2_SALT_BYTES, SLOT_ID_BYTES, Argon2Cost, SlotDescription, SlotKind, SlotRecord
from vault.recovery_key import RecoveryKey
from vault.secret import KEY_BYTES, Secret
from vault.wrapping import unwrap_key, wrap_key

_LONGEST_PASSPHRASE_BYTES = 1024


class Passphrase:
    """What a person types to open the archive; compared in Unicode NFC, never shown by `repr`."""

    __slots__ = ("_encoded",)

    def __init__(self, untrusted_text: str) -> None:
        try:
            encoded = unicodedata.normalize("NFC", untrusted_text).encode("utf-8")
        except UnicodeEncodeError as error:
            raise PassphraseUnusable from error
        if not 1 <= len(encoded) <= _LONGEST_PASSPHRASE_BYTES:
            raise PassphraseUnusable
        self._encoded = encoded

    def expose(self) -> bytes:
        """The passphrase in NFC and UTF-8."""
        return self._encoded

    def __repr__(self) -> str:
        return "Passphrase(…)"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


class Slot(Protocol):
    """One secret that can hold the root key, and give it back.

    Duties of a slot: `wrap` binds the root to everything in its description and to the keyring; `unwrap` returns
    the root only if none of that differs, and otherwise raises the error of its kind. It keeps no root.
    """

    @property
    def kind(self) -> SlotKind:
        """Which records this secret may open."""
        ...

    def wrap(self, root: Secret, keyring_id: bytes) -> SlotRecord:
        """A new record from which this secret gives the root back."""
        ...

    def unwrap(self, record: SlotRecord, keyring_id: bytes) -> Secret:
        """The root; `WrongPassphrase` or its sibling of the kind where the secret does not open the record."""
        ...


class PassphraseSlot:
    """A passphrase, stretched by Argon2id; `cost` is that of records it wraps anew."""

    def __init__(self, passphrase: Passphrase, cost: Argon2Cost) -> None:
        self._passphrase = passphrase
        self._cost = cost

    @property
    def kind(self) -> SlotKind:
        """`SlotKind.PASSPHRASE`."""
        return SlotKind.PASSPHRASE

    def wrap(self, root: Secret, keyring_id: bytes) -> SlotRecord:
        """A record under a new salt; `CostOutOfBounds`, `NotEnoughMemory`."""
        excess = self._cost.first_out_of_bounds()
        if excess is not None:
            raise CostOutOfBounds(*excess)
        description = SlotDescription(
            slot_id=secrets.token_bytes(SLOT_ID_BYTES),
            kind=self.kind,
            cost=self._cost,
            salt=secrets.token_bytes(ARGON2_SALT_BYTES),
        )
        key = _stretched(self._passphrase, self._cost, description.salt)
        return _wrapped(root, key, description, keyring_id)

    def unwrap(self, record: SlotRecord, keyring_id: bytes) -> Secret:
        """The root, at the cost written in the record; `WrongPassphrase`, `NotEnoughMemory`."""
        description = record.description
        if description.cost is None:
            raise WrongPassphrase
        key = _stretched(self._passphrase, description.cost, description.salt)
        try:
            return unwrap_key(key, record.wrapped_root, context=description.context(keyring_id))
        except WrappedKeyNotAuthentic as error:
            raise WrongPassphrase from error


class RecoverySlot:
    """The recovery key, used as it is: it has full entropy."""

    def __init__(self, recovery_key: RecoveryKey) -> None:
        self._key = recovery_key.secret()

    @property
    def kind(self) -> SlotKind:
        """`SlotKind.RECOVERY`."""
        return SlotKind.RECOVERY

    def wrap(self, root: Secret, keyring_id: bytes) -> SlotRecord:
        """A record that this recovery key opens."""
        slot_id = secrets.token_bytes(SLOT_ID_BYTES)
        description = SlotDescription(slot_id=slot_id, kind=self.kind, cost=None, salt=b"")
        return _wrapped(root, self._key, description, keyring_id)

    def unwrap(self, record: SlotRecord, keyring_id: bytes) -> Secret:
        """The root; `WrongRecoveryKey`."""
        try:
            return unwrap_key(self._key, record.wrapped_root, context=record.description.context(keyring_id))
        except WrappedKeyNotAuthentic as error:
            raise WrongRecoveryKey from error


def slot_of(secret: Passphrase | RecoveryKey, cost: Argon2Cost) -> Slot:
    """The slot for a secret; `cost` matters only where a passphrase wraps anew."""
    match secret:
        case Passphrase():
            return PassphraseSlot(secret, cost)
        case RecoveryKey():
            return RecoverySlot(secret)


def _wrapped(root: Secret, key: Secret, description: SlotDescription, keyring_id: bytes) -> SlotRecord:
    wrapped = wrap_key(key, root, context=description.context(keyring_id))
    return SlotRecord(description=description, wrapped_root=wrapped)


def _stretched(passphrase: Passphrase, cost: Argon2Cost, salt: bytes) -> Secret:
    try:
        return Secret(
            hash_secret_raw(
                passphrase.expose(),
                salt,
                time_cost=cost.time,
                memory_cost=cost.memory_kib,
                parallelism=cost.parallelism,
                hash_len=KEY_BYTES,
                type=Type.ID,
                version=ARGON2_VERSION,
            )
        )
    except HashingError as error:
        raise NotEnoughMemory(cost.memory_kib) from error
