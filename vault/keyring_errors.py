"""Refusals about the keyring and what opens it, with the codes of docs/vault-format.md §8."""

from typing import ClassVar

from vault.vault_error import VaultError


class KeyringDamaged(VaultError):
    """The keyring document is malformed, out of bounds, or its checksum is wrong."""

    code: ClassVar[str] = "keyring_damaged"

    def __init__(self, where: str) -> None:
        super().__init__(f"The keyring is damaged ({where}); put back the latest copy of it.")


class KeyringUnsupported(VaultError):
    """The keyring uses something that only a later program knows."""

    code: ClassVar[str] = "keyring_unsupported"

    def __init__(self, what: str) -> None:
        super().__init__(f"The keyring uses {what}, which this program does not know.")


class KeyringRootChanged(VaultError):
    """The document that another process stored does not belong to the root at hand."""

    code: ClassVar[str] = "keyring_root_changed"

    def __init__(self) -> None:
        super().__init__("The keyring has another root than before; it takes a secret to unlock it again.")


class WrappingKeysExhausted(VaultError):
    """The document has no room for further epochs."""

    code: ClassVar[str] = "wrapping_keys_exhausted"

    def __init__(self) -> None:
        super().__init__("The keyring has no room for further epochs; retire older ones first.")


class KeyringNotAuthentic(VaultError):
    """Somebody without the root key has changed the keyring."""

    code: ClassVar[str] = "keyring_not_authentic"

    def __init__(self) -> None:
        super().__init__("The keyring opens, but was changed by somebody who did not hold its root key.")


class KeyringMissing(VaultError):
    """There is no keyring at this place."""

    code: ClassVar[str] = "keyring_missing"

    def __init__(self) -> None:
        super().__init__("There is no keyring at this place.")


class KeyringExists(VaultError):
    """There is a keyring at this place; a new one would orphan everything sealed under it."""

    code: ClassVar[str] = "keyring_exists"

    def __init__(self) -> None:
        super().__init__("There is a keyring at this place already; a new one does not replace it.")


class UnlockRefused(VaultError):
    """The secret does not open the keyring; the family of all such refusals."""

    code: ClassVar[str] = "unlock_refused"


class WrongPassphrase(UnlockRefused):
    """No passphrase slot opens."""

    code: ClassVar[str] = "wrong_passphrase"

    def __init__(self) -> None:
        super().__init__("This passphrase does not open the keyring.")


class WrongRecoveryKey(UnlockRefused):
    """The recovery key is well typed but belongs to another keyring."""

    code: ClassVar[str] = "wrong_recovery_key"

    def __init__(self) -> None:
        super().__init__("This recovery key does not open the keyring.")


class WrongKeyFile(UnlockRefused):
    """The key file is sound but belongs to another keyring, or its slot was removed."""

    code: ClassVar[str] = "wrong_key_file"

    def __init__(self) -> None:
        super().__init__("This key file does not open the keyring.")


class WrongKeyService(UnlockRefused):
    """The service answers, but not with a key that opens a slot."""

    code: ClassVar[str] = "wrong_key_service"

    def __init__(self) -> None:
        super().__init__("The key of this service does not open the keyring.")


class NoSuchSlot(UnlockRefused):
    """The keyring cannot be opened by this kind of secret at all."""

    code: ClassVar[str] = "no_such_slot"

    def __init__(self, kind: str) -> None:
        super().__init__(f"The keyring has no {kind} slot.")


class SlotUnknown(VaultError):
    """The keyring has no slot with this id."""

    code: ClassVar[str] = "slot_unknown"

    def __init__(self) -> None:
        super().__init__("The keyring has no slot with this id.")


class LastSlot(VaultError):
    """The only slot is not removed, for nothing would open the archive any more."""

    code: ClassVar[str] = "last_slot"

    def __init__(self) -> None:
        super().__init__("This is the only slot; without it nothing opens the keyring.")


class TooManySlots(VaultError):
    """All places for slots are taken."""

    code: ClassVar[str] = "too_many_slots"

    def __init__(self) -> None:
        super().__init__("A keyring has at most eight slots; remove one first.")


class SlotLabelUnusable(VaultError):
    """A label, or the name of a service or of its key, is outside the bounds."""

    code: ClassVar[str] = "slot_label_unusable"

    def __init__(self) -> None:
        super().__init__(
            "A slot label has at most 64 characters, the name of a service's key 256; no control characters."
        )


class PassphraseUnusable(VaultError):
    """A passphrase is empty, too long, or not valid text."""

    code: ClassVar[str] = "passphrase_unusable"

    def __init__(self) -> None:
        super().__init__("A passphrase is valid text of 1 to 1024 bytes.")


