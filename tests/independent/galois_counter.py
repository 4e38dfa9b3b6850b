"""Galois/Counter Mode (NIST SP 800-38D) over any block cipher of 16-byte blocks, for nonces of 12 bytes."""

import hmac

import numpy as np

from independent.block_ciphers import BlockCipher

TAG_BYTES = 16
_REDUCTION = 0xE1 << 120
"""x^128 = x^7 + x^2 + x + 1, where the most significant bit is x^0."""


def opened(cipher: BlockCipher, nonce: bytes, sealed: bytes, associated: bytes) -> bytes | None:
    """The plaintext of ciphertext ‖ tag; None where the tag does not fit."""
    ciphertext, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    stream = _key_stream(cipher, nonce, 1 + -(-len(ciphertext) // 16))
    expected = _xor(stream[:16], ghash(_hash_key(cipher), associated, ciphertext))
    if not hmac.compare_digest(expected, tag):
        return None
    return _xor(stream[16 : 16 + len(ciphertext)], ciphertext)


def sealed(cipher: BlockCipher, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Ciphertext ‖ tag."""
    stream = _key_stream(cipher, nonce, 1 + -(-len(plaintext) // 16))
    ciphertext = _xor(stream[16 : 16 + len(plaintext)], plaintext)
    return ciphertext + _xor(stream[:16], ghash(_hash_key(cipher), associated, ciphertext))


def ghash(hash_key: int, associated: bytes, ciphertext: bytes) -> bytes:
    """GHASH of both, each padded to whole blocks, and their lengths in bits."""
    lengths = (8 * len(associated)).to_bytes(8, "big") + (8 * len(ciphertext)).to_bytes(8, "big")
    tables = _tables(hash_key)
    sum_so_far = 0
    message = _padded(associated) + _padded(ciphertext) + lengths
    for start in range(0, len(message), 16):
        block = int.from_bytes(message[start : start + 16], "big")
        sum_so_far = _multiplied((sum_so_far ^ block).to_bytes(16, "big"), tables)
    return sum_so_far.to_bytes(16, "big")


def _multiplied(factor: bytes, tables: list[list[int]]) -> int:
    product = 0
    for byte, table in zip(factor, tables, strict=True):
        product ^= table[byte]
    return product


def _tables(hash_key: int) -> list[list[int]]:
    """For each of the 16 bytes of a factor, its product with the hash key."""
    power = hash_key
    tables = []
    for _ in range(16):
        table = [0] * 256
        for bit in (0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01):
            table[bit] = power
            power = power >> 1 ^ (_REDUCTION if power & 1 else 0)
        for bit in (0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80):
            table[bit + 1 : 2 * bit] = [table[bit] ^ smaller for smaller in table[1:bit]]
        tables.append(table)
    return tables


def _hash_key(cipher: BlockCipher) -> int:
    return int.from_bytes(cipher(np.zeros((1, 4), np.uint32)).astype(">u4").tobytes(), "big")


def _key_stream(cipher: BlockCipher, nonce: bytes, blocks: int) -> bytes:
    """The encrypted counters 1, 2, …: the first masks the tag, the others the plaintext."""
    counters = np.empty((blocks, 4), np.uint32)
    counters[:, :3] = np.frombuffer(nonce, ">u4")
    counters[:, 3] = np.arange(1, blocks + 1)
    return cipher(counters).astype(">u4").tobytes()


def _padded(text: bytes) -> bytes:
    return text + bytes(-len(text) % 16)


def _xor(one: bytes, other: bytes) -> bytes:
    return (np.frombuffer(one, np.uint8) ^ np.frombuffer(other, np.uint8)).tobytes()
