"""The keyring beside the archive that is open."""

import shutil

import pytest
from simulators.archives import founded_archive
from simulators.damage import flip, found, items, tamper
from simulators.scanner import scan


def keyring_path(archive):
    return archive.home / "keyring.json"


def test_a_keyring_that_is_gone_is_told(archive):
    keyring_path(archive).unlink()
    assert found(archive) == {("keyring_missing", "keyring.json")}


@pytest.mark.parametrize("offset", [0, 40, 300, 1500])
def test_a_damaged_keyring_is_told_while_the_archive_goes_on(archive, offset):
    flip(keyring_path(archive), offset)
    codes = {code for code, _ in found(archive)}
    assert codes & {"keyring_damaged", "keyring_exchanged"}
    assert len(codes) == 1


def test_the_keyring_of_another_archive_is_told(archive, tmp_path):
    assert found(archive) == set()
    other = founded_archive(tmp_path / "other", company="另一家公司")
    shutil.copy(keyring_path(other), keyring_path(archive))
    other.close()
    assert found(archive) == {("keyring_exchanged", "keyring.json")}
    assert items(archive)[0].wrapped_key
    scan(archive, "此时收到的一份")  # wrapped by the keyring in memory, not by the stranger
    assert found(archive) == {("keyring_exchanged", "keyring.json")}


def test_an_epoch_that_items_need_and_the_keyring_lacks_is_told_with_the_items_in_need(archive):
    item = items(archive)[0]
    tamper(
        archive,
        "UPDATE item SET wrapped_key = unhex(substr(hex(wrapped_key), 1, 16) || '00000009' || "
        f"substr(hex(wrapped_key), 25)) WHERE id = '{item.id}'",
    )
    assert found(archive) == {("wrapping_key_missing", "grade-3-epoch-9"), ("item_key_unusable", item.id)}
