"""A list is carried out paper by paper, and nothing that was signed helps against what stands in its way by then."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.committee import SUPERVISORS, Committee, found_committee

from dms.archive import Archive
from dms.custody.appraising import (
    DestructionNotApproved,
    DestructionStepRefused,
    PersonNeeded,
    approve_list,
    attest_list,
    begin_destruction,
    carry_out_list,
    withdraw_approval,
)
from dms.custody.keeping import HoldWish, place_hold
from dms.domain.actor import OPERATOR, SYSTEM, ActionForbidden
from dms.domain.destruction_line import Outcome, SpareReason
from dms.domain.destruction_list import ListState
from dms.domain.hold import HoldTarget
from dms.domain.item import ItemState


@pytest.fixture
def committee(archive: Archive) -> Committee:
    return found_committee(archive)


def state(committee: Committee, item) -> ItemState:
    with committee.archive.looking() as view:
        return view.items.get(item.key).state


def outcomes(committee: Committee, list_id: int) -> list[tuple[Outcome, SpareReason | None]]:
    with committee.archive.looking() as view:
        return [(line.outcome, line.spared) for line in view.destruction_lists.lines(list_id)]


def actions(committee: Committee) -> list[str]:
    with committee.archive.looking() as view:
        return [entry.action for entry in view.journal.entries()]


def test_an_approved_list_destroys_its_papers_and_ends_with_two_signatures(committee):
    papers = [committee.paper("谈判记录一"), committee.paper("谈判记录二")]
    list_id = committee.begun(*papers)
    progress = carry_out_list(committee.keeper, list_id, archive=committee.archive)
    assert (progress.destroyed, progress.spared, progress.pending) == (2, 0, 0)
    assert [state(committee, paper) for paper in papers] == [ItemState.DESTROYED] * 2
    for name in SUPERVISORS:
        closed = attest_list(committee.person(name), list_id, archive=committee.archive)
    assert closed.state is ListState.CLOSED
    with committee.archive.looking() as view:
        assert {proof.authority for proof in view.destructions.all()} == {closed.number}
        assert view.due_dates.due_by(committee.archive.now().date(), actor=SYSTEM)[0] == 0


def test_a_hold_placed_after_everything_was_signed_saves_its_paper_and_the_journal_tells_it(committee):
    saved, lost = committee.paper("谈判记录一"), committee.paper("谈判记录二")
    list_id = committee.begun(saved, lost)
    wish = HoldWish(target=HoldTarget.ITEM, reference=saved.id, reason="诉讼", authority="法院通知")
    place_hold(committee.person("lawyer"), wish, archive=committee.archive)
    carry_out_list(committee.keeper, list_id, archive=committee.archive)
    assert outcomes(committee, list_id) == [(Outcome.SPARED, SpareReason.HELD), (Outcome.DESTROYED, None)]
    assert (state(committee, saved), state(committee, lost)) == (ItemState.FILED, ItemState.DESTROYED)
    assert {"destruction_spared", "destruction_carried_out"} <= set(actions(committee))


def test_a_hold_placed_between_two_batches_saves_what_is_left(committee):
    papers = [committee.paper(f"谈判记录{number}") for number in range(3)]
    list_id = committee.begun(*papers)
    assert carry_out_list(committee.keeper, list_id, archive=committee.archive, most_lines=1).pending == 2
    wish = HoldWish(target=HoldTarget.CUSTOMER, reference="C0001", reason="审计", authority="审计通知")
    place_hold(committee.person("lawyer"), wish, archive=committee.archive)
    progress = carry_out_list(committee.keeper, list_id, archive=committee.archive)
    assert (progress.destroyed, progress.spared, progress.listed.state) == (1, 2, ListState.EXECUTED)


def test_an_approval_that_is_withdrawn_midway_spares_the_rest(committee):
    papers = [committee.paper(f"谈判记录{number}") for number in range(3)]
    list_id = committee.begun(*papers)
    carry_out_list(committee.keeper, list_id, archive=committee.archive, most_lines=1)
    halted = withdraw_approval(committee.person("boss"), list_id, "总部要求暂停", archive=committee.archive)
    assert halted.state is ListState.EXECUTED
    assert outcomes(committee, list_id)[1:] == [(Outcome.SPARED, SpareReason.STOPPED)] * 2
    with pytest.raises(DestructionStepRefused):
        carry_out_list(committee.keeper, list_id, archive=committee.archive)
    assert [state(committee, paper) for paper in papers[1:]] == [ItemState.FILED] * 2


def test_facts_that_changed_since_save_the_paper(committee):
    paper = committee.paper("谈判记录")
    list_id = committee.begun(paper)
    with committee.archive.begin() as work:
        known = work.items.get(paper.key).classification
        work.items.classify(paper.key, replace(known, doc_on=date(2024, 5, 18)))
    carry_out_list(committee.keeper, list_id, archive=committee.archive)
    assert outcomes(committee, list_id) == [(Outcome.SPARED, SpareReason.NOT_DUE)]


@pytest.mark.parametrize("name", ["boss", "clerk", "second-clerk", "root", "lawyer"])
def test_nobody_carries_out_what_he_approved_or_watches_or_has_no_right_to(committee, name):
    list_id = committee.checked(committee.paper("谈判记录"))
    with pytest.raises((ActionForbidden, DestructionStepRefused)):
        begin_destruction(committee.person(name), list_id, archive=committee.archive)


def test_whoever_runs_the_machine_can_begin_nothing_and_sign_for_nobody(committee):
    list_id = committee.checked(committee.paper("谈判记录"))
    for actor in (OPERATOR, SYSTEM, committee.machine("keeper")):
        with pytest.raises(PersonNeeded):
            begin_destruction(actor, list_id, archive=committee.archive)
    with pytest.raises(PersonNeeded):
        approve_list(committee.machine("boss"), list_id, archive=committee.archive)
    with pytest.raises(PersonNeeded):
        carry_out_list(OPERATOR, list_id, archive=committee.archive)


def test_the_machine_goes_on_with_what_a_person_began(committee):
    paper = committee.paper("谈判记录")
    list_id = committee.begun(paper)
    carry_out_list(committee.machine("keeper"), list_id, archive=committee.archive)
    assert state(committee, paper) is ItemState.DESTROYED


def test_a_list_altered_behind_everyones_back_is_carried_out_by_nobody(committee):
    paper, other = committee.paper("谈判记录"), committee.paper("另一份")
    list_id = committee.checked(paper)
    with committee.archive.begin() as work:
        work.connection.exec_driver_sql("DROP TRIGGER destruction_lines_only_gain_an_outcome")
        work.connection.exec_driver_sql(f"UPDATE destruction_line SET item_key = {other.key}")
    with pytest.raises(DestructionNotApproved):
        begin_destruction(committee.keeper, list_id, archive=committee.archive)


def test_a_list_whose_state_was_set_by_hand_is_not_carried_out(committee):
    list_id = committee.drawn_up(committee.paper("谈判记录"))
    with committee.archive.begin() as work:
        work.connection.exec_driver_sql("UPDATE destruction_list SET state = 'executing'")
    with pytest.raises(DestructionNotApproved):
        carry_out_list(committee.keeper, list_id, archive=committee.archive)
