"""The backups page: places, runs and drills, and how many copies there are, for who runs the machine."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dms.bootstrap import drill_restore
from dms.domain.actor import OPERATOR, Role
from dms.domain.backup import Medium
from dms.preservation import NewPlace, add_place, back_up


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_page_is_for_who_runs_the_machine(desk, role):
    desk.sign_in_as(role)
    assert desk.get("/backups").status_code == 403
    assert desk.post("/backups", {"address": "/srv/copies"}).status_code == 403
    assert desk.post("/backups/1/remove", {}).status_code == 403


def test_what_is_missing_is_said_in_words(desk):
    page = desk.sign_in().get("/backups").text
    assert "还缺 2 份" in page
    assert "只有 1 种介质" in page
    assert "没有异地的一份" in page
    english = desk.get("/backups?lang=en").text
    assert "2 more copies needed" in english


@pytest.fixture
def other_disk(tmp_path):
    """A folder on another disk than the archive's: in memory."""
    shared_memory = Path("/dev/shm")
    if not shared_memory.is_dir() or shared_memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other disk")
    with TemporaryDirectory(dir=shared_memory) as folder:
        yield Path(folder)


def keep_two_copies(desk, folder):
    for name, medium, offsite in (("usb", Medium.REMOVABLE, False), ("bank", Medium.TAPE, True)):
        new = NewPlace(address=str(folder / name), name=name, medium=medium, offsite=offsite)
        back_up(OPERATOR, add_place(OPERATOR, new, archive=desk.archive).id, archive=desk.archive)


def test_where_nothing_is_missing_nothing_is_asked_for(desk, other_disk):
    keep_two_copies(desk, other_disk)
    page = desk.sign_in().get("/backups").text
    assert "符合要求" in page
    assert "还缺" not in page
    assert page.count("已读回核对") == 2


def test_copies_on_the_archives_own_disk_are_not_as_it_should_be(desk, tmp_path):
    keep_two_copies(desk, tmp_path)
    page = desk.sign_in().get("/backups").text
    assert "符合要求" not in page
    assert "同一块磁盘" in page


def test_a_copy_that_grew_old_no_longer_counts(desk, tmp_path, clock):
    place = add_place(OPERATOR, NewPlace(address=str(tmp_path / "usb"), name="usb"), archive=desk.archive)
    back_up(OPERATOR, place.id, archive=desk.archive)
    clock.advance(timedelta(days=9))
    page = desk.sign_in().get("/backups").text
    assert "is-stale" in page
    assert "还缺 2 份" in page


def test_a_folder_is_registered(desk, tmp_path):
    desk.sign_in().get("/backups")
    form = {"address": f" {tmp_path}/nas ", "name": "保险柜", "medium": "removable", "offsite": "1"}
    assert desk.post("/backups", form).status_code == 302
    with desk.archive.looking() as view:
        (place,) = view.backups.places()
    assert (place.name, place.medium, place.offsite) == ("保险柜", Medium.REMOVABLE, True)
    assert "保险柜" in desk.get("/backups").text


@pytest.mark.parametrize("address", ["", "relative/folder", "s3://bucket/prefix"])
def test_what_is_no_folder_is_refused_and_stays_typed(desk, address):
    desk.sign_in().get("/backups")
    answer = desk.post("/backups", {"address": address, "name": "保险柜"})
    assert answer.status_code == 422 or answer.status_code == 400
    assert "保险柜" in answer.text


def test_a_place_is_given_up_after_a_question(desk, tmp_path):
    place = add_place(OPERATOR, NewPlace(address=str(tmp_path / "usb"), name="旧U盘"), archive=desk.archive)
    back_up(OPERATOR, place.id, archive=desk.archive)
    question = desk.sign_in().get(f"/backups/{place.id}/remove")
    assert "旧U盘" in question.text
    assert desk.post(f"/backups/{place.id}/remove", {}).status_code == 302
    assert desk.get(f"/backups/{place.id}/remove").status_code == 404
    assert (tmp_path / "usb" / "anjuan-backup.json").exists()


def test_a_failed_run_and_a_drill_are_shown(desk, tmp_path):
    place = add_place(OPERATOR, NewPlace(address=str(tmp_path / "usb")), archive=desk.archive)
    back_up(OPERATOR, place.id, archive=desk.archive)
    drill_restore(OPERATOR, place.id, archive=desk.archive)
    (tmp_path / "usb").rename(tmp_path / "unplugged")
    with pytest.raises(Exception, match="no backup"):
        back_up(OPERATOR, place.id, archive=desk.archive)
    page = desk.sign_in().get("/backups").text
    assert "backup_place_missing" in page
    assert "通过" in page
