"""Plaintext in, the bytes of a sealed object out, one chunk in memory at a time (docs/vault-format.md §2).

Invariants:
- A `Sealer` is used once: its salt and with it its key serve one object, written in one pass (V3).
- Only the last chunk is short, only an empty content gives an empty chunk (V6).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vault.header import OpenedHeader
from vault.layout import chunk_nonce

_SLICE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReceipt:
    """What the caller must remember about a sealed object, besides its key and owner."""

    object_id: str
    """32 lower-case hex digits."""
    size_bytes: int
    """Length of the plaintext."""
    digest: str
    """SHA-256 of the plaintext in lower-case hex."""


class Sealer:
    """Seals one content under one header."""

    def __init__(self, opened: OpenedHeader) -> None:
        self._opened = opened
        self._digest = hashlib.sha256()
        self._size_bytes = 0

    def sealed_parts(self, plaintext: Iterable[bytes] | bytes) -> Iterator[bytes]:
        """The header, then every chunk with its tag; `ObjectTooLarge` beyond 2^32 chunks."""
        yield self._opened.header.pack()
        chunk_size = self._opened.header.prefix.chunk_size_bytes
        for index, (chunk, last) in enumerate(_chunks(plaintext, chunk_size)):
            self._digest.update(chunk)
            self._size_bytes += len(chunk)
            nonce = chunk_nonce(index, last=last)
            yield self._opened.aead.encrypt(nonce, chunk, self._opened.associated_data)

    def receipt(self) -> SealedReceipt:
        """What was sealed; meaningful once `sealed_parts` is exhausted."""
        return SealedReceipt(
            object_id=self._opened.header.prefix.object_id.hex(),
            size_bytes=self._size_bytes,
            digest=self._digest.hexdigest(),
        )


def _chunks(plaintext: Iterable[bytes] | bytes, size: int) -> Iterator[tuple[bytes, bool]]:
    """Full chunks as long as more content follows, then the rest marked as last."""
    pending = bytearray()
    for part in _slices(plaintext):
        pending += part
        while len(pending) > size:
            yield bytes(pending[:size]), False
            del pending[:size]
    yield bytes(pending), True


def _slices(plaintext: Iterable[bytes] | bytes) -> Iterable[bytes]:
    if not isinstance(plaintext, bytes):
        return plaintext
    return (plaintext[start : start + _SLICE_BYTES] for start in range(0, len(plaintext), _SLICE_BYTES))
