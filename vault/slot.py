"""What unlocks the root key: one class for each kind of secret, two verbs behind all of them.

Invariants:
- Everything that a record says about its slot is bound to the root it wraps (V14); a cost from a document is bounded
  by then (V13).
- A new kind of slot is a new class here and a new `SlotKind`; the keyring asks only for `wrap` and `unwrap`.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final, NoReturn, Protocol

from vault.errors import (
    KeyServiceUnavailable,
    NoSuchSlot,
    PassphraseUnusable,
    SecretMayNotTravel,
    UnlockRefused,
    WrappedKeyNotAuthentic,
    WrongKeyFile,
    WrongKeyService,
    WrongPassphrase,
    WrongRecoveryKey,
)
from vault.key_file import KeyFile
from vault.key_service import KeyService
from vault.recovery_key import RecoveryKey
from vault.secret import KEY_BYTES, Secret
from vault.slot_record import (
    SLOT_ID_BYTES,
    SealedByKeyService,
    SlotDescription,
    SlotKind,
    SlotNote,
    SlotRecord,
    Stretching,
    checked_service,
)
from vault.stretching import ARGON2_SALT_BYTES, Argon2Cost, stretched
from vault.suite import Suite
from vault.wrapping import unwrap_key, wrap_key

_LONGEST_PASSPHRASE_BYTES: Final = 1024
_SERVICE_LABEL: Final = b"anjuan/key-service/1"


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


UnlockSecret = Passphrase | RecoveryKey | KeyFile | KeyService
"""Whatever can open a slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringIdentity:
    """What a wrapped root belongs to."""

    keyring_id: bytes
    suite: Suite


class Slot(Protocol):
    """One secret that can hold the root key, and give it back.

    Duties of a slot: `wrap` binds the root to everything in its description and to the keyring; `unwrap` returns
    the root only if none of that differs, and otherwise raises the error of its kind. It keeps no root.
    """

    @property
    def kind(self) -> SlotKind:
        """Which records this secret may open."""
        ...

    def wrap(self, root: Secret, keyring: KeyringIdentity, note: SlotNote) -> SlotRecord:
        """A new record from which this secret gives the root back."""
        ...

    def unwrap(self, record: SlotRecord, keyring: KeyringIdentity) -> Secret:
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

    def wrap(self, root: Secret, keyring: KeyringIdentity, note: SlotNote) -> SlotRecord:
        """A record under a new salt; `CostOutOfBounds`, `NotEnoughMemory`."""
        stretching = Stretching(cost=self._cost, salt=secrets.token_bytes(ARGON2_SALT_BYTES))
        key = stretched(self._passphrase.expose(), stretching.cost, stretching.salt)
        description = SlotDescription(slot_id=_new_slot_id(), kind=self.kind, note=note, stretching=stretching)
        return _wrapped(root, key, description, keyring)

    def unwrap(self, record: SlotRecord, keyring: KeyringIdentity) -> Secret:
        """The root, at the cost written in the record; `WrongPassphrase`, `NotEnoughMemory`."""
        stretching = record.description.stretching
        if stretching is None:
            raise WrongPassphrase
        key = stretched(self._passphrase.expose(), stretching.cost, stretching.salt)
        return _unwrapped(record, key, keyring, refusal=WrongPassphrase)


class FullEntropySlot:
    """32 random bytes, on paper or in a file, used as they are."""

    def __init__(self, key: Secret, kind: SlotKind, *, refusal: type[UnlockRefused]) -> None:
        self._key = key
        self._kind = kind
        self._refusal = refusal

    @property
    def kind(self) -> SlotKind:
        """`SlotKind.RECOVERY` or `SlotKind.KEY_FILE`."""
        return self._kind

    def wrap(self, root: Secret, keyring: KeyringIdentity, note: SlotNote) -> SlotRecord:
        """A record that these bytes open."""
        return _wrapped(root, self._key, SlotDescription(slot_id=_new_slot_id(), kind=self._kind, note=note), keyring)

    def unwrap(self, record: SlotRecord, keyring: KeyringIdentity) -> Secret:
        """The root; `WrongRecoveryKey` or `WrongKeyFile`."""
        return _unwrapped(record, self._key, keyring, refusal=self._refusal)


