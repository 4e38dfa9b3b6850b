"""Where the chunks of a sealed object lie; arithmetic only (docs/vault-format.md §2).

Invariant: a `Layout` is consistent with V6, but its length is a claim until the final chunk is authenticated (V7).
"""

import struct
from dataclasses import dataclass
from typing import Final

from vault.errors import ObjectTooLarge, SealedLengthImpossible
from vault.header import HEADER_BYTES
from vault.suite import TAG_BYTES

MOST_CHUNKS: Final = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The chunks of one object: `count` of them, all `chunk_size_bytes` long but the last."""

    chunk_size_bytes: int
    count: int
    last_size_bytes: int

    @property
    def size_bytes(self) -> int:
        """Length of the plaintext."""
        return (self.count - 1) * self.chunk_size_bytes + self.last_size_bytes

    def is_last(self, index: int) -> bool:
        """Whether chunk `index` is the final one."""
        return index == self.count - 1

    def sealed_range(self, index: int) -> tuple[int, int]:
        """Offset and length in bytes of a chunk with its tag, counted from the first byte of the header."""
        plain = self.last_size_bytes if self.is_last(index) else self.chunk_size_bytes
        return HEADER_BYTES + index * (self.chunk_size_bytes + TAG_BYTES), plain + TAG_BYTES


def claimed_layout(sealed_size_bytes: int, *, chunk_size_bytes: int) -> Layout:
    """The only layout an object of this length can have; `SealedLengthImpossible` where there is none (V1, V6)."""
    stride = chunk_size_bytes + TAG_BYTES
    count, rest = divmod(sealed_size_bytes - HEADER_BYTES, stride)
    last_sealed = rest or stride
    count += 1 if rest else 0
    smallest = TAG_BYTES if count == 1 else TAG_BYTES + 1
    if not 1 <= count <= MOST_CHUNKS or last_sealed < smallest:
        raise SealedLengthImpossible(sealed_size_bytes)
    return Layout(chunk_size_bytes=chunk_size_bytes, count=count, last_size_bytes=last_sealed - TAG_BYTES)


def chunk_nonce(index: int, *, last: bool) -> bytes:
    """The 12-byte nonce of a chunk (V5); `ObjectTooLarge` for an index beyond what it can count."""
    if index >= MOST_CHUNKS:
        raise ObjectTooLarge
    return struct.pack(">7xIB", index, last)
