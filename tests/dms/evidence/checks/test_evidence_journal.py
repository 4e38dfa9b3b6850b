"""The journal: whole, in step with what others noted, and telling of every arrival."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from simulators.archives import PASSPHRASE
from simulators.damage import QUICK, found, items, tamper
from simulators.scanner import scan

from dms.bootstrap import open_archive
from dms.domain.actor import OPERATOR
from dms.domain.backup import BackupPlace, BackupRetention, BackupRun, Medium, PlaceKind, RunState
from dms.domain.journal import entry_digest
from dms.errors import Bilingual
from dms.evidence import JournalHead, JournalNotWhole, RepairRequest, planned_repairs, verify


@pytest.mark.parametrize(
    ("act", "broken"),
    [
        ("UPDATE journal SET actor = 'somebody' WHERE seq = 3", {"entry-3"}),
        ("UPDATE journal SET details = '{}' WHERE seq = 4", {"entry-4"}),
        ("DELETE FROM journal WHERE seq = 3", {"entry-4"}),
        ("UPDATE journal SET digest = previous_digest WHERE seq = 3", {"entry-3", "entry-4"}),
    ],
)
def test_whoever_alters_the_journal_is_found_at_the_place(archive, act, broken):
    tamper(archive, act)
    assert {subject for code, subject in found(archive) if code == "journal_broken"} == broken


def rewrite_everything_after(archive, seq, **changes):
    """What somebody does who can compute digests: the chain is whole again afterwards."""
    from dataclasses import replace

    with archive.looking() as view:
        entries = view.survey.entries(after_seq=0, limit=1000)
    statements, previous = [], None
    for entry in entries:
        if entry.seq < seq:
            previous = entry.digest
            continue
        changed = replace(entry, previous_digest=previous, **(changes if entry.seq == seq else {}))
        previous = entry_digest(changed)
        statements.append(
            f"UPDATE journal SET actor = '{changed.actor}', previous_digest = '{changed.previous_digest}', "
            f"digest = '{previous}' WHERE seq = {entry.seq}"
        )
    tamper(archive, *statements)


def test_a_journal_that_was_rewritten_whole_is_found_by_what_earlier_inspections_noted(archive):
    verify(OPERATOR, QUICK, archive=archive)
    rewrite_everything_after(archive, 3, actor="somebody")
    codes = {code for code, _ in found(archive)}
    assert codes == {"journal_cut_off"}


def test_a_journal_that_was_cut_off_is_found_by_the_latest_backup(archive):
    with archive.begin() as work:
        (head,) = work.journal.entries(newest_first=1)
        place = work.backups.add_place(
            BackupPlace(
                id=None,
                name="异地",
                kind=PlaceKind.FOLDER,
                address="/nowhere",
                medium=Medium.DISK,
                offsite=True,
                retention=BackupRetention(),
                added_at=archive.now(),
            )
        )
        work.backups.add_run(
            BackupRun(
                id=None,
                place_id=place.id,
                snapshot_id="s1",
                began_at=archive.now(),
                ended_at=archive.now() + timedelta(seconds=1),
                state=RunState.COMPLETE,
                objects_total=0,
                bytes_total=0,
                objects_copied=0,
                bytes_copied=0,
                journal_seq=head.seq,
                journal_digest=head.digest,
            )
        )
    assert found(archive) == set()
    tamper(archive, f"DELETE FROM journal WHERE seq >= {head.seq}", "DELETE FROM inspection")
    (archive.home / "journal-head.json").unlink()
    assert ("journal_cut_off", f"entry-{head.seq}") in found(archive)


def test_a_catalogue_put_back_to_an_older_state_is_noticed(archive, tmp_path):
    older = tmp_path / "older"
    with archive.store.frozen() as frozen:
        older.write_bytes(b"".join(frozen.pieces()))
    scan(archive, "后来的一份")
    verify(OPERATOR, QUICK, archive=archive)
    home = archive.home
    archive.close()
    for leftover in home.glob("catalogue.db-*"):
        leftover.unlink()
    shutil.copy(older, home / "catalogue.db")
    put_back = open_archive(home, PASSPHRASE, clock=archive.clock)
    for _ in range(3):  # looking must not silence it
        assert "journal_cut_off" in {code for code, _ in found(put_back)}
    with pytest.raises(JournalNotWhole):  # what no row knows now are papers
        planned_repairs(OPERATOR, RepairRequest(remove_unknown=True), archive=put_back)
    put_back.close()


def test_a_note_that_is_not_of_this_archive_accuses_nobody(archive):
    Path(archive.home / "journal-head.json").write_text('{"seq": 99999, "digest": "00", "mac": "00"}')
    assert found(archive) == set()
    for nonsense in ("", "[]", "null", '{"seq": "x"}', "\x00\xff" * 2000):
        (archive.home / "journal-head.json").write_text(nonsense)
        assert found(archive) == set()


def test_a_head_that_a_caller_knows_of_is_looked_for(archive):
    witness = JournalHead(seq=5, digest="ab" * 32, witness=Bilingual("公证处", "the notary"))
    (damage,) = verify(OPERATOR, QUICK, archive=archive, witnesses=[witness]).findings
    assert damage.code == "journal_cut_off"
    assert "公证处" in damage.what.zh
    assert "the notary" in damage.what.en


def test_an_item_without_an_entry_of_its_arrival_is_told(archive):
    item = items(archive)[0]
    tamper(archive, f"UPDATE journal SET subject = 'x' WHERE action = 'item_received' AND subject = '{item.id}'")
    assert {("arrival_unrecorded", item.id), ("item_vanished", "x")} <= found(archive)


def test_an_original_other_than_the_one_that_arrived_is_told(archive):
    item = items(archive)[0]
    tamper(archive, f"UPDATE rendition SET digest = '{'0' * 64}' WHERE item_key = {item.key} AND role = 'original'")
    assert ("arrival_differs", item.id) in found(archive)


def test_an_item_that_vanished_from_the_catalogue_is_told(archive):
    item = items(archive)[1]
    tables = ("proposal", "page", "rendition", "task")
    tamper(
        archive,
        *(f"DELETE FROM {table} WHERE item_key = {item.key}" for table in tables[:3]),
        f"DELETE FROM task WHERE subject = {item.key}",
        f"DELETE FROM item WHERE key = {item.key}",
    )
    assert ("item_vanished", item.id) in found(archive)
