"""Every kind of slot gives back the root it was given, and only to its own secret."""

import pytest
from cheap_cost import CHEAP

from vault import Passphrase, RecoveryKey, errors
from vault.secret import Secret
from vault.slot import PassphraseSlot, RecoverySlot

KEYRING_ID = bytes(16)
ROOT = bytes(range(32))


@pytest.fixture(params=["passphrase", "recovery"])
def make_slot(request):
    """A maker of slots of one kind, each with another secret."""
    if request.param == "passphrase":
        return lambda: PassphraseSlot(Passphrase(RecoveryKey.random().printable()), CHEAP)
    return lambda: RecoverySlot(RecoveryKey.random())


def test_a_slot_gives_back_the_root_it_was_given(make_slot):
    slot = make_slot()
    assert slot.unwrap(slot.wrap(Secret(ROOT), KEYRING_ID), KEYRING_ID).expose() == ROOT


def test_a_slot_does_not_open_for_another_secret(make_slot):
    record = make_slot().wrap(Secret(ROOT), KEYRING_ID)
    with pytest.raises(errors.UnlockRefused):
        make_slot().unwrap(record, KEYRING_ID)


def test_a_slot_does_not_open_in_another_keyring(make_slot):
    slot = make_slot()
    record = slot.wrap(Secret(ROOT), KEYRING_ID)
    with pytest.raises(errors.UnlockRefused):
        slot.unwrap(record, b"\1" * 16)


def test_two_slots_of_one_secret_share_nothing(make_slot):
    slot = make_slot()
    first, second = (slot.wrap(Secret(ROOT), KEYRING_ID) for _ in range(2))
    assert first.description.slot_id != second.description.slot_id
    assert first.wrapped_root[:32] != second.wrapped_root[:32]


@pytest.mark.parametrize("text", ["", "x" * 1025, "密" * 342, "\ud800"])
def test_a_passphrase_that_is_empty_too_long_or_no_text_is_refused(text):
    with pytest.raises(errors.PassphraseUnusable):
        Passphrase(text)


def test_a_passphrase_may_have_spaces_and_chinese_characters():
    assert Passphrase(" 我 的 口令 ").expose() == " 我 的 口令 ".encode()
