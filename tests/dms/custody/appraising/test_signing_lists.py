"""A list is signed, sent back, approved and watched by those whom it names, one at a time, whoever comes at once."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from simulators.bound_volumes import seal
from simulators.committee import SIGNERS, STATED, SUPERVISORS, Committee, found_committee
from simulators.destroyed import destroy_papers

from dms.archive import Archive
from dms.custody import replay_destructions
from dms.custody.appraising import (
    AppraisalFactInvalid,
    ApproverUnknown,
    DestructionListEmpty,
    DestructionListNotFound,
    DestructionNotApproved,
    DestructionStepRefused,
    PersonUnfit,
    approve_list,
    attest_list,
    carry_out_list,
    change_list,
    draw_up_list,
    duties,
    return_list,
    show_list,
    sign_list,
    state_approver,
    submit_list,
    take_off_list,
    withdraw_list,
)
from dms.domain.actor import OPERATOR, SYSTEM, Role
from dms.domain.clock import local_day
from dms.domain.destruction_list import ListState, Office
from dms.domain.duty import DutyKind
from dms.domain.volume import NoteKind, VolumeState
from dms.errors import DmsError


@pytest.fixture
def committee(archive: Archive) -> Committee:
    return found_committee(archive)


def owed(committee: Committee) -> dict[str, DutyKind]:
    """What is owed, by the person or the role."""
    with committee.archive.looking() as view:
        found = list(duties(view, on=local_day(committee.archive.now())))
    return {each.person or str(each.role): each.kind for each in found}


def actions(committee: Committee, action: str) -> int:
    with committee.archive.looking() as view:
        return sum(entry.action == action for entry in view.journal.entries())


def at_once(*acts) -> list[str]:
    """The codes of those that were refused, when all begin at the same moment."""
    barrier, refused = Barrier(len(acts)), []

    def run(act) -> None:
        barrier.wait()
        try:
            act()
        except DmsError as refusal:
            refused.append(refusal.code)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_two_who_approve_at_once_one_does(committee):
    list_id = committee.drawn_up(committee.paper("谈判记录"))
    committee.sign_all(list_id)
    boss = committee.person("boss")
    refused = at_once(*[lambda: approve_list(boss, list_id, archive=committee.archive)] * 3)
    assert refused == ["destruction_step_refused"] * 2
    assert actions(committee, "destruction_list_approved") == 1


def test_an_approval_and_a_return_at_once_come_to_one_of_the_two(committee):
    list_id = committee.drawn_up(committee.paper("谈判记录"))
    committee.sign_all(list_id)
    boss, handler = committee.person("boss"), committee.person("handler")
    at_once(
        lambda: approve_list(boss, list_id, archive=committee.archive),
        lambda: return_list(handler, list_id, "有误", archive=committee.archive),
    )
    state = show_list(committee.keeper, list_id, archive=committee.archive).listed.state
    told = (actions(committee, "destruction_list_approved"), actions(committee, "destruction_list_returned"))
    assert (state, told) in [(ListState.APPROVED, (1, 0)), (ListState.RETURNED, (0, 1))]


def test_two_who_carry_it_out_at_once_destroy_each_paper_once(committee):
    papers = [committee.paper(f"谈判记录{number}") for number in range(4)]
    list_id = committee.begun(*papers)
    at_once(
        *[lambda name=name: carry_out_list(committee.person(name), list_id, archive=committee.archive)
          for name in ("keeper", "archive-head")]
    )  # fmt: skip
    with committee.archive.looking() as view:
        assert sorted(proof.item_id for proof in view.destructions.all()) == sorted(paper.id for paper in papers)
    assert actions(committee, "item_destroyed") == 4


def test_who_is_named_must_have_the_office_the_right_and_see_every_paper(committee):
    secret = committee.paper("一级记录", grade=1)
    case_id = committee.considered(secret)
    committee.agree(case_id)
    wrong_office = replace(STATED, signers=((Office.UNIT_HEAD, "clerk"),))
    with pytest.raises(PersonUnfit):
        draw_up_list(committee.keeper, wrong_office, case_ids=[case_id], archive=committee.archive)
    with committee.archive.begin() as work:
        work.users.set_clearance(work.users.with_name("handler").id, 3)
    with pytest.raises(PersonUnfit):
        draw_up_list(committee.keeper, STATED, case_ids=[case_id], archive=committee.archive)
    unsigned = replace(STATED, signers=SIGNERS[:4])
    listed = draw_up_list(committee.keeper, unsigned, case_ids=[case_id], archive=committee.archive)
    with pytest.raises(DestructionListNotFound):
        show_list(committee.person("handler"), listed.id, archive=committee.archive)
    with pytest.raises(DestructionStepRefused):
        submit_list(committee.keeper, listed.id, archive=committee.archive)


def test_a_paper_stands_on_one_list_and_is_free_when_that_is_given_up(committee):
    paper = committee.paper("谈判记录")
    list_id = committee.drawn_up(paper)
    with pytest.raises(DestructionListEmpty):
        draw_up_list(committee.keeper, STATED, archive=committee.archive)
    withdraw_list(committee.keeper, list_id, "暂不销毁", archive=committee.archive)
    again = draw_up_list(committee.keeper, STATED, archive=committee.archive)
    assert again.number == "XH2026-002"


def test_what_was_submitted_does_not_change_until_it_comes_back(committee):
    list_id = committee.drawn_up(committee.paper("谈判记录一"), committee.paper("谈判记录二"))
    line_id = show_list(committee.keeper, list_id, archive=committee.archive).lines[0].id
    for change in (
        lambda: change_list(committee.keeper, list_id, STATED, archive=committee.archive),
        lambda: take_off_list(committee.keeper, list_id, line_id, "误列", archive=committee.archive),
    ):
        with pytest.raises(DestructionStepRefused):
            change()
    sign_list(committee.person("vice"), list_id, archive=committee.archive)
    return_list(committee.person("vice"), list_id, "误列一件", archive=committee.archive)
    take_off_list(committee.keeper, list_id, line_id, "误列", archive=committee.archive)
    again = submit_list(committee.keeper, list_id, archive=committee.archive)
    assert (again.turn, again.state) == (2, ListState.SIGNING)


def test_nobody_signs_a_text_that_was_altered_meanwhile(committee):
    list_id = committee.drawn_up(committee.paper("谈判记录"))
    with committee.archive.begin() as work:
        work.connection.exec_driver_sql("UPDATE destruction_list SET place = '河边'")
    with pytest.raises(DestructionNotApproved):
        sign_list(committee.person("vice"), list_id, archive=committee.archive)


def test_the_approver_is_the_only_general_manager_or_whom_the_company_named(committee):
    with committee.archive.begin() as work:
        work.users.add(
            name="boss2", display_name="boss2", password_hash="", roles=frozenset({Role.GENERAL_MANAGER}), clearance=1
        )
    case_id = committee.considered(committee.paper("谈判记录"))
    committee.agree(case_id)
    listed = draw_up_list(committee.keeper, STATED, case_ids=[case_id], archive=committee.archive)
    with pytest.raises(ApproverUnknown):
        submit_list(committee.keeper, listed.id, archive=committee.archive)
    state_approver(committee.keeper, "boss2", archive=committee.archive)
    assert submit_list(committee.keeper, listed.id, archive=committee.archive).appointed.approver == "boss2"


def test_every_step_is_owed_by_the_one_who_has_to_take_it(committee):
    paper = committee.paper("谈判记录")
    assert owed(committee) == {Role.ARCHIVIST.value: DutyKind.APPRAISAL}
    list_id = committee.drawn_up(paper)
    assert owed(committee) == {name: DutyKind.SIGNATURE for _, name in SIGNERS}
    committee.sign_all(list_id)
    assert owed(committee) == {"boss": DutyKind.SIGNATURE}
    approve_list(committee.person("boss"), list_id, archive=committee.archive)
    assert owed(committee) == dict.fromkeys(SUPERVISORS, DutyKind.SIGNATURE)


def test_paper_originals_went_between_approval_and_today(committee):
    list_id = committee.begun(committee.paper("谈判记录"))
    carry_out_list(committee.keeper, list_id, archive=committee.archive)
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with pytest.raises(AppraisalFactInvalid):
            attest_list(committee.person("clerk"), list_id, paper_destroyed_on=day, archive=committee.archive)


def test_a_volume_that_lost_everything_counts_as_destroyed_and_its_note_says_by_whom(committee):
    papers = [committee.paper("谈判记录一"), committee.paper("谈判记录二")]
    volume_id = seal(committee.archive, papers[0])
    committee.recompute()
    list_id = committee.begun(*papers)
    carry_out_list(committee.keeper, list_id, archive=committee.archive)
    with committee.archive.looking() as view:
        assert view.volumes.get(volume_id, actor=SYSTEM).state is VolumeState.DESTROYED
        (note,) = [n for n in view.volume_notes.of_volume(volume_id) if n.kind is NoteKind.DESTROYED]
        assert view.volumes.with_code(view.volumes.get(volume_id, actor=SYSTEM).reference_code, actor=SYSTEM)
    assert note.text == "全卷 2 件依销毁清册 XH2026-001 销毁"
    assert {note.by, note.second_person} == set(SUPERVISORS)


def test_what_a_restored_copy_destroys_again_is_noted_in_its_volume(committee):
    papers = [committee.paper("谈判记录一"), committee.paper("谈判记录二")]
    volume_id = seal(committee.archive, papers[0])
    with committee.archive.looking() as view:
        before = view.volumes.get(volume_id, actor=SYSTEM).state
    assert before is not VolumeState.DESTROYED
    proofs = destroy_papers(committee.archive, [papers[0].id], "XH2026-009")
    with committee.archive.looking() as view:
        kept = view.items.get(papers[1].key)
    again = [replace(proofs[0], item_id=kept.id)]
    assert replay_destructions(OPERATOR, again, archive=committee.archive) == 1
    with committee.archive.looking() as view:
        assert view.volumes.get(volume_id, actor=SYSTEM).state is VolumeState.DESTROYED