class RecoveryKeyMistyped(VaultError):
    """A typed recovery key cannot be right, whatever the keyring."""

    code: ClassVar[str] = "recovery_key_mistyped"

    def __init__(self) -> None:
        super().__init__("This is not a recovery key; compare all fourteen groups with the printed one.")


class KeyFileUnusable(VaultError):
    """Not a key file, or damaged."""

    code: ClassVar[str] = "key_file_unusable"

    def __init__(self) -> None:
        super().__init__("This is not a key file, or it is damaged.")


class KeyFileExposed(VaultError):
    """Others than its owner may read the key file; what they copied would open the archive."""

    code: ClassVar[str] = "key_file_exposed"

    def __init__(self, mode: int) -> None:
        super().__init__(f"Others may read the key file (mode {mode:03o}); it must be 600 or 400.")


class KeyFileMissing(VaultError):
    """There is no key file at this place."""

    code: ClassVar[str] = "key_file_missing"

    def __init__(self) -> None:
        super().__init__("There is no key file at this place.")


class KeyFileExists(VaultError):
    """Something is at this place already; it may be the only copy of a key."""

    code: ClassVar[str] = "key_file_exists"

    def __init__(self) -> None:
        super().__init__("There is something at this place already; a key file replaces nothing.")


class KeyServiceUnavailable(VaultError):
    """The service, its library, its token or its key is not there, or it answered nothing usable."""

    code: ClassVar[str] = "key_service_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The key service cannot be used: {reason}.")
        self.reason = reason


class TokenAddressUnusable(VaultError):
    """Not the address of a token's key, or one that shows a PIN."""

    code: ClassVar[str] = "token_address_unusable"

    def __init__(self) -> None:
        super().__init__("A token is named as pkcs11:token=…;object=…?module-path=…&pin-source=… (RFC 7512).")


class KeyServicePinRefused(VaultError):
    """The token refused the PIN; most lock after a few attempts, so it is not tried again."""

    code: ClassVar[str] = "key_service_pin_refused"

    def __init__(self) -> None:
        super().__init__("The token refused the PIN.")


class KeyServiceKeyExists(VaultError):
    """The service has a key of this name already; a second one would make the name ambiguous."""

    code: ClassVar[str] = "key_service_key_exists"

    def __init__(self, key_name: str) -> None:
        super().__init__(f"The key service has a key named {key_name} already.")


class CostOutOfBounds(VaultError):
    """An Argon2 cost lies outside what a keyring may ask of a machine."""

    code: ClassVar[str] = "cost_out_of_bounds"

    def __init__(self, field: str, value: int) -> None:
        super().__init__(f"An Argon2 {field} of {value} is out of bounds.")


class NotEnoughMemory(VaultError):
    """Argon2 could not get the memory that the slot's cost calls for."""

    code: ClassVar[str] = "not_enough_memory"

    def __init__(self, memory_kib: int) -> None:
        super().__init__(f"Opening the keyring by passphrase needs {memory_kib} KiB of free memory.")


class WrappedKeyMalformed(VaultError):
    """Not a wrapped item key, or a value in it is out of bounds."""

    code: ClassVar[str] = "wrapped_key_malformed"

    def __init__(self, field: str) -> None:
        super().__init__(f"This is not a wrapped item key: its {field} is wrong.")


class WrappedKeyNotAuthentic(VaultError):
    """A wrapped key was altered, or belongs to another item, grade, epoch or keyring."""

    code: ClassVar[str] = "wrapped_key_not_authentic"

    def __init__(self) -> None:
        super().__init__("The wrapped key was altered, or belongs elsewhere.")


class WrappingKeyUnknown(VaultError):
    """The keyring holds no key of this purpose, grade and epoch."""

    code: ClassVar[str] = "wrapping_key_unknown"

    def __init__(self, name: str) -> None:
        super().__init__(f"The keyring holds no wrapping key {name}.")


class ItemIdUnusable(VaultError):
    """An item id is empty or too long."""

    code: ClassVar[str] = "item_id_unusable"

    def __init__(self) -> None:
        super().__init__("An item id is valid text of 1 to 256 bytes.")


class GradeUnknown(VaultError):
    """A grade other than 1, 2 or 3."""

    code: ClassVar[str] = "grade_unknown"

    def __init__(self, grade: int) -> None:
        super().__init__(f"The grades are 1, 2 and 3, not {grade}.")


class PurposeUnusable(VaultError):
    """The purpose of a derived key is not a plain lower-case word."""

    code: ClassVar[str] = "purpose_unusable"

    def __init__(self) -> None:
        super().__init__("A purpose is 1 to 32 lower-case letters, digits and hyphens, beginning with a letter.")


class SecretMayNotTravel(VaultError):
    """Somebody tried to pickle or copy an object that holds a key."""

    code: ClassVar[str] = "secret_may_not_travel"

    def __init__(self) -> None:
        super().__init__("An object that holds a key is neither pickled nor copied.")
