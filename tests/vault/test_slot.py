"""Every kind of slot gives back the root it was given, and only to its own secret; one suite for all kinds."""

import secrets
from dataclasses import replace
from datetime import date

import pytest
from cheap_cost import CHEAP
from key_service_in_memory import BabblingKeyService, DeafKeyService, KeyServiceInMemory

from vault import KeyFile, Passphrase, Pkcs11KeyService, RecoveryKey, errors
from vault.secret import Secret
from vault.slot import KeyringIdentity, slot_of, unlocked_root
from vault.slot_record import SlotNote, parse_slot
from vault.suite import SUITES

ROOT = bytes(range(32))
NOTE = SlotNote(label="值班室 “甲”", created_on=date(2026, 11, 21))


@pytest.fixture
def keyring_identity(suite):
    return KeyringIdentity(keyring_id=bytes(16), suite=SUITES[suite])


@pytest.fixture(params=["passphrase", "recovery", "key file", "key service", "token"])
def make_slot(request, tmp_path):
    """A maker of slots of one kind, each with another secret."""
    if request.param == "token":
        token = request.getfixturevalue("soft_token")

    def made():
        match request.param:
            case "passphrase":
                secret = Passphrase(RecoveryKey.random().printable())
            case "recovery":
                secret = RecoveryKey.random()
            case "key file":
                secret = KeyFile.create(tmp_path / secrets.token_hex(4))
            case "key service":
                secret = KeyServiceInMemory()
            case "token":
                secret = Pkcs11KeyService(
                    module_path=token.module,
                    token_label=token.label,
                    key_label=secrets.token_hex(4),
                    pin=token.pin,
                )
                secret.make_key()
        return slot_of(secret, CHEAP)

    return made


def test_a_slot_gives_back_the_root_it_was_given(make_slot, keyring_identity):
    slot = make_slot()
    record = slot.wrap(Secret(ROOT), keyring_identity, NOTE)
    assert slot.unwrap(record, keyring_identity).expose() == ROOT
    assert record.description.kind is slot.kind


def test_a_stored_slot_is_read_back_as_it_was(make_slot, keyring_identity):
    slot = make_slot()
    for note in (NOTE, SlotNote()):
        record = slot.wrap(Secret(ROOT), keyring_identity, note)
        assert parse_slot(record.as_json(), version=2) == record


def test_a_slot_does_not_open_for_another_secret(make_slot, keyring_identity):
    record = make_slot().wrap(Secret(ROOT), keyring_identity, NOTE)
    with pytest.raises(errors.UnlockRefused):
        make_slot().unwrap(record, keyring_identity)


def test_a_slot_does_not_open_in_another_keyring(make_slot, keyring_identity):
    slot = make_slot()
    record = slot.wrap(Secret(ROOT), keyring_identity, NOTE)
    with pytest.raises(errors.UnlockRefused):
        slot.unwrap(record, replace(keyring_identity, keyring_id=b"\1" * 16))


def test_a_slot_does_not_open_in_a_keyring_of_another_suite(make_slot, keyring_identity, suite):
    slot = make_slot()
    record = slot.wrap(Secret(ROOT), keyring_identity, NOTE)
    with pytest.raises(errors.UnlockRefused):
        slot.unwrap(record, replace(keyring_identity, suite=SUITES[3 - suite]))


def test_a_slot_whose_note_or_id_was_changed_does_not_open(make_slot, keyring_identity):
    slot = make_slot()
    record = slot.wrap(Secret(ROOT), keyring_identity, NOTE)
    for change in (
        {"note": SlotNote()},
        {"note": replace(NOTE, label="值班室 “乙”")},
        {"note": replace(NOTE, created_on=date(2026, 11, 22))},
        {"slot_id": bytes(8)},
    ):
        altered = replace(record, description=replace(record.description, **change))
        with pytest.raises(errors.UnlockRefused):
            slot.unwrap(altered, keyring_identity)


def test_a_change_of_any_byte_of_the_wrapped_root_is_noticed(make_slot, keyring_identity):
    slot = make_slot()
    record = slot.wrap(Secret(ROOT), keyring_identity, NOTE)
    for position in range(0, len(record.wrapped_root), 9):
        altered = bytearray(record.wrapped_root)
        altered[position] ^= 1
        with pytest.raises(errors.UnlockRefused):
            slot.unwrap(replace(record, wrapped_root=bytes(altered)), keyring_identity)


