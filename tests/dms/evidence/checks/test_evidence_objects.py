"""The objects of the vault: there, whole, and what was sealed."""

import pytest
from simulators.damage import FULL, findings, flip, found, items, object_path, row_of, rows, tamper

from dms.domain.item import RenditionRole


@pytest.fixture
def row(archive):
    return row_of(archive, items(archive)[0], RenditionRole.PAGE_IMAGE)


def test_an_object_that_is_gone_is_told(archive, row):
    object_path(archive, row.object_id).unlink()
    assert found(archive) == {("object_missing", row.object_id)}


def test_a_damaged_object_names_its_paper_and_its_page_in_words(archive, row):
    flip(object_path(archive, row.object_id), 9)
    (damage,) = findings(archive)
    assert damage.what.zh == f"件 {row.item_id} 的第1页的页面图像已损坏：加密套件无法识别（对象 {row.object_id}）。"
    assert f"page image of page 1 of item {row.item_id}" in damage.what.en


@pytest.mark.parametrize("offset", [0, 4, 8, 30, 60, 91, -1])
def test_a_flipped_bit_of_header_or_end_is_found_quickly(archive, row, offset):
    flip(object_path(archive, row.object_id), offset)
    assert found(archive) == {("object_damaged", row.object_id)}


@pytest.mark.parametrize("cut", [1, 16, 100])
def test_an_object_that_was_cut_off_or_lengthened_is_found_quickly(archive, row, cut):
    path = object_path(archive, row.object_id)
    stored = path.read_bytes()
    path.write_bytes(stored[:-cut])
    assert found(archive) == {("object_damaged", row.object_id)}
    path.write_bytes(stored + bytes(cut))
    assert found(archive) == {("object_damaged", row.object_id)}


def test_two_objects_that_were_exchanged_are_both_told(archive):
    first, second = (object_path(archive, row.object_id) for row in rows(archive)[:2])
    stored = first.read_bytes(), second.read_bytes()
    first.write_bytes(stored[1])
    second.write_bytes(stored[0])
    assert found(archive) == {("object_damaged", first.name), ("object_damaged", second.name)}


def test_damage_in_the_midst_of_a_long_object_is_found_where_content_is_read(archive):
    key = archive.vault.new_item_key()
    item = items(archive)[0]
    receipt = archive.vault.seal(
        bytes(200_000), key=archive.item_key(item), owner=f"item/{item.id}/original/0".encode()
    )
    original = row_of(archive, item)
    tamper(
        archive,
        f"UPDATE rendition SET object_id = '{receipt.object_id}', size_bytes = 200000, digest = '{receipt.digest}' "
        f"WHERE object_id = '{original.object_id}'",
    )
    object_path(archive, original.object_id).unlink()
    flip(object_path(archive, receipt.object_id), 70_000)
    assert ("object_damaged", receipt.object_id) not in found(archive)
    assert ("object_damaged", receipt.object_id) in found(archive, FULL)
    assert len(key) == 32


def test_an_object_of_another_size_than_recorded_is_told(archive, row):
    tamper(archive, f"UPDATE rendition SET size_bytes = size_bytes + 1 WHERE object_id = '{row.object_id}'")
    assert found(archive) == {("object_size_differs", row.object_id)}


def test_content_with_another_digest_than_recorded_is_told(archive, row):
    tamper(archive, f"UPDATE rendition SET digest = '{'0' * 64}' WHERE object_id = '{row.object_id}'")
    assert found(archive, FULL) == {("object_digest_differs", row.object_id)}
    assert found(archive) == set()


def test_a_keyed_digest_that_would_not_recognise_a_double_is_told(archive):
    item = items(archive)[0]
    tamper(archive, f"UPDATE item SET digest = '{'0' * 64}' WHERE key = {item.key}")
    assert found(archive, FULL) == {("duplicate_digest_differs", item.id)}


def test_a_link_in_the_place_of_an_object_is_not_followed(archive, row, tmp_path):
    path = object_path(archive, row.object_id)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert ("object_unreadable", row.object_id) in found(archive)


def test_an_item_whose_key_was_damaged_is_told_once(archive):
    item = items(archive)[1]
    tamper(archive, f"UPDATE item SET wrapped_key = zeroblob(124) WHERE key = {item.key}")
    told = [subject for code, subject in found(archive) if code == "item_key_unusable"]
    assert told == [item.id]
