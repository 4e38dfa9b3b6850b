"""The measurement measures something, and leaves nothing behind."""

from dataclasses import astuple

from vault import CipherSuite, Vault
from vault.timing import time_vault


def test_every_time_is_taken_and_the_storage_is_left_empty(keyring, memory):
    timed = time_vault(Vault(keyring, memory), memory, CipherSuite.AES_256_GCM, size_bytes=1_000_000, rounds=1)
    *seconds, seal_shares, open_shares = astuple(timed)
    assert all(each > 0 for each in (*seconds, *seal_shares, *open_shares))
    assert memory.objects == {}


def test_the_bare_cipher_of_the_second_suite_is_measured_as_well(keyring, memory):
    timed = time_vault(Vault(keyring, memory), memory, CipherSuite.SM4_GCM, size_bytes=200_000, rounds=1)
    assert timed.cipher_encrypt_s > 0