class KeyServiceSlot:
    """A random wrapping key for each record, in the custody of a key service that never sees the root (V29)."""

    def __init__(self, service: KeyService) -> None:
        self._service = service

    @property
    def kind(self) -> SlotKind:
        """`SlotKind.KEY_SERVICE`."""
        return SlotKind.KEY_SERVICE

    def wrap(self, root: Secret, keyring: KeyringIdentity, note: SlotNote) -> SlotRecord:
        """A record that the service opens; `KeyServiceUnavailable`, `KeyServicePinRefused`, `SlotLabelUnusable`."""
        key, slot_id = Secret.random(), _new_slot_id()
        sealed = self._service.seal_key(key.expose(), context=_service_context(keyring, slot_id))
        service = SealedByKeyService(
            provider=self._service.provider, key_name=self._service.key_name, sealed_key=sealed
        )
        description = SlotDescription(slot_id=slot_id, kind=self.kind, note=note, service=checked_service(service))
        return _wrapped(root, key, description, keyring)

    def unwrap(self, record: SlotRecord, keyring: KeyringIdentity) -> Secret:
        """The root; `WrongKeyService`, `KeyServiceUnavailable`, `KeyServicePinRefused`."""
        service = record.description.service
        if service is None or service.provider != self._service.provider:
            raise WrongKeyService
        context = _service_context(keyring, record.description.slot_id)
        claimed = self._service.unseal_key(service.sealed_key, context=context)
        if len(claimed) != KEY_BYTES:
            raise KeyServiceUnavailable("it answered no key")
        # V29: a service that answers another key, by mistake or on purpose, fails the commitment of the wrapped root.
        return _unwrapped(record, Secret(claimed), keyring, refusal=WrongKeyService)


def slot_of(secret: UnlockSecret, cost: Argon2Cost) -> Slot:
    """The slot for a secret; `cost` matters only where a passphrase wraps anew."""
    match secret:
        case Passphrase():
            return PassphraseSlot(secret, cost)
        case RecoveryKey():
            return FullEntropySlot(secret.secret(), SlotKind.RECOVERY, refusal=WrongRecoveryKey)
        case KeyFile():
            return FullEntropySlot(secret.secret(), SlotKind.KEY_FILE, refusal=WrongKeyFile)
        case _:
            return KeyServiceSlot(secret)


def unlocked_root(records: tuple[SlotRecord, ...], keyring: KeyringIdentity, slot: Slot) -> Secret:
    """The root from the first record that the slot opens; `NoSuchSlot`, or the last refusal."""
    refusal: UnlockRefused = NoSuchSlot(slot.kind.value)
    for record in records:
        if record.description.kind is not slot.kind:
            continue
        try:
            return slot.unwrap(record, keyring)
        except UnlockRefused as error:
            refusal = error
    raise refusal


def _new_slot_id() -> bytes:
    return secrets.token_bytes(SLOT_ID_BYTES)


def _service_context(keyring: KeyringIdentity, slot_id: bytes) -> bytes:
    return _SERVICE_LABEL + keyring.keyring_id + slot_id


def _wrapped(root: Secret, key: Secret, description: SlotDescription, keyring: KeyringIdentity) -> SlotRecord:
    wrapped = wrap_key(key, root, context=description.context(keyring.keyring_id), suite=keyring.suite)
    return SlotRecord(description=description, wrapped_root=wrapped)


def _unwrapped(record: SlotRecord, key: Secret, keyring: KeyringIdentity, *, refusal: type[UnlockRefused]) -> Secret:
    context = record.description.context(keyring.keyring_id)
    try:
        return unwrap_key(key, record.wrapped_root, context=context, suite=keyring.suite)
    except WrappedKeyNotAuthentic as error:
        raise refusal from error
