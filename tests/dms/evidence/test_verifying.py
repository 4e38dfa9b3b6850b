"""Verifying as a whole: what is recorded, who may, and that the living archive is never taken for a damaged one."""

from dataclasses import replace

import pytest
from simulators.archives import founded_archive
from simulators.damage import (
    FULL,
    QUICK,
    InterruptedStorage,
    findings,
    flip,
    found,
    items,
    object_path,
    row_of,
    rows,
    tamper,
)
from simulators.destroyed import destroy_papers
from simulators.people import person
from simulators.scanner import scan

from dms.custody import rotate_keys
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.inspection import InspectionScope, Severity
from dms.evidence import InspectionRequest, SampleUnusable, content_digest, part_of, verify
from vault import Vault


@pytest.mark.parametrize("wanted", [QUICK, FULL, InspectionRequest.sample("1/2")], ids=lambda wanted: wanted.scope)
def test_a_sound_archive_is_found_sound(archive, wanted):
    assert verify(OPERATOR, wanted, archive=archive).findings == ()


def test_an_empty_archive_is_sound(tmp_path):
    archive = founded_archive(tmp_path / "empty")
    assert found(archive, FULL) == set()
    archive.close()


def test_a_full_inspection_counts_everything_it_read(archive):
    made = verify(OPERATOR, FULL, archive=archive)
    assert made.counts["items"] == 2
    assert made.counts["pages"] == 3
    assert made.counts["objects"] == made.counts["objects_decrypted"] == len(rows(archive)) == 11
    assert made.counts["bytes_decrypted"] == sum(row.size_bytes for row in rows(archive))


def test_a_quick_one_decrypts_no_content(archive):
    made = verify(OPERATOR, QUICK, archive=archive)
    assert made.counts["objects"] == 11
    assert made.counts["objects_decrypted"] == 0


def test_an_inspection_is_recorded_and_journaled_with_the_digest_of_its_report(archive):
    made = verify(OPERATOR, QUICK, archive=archive)
    with archive.looking() as view:
        kept = view.inspections.get(made.id)
        (entry,) = view.journal.entries(newest_first=1)
    assert kept == made
    assert content_digest(kept) == made.report_digest == entry.details["report_digest"]
    assert (entry.action, entry.subject) == ("archive_verified", f"inspection-{made.id}")
    assert (entry.details["scope"], entry.details["verdict"], entry.details["findings"]) == ("quick", "sound", 0)


def test_a_report_that_was_altered_has_another_digest(archive):
    made = verify(OPERATOR, QUICK, archive=archive)
    flip(object_path(archive, rows(archive)[0].object_id), 50)
    assert content_digest(verify(OPERATOR, QUICK, archive=archive)) != made.report_digest


def test_in_as_many_nights_as_there_are_parts_every_object_is_decrypted_once(archive):
    nights = [verify(OPERATOR, InspectionRequest.sample("1/8"), archive=archive) for _ in range(8)]
    assert sorted(night.part for night in nights) == list(range(1, 9))
    assert sum(night.counts["objects_decrypted"] for night in nights) == len(rows(archive))


def test_a_night_that_was_missed_is_made_up_for(archive):
    for part in (1, 2, 4):
        verify(OPERATOR, InspectionRequest(scope=InspectionScope.SAMPLE, part=part, parts=4), archive=archive)
    assert verify(OPERATOR, InspectionRequest.sample("1/4"), archive=archive).part == 3
    assert verify(OPERATOR, InspectionRequest.sample("1/4"), archive=archive).part == 1


def test_a_sample_finds_what_lies_in_its_part_only(archive):
    row = row_of(archive, items(archive)[0])
    damaged_part = part_of(row.object_id, parts=2)
    tamper(archive, f"UPDATE rendition SET digest = '{'0' * 64}' WHERE object_id = '{row.object_id}'")
    tamper(archive, "UPDATE journal SET details = replace(details, 'x', 'x')")
    for part in (1, 2):
        wanted = InspectionRequest(scope=InspectionScope.SAMPLE, part=part, parts=2)
        assert (("object_digest_differs", row.object_id) in found(archive, wanted)) == (part == damaged_part)


