"""The keyring on a disk is always whole, and never replaced by a new one by mistake."""

import os
import stat

import pytest
from breaking_disk import DiskThatLosesPower, PowerLost

from vault import errors, read_keyring, replace_keyring, store_new_keyring


@pytest.fixture
def place(tmp_path):
    return tmp_path / "keyring.json"


def test_a_stored_keyring_is_read_back(place, keyring):
    store_new_keyring(place, keyring.document())
    assert read_keyring(place) == keyring.document()
    assert [path.name for path in place.parent.iterdir()] == ["keyring.json"]


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_only_the_owner_of_the_process_may_read_it(place):
    store_new_keyring(place, "old")
    replace_keyring(place, "new")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_new_keyring_never_replaces_one_that_is_there(place):
    store_new_keyring(place, "old")
    with pytest.raises(errors.KeyringExists):
        store_new_keyring(place, "new")
    assert read_keyring(place) == "old"
    assert [path.name for path in place.parent.iterdir()] == ["keyring.json"]


def test_power_lost_at_any_operation_leaves_the_old_keyring_or_the_new_one(place):
    for operations in range(6):
        replace_keyring(place, "old")
        with pytest.raises(PowerLost):
            replace_keyring(place, "new", disk=DiskThatLosesPower(operations))
        assert read_keyring(place) in ("old", "new")


def test_no_copy_with_an_old_passphrase_stays_beside_the_keyring(place):
    with pytest.raises(PowerLost):
        store_new_keyring(place, "old", disk=DiskThatLosesPower(4))
    assert len(list(place.parent.iterdir())) == 1
    replace_keyring(place, "new")
    assert [path.name for path in place.parent.iterdir()] == ["keyring.json"]


def test_a_missing_keyring_is_named(place):
    with pytest.raises(errors.KeyringMissing):
        read_keyring(place)


@pytest.mark.parametrize("content", [b"\xff\xfe", b" " * ((1 << 20) + 1)])
def test_what_is_no_text_or_too_long_is_damaged(place, content):
    place.write_bytes(content)
    with pytest.raises(errors.KeyringDamaged):
        read_keyring(place)


def test_a_folder_that_does_not_exist_is_named(place):
    with pytest.raises(errors.StorageFailed):
        store_new_keyring(place.parent / "missing" / "keyring.json", "x")
