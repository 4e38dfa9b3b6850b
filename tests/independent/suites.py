"""The two suites of §3: what hashes, what derives, what seals."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from independent import galois_counter
from independent.block_ciphers import BlockCipher, aes_256, sm4
from independent.sm3 import sm3_digest

HASH_BYTES = 32
HASH_BLOCK_BYTES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Hash, cipher and key length that belong together (V23)."""

    number: int
    digest: Callable[[bytes], bytes]
    cipher: Callable[[bytes], BlockCipher]
    cipher_key_bytes: int

    def hmac(self, key: bytes, message: bytes) -> bytes:
        """RFC 2104, over the digest of this suite."""
        padded = (self.digest(key) if len(key) > HASH_BLOCK_BYTES else key).ljust(HASH_BLOCK_BYTES, b"\0")
        inner = self.digest(bytes(byte ^ 0x36 for byte in padded) + message)
        return self.digest(bytes(byte ^ 0x5C for byte in padded) + inner)

    def hkdf(self, key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        """RFC 5869: extract, then expand to so many bytes."""
        extracted = self.hmac(salt, key)
        expanded = block = b""
        for counter in range(1, -(-length // HASH_BYTES) + 1):
            block = self.hmac(extracted, block + info + bytes([counter]))
            expanded += block
        return expanded[:length]

    def committed_key(self, key: bytes, salt: bytes, info: bytes, commitment: bytes) -> BlockCipher | None:
        """The cipher under the key derived so; None where the commitment is another one (V4, V12)."""
        okm = self.hkdf(key, salt, info, 64)
        if not hmac.compare_digest(okm[32:64], commitment):
            return None
        return self.cipher(okm[: self.cipher_key_bytes])

    def unwrapped(self, wrapping_key: bytes, wrapped: bytes, context: bytes) -> bytes | None:
        """The key of 32 bytes in a wrapped key of 112 (§4); None where it does not open."""
        salt, commitment, ciphertext = wrapped[:32], wrapped[32:64], wrapped[64:]
        measured = len(context).to_bytes(4, "big") + context
        cipher = self.committed_key(wrapping_key, salt, b"anjuan/wrapped-key/1" + measured, commitment)
        return cipher and galois_counter.opened(cipher, bytes(12), ciphertext, salt + commitment + measured)


def _sha256(message: bytes) -> bytes:
    return hashlib.sha256(message).digest()


SUITES = {
    1: Suite(number=1, digest=_sha256, cipher=aes_256, cipher_key_bytes=32),
    2: Suite(number=2, digest=sm3_digest, cipher=sm4, cipher_key_bytes=16),
}
