"""AES-256 (FIPS 197) and SM4 (GB/T 32907-2016), many blocks at a time: a column of an array holds one word of each.

Both tables of substitution are computed from their definition over GF(2^8): no copied table can hide a wrong entry.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
"""Blocks as rows of four big-endian words."""
BlockCipher = Callable[[Words], Words]
"""Encrypts every row."""


def aes_256(key: bytes) -> BlockCipher:
    """The AES with this key of 32 bytes."""
    round_keys = _aes_round_keys(key)

    def encrypt(blocks: Words) -> Words:
        state = [blocks[:, i] ^ round_keys[0][i] for i in range(4)]
        for round_key in round_keys[1:-1]:
            state = [_aes_column(state, i) ^ round_key[i] for i in range(4)]
        return np.stack([_aes_last_column(state, i) ^ round_keys[-1][i] for i in range(4)], axis=1)

    return encrypt


def sm4(key: bytes) -> BlockCipher:
    """The SM4 with this key of 16 bytes."""
    round_keys = _sm4_round_keys(key)

    def encrypt(blocks: Words) -> Words:
        a, b, c, d = (blocks[:, i] for i in range(4))
        for round_key in round_keys:
            mixed = b ^ c ^ d ^ round_key
            a, b, c, d = b, c, d, a ^ _sm4_round(mixed)
        return np.stack([d, c, b, a], axis=1)

    return encrypt


def _times(a: int, b: int, polynomial: int) -> int:
    """The product in GF(2^8) modulo this polynomial of degree 8."""
    product = 0
    for bit in range(8):
        product ^= (a << bit) * (b >> bit & 1)
    for degree in range(14, 7, -1):
        product ^= (polynomial << (degree - 8)) * (product >> degree & 1)
    return product


def _inverse(a: int, polynomial: int) -> int:
    """a^254: the inverse, and 0 for 0."""
    result, square = 1, a
    for _ in range(7):
        square = _times(square, square, polynomial)
        result = _times(result, square, polynomial)
    return result


def _turned(byte: int, by: int) -> int:
    return (byte << by | byte >> (8 - by)) & 0xFF


def _aes_substitute(byte: int) -> int:
    inverse = _inverse(byte, 0x11B)
    return inverse ^ _turned(inverse, 1) ^ _turned(inverse, 2) ^ _turned(inverse, 3) ^ _turned(inverse, 4) ^ 0x63


def _sm4_affine(byte: int) -> int:
    """Row i of the circulant matrix is 0xA7 turned; the constant is 0xD3."""
    rows = [_turned(0xA7, i) for i in range(8)]
    return sum((bin(row & byte).count("1") & 1) << i for i, row in enumerate(rows)) ^ 0xD3


def _sm4_substitute(byte: int) -> int:
    return _sm4_affine(_inverse(_sm4_affine(byte), 0x1F5))


AES_BOX = [_aes_substitute(byte) for byte in range(256)]
SM4_BOX = [_sm4_substitute(byte) for byte in range(256)]


def _word_turned(word: int, by: int) -> int:
    return (word << by | word >> (32 - by)) & 0xFFFF_FFFF


def _aes_mixed(byte: int) -> int:
    """What one substituted byte of the first row gives to its column."""
    return _times(byte, 2, 0x11B) << 24 | byte << 16 | byte << 8 | _times(byte, 3, 0x11B)


def _sm4_linear(word: int) -> int:
    return word ^ _word_turned(word, 2) ^ _word_turned(word, 10) ^ _word_turned(word, 18) ^ _word_turned(word, 24)


_AES_TABLES = [np.array([_word_turned(_aes_mixed(s), 32 - 8 * i) for s in AES_BOX], np.uint32) for i in range(4)]
_AES_LAST = [np.array([s << (24 - 8 * i) for s in AES_BOX], np.uint32) for i in range(4)]
_SM4_TABLES = [np.array([_sm4_linear(s << (24 - 8 * i)) for s in SM4_BOX], np.uint32) for i in range(4)]


def _looked_up(tables: list[Words], words: list[Words]) -> Words:
    """The first byte of the first word in the first table, the second of the second, and so on, added up."""
    found = [tables[i][(words[i] >> np.uint32(24 - 8 * i)) & np.uint32(0xFF)] for i in range(4)]
    added: Words = found[0] ^ found[1] ^ found[2] ^ found[3]
    return added


def _aes_column(state: list[Words], i: int) -> Words:
    return _looked_up(_AES_TABLES, [state[(i + row) % 4] for row in range(4)])


def _aes_last_column(state: list[Words], i: int) -> Words:
    return _looked_up(_AES_LAST, [state[(i + row) % 4] for row in range(4)])


def _sm4_round(mixed: Words) -> Words:
    return _looked_up(_SM4_TABLES, [mixed] * 4)


def _substituted(word: int, box: list[int]) -> int:
    return int.from_bytes(box[byte] for byte in word.to_bytes(4, "big"))


def _aes_round_keys(key: bytes) -> list[list[np.uint32]]:
    words = [int.from_bytes(key[i : i + 4], "big") for i in range(0, 32, 4)]
    constant = 1
    for i in range(8, 60):
        last = words[-1]
        if i % 8 == 0:
            last = _substituted(_word_turned(last, 8), AES_BOX) ^ constant << 24
            constant = _times(constant, 2, 0x11B)
        elif i % 8 == 4:
            last = _substituted(last, AES_BOX)
        words.append(words[-8] ^ last)
    return [[np.uint32(word) for word in words[i : i + 4]] for i in range(0, 60, 4)]


def _sm4_round_keys(key: bytes) -> list[np.uint32]:
    family = (0xA3B1BAC6, 0x56AA3350, 0x677D9197, 0xB27022DC)
    words = [int.from_bytes(key[4 * i : 4 * i + 4], "big") ^ family[i] for i in range(4)]
    for i in range(32):
        constant = int.from_bytes((4 * i + j) * 7 % 256 for j in range(4))
        word = _substituted(words[-3] ^ words[-2] ^ words[-1] ^ constant, SM4_BOX)
        words.append(words[-4] ^ word ^ _word_turned(word, 13) ^ _word_turned(word, 23))
    return [np.uint32(word) for word in words[4:]]
