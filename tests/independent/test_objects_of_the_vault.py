"""What the vault writes today, the other implementation opens: a thousand objects, both suites, every secret."""

import hashlib
import random
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from independent import galois_counter
from independent.block_ciphers import aes_256
from independent.keyring_unlocking import (
    OpenKeyring,
    unlock_with_key_file,
    unlock_with_passphrase,
    unlock_with_recovery_key,
    unlock_with_token_key,
)
from independent.opener import open_sealed_object
from independent.refusal import Refused
from vault import Argon2Cost, CipherSuite, KeyFile, Keyring, MemoryStorage, Passphrase, RecoveryKey, Vault

CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
PASSPHRASE = "Ａn archive of 1998 – café"
CHUNK_BYTES = 65_536
OBJECTS = 1_000
SUITES = list(CipherSuite)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A keyring of the vault with one slot of every kind that needs no device."""

    keyring: Keyring
    recovery_key: RecoveryKey
    key_file: bytes

    @property
    def stored(self) -> bytes:
        return self.keyring.document().encode()

    def opened(self) -> OpenKeyring:
        return unlock_with_passphrase(self.stored, PASSPHRASE)


@pytest.fixture(scope="module", params=SUITES, ids=lambda suite: suite.value)
def founded(request, tmp_path_factory) -> Founded:
    keyring, recovery_key = Keyring.create(Passphrase(PASSPHRASE), cost=CHEAP, suite=request.param)
    path = tmp_path_factory.mktemp("key") / "key"
    key_file = KeyFile.create(path)
    keyring = keyring.with_slot(key_file, label="保险柜里的“第 2 把”\\ 🔑", created_on=date(2026, 2, 28))
    return Founded(keyring=keyring, recovery_key=recovery_key, key_file=path.read_bytes())


def test_both_suites_of_the_page_are_offered():
    assert {suite.value for suite in SUITES} == {"aes-256-gcm", "sm4-gcm"}


def test_a_thousand_objects_of_both_suites_open(record_property):
    opened = {suite.value: sum(map(_opens, _sealed(suite, OBJECTS // len(SUITES)))) for suite in SUITES}
    record_property("faults", f"objects opened by the other implementation: {opened}")
    assert opened == {"aes-256-gcm": OBJECTS // 2, "sm4-gcm": OBJECTS // 2}


def test_every_secret_opens_the_same_keys(founded):
    keyring = founded.opened()
    assert unlock_with_recovery_key(founded.stored, founded.recovery_key.printable()) == keyring
    assert unlock_with_key_file(founded.stored, founded.key_file) == keyring
    assert keyring.catalogue_keys() == list(founded.keyring.catalogue_keys())


class TokenInMemory:
    """A token as §5 describes it, whose key lies open."""

    provider, key_name = "pkcs11", "卡/钥"

    def __init__(self, key: bytes) -> None:
        self.key = key

    def seal_key(self, key: bytes, *, context: bytes) -> bytes:
        nonce = bytes(range(12))
        return b"\x01" + nonce + galois_counter.sealed(aes_256(self.key), nonce, key, context)

    def unseal_key(self, sealed_key: bytes, *, context: bytes) -> bytes:
        raise AssertionError("only the other implementation unseals here")


def test_a_token_opens_the_same_keys(founded):
    keyring = founded.keyring.with_slot(TokenInMemory(b"1" * 32)).with_slot(TokenInMemory(b"2" * 32), label="第二把")
    stored = keyring.document().encode()
    for token_key in (b"1" * 32, b"2" * 32):
        assert unlock_with_token_key(stored, token_key) == founded.opened()
    with pytest.raises(Refused, match="wrong_key_service"):
        unlock_with_token_key(stored, b"3" * 32)


def test_application_keys_are_derived_alike(founded):
    keyring = founded.opened()
    for purpose in ("catalogue-digest", "a", "z-9"):
        assert keyring.derived(purpose) == founded.keyring.derive(purpose)
        assert keyring.rooted(purpose) == founded.keyring.derive_under_root(purpose)


def test_a_keyring_that_lived_long_opens_to_every_epoch_it_still_has(founded):
    keyring = founded.keyring.with_new_epochs().with_new_catalogue_key()
    old_blob = founded.keyring.wrap_item_key(bytes(range(32)), item_id="甲", grade=2)
    new_blob = keyring.rewrap_item_key(old_blob, item_id="甲")
    renewed, recovery_key = keyring.with_new_root([Passphrase(PASSPHRASE)], labels=["总经理"], cost=CHEAP)
    opened = unlock_with_recovery_key(renewed.document().encode(), recovery_key.printable())
    assert opened.item_key(old_blob, "甲") == opened.item_key(new_blob, "甲") == bytes(range(32))
    assert opened.catalogue_keys() == list(renewed.catalogue_keys())
    assert opened.derived("kept") == founded.keyring.derive("kept")
    retired = unlock_with_passphrase(renewed.without_older_epochs().document().encode(), PASSPHRASE)
    assert retired.item_key(new_blob, "甲") == bytes(range(32))
    with pytest.raises(Refused, match="wrapping_key_unknown"):
        retired.item_key(old_blob, "甲")


def test_a_keyring_of_one_root_refuses_the_secrets_of_another(founded):
    other, recovery_key = Keyring.create(Passphrase("another"), cost=CHEAP)
    with pytest.raises(Refused, match="wrong_recovery_key"):
        unlock_with_recovery_key(founded.stored, recovery_key.printable())
    with pytest.raises(Refused, match="no_such_slot"):
        unlock_with_key_file(other.document().encode(), founded.key_file)


@settings(max_examples=40, deadline=None)
@given(noise=st.randoms(use_true_random=False))
def test_a_recovery_key_may_be_typed_carelessly(founded, noise):
    typed = "".join(_carelessly(character, noise) for character in founded.recovery_key.printable())
    assert unlock_with_recovery_key(founded.stored, typed) == founded.opened()
    assert RecoveryKey.from_typed(typed).printable() == founded.recovery_key.printable()


def _carelessly(character: str, noise: random.Random) -> str:
    """The same character as somebody else would type it, with nothings after it."""
    looks_like = {"0": "0Oo", "1": "1IiLl"}.get(character, character + character.lower())
    chosen = noise.choice(looks_like)
    full_width = chr(ord(chosen) + 0xFEE0) if noise.random() < 0.2 else chosen
    return full_width + noise.choice(["", "", "", " ", "-", "\u3000", "－", "—", "\n"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One object as it lies in the storage, and what its owner knows."""

    stored: bytes
    object_id: str
    owner: bytes
    item_id: str
    wrapped_key: bytes
    keyring: OpenKeyring
    plaintext: bytes


