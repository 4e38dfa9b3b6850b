"""The plaintext on its way into a sealed object: cut into chunks, measured, and held against what was read back (V9).

Invariants:
- Only the last chunk is short, only an empty content gives an empty chunk (V6).
- `is_same` compares with what the caller gave, never with anything that came back from the storage.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

_WORTH_A_THREAD_BYTES: Final = 1 << 20

Chunk = bytes | memoryview


class Content(Protocol):
    """What is sealed, in one pass; size and digest are known once its chunks are exhausted."""

    @property
    def size_bytes(self) -> int:
        """Length."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 in lower-case hex."""
        ...

    def chunks(self, chunk_size_bytes: int) -> Iterator[tuple[Chunk, bool]]:
        """Full chunks as long as more content follows, then the rest marked as last."""
        ...

    def is_same(self, read_back: Iterable[bytes]) -> bool:
        """Whether exactly this content came back."""
        ...


def content_of(plaintext: Iterable[bytes] | bytes) -> Content:
    """The content in whichever form the caller has it."""
    return WholeContent(plaintext) if isinstance(plaintext, bytes) else StreamedContent(plaintext)


class WholeContent:
    """A content that the caller holds until it is sealed: compared byte for byte, digested beside everything else.

    Hashing costs several times what encrypting does, and needs neither the disk nor the interpreter's lock.
    """

    def __init__(self, plaintext: bytes) -> None:
        self._plaintext = plaintext
        self._digest = ""
        self._digesting: threading.Thread | None = None
        if len(plaintext) >= _WORTH_A_THREAD_BYTES:
            self._digesting = threading.Thread(target=self._compute_digest, name="digest", daemon=True)
            self._digesting.start()

    @property
    def size_bytes(self) -> int:
        """See `Content.size_bytes`."""
        return len(self._plaintext)

    @property
    def digest(self) -> str:
        """See `Content.digest`; waits for it."""
        if self._digesting is not None:
            self._digesting.join()
        if not self._digest:
            self._compute_digest()
        return self._digest

    def chunks(self, chunk_size_bytes: int) -> Iterator[tuple[Chunk, bool]]:
        """See `Content.chunks`; none of them is a copy."""
        view, size = memoryview(self._plaintext), self.size_bytes
        for start in range(0, max(size, 1), chunk_size_bytes):
            end = start + chunk_size_bytes
            yield view[start:end], end >= size

    def is_same(self, read_back: Iterable[bytes]) -> bool:
        """See `Content.is_same`."""
        offset = 0
        for chunk in read_back:
            if not self._plaintext.startswith(chunk, offset):
                return False
            offset += len(chunk)
        return offset == self.size_bytes

    def _compute_digest(self) -> None:
        self._digest = hashlib.sha256(self._plaintext).hexdigest()


class StreamedContent:
    """A content that passes by once, of any length: nobody has it any more when it is read back but its digest."""

    def __init__(self, plaintext: Iterable[bytes]) -> None:
        self._plaintext = plaintext
        self._digest = hashlib.sha256()
        self._size_bytes = 0

    @property
    def size_bytes(self) -> int:
        """See `Content.size_bytes`."""
        return self._size_bytes

    @property
    def digest(self) -> str:
        """See `Content.digest`."""
        return self._digest.hexdigest()

    def chunks(self, chunk_size_bytes: int) -> Iterator[tuple[Chunk, bool]]:
        """See `Content.chunks`."""
        pending = bytearray()
        for part in self._plaintext:
            pending += part
            while len(pending) > chunk_size_bytes:
                yield self._counted(pending[:chunk_size_bytes]), False
                del pending[:chunk_size_bytes]
        yield self._counted(pending), True

    def is_same(self, read_back: Iterable[bytes]) -> bool:
        """See `Content.is_same`."""
        found, size_bytes = hashlib.sha256(), 0
        for chunk in read_back:
            found.update(chunk)
            size_bytes += len(chunk)
        return (size_bytes, found.hexdigest()) == (self.size_bytes, self.digest)

    def _counted(self, chunk: bytearray) -> bytes:
        self._digest.update(chunk)
        self._size_bytes += len(chunk)
        return bytes(chunk)