def test_two_slots_of_one_secret_share_nothing(make_slot, keyring_identity):
    slot = make_slot()
    first, second = (slot.wrap(Secret(ROOT), keyring_identity, NOTE) for _ in range(2))
    assert first.description.slot_id != second.description.slot_id
    assert first.wrapped_root[:32] != second.wrapped_root[:32]


def test_no_slot_shows_the_root(make_slot, keyring_identity):
    record = make_slot().wrap(Secret(ROOT), keyring_identity, NOTE)
    assert ROOT.hex() not in str(record.as_json())


def test_of_several_slots_of_one_kind_the_right_one_is_found(make_slot, keyring_identity):
    slots = [make_slot() for _ in range(3)]
    records = tuple(slot.wrap(Secret(ROOT), keyring_identity, NOTE) for slot in slots)
    assert all(unlocked_root(records, keyring_identity, slot).expose() == ROOT for slot in slots)
    with pytest.raises(errors.NoSuchSlot):
        unlocked_root((), keyring_identity, slots[0])


def test_a_key_service_never_sees_the_root_and_gets_another_key_each_time(keyring_identity):
    service = KeyServiceInMemory()
    for _ in range(3):
        slot_of(service, CHEAP).wrap(Secret(ROOT), keyring_identity, NOTE)
    assert ROOT not in service.sealed and len(set(service.sealed)) == 3


def test_a_service_of_another_provider_is_not_even_asked(keyring_identity):
    record = slot_of(KeyServiceInMemory(), CHEAP).wrap(Secret(ROOT), keyring_identity, NOTE)
    other = KeyServiceInMemory(provider="cloud")
    with pytest.raises(errors.WrongKeyService):
        slot_of(other, CHEAP).unwrap(record, keyring_identity)
    assert other.asked == 0


def test_a_service_that_cannot_be_reached_is_no_wrong_key(keyring_identity):
    record = slot_of(KeyServiceInMemory(), CHEAP).wrap(Secret(ROOT), keyring_identity, NOTE)
    with pytest.raises(errors.KeyServiceUnavailable):
        slot_of(DeafKeyService(), CHEAP).unwrap(record, keyring_identity)


@pytest.mark.parametrize("answer", [b"", bytes(31), bytes(33), bytes(4000)])
def test_a_service_that_answers_no_key_is_named(answer, keyring_identity):
    record = slot_of(KeyServiceInMemory(), CHEAP).wrap(Secret(ROOT), keyring_identity, NOTE)
    with pytest.raises(errors.KeyServiceUnavailable):
        slot_of(BabblingKeyService(answer), CHEAP).unwrap(record, keyring_identity)


def test_a_service_that_answers_another_key_opens_nothing(keyring_identity):
    record = slot_of(KeyServiceInMemory(), CHEAP).wrap(Secret(ROOT), keyring_identity, NOTE)
    with pytest.raises(errors.WrongKeyService):
        slot_of(BabblingKeyService(bytes(32)), CHEAP).unwrap(record, keyring_identity)


@pytest.mark.parametrize(
    "service",
    [
        KeyServiceInMemory(provider="Cloud"),
        KeyServiceInMemory(provider=""),
        KeyServiceInMemory(key_name=""),
        KeyServiceInMemory(key_name="k" * 257),
        KeyServiceInMemory(key_name="k\n"),
    ],
    ids=["capital letters", "no provider", "no name", "a long name", "a line feed"],
)
def test_a_service_that_could_not_be_written_down_makes_no_slot(service, keyring_identity):
    with pytest.raises(errors.SlotLabelUnusable):
        slot_of(service, CHEAP).wrap(Secret(ROOT), keyring_identity, NOTE)


@pytest.mark.parametrize("text", ["", "x" * 1025, "密" * 342, "\ud800"])
def test_a_passphrase_that_is_empty_too_long_or_no_text_is_refused(text):
    with pytest.raises(errors.PassphraseUnusable):
        Passphrase(text)


def test_a_passphrase_may_have_spaces_and_chinese_characters():
    assert Passphrase(" 我 的 口令 ").expose() == " 我 的 口令 ".encode()
