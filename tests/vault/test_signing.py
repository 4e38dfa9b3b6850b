"""What an archive signs can be checked by anybody who holds its public key, and by nothing else."""

import pickle

import pytest
from cheap_cost import CHEAP

from vault import Keyring, Passphrase, SigningKey, is_signed_by, public_key_pem
from vault.errors import PurposeUnusable, SecretMayNotTravel

SECRET = Passphrase("correct horse battery staple")


@pytest.fixture(scope="module")
def keyring():
    return Keyring.create(SECRET, cost=CHEAP)[0]


def test_a_signature_holds_for_the_signed_words_and_no_others(keyring):
    key = SigningKey(keyring, "volume-seals")
    signature = key.sign("卷".encode())
    assert is_signed_by(key.public_key, "卷".encode(), signature)
    assert not is_signed_by(key.public_key, "巻".encode(), signature)
    assert not is_signed_by(key.public_key, "卷".encode(), signature[:-1] + bytes([signature[-1] ^ 1]))


def test_another_archive_and_another_purpose_sign_with_another_key(keyring):
    other = Keyring.create(SECRET, cost=CHEAP)[0]
    keys = [
        SigningKey(keyring, "volume-seals"),
        SigningKey(keyring, "letters"),
        SigningKey(other, "volume-seals"),
    ]
    assert len({key.public_key for key in keys}) == 3
    assert not is_signed_by(keys[1].public_key, b"x", keys[0].sign(b"x"))


def test_the_key_stays_the_same_under_a_new_root_and_new_epochs(keyring):
    changed = keyring.with_new_epochs().with_new_root([SECRET], labels=[""], cost=CHEAP)[0]
    assert SigningKey(changed, "volume-seals").public_key == SigningKey(keyring, "volume-seals").public_key


@pytest.mark.parametrize(("public_key", "signature"), [(b"", b""), (bytes(32), bytes(64)), (b"short", bytes(64))])
def test_what_is_no_key_or_no_signature_proves_nothing(public_key, signature):
    assert not is_signed_by(public_key, b"message", signature)


def test_the_public_key_can_be_given_away_and_the_private_one_cannot(keyring):
    key = SigningKey(keyring, "volume-seals")
    assert public_key_pem(key.public_key).startswith("-----BEGIN PUBLIC KEY-----")
    assert repr(key) == "SigningKey(volume-seals)"
    with pytest.raises(SecretMayNotTravel):
        pickle.dumps(key)


def test_a_purpose_that_no_label_can_hold_is_refused(keyring):
    with pytest.raises(PurposeUnusable):
        SigningKey(keyring, "Volume Seals")
