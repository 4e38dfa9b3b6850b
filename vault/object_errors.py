"""Refusals about sealed objects and the storages that hold them, with the codes of docs/vault-format.md §8."""

from typing import ClassVar

from vault.vault_error import VaultError


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