def _sealed(suite: CipherSuite, count: int) -> list[Sealed]:
    dice = random.Random(f"objects of {suite.value}")
    keyring, _ = Keyring.create(Passphrase(PASSPHRASE), cost=CHEAP, suite=suite)
    for _ in range(3):
        keyring = keyring.with_new_epochs()
    opened = unlock_with_passphrase(keyring.document().encode(), PASSPHRASE)
    return [_one_sealed(keyring, opened, dice) for _ in range(count)]


def _one_sealed(keyring: Keyring, opened: OpenKeyring, dice: random.Random) -> Sealed:
    storage = MemoryStorage()
    vault = Vault(keyring, storage)
    plaintext, owner, item_id = dice.randbytes(_size(dice)), dice.randbytes(dice.randint(1, 1024)), _item_id(dice)
    item_key = vault.new_item_key()
    receipt = vault.seal(plaintext, key=item_key, owner=owner)
    return Sealed(
        stored=storage.read_at(receipt.object_id, 0, storage.size(receipt.object_id)),
        object_id=receipt.object_id,
        owner=owner,
        item_id=item_id,
        wrapped_key=keyring.wrap_item_key(item_key, item_id=item_id, grade=dice.choice((1, 2, 3))),
        keyring=opened,
        plaintext=plaintext,
    )


def _size(dice: random.Random) -> int:
    """Around every border of a chunk up to the third, around every border of a block, and anything."""
    if dice.random() < 0.15:
        return dice.choice((1, 2, 3)) * CHUNK_BYTES + dice.choice((-17, -16, -15, -1, 0, 1, 15, 16, 17))
    if dice.random() < 0.6:
        return max(0, dice.randint(0, 20) * 16 + dice.choice((-1, 0, 1)))
    return dice.randint(0, 20_000)


def _item_id(dice: random.Random) -> str:
    return dice.choice((dice.randbytes(10).hex(), "恒拓 2021-087", "é" * 128, "x"))


def _opens(sealed: Sealed) -> bool:
    item_key = sealed.keyring.item_key(sealed.wrapped_key, sealed.item_id)
    content = open_sealed_object(sealed.stored, name=sealed.object_id, item_key=item_key, owner=sealed.owner)
    return hashlib.sha256(content).digest() == hashlib.sha256(sealed.plaintext).digest()
