"""Plaintext in, the bytes of a sealed object out, one chunk at a time (docs/vault-format.md §2).

Invariant: a header is used once; its salt and with it its key serve one object, written in one pass (V3).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vault.content import Content
from vault.header import OpenedHeader
from vault.layout import chunk_nonce


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReceipt:
    """What the caller must remember about a sealed object, besides its key and owner."""

    object_id: str
    """32 lower-case hex digits."""
    size_bytes: int
    """Length of the plaintext."""
    digest: str
    """SHA-256 of the plaintext in lower-case hex."""


def sealed_parts(opened: OpenedHeader, content: Content) -> Iterator[bytes]:
    """The header, then every chunk with its tag; `ObjectTooLarge` beyond 2^32 chunks."""
    yield opened.header.pack()
    encrypt, associated_data = opened.aead.encrypt, opened.associated_data
    chunks = content.chunks(opened.header.prefix.chunk_size_bytes)
    for index, (chunk, last) in enumerate(chunks):
        yield encrypt(chunk_nonce(index, last=last), chunk, associated_data)
