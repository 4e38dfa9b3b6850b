"""The keys of one archive, unlocked (docs/vault-format.md §5).

Invariants:
- A `Keyring` exists only for a document whose mac fits the root that its slot gave (V15).
- It never changes: every change gives a new one, whose document is then stored; the old one still opens what it did.
- Keys for different uses come from different labels; what the application derives is never a key of the keyring
  itself (V16), and does not change with the root unless it was asked for under the root (V27).
- Neither the keyring nor a key in it can be printed, pickled or copied (V17).
"""

import hmac
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NoReturn

from vault.errors import (
    KeyringNotAuthentic,
    KeyringRootChanged,
    LastSlot,
    PurposeUnusable,
    SecretMayNotTravel,
    SlotUnknown,
    TooManySlots,
    WrappedKeyNotAuthentic,
    WrappingKeysExhausted,
    WrappingKeyUnknown,
)
from vault.keyring_document import (
    DERIVATION_KEY,
    FIRST_VERSION,
    KEYRING_ID_BYTES,
    MOST_SLOTS,
    MOST_WRAPPING_KEYS,
    VERSION,
    KeyringContent,
    parse_document,
    render_document,
)
from vault.recovery_key import RecoveryKey
from vault.secret import Secret
from vault.slot import KeyringIdentity, Passphrase, Slot, UnlockSecret, slot_of, unlocked_root
from vault.slot_record import SlotNote, SlotRecord, SlotSummary, checked_label, summary_of
from vault.stretching import DEFAULT_COST, Argon2Cost
from vault.suite import CipherSuite, suite_named
from vault.wrapping import (
    GRADES,
    LATEST_EPOCH,
    NO_GRADE,
    KeyName,
    Purpose,
    checked_grade,
    unwrap_item_key,
    unwrap_key,
    wrap_item_key,
    wrap_key,
    wrapping_key_of,
)

_LABEL: Final = b"anjuan/keyring/1/"
_PURPOSE: Final = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)
_FIRST_NAMES: Final = (
    *(KeyName(purpose=Purpose.ITEMS, grade=grade, epoch=1) for grade in GRADES),
    KeyName(purpose=Purpose.CATALOGUE, grade=NO_GRADE, epoch=1),
    DERIVATION_KEY,
)