@pytest.mark.parametrize("stated", ["2/30", "1/1", "1/1001", "1", "1/", "1/x", "one", "1/-3", ""])
def test_a_sample_that_makes_no_sense_is_refused(archive, stated):
    with pytest.raises(SampleUnusable):
        verify(OPERATOR, InspectionRequest.sample(stated), archive=archive)


def test_auditors_and_administrators_may_verify_and_clerks_may_not(archive):
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        assert verify(person(role), QUICK, archive=archive).is_sound
    with pytest.raises(ActionForbidden):
        verify(person(Role.CLERK), QUICK, archive=archive)


def test_papers_that_arrive_meanwhile_are_no_damage(archive):
    arrived = []

    def hand_in_another(progress):
        if len(arrived) < 4:
            arrived.append(scan(archive, f"又一份 {progress.stage} {progress.done}"))

    made = verify(OPERATOR, FULL, archive=archive, report=hand_in_another)
    assert len(arrived) == 4
    assert made.findings == ()


@pytest.mark.parametrize("moment", range(0, 24, 5))
def test_a_paper_that_is_destroyed_meanwhile_is_no_damage(archive, moment):
    """Destroyed between two reads of the vault, at one moment or another of the inspection."""
    storage = InterruptedStorage(
        archive.home / "vault", at_read=moment, do=lambda: destroy_papers(archive, [items(archive)[1].id], "2026-1")
    )
    looked_at = replace(archive, vault=Vault(archive.keyring, storage))
    assert verify(OPERATOR, FULL, archive=looked_at).findings == ()
    assert storage.interrupted
    assert found(archive, FULL) == set()


def test_keys_that_are_rotated_meanwhile_are_no_damage(archive):
    storage = InterruptedStorage(archive.home / "vault", at_read=4, do=lambda: rotate_keys(OPERATOR, archive=archive))
    looked_at = replace(archive, vault=Vault(archive.keyring, storage))
    assert verify(OPERATOR, FULL, archive=looked_at).findings == ()
    assert storage.interrupted


def test_whoever_listens_may_end_it_and_then_nothing_is_recorded(archive):
    class EnoughError(Exception):
        pass

    def enough(progress):
        raise EnoughError

    with pytest.raises(EnoughError):
        verify(OPERATOR, QUICK, archive=archive, report=enough)
    with archive.looking() as view:
        assert view.inspections.count() == 0


def test_one_damage_does_not_hide_another(archive):
    first, second = (row_of(archive, item) for item in items(archive))
    object_path(archive, first.object_id).unlink()
    flip(object_path(archive, second.object_id), 40)
    tamper(archive, "DELETE FROM journal WHERE seq = 2")
    assert {
        ("object_missing", first.object_id),
        ("object_damaged", second.object_id),
        ("journal_broken", "entry-3"),
    } <= (found(archive))


@pytest.mark.parametrize(
    ("change", "stage"),
    [("UPDATE item SET state = 'lost'", "items"), ("UPDATE journal SET details = '{' WHERE seq = 2", "journal")],
)
def test_rows_that_nobody_can_have_written_are_told_and_the_rest_goes_on(archive, change, stage):
    row = row_of(archive, items(archive)[0])
    object_path(archive, row.object_id).unlink()
    tamper(archive, change)
    assert {("catalogue_unreadable", stage), ("object_missing", row.object_id)} <= found(archive)


def test_every_damage_says_what_it_is_and_what_to_do_in_both_languages(archive):
    object_path(archive, rows(archive)[0].object_id).unlink()
    (damage,) = findings(archive)
    assert damage.severity is Severity.DAMAGE
    assert "不在封存库中" in damage.what.zh
    assert rows(archive)[0].item_id in damage.what.en
    assert "dms repair --from" in damage.remedy.zh
