"""The recovery key survives paper and typing, and a mistake in it is noticed."""

import pytest
from format_reference import recovery_key_as_typed
from hypothesis import given, settings
from hypothesis import strategies as st

from vault import RecoveryKey, VaultError, errors
from vault.secret import Secret


def outcome_of(vector):
    try:
        return "ok", RecoveryKey.from_typed(vector["typed"]).secret().expose().hex()
    except VaultError as error:
        return error.code, None


def test_every_frozen_recovery_key_has_the_outcome_written_beside_it(recovery_key_vector):
    assert outcome_of(recovery_key_vector) == (recovery_key_vector["outcome"], recovery_key_vector.get("key"))


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_what_is_printed_can_be_typed_again(raw):
    printed = RecoveryKey(Secret(raw)).printable()
    assert printed == recovery_key_as_typed(raw)
    assert RecoveryKey.from_typed(printed).secret().expose() == raw


def test_one_mistyped_character_is_noticed_wherever_it_stands():
    printed = RecoveryKey(Secret(bytes(range(32)))).printable()
    for position, character in enumerate(printed):
        for typed in set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") - {character}:
            if character == "-":
                continue
            with pytest.raises(errors.RecoveryKeyMistyped):
                RecoveryKey.from_typed(printed[:position] + typed + printed[position + 1 :])


def test_two_neighbours_exchanged_are_noticed():
    printed = RecoveryKey(Secret(bytes(range(32)))).printable().replace("-", "")
    for position in range(len(printed) - 1):
        exchanged = printed[:position] + printed[position + 1] + printed[position] + printed[position + 2 :]
        if exchanged == printed:
            continue
        with pytest.raises(errors.RecoveryKeyMistyped):
            RecoveryKey.from_typed(exchanged)


@pytest.mark.parametrize("text", ["密码", "\ud800" * 56, "𝟎" * 10_000, "é" * 56])
def test_odd_text_is_refused_like_any_mistake(text):
    with pytest.raises(errors.RecoveryKeyMistyped):
        RecoveryKey.from_typed(text)


def test_two_recovery_keys_are_never_alike():
    assert RecoveryKey.random().printable() != RecoveryKey.random().printable()