class Keyring:
    """An unlocked keyring; made by `create` or `unlock`, safe to share between threads."""

    __slots__ = ("_content", "_keys", "_root")

    def __init__(self, *, root: Secret, content: KeyringContent, keys: Mapping[KeyName, Secret]) -> None:
        self._root = root
        self._content = content
        self._keys = keys

    @classmethod
    def create(
        cls,
        passphrase: Passphrase,
        *,
        cost: Argon2Cost = DEFAULT_COST,
        suite: CipherSuite = CipherSuite.AES_256_GCM,
        label: str = "",
        created_on: date | None = None,
    ) -> tuple["Keyring", RecoveryKey]:
        """A new keyring and the recovery key, which is shown to a person once.

        Raises `CostOutOfBounds`, `NotEnoughMemory`, `SlotLabelUnusable` (of the passphrase's slot).
        """
        blank = KeyringContent(
            version=VERSION,
            suite=suite_named(suite),
            keyring_id=secrets.token_bytes(KEYRING_ID_BYTES),
            slots=(),
            wrapped_keys={},
        )
        keys = {name: Secret.random() for name in _FIRST_NAMES}
        return _rooted_anew(blank, keys, [_NewSlot(slot_of(passphrase, cost), label, created_on)])

    @classmethod
    def unlock(cls, document: str, secret: UnlockSecret) -> "Keyring":
        """The keyring in this document.

        Raises `KeyringDamaged`, `KeyringUnsupported`, `NoSuchSlot`, `WrongPassphrase`, `WrongRecoveryKey`,
        `WrongKeyFile`, `WrongKeyService`, `KeyServiceUnavailable`, `KeyServicePinRefused`, `NotEnoughMemory`, and
        `KeyringNotAuthentic` where the secret is right but the document was tampered with.
        """
        content, claimed_mac = parse_document(document)
        root = unlocked_root(content.slots, _identity(content), slot_of(secret, DEFAULT_COST))
        # V15: an attacker who could slip in a wrapping key of his own would read everything sealed from now on.
        if not hmac.compare_digest(_mac(root, content), claimed_mac):
            raise KeyringNotAuthentic
        return cls(root=root, content=content, keys=_unwrapped_keys(root, content))

    def renewed(self, document: str) -> "Keyring":
        """The keyring in a document that another process stored under the same root; no secret is needed.

        Raises `KeyringRootChanged` where the root at hand does not authenticate it (V28), `KeyringDamaged`,
        `KeyringUnsupported`.
        """
        content, claimed_mac = parse_document(document)
        same = content.keyring_id == self._content.keyring_id
        if not same or not hmac.compare_digest(_mac(self._root, content), claimed_mac):
            raise KeyringRootChanged
        return Keyring(root=self._root, content=content, keys=_unwrapped_keys(self._root, content))

    def document(self) -> str:
        """The keyring as JSON text, of no use without a secret that opens one of its slots."""
        return render_document(self._content, mac=_mac(self._root, self._content))

    @property
    def keyring_id(self) -> str:
        """32 lower-case hex digits, the same for the life of the archive."""
        return self._content.keyring_id.hex()

    @property
    def suite(self) -> CipherSuite:
        """The suite under which everything new is sealed and wrapped."""
        return self._content.suite.name

    def slots(self) -> tuple[SlotSummary, ...]:
        """What may be shown of every slot, in the order of the document."""
        return tuple(summary_of(record) for record in self._content.slots)

    def with_slot(
        self,
        secret: UnlockSecret,
        *,
        label: str = "",
        cost: Argon2Cost = DEFAULT_COST,
        created_on: date | None = None,
    ) -> "Keyring":
        """The keyring with one more slot, the last one of `slots()`.

        Raises `TooManySlots`, `SlotLabelUnusable`, `CostOutOfBounds`, `NotEnoughMemory`, `KeyServiceUnavailable`,
        `KeyServicePinRefused`.
        """
        if len(self._content.slots) >= MOST_SLOTS:
            raise TooManySlots
        record = _slot_record(self._root, self._content, _NewSlot(slot_of(secret, cost), label, created_on))
        return self._changed(slots=(*self._content.slots, record))

    def without_slot(self, slot_id: str) -> "Keyring":
        """The keyring without this slot; `SlotUnknown`, `LastSlot` (V25).

        Its secret still opens older copies of the document.
        """
        rest = tuple(record for record in self._content.slots if record.description.slot_id.hex() != slot_id)
        if len(rest) == len(self._content.slots):
            raise SlotUnknown
        if not rest:
            raise LastSlot
        return self._changed(slots=rest)

    def with_new_epochs(self) -> "Keyring":
        """The keyring with one new wrapping key for items of every grade; `WrappingKeysExhausted`.

        Older epochs stay, so that whatever is not rewrapped yet still opens.
        """
        return self._with_keys(self._next(Purpose.ITEMS, grade) for grade in GRADES)

    def with_new_catalogue_key(self) -> "Keyring":
        """The keyring with a new catalogue key, older ones kept; `WrappingKeysExhausted`."""
        return self._with_keys([self._next(Purpose.CATALOGUE, NO_GRADE)])

    def without_older_epochs(self) -> "Keyring":
        """The keyring with only the latest epoch of every purpose and grade: retirement.

        What was not rewrapped is lost with the epochs left out; the latest ones stay, so no number is used again (V26).
        """
        latest = {(name.purpose, name.grade): name for name in sorted(self._keys)}.values()
        return self._changed(keys={name: self._keys[name] for name in latest})

    def with_new_root(
        self,
        secrets_for_it: Sequence[UnlockSecret],
        *,
        labels: Sequence[str],
        cost: Argon2Cost = DEFAULT_COST,
        created_on: date | None = None,
    ) -> tuple["Keyring", RecoveryKey]:
        """The same wrapping keys under a new root, opened by these secrets and by a new recovery key alone (V24).

        A label for each secret, in their order; `cost` is that of passphrases. The recovery key is shown to a person
        once. Raises what `with_slot` raises, and `ValueError` where labels and secrets differ in number.
        """
        if len(secrets_for_it) >= MOST_SLOTS:
            raise TooManySlots
        pairs = zip(secrets_for_it, labels, strict=True)
        wanted = [_NewSlot(slot_of(secret, cost), label, created_on) for secret, label in pairs]
        return _rooted_anew(replace(self._content, version=VERSION), self._all_keys(), wanted)

    def epochs(self, grade: int) -> tuple[int, ...]:
        """The epochs of the items keys of a grade, ascending: the last one is used for new keys; `GradeUnknown`."""
        checked_grade(grade)
        return tuple(sorted(name.epoch for name in self._keys if (name.purpose, name.grade) == (Purpose.ITEMS, grade)))

    def catalogue_keys(self) -> tuple[bytes, ...]:
        """The 32-byte keys of the catalogue, of the latest epoch first."""
        names = sorted((name for name in self._keys if name.purpose is Purpose.CATALOGUE), reverse=True)
        return tuple(self._keys[name].expose() for name in names)

    def catalogue_key(self) -> bytes:
        """The 32-byte key of the encrypted catalogue, of the latest epoch."""
        return self.catalogue_keys()[0]

    def wrap_item_key(self, key: bytes, *, item_id: str, grade: int) -> bytes:
        """The 124 bytes to store beside the item; `KeyUnusable`, `ItemIdUnusable`, `GradeUnknown`."""
        name = self._latest(Purpose.ITEMS, checked_grade(grade))
        return wrap_item_key(self._keys[name], Secret(key), name=name, item_id=item_id, suite=self._content.suite)

    def unwrap_item_key(self, blob: bytes, *, item_id: str) -> bytes:
        """The item's 32-byte key; `WrappedKeyMalformed`, `WrappingKeyUnknown`, `WrappedKeyNotAuthentic`."""
        name = wrapping_key_of(blob, suite=self._content.suite)
        if name not in self._keys:
            raise WrappingKeyUnknown(str(name))
        return unwrap_item_key(self._keys[name], blob, item_id=item_id, suite=self._content.suite).expose()

    def rewrap_item_key(self, blob: bytes, *, item_id: str, grade: int | None = None) -> bytes:
        """The same key wrapped anew under the latest epoch, of another grade where one is given.

        Raises what `wrap_item_key` and `unwrap_item_key` raise.
        """
        key = self.unwrap_item_key(blob, item_id=item_id)
        old_grade = wrapping_key_of(blob, suite=self._content.suite).grade
        return self.wrap_item_key(key, item_id=item_id, grade=old_grade if grade is None else grade)

    def derive(self, purpose: str) -> bytes:
        """32 bytes that only this archive gives for this purpose, for as long as it lives; `PurposeUnusable`."""
        # V16: the prefix keeps whatever the application names apart from the keyring's own labels.
        return _subkey(self._derivation_key(), self._content, b"derived/" + _checked_purpose(purpose)).expose()

    def derive_under_root(self, purpose: str) -> bytes:
        """32 bytes for what shall end when the root is changed, such as sessions; `PurposeUnusable`."""
        return _subkey(self._root, self._content, b"rooted/" + _checked_purpose(purpose)).expose()

    def _derivation_key(self) -> Secret:
        # V27: version 1 derived from the root itself; what it derived must be found again after every change.
        return self._root if self._content.version == FIRST_VERSION else self._keys[DERIVATION_KEY]

    def _all_keys(self) -> dict[KeyName, Secret]:
        return {**self._keys, DERIVATION_KEY: self._derivation_key()}

    def _latest(self, purpose: Purpose, grade: int) -> KeyName:
        return max(name for name in self._keys if (name.purpose, name.grade) == (purpose, grade))

    def _next(self, purpose: Purpose, grade: int) -> KeyName:
        latest = self._latest(purpose, grade)
        if latest.epoch >= LATEST_EPOCH:
            raise WrappingKeysExhausted
        return replace(latest, epoch=latest.epoch + 1)

    def _with_keys(self, names: Iterable[KeyName]) -> "Keyring":
        keys = self._all_keys() | {name: Secret.random() for name in names}
        if len(keys) > MOST_WRAPPING_KEYS:
            raise WrappingKeysExhausted
        return self._changed(keys=keys)

    def _changed(
        self, *, slots: tuple[SlotRecord, ...] | None = None, keys: Mapping[KeyName, Secret] | None = None
    ) -> "Keyring":
        """The same root with other slots or other keys, in the latest version of the document."""
        old = self._content
        kept = {**(self._keys if keys is None else keys), DERIVATION_KEY: self._derivation_key()}
        fresh = {name: key for name, key in kept.items() if name not in old.wrapped_keys}
        wrapped = {**old.wrapped_keys, **_wrapped_keys(self._root, old, fresh)}
        content = replace(
            old,
            version=VERSION,
            slots=old.slots if slots is None else slots,
            wrapped_keys={name: wrapped[name] for name in kept},
        )
        return Keyring(root=self._root, content=content, keys=kept)

    def __repr__(self) -> str:
        return f"Keyring({self.keyring_id})"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


