"""A volume is sealed by the archive's signature over everything in it, and never without a second person."""

import json
from dataclasses import replace

import pytest
from simulators.bound_volumes import COMPARED, catalogue, seal, seal_catalogued
from simulators.people import ARCHIVIST, CLEARED_ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import ActionForbidden
from dms.domain.volume import VolumeState
from dms.filing.sealing import (
    NotChecked,
    SealNotFound,
    VolumeNotFound,
    VolumePartlyHidden,
    VolumeStateUnfit,
    check_volume,
    hand_to_check,
    seal_public_key,
    seal_statement,
    seal_volume,
    verify_volume,
)
from dms.filing.sealing.statement import canonical, root_of
from vault import is_signed_by


@pytest.fixture
def papers(archive):
    add_customer(archive)
    return [file_paper(archive, text, title=text) for text in ("甲合同", "乙合同", "丙合同")]


def volume_of(archive, volume_id, actor=ARCHIVIST):
    with archive.looking() as view:
        return view.volumes.get(volume_id, actor=actor)


def test_a_sealed_volume_bears_a_signature_over_every_paper_and_page_of_it(archive, papers):
    volume_id = seal(archive, papers[0])
    volume = volume_of(archive, volume_id)
    assert (volume.state, volume.seal_version, volume.checked_by) == (VolumeState.SEALED, 1, "clerk")
    statement = seal_statement(ARCHIVIST, volume_id, 1, archive=archive)
    assert is_signed_by(statement.public_key, statement.facts.encode(), statement.signature)
    stated = json.loads(statement.facts)
    assert canonical(stated) == statement.facts
    assert root_of(stated) == stated["root"] == statement.root
    assert [item["title"] for item in stated["items"]] == ["甲合同", "乙合同", "丙合同"]
    assert all(item["original"] and item["pages"][0][2] for item in stated["items"])
    assert stated["volume"]["reference_code"] == "Q001-KH·C0001·3·2024-001"
    assert verify_volume(CLERK, volume_id, archive=archive) == ()


def test_a_changed_lost_or_moved_paper_changes_the_root(archive, papers):
    volume_id = seal(archive, papers[0])
    stated = json.loads(seal_statement(ARCHIVIST, volume_id, 1, archive=archive).facts)
    first, second, third = stated["items"]
    others = [
        [second, first, third],
        [first, second],
        [first | {"title": "甲合問"}, second, third],
        [first | {"pages": []}, second, third],
    ]
    assert len({root_of(stated | {"items": items}) for items in (stated["items"], *others)}) == 5


def test_nothing_is_sealed_that_nobody_has_checked(archive, papers):
    volume_id = catalogue(archive, papers[0].volume_id)
    with pytest.raises(VolumeStateUnfit):
        seal_volume(ARCHIVIST, volume_id, archive=archive)
    hand_to_check(ARCHIVIST, volume_id, archive=archive)
    with pytest.raises(NotChecked):
        seal_volume(ARCHIVIST, volume_id, archive=archive)
    assert volume_of(archive, volume_id).state is VolumeState.CHECKING


def test_a_volume_is_sealed_once(archive, papers):
    volume_id = seal(archive, papers[0])
    with pytest.raises(VolumeStateUnfit):
        seal_volume(ARCHIVIST, volume_id, archive=archive)


def test_only_an_archivist_seals(archive, papers):
    for person in (CLERK, LAWYER):
        with pytest.raises(ActionForbidden):
            seal_volume(person, papers[0].volume_id, archive=archive)


def test_nobody_vouches_for_papers_that_he_may_not_see(archive, papers):
    file_paper(archive, "一级密件", title="密件", grade=1)
    volume_id = catalogue(archive, papers[0].volume_id, by=CLEARED_ARCHIVIST)
    hand_to_check(replace(CLEARED_ARCHIVIST, name="another"), volume_id, archive=archive)
    with pytest.raises(VolumePartlyHidden):
        check_volume(CLERK, volume_id, COMPARED, archive=archive)
    check_volume(replace(CLEARED_ARCHIVIST, name="third"), volume_id, COMPARED, archive=archive)
    with pytest.raises(VolumePartlyHidden):
        seal_volume(ARCHIVIST, volume_id, archive=archive)
    seal_volume(CLEARED_ARCHIVIST, volume_id, archive=archive)
    with pytest.raises(VolumePartlyHidden):
        seal_statement(ARCHIVIST, volume_id, 1, archive=archive)


def test_a_volume_that_is_not_there_is_told_like_one_that_may_not_be_seen(archive, papers):
    with pytest.raises(VolumeNotFound):
        seal_volume(ARCHIVIST, 999, archive=archive)
    with pytest.raises(SealNotFound):
        seal_statement(ARCHIVIST, papers[0].volume_id, 1, archive=archive)


def test_a_seal_that_cannot_be_written_leaves_the_volume_as_it_was(archive, papers):
    volume_id = catalogue(archive, papers[0].volume_id)
    hand_to_check(ARCHIVIST, volume_id, archive=archive)
    check_volume(CLERK, volume_id, COMPARED, archive=archive)
    with archive.begin() as work:
        work.connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON volume_seal BEGIN SELECT RAISE(ABORT,''); END"
        )
    with pytest.raises(Exception):  # noqa: B017 -- whatever the disk says
        seal_volume(ARCHIVIST, volume_id, archive=archive)
    assert (volume_of(archive, volume_id).state, volume_of(archive, volume_id).seal_version) == (
        VolumeState.CHECKING,
        0,
    )


def test_the_public_key_is_given_to_whoever_may_consult(archive):
    assert "PUBLIC KEY" in seal_public_key(LAWYER, archive=archive)


def test_a_continuation_is_told_in_the_note_of_the_volume_before(archive, papers):
    first = seal(archive, papers[0])
    late = file_paper(archive, "迟到", title="迟到的函")
    second = catalogue(archive, late.volume_id, continuation_of=first)
    seal_catalogued(archive, second)
    with archive.looking() as view:
        notes = [line.text for line in view.volume_notes.of_volume(first)]
    assert notes[-1] == "补充 1 件，见续卷 Q001-KH·C0001·3·2024-002"
