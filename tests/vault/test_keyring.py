"""The keyring opens for the right secret, and shows every tampering."""

import json

import pytest
from cheap_cost import CHEAP
from key_service_in_memory import KeyServiceInMemory

from vault import Argon2Cost, KeyFile, Keyring, Passphrase, RecoveryKey, VaultError, errors


def key_file_with(text, folder):
    path = folder / "key"
    path.write_text(text)
    path.chmod(0o600)
    return KeyFile.read(path)


def secret_of(secret, folder):
    match secret:
        case {"passphrase": text}:
            return Passphrase(text)
        case {"recovery_key": typed}:
            return RecoveryKey.from_typed(typed)
        case {"key_file": text}:
            return key_file_with(text, folder)
        case {"token_key": key}:
            return KeyServiceInMemory(bytes.fromhex(key))


def unlocked(vector, folder):
    return Keyring.unlock(json.dumps(vector["document"]), secret_of(vector["secret"], folder))


def outcome_of(vector, folder):
    try:
        unlocked(vector, folder)
    except VaultError as error:
        return error.code
    return "ok"


def test_every_frozen_keyring_has_the_outcome_written_beside_it(keyring_vector, tmp_path):
    assert outcome_of(keyring_vector, tmp_path) == keyring_vector["outcome"]


def test_the_frozen_keyring_gives_its_frozen_keys(sound_keyring_vector, tmp_path):
    keyring = unlocked(sound_keyring_vector, tmp_path)
    assert keyring.catalogue_key().hex() == sound_keyring_vector["catalogue_key"]
    for purpose, derived in sound_keyring_vector["derived"].items():
        assert keyring.derive(purpose).hex() == derived
    for purpose, rooted in sound_keyring_vector.get("rooted", {}).items():
        assert keyring.derive_under_root(purpose).hex() == rooted
    assert json.loads(keyring.document()) == sound_keyring_vector["document"]


def test_passphrase_and_recovery_key_open_the_same_keyring(keyring_and_recovery_key):
    keyring, recovery_key = keyring_and_recovery_key
    by_passphrase = Keyring.unlock(keyring.document(), Passphrase("正确的口令"))
    by_recovery_key = Keyring.unlock(keyring.document(), RecoveryKey.from_typed(recovery_key.printable()))
    assert by_passphrase.catalogue_key() == by_recovery_key.catalogue_key() == keyring.catalogue_key()
    assert by_passphrase.document() == by_recovery_key.document() == keyring.document()


def test_a_passphrase_typed_in_decomposed_unicode_opens_too():
    keyring, _ = Keyring.create(Passphrase("caf\u00e9"), cost=CHEAP)
    assert Keyring.unlock(keyring.document(), Passphrase("cafe\u0301")).catalogue_key() == keyring.catalogue_key()


def test_two_archives_share_no_key(keyring):
    other, _ = Keyring.create(Passphrase("正确的口令"), cost=CHEAP)
    assert other.catalogue_key() != keyring.catalogue_key()
    assert other.derive("duplicates") != keyring.derive("duplicates")


def test_every_purpose_has_a_key_of_its_own(keyring):
    purposes = ("duplicates", "web-session", "mac", "wrap")
    keys = {keyring.derive(purpose) for purpose in purposes}
    assert len(keys) == len(purposes) and all(len(key) == 32 for key in keys)


@pytest.mark.parametrize("purpose", ["", "Duplicates", "derived/mac", "x" * 33, "重复", "a\n"])
def test_a_purpose_that_is_no_plain_word_is_refused(keyring, purpose):
    with pytest.raises(errors.PurposeUnusable):
        keyring.derive(purpose)


def test_a_change_of_any_character_of_the_document_is_noticed(keyring_and_recovery_key):
    """By recovery key, for that is quick; white space means nothing and may change."""
    keyring, recovery_key = keyring_and_recovery_key
    document = keyring.document()
    for position, character in enumerate(document):
        if character.isspace():
            continue
        changed = "1" if character != "1" else "2"
        with pytest.raises(VaultError):
            Keyring.unlock(document[:position] + changed + document[position + 1 :], recovery_key)


def test_a_document_cut_off_anywhere_is_damaged(keyring_and_recovery_key):
    keyring, recovery_key = keyring_and_recovery_key
    document = keyring.document().rstrip()
    for length in range(0, len(document), 7):
        with pytest.raises(errors.KeyringDamaged):
            Keyring.unlock(document[:length], recovery_key)


def test_other_line_ends_and_indentation_do_no_harm(keyring_and_recovery_key):
    keyring, recovery_key = keyring_and_recovery_key
    for text in (keyring.document().replace("\n", "\r\n"), json.dumps(json.loads(keyring.document()))):
        assert Keyring.unlock(text, recovery_key).document() == keyring.document()


@pytest.mark.parametrize(
    "document",
    ["", "null", "[]", "{}", '"x"', "[" * 100_000, "1" * 10_000, "NaN", "{" * 500, " " * 2_000_000, '{"format": 1}'],
)
def test_what_is_no_keyring_is_damaged_and_costs_nothing(document):
    with pytest.raises(errors.KeyringDamaged):
        Keyring.unlock(document, Passphrase("x"))


def test_a_repeated_name_is_damage(keyring_and_recovery_key):
    keyring, recovery_key = keyring_and_recovery_key
    doubled = keyring.document().replace('"version": 2', '"version": 2, "version": 2')
    assert doubled != keyring.document()
    with pytest.raises(errors.KeyringDamaged):
        Keyring.unlock(doubled, recovery_key)


def test_the_document_holds_no_key(keyring_and_recovery_key):
    keyring, recovery_key = keyring_and_recovery_key
    document = keyring.document()
    for key in (keyring.catalogue_key(), keyring.derive("duplicates"), recovery_key.secret().expose()):
        assert key.hex() not in document


@pytest.mark.parametrize(
    "cost",
    [
        Argon2Cost(memory_kib=1 << 21, time=1, parallelism=1),
        Argon2Cost(memory_kib=7, time=1, parallelism=1),
        Argon2Cost(memory_kib=63, time=1, parallelism=8),
        Argon2Cost(memory_kib=64, time=17, parallelism=1),
        Argon2Cost(memory_kib=64, time=0, parallelism=1),
        Argon2Cost(memory_kib=128, time=1, parallelism=9),
        Argon2Cost(memory_kib=64, time=1, parallelism=0),
    ],
)
def test_no_keyring_is_made_that_could_not_be_opened_again(cost):
    with pytest.raises(errors.CostOutOfBounds):
        Keyring.create(Passphrase("x"), cost=cost)
