"""The cipher suites of docs/vault-format.md §3: how keys are derived and committed to, and how bytes are sealed.

Invariants:
- A suite never changes; a new algorithm gets a new number.
- Every key is derived for one use; what it is for is in `info`, length-prefixed where it varies.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.secret import KEY_BYTES

SALT_BYTES: Final = 32
COMMITMENT_BYTES: Final = 32
TAG_BYTES: Final = 16
"""The same in every suite so far; a suite with another tag needs a new format version."""
NONCE_BYTES: Final = 12


class Aead(Protocol):
    """One key of an authenticated cipher; the caller never repeats a nonce."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Ciphertext followed by its tag, `TAG_BYTES` longer than the data."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """The plaintext; `NotAuthentic` where anything differs from what was encrypted."""
        ...


class NotAuthentic(Exception):
    """A tag did not verify; callers turn it into the named error of their situation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedKey:
    """A derived cipher key together with the value that commits to it."""

    aead: Aead = field(repr=False)
    commitment: bytes


class Suite(Protocol):
    """One row of the table of suites."""

    @property
    def suite_id(self) -> int:
        """The byte that names the suite in headers."""
        ...

    def expand(self, key: bytes, *, salt: bytes, info: bytes) -> bytes:
        """32 bytes derived from a 32-byte key."""
        ...

    def commit(self, key: bytes, *, salt: bytes, info: bytes) -> CommittedKey:
        """The cipher for exactly this key, salt and info, and a commitment that fits no other."""
        ...


class _AesGcm:
    """AES-256-GCM (NIST SP 800-38D) with the library's exception replaced by ours."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """See `Aead.encrypt`."""
        return self._cipher.encrypt(nonce, data, associated_data)

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """See `Aead.decrypt`."""
        try:
            return self._cipher.decrypt(nonce, data, associated_data)
        except InvalidTag as error:
            raise NotAuthentic from error


def _hkdf_sha256(key: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _HkdfSuite:
    suite_id: int
    derive: Callable[..., bytes]
    cipher: Callable[[bytes], Aead]

    def expand(self, key: bytes, *, salt: bytes, info: bytes) -> bytes:
        """See `Suite.expand`."""
        return self.derive(key, salt=salt, info=info, length=KEY_BYTES)

    def commit(self, key: bytes, *, salt: bytes, info: bytes) -> CommittedKey:
        # V3, V4: one expansion gives both halves, so a commitment that fits means the key fits.
        """See `Suite.commit`."""
        okm = self.derive(key, salt=salt, info=info, length=KEY_BYTES + COMMITMENT_BYTES)
        return CommittedKey(aead=self.cipher(okm[:KEY_BYTES]), commitment=okm[KEY_BYTES:])


AES_256_GCM: Final[Suite] = _HkdfSuite(suite_id=1, derive=_hkdf_sha256, cipher=_AesGcm)

SUITES: Final[Mapping[int, Suite]] = {AES_256_GCM.suite_id: AES_256_GCM}
