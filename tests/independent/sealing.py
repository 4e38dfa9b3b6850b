"""Sealed objects as the page has them written, with chunks of any size it allows: small ones bring many borders."""

from dataclasses import dataclass

from independent import galois_counter
from independent.suites import SUITES


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a writer is free to choose, and what must be random."""

    suite: int
    chunk_size_log2: int
    object_id: bytes
    salt: bytes


def seal(plaintext: bytes, *, item_key: bytes, owner: bytes, choices: Choices) -> bytes:
    """The sealed object (§2)."""
    suite = SUITES[choices.suite]
    prefix = b"ANJSEAL\n" + bytes([1, choices.suite, choices.chunk_size_log2, 0]) + choices.object_id
    context = len(owner).to_bytes(4, "big") + owner
    okm = suite.hkdf(item_key, choices.salt, b"anjuan/sealed-object/1" + prefix + context, 64)
    cipher = suite.cipher(okm[: suite.cipher_key_bytes])
    header = prefix + choices.salt + okm[32:]
    size = 2**choices.chunk_size_log2
    starts = range(0, max(len(plaintext), 1), size)
    nonces = (_nonce(index, is_last=index == len(starts) - 1) for index in range(len(starts)))
    chunks = (
        galois_counter.sealed(cipher, nonce, plaintext[start : start + size], header + context)
        for nonce, start in zip(nonces, starts, strict=True)
    )
    return header + b"".join(chunks)


def _nonce(index: int, *, is_last: bool) -> bytes:
    return bytes(7) + index.to_bytes(4, "big") + bytes([is_last])
