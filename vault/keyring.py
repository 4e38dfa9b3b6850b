"""The keys of one archive, unlocked (docs/vault-format.md §5).

Invariants:
- A `Keyring` exists only for a document whose mac fits the root that its slot gave (V15).
- Keys for different uses come from different labels; what the application derives is never a key of the keyring
  itself (V16).
- Neither the keyring nor a key in it can be printed, pickled or copied (V17).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Final, NoReturn

from vault.errors import (
    KeyringNotAuthentic,
    NoSuchSlot,
    PurposeUnusable,
    SecretMayNotTravel,
    UnlockRefused,
    WrappedKeyNotAuthentic,
    WrappingKeyUnknown,
)
from vault.keyring_document import (
    KEYRING_ID_BYTES,
    Argon2Cost,
    KeyringContent,
    parse_document,
    render_document,
)
from vault.recovery_key import RecoveryKey
from vault.secret import Secret
from vault.slot import Passphrase, PassphraseSlot, RecoverySlot, Slot, slot_of
from vault.suite import AES_256_GCM
from vault.wrapping import (
    GRADES,
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

DEFAULT_COST: Final = Argon2Cost()
_LABEL: Final = b"anjuan/keyring/1/"
_PURPOSE: Final = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)
_FIRST_NAMES: Final = (
    *(KeyName(purpose=Purpose.ITEMS, grade=grade, epoch=1) for grade in GRADES),
    KeyName(purpose=Purpose.CATALOGUE, grade=NO_GRADE, epoch=1),
)


class Keyring:
    """An unlocked keyring; made by `create` or `unlock`, safe to share between threads."""

    __slots__ = ("_content", "_keys", "_root")

    def __init__(self, *, root: Secret, content: KeyringContent, keys: Mapping[KeyName, Secret]) -> None:
        self._root = root
        self._content = content
        self._keys = keys

    @classmethod
    def create(cls, passphrase: Passphrase, *, cost: Argon2Cost = DEFAULT_COST) -> tuple["Keyring", RecoveryKey]:
        """A new keyring and the recovery key, which is shown to a person once; `CostOutOfBounds`."""
        root, keyring_id, recovery_key = Secret.random(), secrets.token_bytes(KEYRING_ID_BYTES), RecoveryKey.random()
        slots: tuple[Slot, ...] = (PassphraseSlot(passphrase, cost), RecoverySlot(recovery_key))
        keys = {name: Secret.random() for name in _FIRST_NAMES}
        wrap = _subkey(root, keyring_id, b"wrap")
        content = KeyringContent(
            keyring_id=keyring_id,
            slots=tuple(slot.wrap(root, keyring_id) for slot in slots),
            wrapped_keys={name: wrap_key(wrap, keys[name], context=_context(keyring_id, name)) for name in keys},
        )
        return cls(root=root, content=content, keys=keys), recovery_key

    @classmethod
    def unlock(cls, document: str, secret: Passphrase | RecoveryKey) -> "Keyring":
        """The keyring in this document.

        Raises `KeyringDamaged`, `KeyringUnsupported`, `NoSuchSlot`, `WrongPassphrase`, `WrongRecoveryKey`,
        `NotEnoughMemory`, and `KeyringNotAuthentic` where the secret is right but the document was tampered with.
        """
        content, claimed_mac = parse_document(document)
        root = _unlocked_root(content, slot_of(secret, DEFAULT_COST))
        # V15: an attacker who could slip in a wrapping key of his own would read everything sealed from now on.
        if not hmac.compare_digest(_mac(root, content), claimed_mac):
            raise KeyringNotAuthentic
        return cls(root=root, content=content, keys=_unwrapped_keys(root, content))

    def document(self) -> str:
        """The keyring as JSON text, of no use without a passphrase or the recovery key."""
        return render_document(self._content, mac=_mac(self._root, self._content))

    def wrap_item_key(self, key: bytes, *, item_id: str, grade: int) -> bytes:
        """The 124 bytes to store beside the item; `KeyUnusable`, `ItemIdUnusable`, `GradeUnknown`."""
        name = self._latest(Purpose.ITEMS, checked_grade(grade))
        return wrap_item_key(self._keys[name], Secret(key), name=name, item_id=item_id)

    def unwrap_item_key(self, blob: bytes, *, item_id: str) -> bytes:
        """The item's 32-byte key; `WrappedKeyMalformed`, `WrappingKeyUnknown`, `WrappedKeyNotAuthentic`."""
        name = wrapping_key_of(blob)
        if name not in self._keys:
            raise WrappingKeyUnknown(str(name))
        return unwrap_item_key(self._keys[name], blob, item_id=item_id).expose()

    def catalogue_key(self) -> bytes:
        """The 32-byte key of the encrypted catalogue, of the latest epoch."""
        return self._keys[self._latest(Purpose.CATALOGUE, NO_GRADE)].expose()

    def derive(self, purpose: str) -> bytes:
        """32 bytes that only this keyring gives for this purpose, the same every time; `PurposeUnusable`."""
        if _PURPOSE.fullmatch(purpose) is None:
            raise PurposeUnusable
        # V16: the prefix keeps whatever the application names apart from the keyring's own labels.
        return _subkey(self._root, self._content.keyring_id, b"derived/" + purpose.encode("ascii")).expose()

    def _latest(self, purpose: Purpose, grade: int) -> KeyName:
        return max(name for name in self._keys if (name.purpose, name.grade) == (purpose, grade))

    def __repr__(self) -> str:
        return f"Keyring({self._content.keyring_id.hex()})"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


def _unlocked_root(content: KeyringContent, slot: Slot) -> Secret:
    refusal: UnlockRefused = NoSuchSlot(slot.kind.value)
    for record in content.slots:
        if record.description.kind is not slot.kind:
            continue
        try:
            return slot.unwrap(record, content.keyring_id)
        except UnlockRefused as error:
            refusal = error
    raise refusal


def _unwrapped_keys(root: Secret, content: KeyringContent) -> dict[KeyName, Secret]:
    wrap = _subkey(root, content.keyring_id, b"wrap")
    try:
        return {
            name: unwrap_key(wrap, wrapped, context=_context(content.keyring_id, name))
            for name, wrapped in content.wrapped_keys.items()
        }
    except WrappedKeyNotAuthentic as error:
        raise KeyringNotAuthentic from error


def _mac(root: Secret, content: KeyringContent) -> bytes:
    key = _subkey(root, content.keyring_id, b"mac")
    return hmac.new(key.expose(), content.canonical(), hashlib.sha256).digest()


def _context(keyring_id: bytes, name: KeyName) -> bytes:
    return b"wrapping-key" + keyring_id + name.pack()


def _subkey(root: Secret, keyring_id: bytes, label: bytes) -> Secret:
    return Secret(AES_256_GCM.expand(root.expose(), salt=keyring_id, info=_LABEL + label))
