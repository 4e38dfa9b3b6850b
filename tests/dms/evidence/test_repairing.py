"""Repair mends what was found, from copies that are known to be sound, and touches nothing else."""

import shutil
from datetime import timedelta

import pytest
from simulators.damage import FULL, QUICK, age, flip, found, items, object_path, row_of, rows, tamper
from simulators.lost_index import lose_index
from simulators.people import AUDITOR

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.errors import Bilingual
from dms.evidence import (
    BackupPlaceUnusable,
    JournalHead,
    JournalNotWhole,
    NeverInspected,
    RepairKind,
    RepairRequest,
    carry_out,
    planned_repairs,
    verify,
)


@pytest.fixture
def place(archive, tmp_path):
    """A backup made while all was well."""
    shutil.copytree(archive.home / "vault", tmp_path / "place" / "objects")
    return tmp_path / "place"


@pytest.fixture
def row(archive):
    return row_of(archive, items(archive)[0])


def repaired(archive, wanted):
    return [
        carry_out(OPERATOR, repair, archive=archive) for repair in planned_repairs(OPERATOR, wanted, archive=archive)
    ]


def acts(archive, action):
    with archive.looking() as view:
        return [entry for entry in view.journal.entries() if entry.action == action]


def test_a_damaged_object_comes_back_and_its_damaged_bytes_are_kept(archive, place, row):
    path = object_path(archive, row.object_id)
    sound = path.read_bytes()
    flip(path, -1)
    damaged = path.read_bytes()
    assert not verify(OPERATOR, QUICK, archive=archive).is_sound
    assert repaired(archive, RepairRequest(place=place)) == [True]
    assert path.read_bytes() == sound
    (kept,) = (archive.home / "vault" / "set-aside").iterdir()
    assert kept.read_bytes() == damaged
    assert kept.name.startswith(row.object_id)
    assert kept.name.endswith(".damaged")
    assert found(archive, FULL) == set()
    (entry,) = acts(archive, "object_fetched")
    assert (entry.subject, entry.details["object"], entry.details["set_aside"]) == (
        row.item_id,
        row.object_id,
        kept.name,
    )


def test_a_missing_object_comes_back(archive, place, row):
    object_path(archive, row.object_id).unlink()
    verify(OPERATOR, QUICK, archive=archive)
    assert repaired(archive, RepairRequest(place=place)) == [True]
    assert found(archive, FULL) == set()
    assert not (archive.home / "vault" / "set-aside").exists()


def test_nothing_is_repaired_that_no_inspection_has_found(archive, place, row):
    with pytest.raises(NeverInspected):
        planned_repairs(OPERATOR, RepairRequest(place=place), archive=archive)
    verify(OPERATOR, QUICK, archive=archive)
    flip(object_path(archive, row.object_id), -1)
    assert planned_repairs(OPERATOR, RepairRequest(place=place), archive=archive) == ()


def test_what_is_whole_again_is_left_alone(archive, place, row):
    flip(object_path(archive, row.object_id), -1)
    verify(OPERATOR, QUICK, archive=archive)
    flip(object_path(archive, row.object_id), -1)
    assert planned_repairs(OPERATOR, RepairRequest(place=place), archive=archive) == ()


@pytest.mark.parametrize("what", ["damaged", "missing", "another", "link"])
def test_a_copy_that_is_not_exactly_what_was_sealed_is_not_taken(archive, place, row, what, tmp_path):
    copy = place / "objects" / row.object_id[:2] / row.object_id
    match what:
        case "damaged":
            flip(copy, 95)
        case "missing":
            copy.unlink()
        case "another":
            copy.write_bytes(object_path(archive, rows(archive)[0].object_id).read_bytes()[:-1])
        case "link":
            copy.rename(tmp_path / "elsewhere")
            copy.symlink_to(tmp_path / "elsewhere")
    path = object_path(archive, row.object_id)
    flip(path, -1)
    before = path.read_bytes()
    verify(OPERATOR, QUICK, archive=archive)
    (plan,) = planned_repairs(OPERATOR, RepairRequest(place=place), archive=archive)
    assert not plan.possible
    assert carry_out(OPERATOR, plan, archive=archive) is False
    assert path.read_bytes() == before
    assert acts(archive, "object_fetched") == []


