"""Reading a sealed object at any place (docs/vault-format.md §2).

Invariants:
- A `SealedReader` exists only for an object whose header fits key and owner (V4) and whose final chunk, and thereby
  length, is authentic (V7).
- No byte leaves it from a chunk whose tag has not been verified (V8); of the storage nothing is believed.
"""

from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

from vault.errors import (
    AnotherObjectUnderThisName,
    ChunkNotAuthentic,
    EndNotAuthentic,
    RangeUnusable,
    ReaderClosed,
)
from vault.header import HEADER_BYTES, OpenedHeader, open_header, parse_header
from vault.layout import Layout, chunk_nonce, claimed_layout
from vault.storage import Readable, checked_object_id
from vault.suite import NotAuthentic

_READ_TOGETHER_BYTES: Final = 1 << 20


class SealedReader:
    """The plaintext of one object; a context manager that forgets what it decrypted when it is closed."""

    def __init__(self, storage: Readable, object_id: str, *, opened: OpenedHeader, layout: Layout) -> None:
        self._storage = storage
        self._object_id = object_id
        self._opened = opened
        self._layout = layout
        self._latest: tuple[int, bytes] | None = None
        self._closed = False
        self._chunk(layout.count - 1)  # V7

    @property
    def size_bytes(self) -> int:
        """Length of the plaintext; authentic."""
        return self._layout.size_bytes

    def read_at(self, offset: int, length: int) -> bytes:
        """The plaintext ``[offset, offset + length)``, fewer bytes only where it ends.

        Decrypts only the chunks touched. Raises `RangeUnusable`, `ReaderClosed`, `ChunkNotAuthentic`.
        """
        if offset < 0 or length < 0:
            raise RangeUnusable(offset, length)
        self._require_open()
        end = min(offset + length, self.size_bytes)
        if offset >= end:
            return b""
        size = self._layout.chunk_size_bytes
        first, last = offset // size, (end - 1) // size
        if first == last:
            return self._chunk(first)[offset - first * size : end - first * size]
        parts: list[bytes | memoryview] = list(self._chunks(first, last))
        parts[0] = memoryview(parts[0])[offset - first * size :]
        parts[-1] = memoryview(parts[-1])[: end - last * size]
        return b"".join(parts)  # what is wanted is copied once

    def lies_at(self, offset: int, length: int) -> tuple[int, int]:
        """Offset and length, in the sealed object, of the chunks that hold ``[offset, offset + length)``."""
        size, last = self._layout.chunk_size_bytes, self._layout.count - 1
        begin, _ = self._layout.sealed_range(min(offset // size, last))
        end = sum(self._layout.sealed_range(min((offset + length) // size, last)))
        return begin, end - begin

    def read_all(self) -> bytes:
        """The whole plaintext; memory grows with it."""
        return b"".join(self)

    def __iter__(self) -> Iterator[bytes]:
        """The plaintext in order, chunk by chunk, each authenticated before it is handed out."""
        return self._chunks(0, self._layout.count - 1)

    def close(self) -> None:
        """Forget the plaintext held; further reading raises `ReaderClosed`."""
        self._closed = True
        self._latest = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _require_open(self) -> None:
        if self._closed:
            raise ReaderClosed

    def _chunks(self, first: int, last: int) -> Iterator[bytes]:
        together = max(1, _READ_TOGETHER_BYTES // self._layout.chunk_size_bytes)
        for start in range(first, last + 1, together):
            yield from self._adjoining(start, min(start + together - 1, last))

    def _adjoining(self, first: int, last: int) -> Iterator[bytes]:
        """Chunks that one reading of the storage brings, for its cost hardly depends on how much it brings."""
        if first == last:
            yield self._chunk(first)
            return
        begin, end = self._layout.sealed_range(first)[0], sum(self._layout.sealed_range(last))
        self._require_open()
        sealed = memoryview(self._storage.read_at(self._object_id, begin, end - begin))
        for index in range(first, last + 1):
            offset, length = self._layout.sealed_range(index)
            self._require_open()
            yield self._decrypted(index, sealed[offset - begin : offset - begin + length])

    def _chunk(self, index: int) -> bytes:
        self._require_open()
        latest = self._latest
        if latest is not None and latest[0] == index:
            return latest[1]
        sealed = self._storage.read_at(self._object_id, *self._layout.sealed_range(index))
        chunk = self._decrypted(index, sealed)
        self._latest = (index, chunk)
        return chunk

    def _decrypted(self, index: int, sealed: bytes | memoryview) -> bytes:
        last = self._layout.is_last(index)
        try:
            return self._opened.aead.decrypt(chunk_nonce(index, last=last), sealed, self._opened.associated_data)
        except NotAuthentic as error:
            raise (EndNotAuthentic() if last else ChunkNotAuthentic(index)) from error


def open_sealed(storage: Readable, object_id: str, *, key: bytes, owner: bytes) -> SealedReader:
    """A reader for the object; raises `ObjectNotFound`, or an error of the `ObjectDamaged` family.

    Nothing is decrypted before the header is bounded (V1), carries the name asked for (V2) and commits to key and
    owner (V4).
    """
    header = parse_header(storage.read_at(checked_object_id(object_id), 0, HEADER_BYTES))
    if header.prefix.object_id.hex() != object_id:
        raise AnotherObjectUnderThisName(object_id)  # V2
    opened = open_header(header, key=key, owner=owner)
    layout = claimed_layout(storage.size(object_id), chunk_size_bytes=header.prefix.chunk_size_bytes)
    return SealedReader(storage, object_id, opened=opened, layout=layout)
