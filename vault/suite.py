"""The cipher suites of docs/vault-format.md §3: how keys are derived and committed to, and how bytes are sealed.

Invariants:
- A suite never changes; a new algorithm gets a new number. Hash, cipher and key length belong together (V23).
- Every key is derived for one use; what it is for is in `info`, length-prefixed where it varies.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, Hash, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.secret import KEY_BYTES

SALT_BYTES: Final = 32
COMMITMENT_BYTES: Final = 32
TAG_BYTES: Final = 16
"""The same in every suite so far; a suite with another tag needs a new format version."""
NONCE_BYTES: Final = 12
DIGEST_BYTES: Final = 32
"""Length of the hash of every suite."""
_SM4_KEY_BYTES: Final = 16


class CipherSuite(StrEnum):
    """The suites by name, as a person chooses one for a new archive."""

    AES_256_GCM = "aes-256-gcm"
    """AES-256-GCM with SHA-256."""
    SM4_GCM = "sm4-gcm"
    """SM4-GCM with SM3, the national ciphers of China (GB/T 32907, GB/T 32905)."""


class Aead(Protocol):
    """One key of an authenticated cipher; the caller never repeats a nonce."""

    def encrypt(self, nonce: bytes, data: bytes | memoryview, associated_data: bytes) -> bytes:
        """Ciphertext followed by its tag, `TAG_BYTES` longer than the data."""
        ...

    def decrypt(self, nonce: bytes, data: bytes | memoryview, associated_data: bytes) -> bytes:
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
    """One column of the table of suites."""

    @property
    def suite_id(self) -> int:
        """The byte that names the suite in headers."""
        ...

    @property
    def name(self) -> CipherSuite:
        """What people call it."""
        ...

    def expand(self, key: bytes, *, salt: bytes, info: bytes) -> bytes:
        """32 bytes derived from a 32-byte key."""
        ...

    def commit(self, key: bytes, *, salt: bytes, info: bytes) -> CommittedKey:
        """The cipher for exactly this key, salt and info, and a commitment that fits no other."""
        ...

    def digest(self, data: bytes) -> bytes:
        """The 32-byte hash of the data."""
        ...

    def authenticate(self, key: bytes, data: bytes) -> bytes:
        """The 32-byte HMAC of the data."""
        ...


class _AesGcm:
    """AES-256-GCM (NIST SP 800-38D) with the library's exception replaced by ours."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, data: bytes | memoryview, associated_data: bytes) -> bytes:
        """See `Aead.encrypt`."""
        return self._cipher.encrypt(nonce, data, associated_data)

    def decrypt(self, nonce: bytes, data: bytes | memoryview, associated_data: bytes) -> bytes:
        """See `Aead.decrypt`."""
        try:
            return self._cipher.decrypt(nonce, data, associated_data)
        except InvalidTag as error:
            raise NotAuthentic from error


class _Sm4Gcm:
    """SM4-GCM (GB/T 32907; the mode as in RFC 8998), which the library offers as a stream with a tag at its end."""

    __slots__ = ("_algorithm",)

    def __init__(self, key: bytes) -> None:
        self._algorithm = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes | memoryview, associated_data: bytes) -> bytes:
        """See `Aead.encrypt`."""
        encryptor = Cipher(self._algorithm, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes | memoryview, associated_data: bytes) -> bytes:
        """See `Aead.decrypt`."""
        if len(data) < TAG_BYTES:
            raise NotAuthentic
        ciphertext, tag = data[:-TAG_BYTES], bytes(data[-TAG_BYTES:])
        decryptor = Cipher(self._algorithm, GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        unverified = decryptor.update(ciphertext)
        try:
            # V8: a stream gives plaintext before its tag; none of it leaves here until `finalize` has agreed.
            return unverified + decryptor.finalize()
        except InvalidTag as error:
            raise NotAuthentic from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _HkdfSuite:
    suite_id: int
    name: CipherSuite
    hash: HashAlgorithm
    cipher: Callable[[bytes], Aead]
    cipher_key_bytes: int

    def expand(self, key: bytes, *, salt: bytes, info: bytes) -> bytes:
        """See `Suite.expand`."""
        return self._derive(key, salt=salt, info=info, length=KEY_BYTES)

    def commit(self, key: bytes, *, salt: bytes, info: bytes) -> CommittedKey:
        # V3, V4: one expansion gives both halves, so a commitment that fits means the key fits.
        """See `Suite.commit`."""
        okm = self._derive(key, salt=salt, info=info, length=KEY_BYTES + COMMITMENT_BYTES)
        return CommittedKey(aead=self.cipher(okm[: self.cipher_key_bytes]), commitment=okm[KEY_BYTES:])

    def digest(self, data: bytes) -> bytes:
        """See `Suite.digest`."""
        hashing = Hash(self.hash)
        hashing.update(data)
        return hashing.finalize()

    def authenticate(self, key: bytes, data: bytes) -> bytes:
        """See `Suite.authenticate`."""
        code = HMAC(key, self.hash)
        code.update(data)
        return code.finalize()

    def _derive(self, key: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
        return HKDF(algorithm=self.hash, length=length, salt=salt, info=info).derive(key)


AES_256_GCM: Final[Suite] = _HkdfSuite(
    suite_id=1, name=CipherSuite.AES_256_GCM, hash=SHA256(), cipher=_AesGcm, cipher_key_bytes=KEY_BYTES
)
SM4_GCM: Final[Suite] = _HkdfSuite(
    suite_id=2, name=CipherSuite.SM4_GCM, hash=SM3(), cipher=_Sm4Gcm, cipher_key_bytes=_SM4_KEY_BYTES
)

SUITES: Final[Mapping[int, Suite]] = {suite.suite_id: suite for suite in (AES_256_GCM, SM4_GCM)}


def suite_named(name: CipherSuite) -> Suite:
    """The suite of this name."""
    return next(suite for suite in SUITES.values() if suite.name is name)
