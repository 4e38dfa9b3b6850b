"""The other implementation's ciphers and hashes against the examples of their standards, and against OpenSSL."""

import hashlib
import hmac

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from independent import galois_counter
from independent.block_ciphers import aes_256, sm4
from independent.sm3 import sm3_computed_here, sm3_digest
from independent.suites import SUITES

KEYS = st.binary(min_size=32, max_size=32)
NONCES = st.binary(min_size=12, max_size=12)
SIZES = st.integers(0, 70) | st.sampled_from([255, 256, 257, 4095, 4096, 65_536])


def _one_block(cipher, block: str) -> str:
    return (
        cipher(np.frombuffer(bytes.fromhex(block), ">u4").astype(np.uint32).reshape(1, 4)).astype(">u4").tobytes().hex()
    )


def test_aes_256_gives_the_example_of_its_standard():
    cipher = aes_256(bytes(range(32)))
    assert _one_block(cipher, "00112233445566778899aabbccddeeff") == "8ea2b7ca516745bfeafc49904b496089"  # FIPS 197, C.3


def test_sm4_gives_the_example_of_its_standard():
    cipher = sm4(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    assert (
        _one_block(cipher, "0123456789abcdeffedcba9876543210") == "681edf34d206965e86b3e94f536e4246"
    )  # GB/T 32907, A.1


@pytest.mark.parametrize(
    ("message", "digest"),
    [  # GB/T 32905-2016, appendix A
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_examples_of_its_standard(message, digest):
    assert sm3_computed_here(message).hex() == digest
    assert sm3_digest(message).hex() == digest


def test_sm4_gcm_gives_the_example_of_rfc_8998():
    plaintext = b"".join(bytes([byte]) * 8 for byte in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    associated = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    cipher = sm4(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    sealed = galois_counter.sealed(cipher, bytes.fromhex("00001234567800000000abcd"), plaintext, associated)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


@settings(max_examples=60, deadline=None)
@given(key=KEYS, nonce=NONCES, size=SIZES, associated=st.binary(max_size=200), seed=st.binary(min_size=1, max_size=8))
def test_aes_gcm_is_that_of_openssl(key, nonce, size, associated, seed):
    plaintext = hashlib.shake_128(seed).digest(size)
    sealed = AESGCM(key).encrypt(nonce, plaintext, associated)
    assert galois_counter.sealed(aes_256(key), nonce, plaintext, associated) == sealed
    assert galois_counter.opened(aes_256(key), nonce, sealed, associated) == plaintext


@settings(max_examples=60, deadline=None)
@given(key=KEYS, nonce=NONCES, size=SIZES, associated=st.binary(max_size=200), seed=st.binary(min_size=1, max_size=8))
def test_sm4_gcm_is_that_of_openssl(key, nonce, size, associated, seed):
    plaintext = hashlib.shake_128(seed).digest(size)
    encryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated)
    sealed = encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag
    assert galois_counter.sealed(sm4(key[:16]), nonce, plaintext, associated) == sealed
    assert galois_counter.opened(sm4(key[:16]), nonce, sealed, associated) == plaintext


@settings(max_examples=100, deadline=None)
@given(sealed=st.binary(min_size=16, max_size=80), key=KEYS, nonce=NONCES)
def test_bytes_that_nobody_sealed_do_not_open(sealed, key, nonce):
    assert galois_counter.opened(aes_256(key), nonce, sealed, b"") is None


@settings(deadline=None)
@given(message=st.binary(max_size=300))
def test_sm3_computed_here_is_that_of_openssl(message):
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3; the examples of the standard stand for it")
    assert sm3_computed_here(message) == hashlib.new("sm3", message).digest()


@settings(deadline=None)
@given(key=st.binary(max_size=130), message=st.binary(max_size=200))
def test_hmac_is_that_of_the_standard_library(key, message):
    assert SUITES[1].hmac(key, message) == hmac.digest(key, message, "sha256")


def test_hkdf_gives_the_first_example_of_rfc_5869():
    okm = SUITES[1].hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42)
    assert okm.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
