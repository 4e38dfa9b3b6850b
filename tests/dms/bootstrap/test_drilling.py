"""A drill tries the newest snapshot for real, leaves nothing behind, and is recorded whether it passes or not."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from simulators.destroyed import destroy_papers
from simulators.people import AUDITOR

from dms.bootstrap import drill_restore
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.ingest import Claim, ReceivingLimits, Upload, receive
from dms.preservation import NewPlace, PlaceUnknown, add_place, archive_mark, back_up

LIMITS = ReceivingLimits(max_upload_bytes=1 << 20, min_free_disk_bytes=0)


@pytest.fixture
def place_id(archive, tmp_path) -> int:
    for number in range(3):
        content = random.Random(number).randbytes(10_000)
        receive(
            OPERATOR,
            Upload(original_filename=f"{number}.pdf", uploaded_bytes=content, claim=Claim()),
            archive=archive,
            limits=LIMITS,
        )
    number = add_place(OPERATOR, NewPlace(address=str(tmp_path / "copies")), archive=archive).id or 0
    back_up(OPERATOR, number, archive=archive)
    return number


def left_over(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"archive", "copies"}


def test_a_drill_that_passes_says_what_was_compared(archive, place_id, tmp_path):
    drill = drill_restore(OPERATOR, place_id, archive=archive)
    assert drill.passed
    facts = drill.facts
    assert (facts["items_restored"], facts["objects_opened"], facts["originals_equal"]) == ("3", "3", "3")
    assert facts["journal_continues"] == "yes"
    with archive.looking() as view:
        assert view.backups.drills(limit=5) == [drill]
        (entry,) = view.journal.entries(newest_first=1)
    assert (entry.action, entry.details["passed"]) == ("restore_drilled", "yes")
    assert left_over(tmp_path) == set()


def test_a_drill_knows_what_was_destroyed_since(archive, place_id):
    with archive.looking() as view:
        (_, item_id), *_ = view.items.ids(limit=1)
    destroy_papers(archive, [item_id], "1")
    drill = drill_restore(OPERATOR, place_id, archive=archive)
    assert drill.passed
    assert (drill.facts["originals_compared"], drill.facts["originals_equal"]) == ("2", "2")


def test_an_original_that_differs_fails_the_drill(archive, place_id):
    damaged = next(path for path in (archive.home / "vault").rglob("*") if path.is_file())
    damaged.write_bytes(bytes(damaged.stat().st_size))
    drill = drill_restore(OPERATOR, place_id, archive=archive)
    assert not drill.passed
    assert (drill.facts["originals_compared"], drill.facts["originals_equal"]) == ("3", "2")


def test_a_drill_of_a_place_that_is_gone_is_recorded_as_failed(archive, place_id, clock, tmp_path):
    (tmp_path / "copies").rename(tmp_path / "unplugged")
    clock.advance(timedelta(days=1))
    drill = drill_restore(OPERATOR, place_id, archive=archive, scratch=tmp_path)
    assert not drill.passed
    assert drill.facts["problem"] == "snapshot_not_found"
    assert left_over(tmp_path) == {"unplugged"}


def test_a_drill_asks_for_permission_and_for_a_place_that_exists(archive, place_id):
    with pytest.raises(ActionForbidden):
        drill_restore(AUDITOR, place_id, archive=archive)
    with pytest.raises(PlaceUnknown):
        drill_restore(OPERATOR, 99, archive=archive)


def test_what_a_killed_drill_left_is_removed_by_the_next(archive, place_id, tmp_path):
    mark = archive_mark(archive.keyring)
    left = tmp_path / f".drill-{mark}-{place_id}" / ".archive.0a0b.restoring"
    left.mkdir(parents=True)
    assert drill_restore(OPERATOR, place_id, archive=archive).passed
    assert left_over(tmp_path) == set()
