"""The 92 bytes before the chunks of a sealed object (docs/vault-format.md §2), and the key that belongs to them.

Invariants:
- A `Header` in memory has only values that are ever written (V1); what is not so bounded never becomes one.
- Its suite is known, so nothing after parsing has to ask again.
"""

import hmac
import struct
from dataclasses import dataclass
from typing import Final

from vault.errors import (
    CommitmentMismatch,
    NotASealedObject,
    OwnerUnusable,
    SealedHeaderOutOfBounds,
    SealedLengthImpossible,
    SealedSuiteUnknown,
    SealedVersionUnknown,
)
from vault.secret import checked_key
from vault.suite import SALT_BYTES, SUITES, Aead, CommittedKey, Suite

MAGIC: Final = b"ANJSEAL\n"
VERSION: Final = 1
HEADER_BYTES: Final = 92
OBJECT_ID_BYTES: Final = 16
CHUNK_SIZE_LOG2: Final = 16
_SMALLEST_LOG2: Final = 8
_LARGEST_LOG2: Final = 20
_LONGEST_OWNER_BYTES: Final = 1024
_PREFIX: Final = struct.Struct(">8sBBBB16s")
_LABEL: Final = b"anjuan/sealed-object/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """The part of the header that is an input of the object's key."""

    suite: Suite
    chunk_size_log2: int
    object_id: bytes

    def pack(self) -> bytes:
        """The first 28 bytes of the object."""
        return _PREFIX.pack(MAGIC, VERSION, self.suite.suite_id, self.chunk_size_log2, 0, self.object_id)

    @property
    def chunk_size_bytes(self) -> int:
        """How many plaintext bytes every chunk but the last holds."""
        return 1 << self.chunk_size_log2


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Everything before the first chunk."""

    prefix: Prefix
    salt: bytes
    commitment: bytes

    def pack(self) -> bytes:
        """The 92 bytes as they are written."""
        return self.prefix.pack() + self.salt + self.commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedHeader:
    """A header whose commitment fits the caller's key and owner, ready for chunks."""

    header: Header
    aead: Aead
    associated_data: bytes
    """Header and owner, bound to every chunk (V5)."""


def parse_header(untrusted: bytes) -> Header:
    """The header in these bytes, every value bounded (V1); an error of the `ObjectDamaged` family otherwise."""
    if len(untrusted) != HEADER_BYTES:
        raise SealedLengthImpossible(len(untrusted))
    magic, version, suite_id, log2, reserved, object_id = _PREFIX.unpack_from(untrusted)
    _require_known(magic, version, suite_id)
    _require_bounds(log2, reserved)
    prefix = Prefix(suite=SUITES[suite_id], chunk_size_log2=log2, object_id=object_id)
    salt, commitment = untrusted[_PREFIX.size :][:SALT_BYTES], untrusted[_PREFIX.size + SALT_BYTES :]
    return Header(prefix=prefix, salt=salt, commitment=commitment)


def new_header(prefix: Prefix, *, salt: bytes, key: bytes, owner: bytes) -> OpenedHeader:
    """A header for writing, with the commitment to key and owner; `KeyUnusable`, `OwnerUnusable`."""
    committed = _committed_key(prefix, salt=salt, key=key, owner=owner)
    header = Header(prefix=prefix, salt=salt, commitment=committed.commitment)
    return _opened(header, committed.aead, owner)


def open_header(header: Header, *, key: bytes, owner: bytes) -> OpenedHeader:
    """The header with its cipher; `CommitmentMismatch` unless key and owner are those it was sealed with."""
    committed = _committed_key(header.prefix, salt=header.salt, key=key, owner=owner)
    # V4: GCM finds two keys for one ciphertext easily; without this an object could be crafted to open as two papers.
    if not hmac.compare_digest(committed.commitment, header.commitment):
        raise CommitmentMismatch
    return _opened(header, committed.aead, owner)


def _opened(header: Header, aead: Aead, owner: bytes) -> OpenedHeader:
    return OpenedHeader(header=header, aead=aead, associated_data=header.pack() + _context(owner))


def _committed_key(prefix: Prefix, *, salt: bytes, key: bytes, owner: bytes) -> CommittedKey:
    info = _LABEL + prefix.pack() + _context(owner)
    return prefix.suite.commit(checked_key(key), salt=salt, info=info)


def _context(owner: bytes) -> bytes:
    if not 1 <= len(owner) <= _LONGEST_OWNER_BYTES:
        raise OwnerUnusable(len(owner))
    return struct.pack(">I", len(owner)) + owner


def _require_known(magic: bytes, version: int, suite_id: int) -> None:
    if magic != MAGIC:
        raise NotASealedObject
    if version != VERSION:
        raise SealedVersionUnknown(version)
    if suite_id not in SUITES:
        raise SealedSuiteUnknown(suite_id)


def _require_bounds(log2: int, reserved: int) -> None:
    if not _SMALLEST_LOG2 <= log2 <= _LARGEST_LOG2:
        raise SealedHeaderOutOfBounds("chunk size", log2)
    if reserved != 0:
        raise SealedHeaderOutOfBounds("reserved byte", reserved)
