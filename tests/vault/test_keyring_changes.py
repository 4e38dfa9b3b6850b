"""Slots come and go, epochs follow each other, the root is exchanged; what must stay, stays."""

import copy
import json
from datetime import date

import pytest
from cheap_cost import CHEAP
from key_service_in_memory import KeyServiceInMemory

from vault import CipherSuite, KeyFile, Keyring, Passphrase, RecoveryKey, SlotKind, errors
from vault.keyring_document import MOST_WRAPPING_KEYS

KEY = bytes(range(32))
DAY = date(2026, 11, 21)
NEW = Passphrase("新的口令")


def reopened(keyring, secret):
    return Keyring.unlock(keyring.document(), secret)


def everything_stays(old, new):
    assert new.keyring_id == old.keyring_id and new.suite is old.suite
    assert new.derive("duplicates") == old.derive("duplicates")
    assert new.catalogue_key() in (old.catalogue_key(), *new.catalogue_keys())
    return True


def test_a_slot_added_opens_the_keyring_beside_the_old_ones(keyring, keyring_and_recovery_key, tmp_path):
    key_file, service = KeyFile.create(tmp_path / "k"), KeyServiceInMemory()
    changed = (
        keyring.with_slot(NEW, label="档案室", cost=CHEAP, created_on=DAY)
        .with_slot(key_file, label="夜间启动", created_on=DAY)
        .with_slot(service, created_on=DAY)
    )
    for secret in (NEW, key_file, service, Passphrase("正确的口令"), keyring_and_recovery_key[1]):
        assert everything_stays(keyring, reopened(changed, secret))
    kinds = [slot.kind.value for slot in changed.slots()]
    assert kinds == ["passphrase", "recovery", "passphrase", "key_file", "key_service"]


def test_what_people_know_of_a_slot_is_shown_and_no_secret(keyring):
    slot = keyring.with_slot(NEW, label="档案室 “甲”", cost=CHEAP, created_on=DAY).slots()[-1]
    assert (slot.label, slot.created_on, slot.cost) == ("档案室 “甲”", DAY, CHEAP)
    assert len(slot.slot_id) == 16 and (slot.provider, slot.key_name) == ("", "")
    assert "新的口令" not in repr(slot)


def test_a_removed_slot_opens_no_document_made_since(keyring, keyring_and_recovery_key):
    with_new = keyring.with_slot(NEW, cost=CHEAP)
    old_slot = next(slot for slot in keyring.slots() if slot.kind is SlotKind.PASSPHRASE)
    changed = with_new.without_slot(old_slot.slot_id)
    with pytest.raises(errors.WrongPassphrase):
        reopened(changed, Passphrase("正确的口令"))
    assert everything_stays(keyring, reopened(changed, NEW))
    assert reopened(keyring, Passphrase("正确的口令")), "the old document opens as before, wherever a copy of it lies"


def test_the_last_slot_and_a_slot_that_is_not_there_are_refused(keyring):
    only = keyring.without_slot(keyring.slots()[0].slot_id)
    with pytest.raises(errors.LastSlot):
        only.without_slot(only.slots()[0].slot_id)
    for claimed in ("", "0" * 16, keyring.slots()[0].slot_id.upper() + "x"):
        with pytest.raises(errors.SlotUnknown):
            keyring.without_slot(claimed)


def test_a_ninth_slot_is_refused(keyring):
    full = keyring
    while len(full.slots()) < 8:
        full = full.with_slot(RecoveryKey.random())
    assert reopened(full, Passphrase("正确的口令"))
    with pytest.raises(errors.TooManySlots):
        full.with_slot(RecoveryKey.random())
    with pytest.raises(errors.TooManySlots):
        keyring.with_new_root([RecoveryKey.random()] * 8, labels=[""] * 8)


@pytest.mark.parametrize("label", ["x" * 65, "a\nb", "\x1b[2J", "\ud800", "\x85"])
def test_a_label_that_could_not_be_shown_or_stored_is_refused(keyring, label):
    with pytest.raises(errors.SlotLabelUnusable):
        keyring.with_slot(RecoveryKey.random(), label=label)


