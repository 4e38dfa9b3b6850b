"""SM3 (GB/T 32905-2016), from the standard library where its OpenSSL knows it, otherwise from here."""

import hashlib

_START = "7380166f 4914b2b9 172442d7 da8a0600 a96f30bc 163138aa e38dee4d b0fb0e4e"
_MASK = 0xFFFF_FFFF


def sm3_digest(message: bytes) -> bytes:
    """The 32 bytes of SM3."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", message).digest()
    return sm3_computed_here(message)


def sm3_computed_here(message: bytes) -> bytes:
    """The same without OpenSSL."""
    padding = b"\x80" + bytes(-(len(message) + 9) % 64)
    padded = message + padding + (8 * len(message)).to_bytes(8, "big")
    state = [int(word, 16) for word in _START.split()]
    for start in range(0, len(padded), 64):
        compressed = _compressed(state, padded[start : start + 64])
        state = [old ^ new for old, new in zip(state, compressed, strict=True)]
    return b"".join(word.to_bytes(4, "big") for word in state)


def _compressed(state: list[int], block: bytes) -> list[int]:
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _turned((_turned(a, 12) + e + _turned(constant, j % 32)) & _MASK, 7)
        ss2 = ss1 ^ _turned(a, 12)
        tt1 = (_choice_left(j, a, b, c) + d + ss2 + (words[j] ^ words[j + 4])) & _MASK
        tt2 = (_choice_right(j, e, f, g) + h + ss1 + words[j]) & _MASK
        a, b, c, d = tt1, a, _turned(b, 9), c
        e, f, g, h = _spread(tt2, 9, 17), e, _turned(f, 19), g
    return [a, b, c, d, e, f, g, h]


def _expanded(block: bytes) -> list[int]:
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turned(words[j - 3], 15)
        words.append(_spread(mixed, 15, 23) ^ _turned(words[j - 13], 7) ^ words[j - 6])
    return words


def _choice_left(j: int, x: int, y: int, z: int) -> int:
    return x ^ y ^ z if j < 16 else (x & y) | (x & z) | (y & z)


def _choice_right(j: int, x: int, y: int, z: int) -> int:
    return x ^ y ^ z if j < 16 else (x & y) | (~x & _MASK & z)


def _spread(word: int, one: int, other: int) -> int:
    return word ^ _turned(word, one) ^ _turned(word, other)


def _turned(word: int, by: int) -> int:
    return (word << by | word >> (32 - by)) & _MASK if by else word
