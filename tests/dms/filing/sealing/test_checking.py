"""A second person checks; what does not agree goes back, is put in order, and is checked again."""

import pytest
from simulators.bound_volumes import COMPARED, catalogue, seal_catalogued
from simulators.people import ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, statement

from dms.domain.actor import ActionForbidden
from dms.domain.volume import NoteKind, VolumeState
from dms.filing import confirm
from dms.filing.sealing import (
    CheckIncomplete,
    Comparison,
    PapersNotInOrder,
    ReasonMissing,
    SamePersonTwice,
    VolumeStateUnfit,
    catalogue_again,
    check_volume,
    hand_to_check,
    send_back,
    verify_volume,
    volume_file,
)


@pytest.fixture
def papers(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    return [file_paper(archive, text, title=text) for text in ("甲", "乙", "丙")]


@pytest.fixture
def volume_id(archive, papers):
    return catalogue(archive, papers[0].volume_id)


def test_the_person_who_made_the_volume_up_does_not_check_it(archive, volume_id):
    hand_to_check(ARCHIVIST, volume_id, archive=archive)
    with pytest.raises(SamePersonTwice):
        check_volume(ARCHIVIST, volume_id, COMPARED, archive=archive)
    checked = check_volume(CLERK, volume_id, COMPARED, archive=archive)
    assert (checked.compiled_by, checked.checked_by, checked.checked_at) == ("archivist", "clerk", archive.now())
    (note,) = volume_file(CLERK, volume_id, archive=archive).notes
    assert (note.line.kind, note.line.by, note.line.second_person) == (NoteKind.COMPARED, "clerk", "archivist")


def test_nothing_is_signed_that_was_not_compared(archive, volume_id):
    with pytest.raises(CheckIncomplete) as caught:
        check_volume(CLERK, volume_id, Comparison(paper=True, catalogue=False, images=False), archive=archive)
    assert "目录、图像" in caught.value.message.zh


def test_whoever_may_only_look_does_not_check(archive, volume_id):
    with pytest.raises(ActionForbidden):
        check_volume(LAWYER, volume_id, COMPARED, archive=archive)


def test_a_volume_that_is_still_open_cannot_be_checked(archive, papers):
    for act in (hand_to_check, lambda person, at, archive: check_volume(person, at, COMPARED, archive=archive)):
        with pytest.raises(VolumeStateUnfit):
            act(ARCHIVIST, papers[0].volume_id, archive=archive)


def test_a_volume_with_a_paper_that_has_no_number_is_not_in_order(archive, papers, volume_id):
    with archive.begin() as work:
        work.connection.exec_driver_sql(f"UPDATE item SET reference_code = NULL WHERE key = {papers[1].key}")
    with pytest.raises(PapersNotInOrder):
        hand_to_check(ARCHIVIST, volume_id, archive=archive)


def test_what_does_not_agree_goes_back_with_its_reason(archive, volume_id):
    check_volume(CLERK, volume_id, COMPARED, archive=archive)
    with pytest.raises(ReasonMissing):
        send_back(CLERK, volume_id, "  ", archive=archive)
    back = send_back(CLERK, volume_id, "第二件缺页", archive=archive)
    assert (back.state, back.checked_by, back.checked_at) == (VolumeState.CLEANING, "", None)
    assert volume_file(CLERK, volume_id, archive=archive).notes[-1].line.text == "检查退回：第二件缺页"


def test_a_volume_that_came_back_keeps_its_number_and_closes_the_hole_that_a_paper_left(archive, papers, volume_id):
    send_back(CLERK, volume_id, "第二件归错客户", archive=archive)
    confirm(CLERK, papers[1].id, statement(customer_code="C0002", title="乙"), archive=archive)
    again = catalogue_again(ARCHIVIST, volume_id, archive=archive)
    assert (again.state, again.reference_code) == (VolumeState.CATALOGUED, "Q001-KH·C0001·3·2024-001")
    lines = volume_file(CLERK, volume_id, archive=archive).lines
    assert [(line.position, line.reference_code[-3:], line.first_page) for line in lines] == [
        (1, "001", 1),
        (2, "003", 2),
    ]
    seal_catalogued(archive, volume_id)
    assert verify_volume(CLERK, volume_id, archive=archive) == ()
    with archive.looking() as view:
        gone = view.numbers.spent("Q001-KH·C0001·3·2024-001-002")
    assert gone.void_reason


def test_an_open_volume_is_numbered_by_the_binding_run_only(archive, papers):
    with pytest.raises(VolumeStateUnfit):
        catalogue_again(ARCHIVIST, papers[0].volume_id, archive=archive)