@pytest.mark.parametrize("label", ["x" * 64, "“甲” 乙、𠀀", '"\\/'])
def test_a_label_survives_the_document(keyring, keyring_and_recovery_key, label):
    changed = keyring.with_slot(RecoveryKey.random(), label=label)
    assert reopened(changed, keyring_and_recovery_key[1]).slots()[-1].label == label


def test_new_epochs_take_new_keys_while_older_ones_still_open(keyring):
    blobs = {grade: keyring.wrap_item_key(KEY, item_id="7", grade=grade) for grade in (1, 2, 3)}
    changed = keyring.with_new_epochs()
    assert [changed.epochs(grade) for grade in (1, 2, 3)] == [(1, 2)] * 3
    for grade, blob in blobs.items():
        assert changed.unwrap_item_key(blob, item_id="7") == KEY
        again = changed.rewrap_item_key(blob, item_id="7")
        assert (again[7], again[8:12]) == (grade, b"\0\0\0\2")
        assert changed.unwrap_item_key(again, item_id="7") == KEY
        with pytest.raises(errors.WrappingKeyUnknown):
            keyring.unwrap_item_key(again, item_id="7")
    assert everything_stays(keyring, changed)


def test_rewrapping_can_move_an_item_to_another_grade(keyring):
    blob = keyring.wrap_item_key(KEY, item_id="7", grade=3)
    moved = keyring.rewrap_item_key(blob, item_id="7", grade=1)
    assert moved[7] == 1 and keyring.unwrap_item_key(moved, item_id="7") == KEY
    with pytest.raises(errors.GradeUnknown):
        keyring.rewrap_item_key(blob, item_id="7", grade=4)
    with pytest.raises(errors.WrappedKeyNotAuthentic):
        keyring.rewrap_item_key(blob, item_id="8")


def test_a_retired_epoch_opens_nothing_any_more_and_its_number_is_not_used_again(keyring):
    blob = keyring.wrap_item_key(KEY, item_id="7", grade=3)
    changed = keyring.with_new_epochs()
    fresh = changed.rewrap_item_key(blob, item_id="7")
    retired = changed.without_older_epochs()
    with pytest.raises(errors.WrappingKeyUnknown):
        retired.unwrap_item_key(blob, item_id="7")
    assert retired.unwrap_item_key(fresh, item_id="7") == KEY
    assert retired.with_new_epochs().epochs(3) == (2, 3)
    assert everything_stays(keyring, reopened(retired, Passphrase("正确的口令")))


def test_the_catalogue_key_changes_and_the_older_one_is_kept_until_retirement(keyring):
    changed = keyring.with_new_catalogue_key()
    assert changed.catalogue_keys() == (changed.catalogue_key(), keyring.catalogue_key())
    assert changed.catalogue_key() != keyring.catalogue_key()
    assert changed.without_older_epochs().catalogue_keys() == (changed.catalogue_key(),)


