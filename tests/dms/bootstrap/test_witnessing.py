"""Backup places remember how far the journal reached."""

import shutil
from datetime import timedelta

import pytest
from simulators.archives import PASSPHRASE
from simulators.scanner import scan

from dms.bootstrap import heads_at_places, open_archive
from dms.domain.actor import OPERATOR
from dms.domain.backup import Medium
from dms.evidence import InspectionRequest, verify
from dms.preservation import NewPlace, add_place, back_up


@pytest.fixture
def place(archive, tmp_path):
    (tmp_path / "place").mkdir()
    new = NewPlace(address=str(tmp_path / "place"), name="异地", medium=Medium.REMOVABLE, offsite=True)
    return add_place(OPERATOR, new, archive=archive)


def codes(archive):
    made = verify(OPERATOR, InspectionRequest(), archive=archive, witnesses=heads_at_places(archive))
    return {finding.code for finding in made.findings}


def test_the_newest_snapshot_of_every_folder_in_reach_is_a_witness(archive, place, tmp_path):
    assert heads_at_places(archive) == ()
    back_up(OPERATOR, place.id, archive=archive)
    (head,) = heads_at_places(archive)
    assert "异地" in head.witness.zh
    assert codes(archive) == set()
    shutil.rmtree(tmp_path / "place")
    assert heads_at_places(archive) == ()


def test_a_catalogue_put_back_to_an_older_state_is_told_by_the_place_alone(archive, place, tmp_path):
    with archive.store.frozen() as frozen:
        (tmp_path / "older").write_bytes(b"".join(frozen.pieces()))
    scan(archive, "后来的一份")
    back_up(OPERATOR, place.id, archive=archive)
    home = archive.home
    archive.close()
    for leftover in home.glob("catalogue.db-*"):
        leftover.unlink()
    shutil.copy(tmp_path / "older", home / "catalogue.db")
    put_back = open_archive(home, PASSPHRASE, clock=archive.clock)
    found = codes(put_back)
    put_back.close()
    assert "journal_cut_off" in found


def test_whoever_restored_an_older_snapshot_has_given_up_the_rest(archive, place, clock):
    back_up(OPERATOR, place.id, archive=archive)
    clock.advance(timedelta(hours=1))
    with archive.begin() as work:
        archive.record(work, OPERATOR, "archive_restored", "Q001")
    assert heads_at_places(archive) == ()