@dataclass(frozen=True, slots=True)
class _NewSlot:
    """A slot to be made."""

    slot: Slot
    label: str = ""
    created_on: date | None = None


def _rooted_anew(
    content: KeyringContent, keys: Mapping[KeyName, Secret], wanted: Sequence[_NewSlot]
) -> tuple[Keyring, RecoveryKey]:
    root, recovery_key = Secret.random(), RecoveryKey.random()
    recovery = _NewSlot(slot_of(recovery_key, DEFAULT_COST), created_on=wanted[0].created_on if wanted else None)
    slots = tuple(_slot_record(root, content, new) for new in (*wanted, recovery))
    wrapped = _wrapped_keys(root, content, keys)
    return Keyring(root=root, content=replace(content, slots=slots, wrapped_keys=wrapped), keys=keys), recovery_key


def _slot_record(root: Secret, content: KeyringContent, new: _NewSlot) -> SlotRecord:
    note = SlotNote(label=checked_label(new.label), created_on=new.created_on)
    return new.slot.wrap(root, _identity(content), note)


def _identity(content: KeyringContent) -> KeyringIdentity:
    return KeyringIdentity(keyring_id=content.keyring_id, suite=content.suite)


def _wrapped_keys(root: Secret, content: KeyringContent, keys: Mapping[KeyName, Secret]) -> dict[KeyName, bytes]:
    wrap = _subkey(root, content, b"wrap")
    return {
        name: wrap_key(wrap, key, context=_context(content.keyring_id, name), suite=content.suite)
        for name, key in keys.items()
    }


def _unwrapped_keys(root: Secret, content: KeyringContent) -> dict[KeyName, Secret]:
    wrap = _subkey(root, content, b"wrap")
    try:
        return {
            name: unwrap_key(wrap, wrapped, context=_context(content.keyring_id, name), suite=content.suite)
            for name, wrapped in content.wrapped_keys.items()
        }
    except WrappedKeyNotAuthentic as error:
        raise KeyringNotAuthentic from error


def _mac(root: Secret, content: KeyringContent) -> bytes:
    return content.suite.authenticate(_subkey(root, content, b"mac").expose(), content.canonical())


def _context(keyring_id: bytes, name: KeyName) -> bytes:
    return b"wrapping-key" + keyring_id + name.pack()


def _subkey(key: Secret, content: KeyringContent, label: bytes) -> Secret:
    return Secret(content.suite.expand(key.expose(), salt=content.keyring_id, info=_LABEL + label))


def _checked_purpose(purpose: str) -> bytes:
    if _PURPOSE.fullmatch(purpose) is None:
        raise PurposeUnusable
    return purpose.encode("ascii")
