"""Snapshots of an archive in use: complete, incremental, verified, and honest about what they meet."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from preserved import Preserved, contents, everything_in, flip, opened
from simulators.destroyed import destroy_papers
from simulators.people import ARCHIVIST

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.backup import RunState
from dms.preservation import PlaceDamaged, back_up


def test_a_restored_archive_is_the_archive_bit_for_bit(preserved: Preserved, tmp_path):
    preserved.take_in(5)
    before = everything_in(preserved.archive)
    preserved.back_up()
    restored = preserved.restore(tmp_path / "restored")
    assert restored.items == 5
    assert restored.objects_opened == restored.objects == 5
    assert contents(tmp_path / "restored" / "vault") == contents(preserved.archive.home / "vault")
    again = opened(tmp_path / "restored", preserved.clock)
    after = everything_in(again)
    again.close()
    # What differs is known: the place was registered before the snapshot, the restore was journaled after it.
    assert {name for name in before if before[name] != after[name]} <= {"journal", "backup_place", "sqlite_sequence"}


def test_the_second_run_copies_only_what_changed(preserved: Preserved):
    preserved.take_in(20)
    first = preserved.back_up()
    preserved.take_in(1, seed=2)
    before = preserved.lying_there()
    second = preserved.back_up()
    assert (first.objects_copied, second.objects_copied) == (20, 1)
    assert second.objects_total == 21
    assert second.bytes_copied < first.bytes_copied
    unchanged = [name for name in before if name.startswith("objects/")]
    assert all(preserved.lying_there()[name] == before[name] for name in unchanged)


def test_a_run_is_recorded_and_journaled(preserved: Preserved):
    preserved.take_in(2)
    run = preserved.back_up()
    with preserved.archive.looking() as view:
        assert view.backups.latest_complete(run.place_id) == run
        (entry,) = view.journal.entries(newest_first=1)
    assert run.state is RunState.COMPLETE
    assert (entry.action, entry.subject) == ("backup_made", str(run.place_id))
    assert entry.details["snapshot"] == run.snapshot_id


def test_backing_up_asks_for_permission(preserved: Preserved):
    place = preserved.place()
    with pytest.raises(ActionForbidden):
        back_up(ARCHIVIST, place.id or 0, archive=preserved.archive)


def test_nothing_at_the_place_is_readable(preserved: Preserved):
    preserved.take_in(2)
    preserved.back_up()
    together = b"".join(preserved.lying_there().values())
    assert b"1-0.pdf" not in together
    assert b"SQLite format 3" not in together
    assert "皖江".encode() not in together


def test_what_is_missing_at_the_place_is_copied_again(preserved: Preserved, tmp_path):
    preserved.take_in(3)
    preserved.back_up()
    lost = next(path for path in (preserved.folder / "objects").rglob("*") if path.is_file())
    lost.unlink()
    assert preserved.back_up().objects_copied == 1
    preserved.restore(tmp_path / "restored")


def test_a_copy_that_rotted_is_found_within_thirty_days_and_mended(preserved: Preserved, tmp_path):
    preserved.take_in(3)
    preserved.back_up()
    rotten = next(path for path in (preserved.folder / "objects").rglob("*") if path.is_file())
    flip(rotten)
    copied = 0
    for _ in range(30):
        copied += preserved.back_up().objects_copied
    assert copied == 1
    preserved.restore(tmp_path / "restored")


def test_a_good_copy_is_never_replaced_by_a_damaged_object(preserved: Preserved):
    preserved.take_in(3)
    preserved.back_up()
    damaged = next(path for path in (preserved.archive.home / "vault").rglob("*") if path.is_file())
    damaged.write_bytes(damaged.read_bytes()[:-1])
    before = preserved.lying_there()
    with pytest.raises(PlaceDamaged) as refusal:
        preserved.back_up()
    assert refusal.value.damage == (f"vault/{damaged.name}",)
    name = f"objects/{damaged.name[:2]}/{damaged.name}"
    assert preserved.lying_there()[name] == before[name]


def test_a_damaged_manifest_is_named_and_keeps_everything_from_being_removed(preserved: Preserved):
    preserved.take_in(2)
    first = preserved.back_up()
    flip(preserved.folder / "snapshots" / f"{first.snapshot_id}.json")
    with pytest.raises(PlaceDamaged) as refusal:
        preserved.back_up()
    assert refusal.value.damage == (f"snapshots/{first.snapshot_id}.json",)
    with preserved.archive.looking() as view:
        latest = view.backups.latest_complete(first.place_id)
    assert latest is not None
    assert latest.problem_code == "backup_place_damaged"


def test_somebody_acts_for_the_archive_while_it_is_backed_up(preserved: Preserved, tmp_path):
    ids = preserved.take_in(5)
    place = preserved.place()
    arrived = []

    def busy(step: object) -> None:
        if len(arrived) < 10:
            arrived.extend(preserved.take_in(1, seed=100 + len(arrived)))

    run = back_up(OPERATOR, place.id or 0, archive=preserved.archive, report=busy)
    restored = preserved.restore(tmp_path / "restored")
    assert restored.objects_opened == run.objects_total
    again = opened(tmp_path / "restored", preserved.clock)
    with again.looking() as view:
        there = {item_id for _, item_id in view.items.ids(limit=1000)}
    again.close()
    assert set(ids) <= there <= {*ids, *arrived}


@pytest.mark.slow
def test_every_snapshot_made_beside_writers_and_destroyers_restores_whole(preserved: Preserved, tmp_path):
    ids, stop = preserved.take_in(5), Event()

    def write() -> None:
        while not stop.is_set():
            ids.extend(preserved.take_in(1, seed=len(ids), size_bytes=5000))

    def destroy() -> None:
        while not stop.wait(0.02):
            destroy_papers(preserved.archive, [ids.pop(0)], "1")

    with ThreadPoolExecutor() as people:
        busy = [people.submit(write), people.submit(write), people.submit(destroy)]
        try:
            runs = [(preserved.back_up(), preserved.restore(tmp_path / f"restored{n}")) for n in range(4)]
        finally:
            stop.set()
        for person in busy:
            person.result()
    assert [restored.objects_opened for _, restored in runs] == [run.objects_total for run, _ in runs]
    assert all(run.problem_code == "" for run, _ in runs)
