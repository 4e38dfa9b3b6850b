"""Item keys at rest: each opens for its own item only."""

import pytest
from cheap_cost import CHEAP
from format_reference import aead, hkdf, wrap, wrap_item_key

from vault import Keyring, Passphrase, VaultError, errors
from vault.secret import Secret
from vault.suite import SUITES
from vault.wrapping import unwrap_key, wrap_key

KEY = bytes(range(32))


def outcome_of(keyring, vector):
    try:
        return "ok", keyring.unwrap_item_key(bytes.fromhex(vector["wrapped"]), item_id=vector["item_id"]).hex()
    except VaultError as error:
        return error.code, None


def test_every_frozen_item_key_has_the_outcome_written_beside_it(frozen_keyrings, wrapped_item_key_vector):
    expected = wrapped_item_key_vector["outcome"], wrapped_item_key_vector.get("key")
    keyring = frozen_keyrings[wrapped_item_key_vector["keyring"]]
    assert outcome_of(keyring, wrapped_item_key_vector) == expected


@pytest.mark.parametrize("grade", [1, 2, 3])
def test_an_item_key_survives_wrapping_under_every_grade(keyring, grade):
    blob = keyring.wrap_item_key(KEY, item_id="件-7", grade=grade)
    assert len(blob) == 124
    assert keyring.unwrap_item_key(blob, item_id="件-7") == KEY


def test_the_same_key_wrapped_twice_looks_different(keyring):
    first, second = (keyring.wrap_item_key(KEY, item_id="7", grade=3) for _ in range(2))
    assert first[12:44] != second[12:44] and first[76:] != second[76:]


def test_a_change_of_any_byte_of_a_wrapped_key_is_noticed(keyring):
    blob = keyring.wrap_item_key(KEY, item_id="7", grade=3)
    for position in range(len(blob)):
        for bit in (1, 128):
            altered = bytearray(blob)
            altered[position] ^= bit
            with pytest.raises(VaultError) as refusal:
                keyring.unwrap_item_key(bytes(altered), item_id="7")
            assert refusal.value.code.startswith(("wrapped_key_", "wrapping_key_")), position


def test_an_item_key_of_another_archive_does_not_open(keyring):
    other, _ = Keyring.create(Passphrase("x"), cost=CHEAP, suite=keyring.suite)
    blob = other.wrap_item_key(KEY, item_id="7", grade=3)
    with pytest.raises(errors.WrappedKeyNotAuthentic):
        keyring.unwrap_item_key(blob, item_id="7")


@pytest.mark.parametrize("item_id", ["", "x" * 257, "件" * 86, "\ud800"])
def test_an_item_id_that_is_empty_too_long_or_no_text_is_refused(keyring, item_id):
    with pytest.raises(errors.ItemIdUnusable):
        keyring.wrap_item_key(KEY, item_id=item_id, grade=3)


@pytest.mark.parametrize("grade", [-1, 0, 4])
def test_a_grade_that_does_not_exist_is_refused(keyring, grade):
    with pytest.raises(errors.GradeUnknown):
        keyring.wrap_item_key(KEY, item_id="7", grade=grade)


def test_a_key_of_another_length_is_never_wrapped(keyring):
    with pytest.raises(errors.KeyUnusable):
        keyring.wrap_item_key(bytes(16), item_id="7", grade=3)


def test_the_reference_and_the_vault_open_what_the_other_wraps(suite):
    wrapped = wrap(KEY, bytes(32), context=b"a context", salt=b"s" * 32, suite=suite)
    assert unwrap_key(Secret(KEY), wrapped, context=b"a context", suite=SUITES[suite]).expose() == bytes(32)
    again = wrap_key(Secret(KEY), Secret(bytes(32)), context=b"a context", suite=SUITES[suite])
    assert wrap(KEY, bytes(32), context=b"a context", salt=again[:32], suite=suite) == again


def test_a_wrapped_key_with_a_forged_commitment_is_refused_though_its_tag_is_right(suite):
    salt, forged, bound = bytes(32), b"f" * 32, b"\0\0\0\1c"
    okm = hkdf(KEY, salt, b"anjuan/wrapped-key/1" + bound, 64, suite)
    crafted = salt + forged + aead(okm, bytes(12), bytes(32), salt + forged + bound, suite)
    with pytest.raises(errors.WrappedKeyNotAuthentic):
        unwrap_key(Secret(KEY), crafted, context=b"c", suite=SUITES[suite])


def test_a_blob_that_names_the_other_suite_is_refused_before_anything_is_derived(keyring, suite):
    blob = bytearray(keyring.wrap_item_key(KEY, item_id="7", grade=3))
    blob[5] = 3 - suite
    with pytest.raises(errors.WrappedKeyMalformed):
        keyring.unwrap_item_key(bytes(blob), item_id="7")


def test_a_blob_of_an_epoch_that_the_keyring_lacks_names_it(keyring, suite):
    blob = wrap_item_key(KEY, KEY, grade=2, epoch=9, item_id="7", salt=bytes(32), suite=suite)
    with pytest.raises(errors.WrappingKeyUnknown, match="items/2/9"):
        keyring.unwrap_item_key(blob, item_id="7")
