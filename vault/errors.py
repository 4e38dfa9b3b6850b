"""Every way in which the vault refuses; one class for each situation, with the code of docs/vault-format.md §8."""

from typing import ClassVar


class VaultError(Exception):
    """A refusal of the vault; `code` is stable, the message is for the operator and names no secret."""

    code: ClassVar[str] = "vault_error"


class ObjectDamaged(VaultError):
    """The bytes at rest are not what was written; the family of all such findings about sealed objects."""

    code: ClassVar[str] = "object_damaged"


class NotASealedObject(ObjectDamaged):
    """The magic is missing."""

    code: ClassVar[str] = "not_a_sealed_object"

    def __init__(self) -> None:
        super().__init__("This does not begin as a sealed object does.")


class SealedVersionUnknown(ObjectDamaged):
    """The version byte is not one that this program writes."""

    code: ClassVar[str] = "sealed_version_unknown"

    def __init__(self, version: int) -> None:
        super().__init__(f"Sealed object of version {version}: damaged, or written by a later program.")


class SealedSuiteUnknown(ObjectDamaged):
    """The suite byte names no known suite."""

    code: ClassVar[str] = "sealed_suite_unknown"

    def __init__(self, suite_id: int) -> None:
        super().__init__(f"Cipher suite {suite_id} is not known: damaged, or written by a later program.")


class SealedHeaderOutOfBounds(ObjectDamaged):
    """Chunk size or reserved byte has a value that is never written."""

    code: ClassVar[str] = "sealed_header_out_of_bounds"

    def __init__(self, field: str, value: int) -> None:
        super().__init__(f"The header's {field} is {value}, which is never written.")


class SealedLengthImpossible(ObjectDamaged):
    """No sealed object has this length."""

    code: ClassVar[str] = "sealed_length_impossible"

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"No sealed object is {size_bytes} bytes long: cut off, or something was appended.")


class AnotherObjectUnderThisName(ObjectDamaged):
    """The id inside the header is not the name that was asked for."""

    code: ClassVar[str] = "another_object_under_this_name"

    def __init__(self, object_id: str) -> None:
        super().__init__(f"Under the name {object_id} lies an object with another id.")


class CommitmentMismatch(ObjectDamaged):
    """Header, key and owner do not belong together; which of them is wrong cannot be told."""

    code: ClassVar[str] = "commitment_mismatch"

    def __init__(self) -> None:
        super().__init__("The object does not open with this key for this owner, or its header was altered.")


class EndNotAuthentic(ObjectDamaged):
    """The final chunk is not the one that was written last."""

    code: ClassVar[str] = "end_not_authentic"

    def __init__(self) -> None:
        super().__init__("The end of the object is not authentic: cut off, lengthened or altered.")


class ChunkNotAuthentic(ObjectDamaged):
    """One chunk was altered or belongs elsewhere; `index` counts from 0."""

    code: ClassVar[str] = "chunk_not_authentic"

    def __init__(self, index: int) -> None:
        super().__init__(f"Chunk {index} of the object is not authentic.")
        self.index = index


class ReadBackFailed(ObjectDamaged):
    """The storage did not return what had just been sealed; the object was removed and must not be acknowledged."""

    code: ClassVar[str] = "read_back_failed"

    def __init__(self, object_id: str) -> None:
        super().__init__(f"The storage did not give back object {object_id} as it was sealed.")


class KeyUnusable(VaultError):
    """A key is not 32 bytes long."""

    code: ClassVar[str] = "key_unusable"

    def __init__(self, length_bytes: int) -> None:
        super().__init__(f"A key has 32 bytes; this one has {length_bytes}.")


class OwnerUnusable(VaultError):
    """An owner is empty or too long."""

    code: ClassVar[str] = "owner_unusable"

    def __init__(self, length_bytes: int) -> None:
        super().__init__(f"An owner has 1 to 1024 bytes; this one has {length_bytes}.")


class ObjectIdUnusable(VaultError):
    """An object id is not 32 lower-case hex digits."""

    code: ClassVar[str] = "object_id_unusable"

    def __init__(self) -> None:
        super().__init__("An object id is 32 lower-case hex digits.")


class RangeUnusable(VaultError):
    """An offset or a length is negative."""

    code: ClassVar[str] = "range_unusable"

    def __init__(self, offset: int, length: int) -> None:
        super().__init__(f"Cannot read {length} bytes at offset {offset}.")


class ReaderClosed(VaultError):
    """A reader was used after it was closed."""

    code: ClassVar[str] = "reader_closed"

    def __init__(self) -> None:
        super().__init__("This reader has been closed.")


class ObjectTooLarge(VaultError):
    """The content needs more chunks than the nonce can count."""

    code: ClassVar[str] = "object_too_large"

    def __init__(self) -> None:
        super().__init__("A sealed object has at most 2^32 chunks.")


class ObjectNotFound(VaultError):
    """Nothing is stored under this id."""

    code: ClassVar[str] = "object_not_found"

    def __init__(self, object_id: str) -> None:
        super().__init__(f"The vault holds no object {object_id}.")


class ObjectExists(VaultError):
    """Something is stored under this id; it is never replaced."""

    code: ClassVar[str] = "object_exists"

    def __init__(self, object_id: str) -> None:
        super().__init__(f"The vault holds an object {object_id} already; nothing is ever replaced.")


class PathOutsideStorage(VaultError):
    """A folder of the vault has been made to lead elsewhere."""

    code: ClassVar[str] = "path_outside_storage"

    def __init__(self, folder: str) -> None:
        super().__init__(f"Folder {folder} of the vault leads elsewhere.")


class NotALeftover(VaultError):
    """A name that no crash can have left, so it is not removed as one."""

    code: ClassVar[str] = "not_a_leftover"

    def __init__(self) -> None:
        super().__init__("This is not the name of something that a crash left behind.")


class StorageFull(VaultError):
    """No space or quota is left; nothing was kept."""

    code: ClassVar[str] = "storage_full"

    def __init__(self) -> None:
        super().__init__("The disk, or the quota on it, is full.")


class StorageFailed(VaultError):
    """The operating system refused an operation, or the medium failed."""

    code: ClassVar[str] = "storage_failed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The disk refused: {reason}.")


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


class NoSuchSlot(UnlockRefused):
    """The keyring cannot be opened by this kind of secret at all."""

    code: ClassVar[str] = "no_such_slot"

    def __init__(self, kind: str) -> None:
        super().__init__(f"The keyring has no {kind} slot.")


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