def test_no_more_epochs_are_made_than_a_document_holds(keyring, keyring_and_recovery_key):
    full = keyring
    for _ in range((MOST_WRAPPING_KEYS - 5) // 3):
        full = full.with_new_epochs()
    with pytest.raises(errors.WrappingKeysExhausted):
        full.with_new_epochs()
    assert reopened(full, keyring_and_recovery_key[1]).without_older_epochs().with_new_epochs()


def test_a_new_root_keeps_every_key_and_shuts_out_every_old_secret(keyring, keyring_and_recovery_key, tmp_path):
    blob = keyring.wrap_item_key(KEY, item_id="7", grade=2)
    key_file = KeyFile.create(tmp_path / "k")
    changed, recovery_key = keyring.with_new_root([NEW, key_file], labels=["甲", "乙"], cost=CHEAP, created_on=DAY)
    for secret in (NEW, key_file, recovery_key):
        opened = reopened(changed, secret)
        assert everything_stays(keyring, opened)
        assert opened.unwrap_item_key(blob, item_id="7") == KEY
        assert opened.catalogue_keys() == keyring.catalogue_keys()
    for secret in (Passphrase("正确的口令"), keyring_and_recovery_key[1]):
        with pytest.raises(errors.UnlockRefused):
            reopened(changed, secret)
    assert [slot.label for slot in changed.slots()] == ["甲", "乙", ""]


def test_what_is_derived_under_the_root_ends_with_it(keyring):
    changed, _ = keyring.with_new_root([NEW], labels=[""], cost=CHEAP)
    assert changed.derive_under_root("web-session") != keyring.derive_under_root("web-session")
    assert keyring.with_new_epochs().derive_under_root("web-session") == keyring.derive_under_root("web-session")
    assert keyring.derive_under_root("web-session") != keyring.derive("web-session")
    with pytest.raises(errors.PurposeUnusable):
        keyring.derive_under_root("Web")


def test_labels_and_secrets_of_a_new_root_must_be_as_many(keyring):
    with pytest.raises(ValueError, match="zip"):
        keyring.with_new_root([NEW], labels=[])


def test_a_document_of_another_process_is_taken_over_without_a_secret(keyring):
    stored = keyring.with_slot(NEW, cost=CHEAP).with_new_epochs()
    renewed = keyring.renewed(stored.document())
    assert renewed.document() == stored.document() and renewed.epochs(1) == (1, 2)


def test_a_document_under_another_root_or_of_another_archive_is_not_taken_over(keyring):
    moved, _ = keyring.with_new_root([NEW], labels=[""], cost=CHEAP)
    other, _ = Keyring.create(NEW, cost=CHEAP, suite=keyring.suite)
    for stranger in (moved, other):
        with pytest.raises(errors.KeyringRootChanged):
            keyring.renewed(stranger.document())


def test_a_document_that_somebody_altered_is_not_taken_over(keyring):
    document = json.loads(keyring.document())
    thief = copy.deepcopy(document)
    thief["wrapping_keys"].pop(2)
    thief["mac"] = "0" * 64
    for text in (json.dumps(thief), json.dumps(document | {"mac": "0" * 64})):
        with pytest.raises((errors.KeyringRootChanged, errors.KeyringDamaged)):
            keyring.renewed(text)


def test_a_keyring_says_its_suite():
    for name in CipherSuite:
        keyring, recovery_key = Keyring.create(Passphrase("x"), cost=CHEAP, suite=name)
        assert reopened(keyring, recovery_key).suite is name


@pytest.mark.parametrize(
    "change",
    [
        lambda keyring: keyring.with_slot(RecoveryKey.random()),
        lambda keyring: keyring.with_new_epochs(),
        lambda keyring: keyring.with_new_catalogue_key(),
        lambda keyring: keyring.without_older_epochs(),
        lambda keyring: keyring.with_new_root([NEW], labels=[""], cost=CHEAP)[0].with_slot(NEW, cost=CHEAP),
    ],
    ids=["slot", "epochs", "catalogue key", "retirement", "root"],
)
def test_a_keyring_of_version_1_becomes_version_2_and_derives_what_it_derived(frozen_keyring, change):
    changed = change(frozen_keyring)
    document = json.loads(changed.document())
    assert document["version"] == 2
    for purpose in ("duplicates", "web-session"):
        assert changed.derive(purpose) == frozen_keyring.derive(purpose)
    twice, recovery_key = changed.with_new_root([NEW], labels=[""], cost=CHEAP)
    assert reopened(twice, recovery_key).derive("duplicates") == frozen_keyring.derive("duplicates")
    assert all(slot.label == "" for slot in frozen_keyring.slots())


def test_an_unchanged_keyring_of_version_1_stays_version_1(frozen_keyring):
    assert json.loads(frozen_keyring.document())["version"] == 1
