"""The key file: written once and whole, read by its owner alone."""

import os
import stat

import pytest
from breaking_disk import CountedDisk, DiskThatLosesPower, FullDisk, PowerLost
from cheap_cost import CHEAP
from format_reference import key_file_text

from vault import KeyFile, Keyring, Passphrase, VaultError, errors


@pytest.fixture
def place(tmp_path):
    return tmp_path / "start.key"


def written(place, text, mode=0o600):
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    place.chmod(mode)
    return place


def test_what_was_created_is_read_back_and_has_the_written_form(place):
    created = KeyFile.create(place)
    assert KeyFile.read(place).secret().expose() == created.secret().expose()
    assert place.read_text() == key_file_text(created.secret().expose())
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_every_frozen_key_file_has_the_outcome_written_beside_it(key_file_vector, place):
    written(place, key_file_vector["text"])
    try:
        outcome, key = "ok", KeyFile.read(place).secret().expose().hex()
    except VaultError as error:
        outcome, key = error.code, None
    assert (outcome, key) == (key_file_vector["outcome"], key_file_vector.get("key"))


def test_two_key_files_are_never_alike(tmp_path):
    first, second = KeyFile.create(tmp_path / "1"), KeyFile.create(tmp_path / "2")
    assert first.secret().expose() != second.secret().expose()


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_only_its_owner_may_read_a_new_key_file(place):
    KeyFile.create(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610, 0o601, 0o644, 0o777])
def test_a_key_file_that_others_may_touch_is_refused(place, mode):
    KeyFile.create(place)
    place.chmod(mode)
    with pytest.raises(errors.KeyFileExposed, match=f"{mode:03o}"):
        KeyFile.read(place)
    place.chmod(0o400)
    KeyFile.read(place)


def test_nothing_is_ever_overwritten_by_a_key_file(place):
    place.write_text("a key of last year")
    with pytest.raises(errors.KeyFileExists):
        KeyFile.create(place)
    assert place.read_text() == "a key of last year"
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_power_lost_at_any_operation_leaves_a_whole_key_file_or_none(tmp_path):
    whole = CountedDisk()
    KeyFile.create(tmp_path / "whole", disk=whole)
    for operations in range(len(whole.done)):
        place = tmp_path / str(operations) / "key"
        place.parent.mkdir()
        with pytest.raises(PowerLost):
            KeyFile.create(place, disk=DiskThatLosesPower(operations))
        if place.exists():
            KeyFile.read(place)


def test_the_name_is_durable_before_the_key_is_handed_out(place):
    disk = CountedDisk()
    KeyFile.create(place, disk=disk)
    assert disk.done == ["create", "append", "sync", "close", "publish", "sync_folder"]


class FullFromTheStart(FullDisk):
    def before(self, operation):
        if operation == "append":
            raise errors.StorageFull
        super().before(operation)


def test_a_full_disk_leaves_nothing(place):
    with pytest.raises(errors.StorageFull):
        KeyFile.create(place, disk=FullFromTheStart())
    assert list(place.parent.iterdir()) == []


def test_a_change_of_any_byte_of_a_key_file_is_noticed(place):
    key = KeyFile.create(place).secret().expose()
    whole = place.read_bytes()
    for position in range(len(whole) - 1):
        altered = bytearray(whole)
        altered[position] ^= 1
        with pytest.raises(errors.KeyFileUnusable):
            KeyFile.read(written(place, bytes(altered)))
    assert KeyFile.read(written(place, whole)).secret().expose() == key


@pytest.mark.parametrize("content", [b"", b"\xff" * 50, b"x" * 100_000])
def test_what_is_no_key_file_is_refused(place, content):
    with pytest.raises(errors.KeyFileUnusable):
        KeyFile.read(written(place, content))


def test_a_missing_key_file_is_named(place):
    with pytest.raises(errors.KeyFileMissing):
        KeyFile.read(place)


def test_a_link_is_not_followed(place, tmp_path):
    KeyFile.create(tmp_path / "real")
    place.symlink_to(tmp_path / "real")
    with pytest.raises(VaultError):
        KeyFile.read(place)


def test_a_keyring_opens_by_its_key_file_after_a_restart(place):
    keyring, _ = Keyring.create(Passphrase("x"), cost=CHEAP)
    document = keyring.with_slot(KeyFile.create(place), label="夜间启动").document()
    assert Keyring.unlock(document, KeyFile.read(place)).catalogue_key() == keyring.catalogue_key()
    with pytest.raises(errors.WrongKeyFile):
        Keyring.unlock(document, KeyFile.create(place.with_name("another")))
