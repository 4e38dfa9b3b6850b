"""Items: what their state promises is there."""

import pytest
from simulators.damage import found, items, tamper
from simulators.destroyed import destroy_papers

from dms.domain.item import RenditionRole


@pytest.fixture
def filed(archive):
    return items(archive)[0]


@pytest.fixture
def in_tray(archive):
    return items(archive)[1]


@pytest.fixture
def destroyed(archive, in_tray):
    destroy_papers(archive, [in_tray.id], "2026-1")
    return in_tray


def test_an_item_without_its_original_is_told(archive, filed):
    tamper(archive, f"DELETE FROM rendition WHERE item_key = {filed.key} AND role = 'original'")
    assert ("original_missing", filed.id) in found(archive)


def test_an_item_with_two_originals_is_told(archive, filed):
    tamper(
        archive,
        "INSERT INTO rendition (object_id, item_key, role, media_type, size_bytes, digest, recipe, created_at) SELECT "
        f"'{'0' * 32}', item_key, role, media_type, size_bytes, digest, recipe, created_at FROM rendition "
        f"WHERE item_key = {filed.key} AND role = 'original'",
    )
    assert {("original_missing", filed.id), ("object_missing", "0" * 32)} == found(archive)


def test_a_page_that_was_lost_is_told(archive, in_tray):
    tamper(
        archive,
        f"DELETE FROM page WHERE item_key = {in_tray.key} AND number = 2",
        f"DELETE FROM rendition WHERE item_key = {in_tray.key} AND page = 2",
    )
    assert ("pages_incomplete", in_tray.id) in found(archive)


CORRECTION = (
    "INSERT INTO page_correction (item_key, page_number, text, corrected_by, corrected_at) "
    "VALUES ({key}, {page}, '秘密', '甲', '2026-03-02T09:00:00.000000+00:00')"
)


def test_a_correction_of_a_page_is_no_damage(archive, in_tray):
    tamper(archive, CORRECTION.format(key=in_tray.key, page=2))
    assert found(archive) == set()


def test_a_correction_of_a_page_that_is_not_there_is_told(archive, in_tray):
    tamper(archive, CORRECTION.format(key=in_tray.key, page=9))
    assert found(archive) == {("correction_astray", in_tray.id)}


@pytest.mark.parametrize("role", [RenditionRole.PAGE_IMAGE, RenditionRole.THUMBNAIL, RenditionRole.LAYOUT])
def test_a_page_without_its_image_thumbnail_or_layout_is_told(archive, filed, role):
    tamper(archive, f"DELETE FROM rendition WHERE item_key = {filed.key} AND role = '{role.value}'")
    assert ("page_parts_incomplete", filed.id) in found(archive)


def test_the_parts_of_a_page_that_is_not_there_are_told(archive, filed):
    tamper(archive, f"UPDATE rendition SET page = 7 WHERE item_key = {filed.key} AND role = 'layout'")
    assert ("page_parts_incomplete", filed.id) in found(archive)


@pytest.mark.parametrize("change", ["volume_id = NULL", "year = 1999", "series_code = '1'"])
def test_a_filed_item_outside_its_volume_is_told(archive, filed, change):
    tamper(archive, f"UPDATE item SET {change} WHERE key = {filed.key}")
    codes = {code for code, subject in found(archive) if subject == filed.id}
    assert codes == {"volume_differs"}


def test_what_was_destroyed_by_the_rules_is_no_damage(archive, destroyed):
    assert found(archive) == set()


def test_a_destroyed_item_of_which_something_remains_is_told(archive, destroyed):
    tamper(
        archive,
        f"UPDATE item SET wrapped_key = zeroblob(124) WHERE key = {destroyed.key}",
        "INSERT INTO page (item_key, number, text, width_px, height_px, turned_degrees, skew_degrees, blank, "
        f"confidence, source, engine) VALUES ({destroyed.key}, 1, '秘密', 1, 1, 0, 0, 0, 1, 'ocr', '')",
    )
    assert ("destroyed_item_remains", destroyed.id) in found(archive)


def test_a_destroyed_item_of_which_a_correction_remains_is_told(archive, destroyed):
    tamper(archive, CORRECTION.format(key=destroyed.key, page=1))
    assert found(archive) == {("destroyed_item_remains", destroyed.id)}


def test_a_destruction_without_proof_is_told(archive, destroyed):
    tamper(archive, "DELETE FROM destruction")
    assert found(archive) == {("destruction_unproven", destroyed.id)}


def test_a_destruction_that_the_journal_does_not_tell_of_is_told(archive, destroyed):
    tamper(archive, "UPDATE journal SET action = 'item_opened' WHERE action = 'item_destroyed'")
    assert ("destruction_unproven", destroyed.id) in found(archive)


def test_a_destroyed_item_that_came_back_is_told(archive, destroyed):
    tamper(archive, f"UPDATE item SET state = 'withdrawn' WHERE key = {destroyed.key}")
    assert ("destruction_undone", destroyed.id) in found(archive)