def test_a_copy_that_goes_bad_between_plan_and_act_is_not_taken(archive, place, row):
    path = object_path(archive, row.object_id)
    flip(path, -1)
    verify(OPERATOR, QUICK, archive=archive)
    (plan,) = planned_repairs(OPERATOR, RepairRequest(place=place), archive=archive)
    flip(plan.copy, 95)
    before = path.read_bytes()
    assert carry_out(OPERATOR, plan, archive=archive) is False
    assert path.read_bytes() == before


def test_a_folder_that_is_no_backup_is_refused(archive, tmp_path):
    with pytest.raises(BackupPlaceUnusable):
        planned_repairs(OPERATOR, RepairRequest(place=tmp_path), archive=archive)


def test_the_index_is_made_anew_where_it_disagrees_and_only_there(archive):
    wanted = RepairRequest(rebuild_index=True)
    assert planned_repairs(OPERATOR, wanted, archive=archive) == ()
    lose_index(archive)
    assert repaired(archive, wanted) == [True]
    assert found(archive) == set()
    assert [entry.details["items"] for entry in acts(archive, "index_rebuilt")] == [2]


def stranger(archive, by):
    receipt = archive.vault.seal(b"nobody knows me", key=bytes(32), owner=b"nobody")
    age(object_path(archive, receipt.object_id), archive.now(), by)
    return receipt.object_id


def test_unknown_objects_of_more_than_a_day_are_removed(archive):
    old, young = stranger(archive, timedelta(hours=25)), stranger(archive, timedelta(hours=23))
    assert repaired(archive, RepairRequest(remove_unknown=True)) == [True]
    assert not object_path(archive, old).exists()
    assert object_path(archive, young).exists()
    assert [entry.subject for entry in acts(archive, "unknown_object_removed")] == [old]
    assert len(rows(archive)) == 11


def test_while_a_backup_place_knows_more_of_the_journal_no_object_is_removed(archive):
    stranger(archive, timedelta(days=3))
    witness = JournalHead(seq=10_000, digest="ab" * 32, witness=Bilingual("备份", "a backup"))
    with pytest.raises(JournalNotWhole):
        planned_repairs(OPERATOR, RepairRequest(remove_unknown=True), archive=archive, witnesses=[witness])


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM journal WHERE seq = 3", "UPDATE journal SET actor = 'x' WHERE seq = 2", "DELETE FROM journal"],
)
def test_while_the_journal_is_not_whole_no_object_is_removed(archive, change):
    verify(OPERATOR, QUICK, archive=archive)
    old = stranger(archive, timedelta(days=3))
    tamper(archive, change)
    with pytest.raises(JournalNotWhole):
        planned_repairs(OPERATOR, RepairRequest(remove_unknown=True), archive=archive)
    assert object_path(archive, old).exists()


def test_an_object_that_a_row_points_to_by_now_is_not_removed(archive, row):
    old = stranger(archive, timedelta(days=3))
    (plan,) = planned_repairs(OPERATOR, RepairRequest(remove_unknown=True), archive=archive)
    assert plan.kind is RepairKind.REMOVE_UNKNOWN
    tamper(archive, f"UPDATE rendition SET object_id = '{old}' WHERE object_id = '{row.object_id}'")
    assert carry_out(OPERATOR, plan, archive=archive) is False
    assert object_path(archive, old).exists()


def test_only_whoever_runs_the_machine_repairs(archive):
    with pytest.raises(ActionForbidden):
        planned_repairs(AUDITOR, RepairRequest(rebuild_index=True), archive=archive)
