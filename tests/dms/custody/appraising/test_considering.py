"""A committee looks at what is due, everyone says what he thinks, and one voice keeps a paper from being destroyed."""

from datetime import date

import pytest
from simulators.bound_volumes import seal
from simulators.committee import COMMITTEE, GO, STATED, Committee, found_committee

from dms.archive import Archive
from dms.custody.appraising import (
    AppraisalStated,
    AppraisalStateUnfit,
    CommitteeTooSmall,
    DestructionListEmpty,
    NotAMember,
    NothingAppraisable,
    PersonNeeded,
    PersonUnfit,
    Said,
    TermTooShort,
    Unappraisable,
    VerdictRefused,
    VerdictsMissing,
    begin_appraisal,
    decide_appraisal,
    draw_up_list,
    give_opinion,
    put_all_due_before,
    put_before,
    show_appraisal,
    submit_appraisal,
    withdraw_appraisal,
)
from dms.custody.keeping import HoldWish, place_hold
from dms.domain.actor import OPERATOR, SYSTEM, ActionForbidden
from dms.domain.appraisal import Verdict
from dms.domain.clock import local_day
from dms.domain.hold import HoldTarget
from dms.domain.volume import NoteKind, VolumeState
from dms.store import DueFilter

EXTEND = Said(verdict=Verdict.EXTEND, years=10, reason="仍有查考价值")
KEEP = Said(verdict=Verdict.PERMANENT, reason="反映公司沿革")


@pytest.fixture
def committee(archive: Archive) -> Committee:
    return found_committee(archive)


def verdicts(committee: Committee, case_id: int) -> list[Verdict | None]:
    with committee.archive.looking() as view:
        return [line.verdict for line in view.appraisals.lines(case_id)]


def due_count(committee: Committee) -> int:
    with committee.archive.looking() as view:
        return view.due_dates.due_by(local_day(committee.archive.now()), actor=SYSTEM)[0]


def begin(committee: Committee, **changes):
    stated = {"title": "鉴定", "chair": "vice", "members": COMMITTEE} | changes
    return begin_appraisal(committee.keeper, AppraisalStated(**stated), archive=committee.archive)


def test_only_what_is_due_and_free_comes_before_a_committee(committee):
    due, young = committee.paper("谈判记录"), committee.paper("新近记录", doc_on=date(2020, 5, 18))
    held = committee.paper("涉诉记录")
    wish = HoldWish(target=HoldTarget.ITEM, reference=held.id, reason="诉讼", authority="通知")
    place_hold(committee.person("lawyer"), wish, archive=committee.archive)
    case = begin(committee)
    put = put_before(committee.keeper, case.id, [due.id, young.id, held.id, "nothing"], archive=committee.archive)
    assert put.papers == 1
    assert dict(put.left_out) == {
        young.id: Unappraisable.NOT_DUE, held.id: Unappraisable.HELD, "nothing": Unappraisable.NOT_DUE
    }  # fmt: skip
    with pytest.raises(NothingAppraisable):
        put_all_due_before(committee.keeper, begin(committee).id, DueFilter(), archive=committee.archive)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"members": ("keeper",)}, CommitteeTooSmall),
        ({"members": ("keeper", "keeper", "vice")}, CommitteeTooSmall),
        ({"members": ("keeper", "clerk")}, PersonUnfit),
        ({"members": ("keeper", "nobody")}, PersonUnfit),
        ({"chair": ""}, CommitteeTooSmall),
    ],
)
def test_a_committee_is_three_different_persons_with_the_right(committee, changes, refused):
    with pytest.raises(refused):
        begin(committee, **changes)


def test_where_all_agree_their_verdict_holds_and_the_term_goes_on_from_its_end(committee):
    paper = committee.paper("谈判记录")
    case_id = committee.considered(paper)
    committee.agree(case_id, EXTEND)
    assert verdicts(committee, case_id) == [Verdict.EXTEND]
    with committee.archive.looking() as view:
        assert view.due_dates.of(paper.key).due_on == date(2030, 12, 31)
        (extension,) = view.due_dates.extensions_of(paper.key)
        assert extension.authority.startswith("JD2026-")
        notes = view.volume_notes.of_volume(paper.volume_id)
    assert [(note.kind, note.by) for note in notes] == [(NoteKind.APPRAISED, "vice")]
    assert "续存 10 年，至 2030-12-31" in notes[0].text
    assert due_count(committee) == 0


def test_what_is_kept_for_ever_is_never_due_again(committee):
    paper = committee.paper("谈判记录")
    committee.agree(committee.considered(paper), KEEP)
    with committee.archive.looking() as view:
        assert view.due_dates.of(paper.key).due_on is None
    assert due_count(committee) == 0


def test_nobody_decides_before_all_have_spoken_and_only_the_chair_decides(committee):
    case_id = committee.considered(committee.paper("谈判记录"))
    give_opinion(committee.keeper, case_id, GO, archive=committee.archive)
    with pytest.raises(VerdictsMissing):
        decide_appraisal(committee.person("vice"), case_id, decisions={}, archive=committee.archive)
    with pytest.raises(NotAMember):
        decide_appraisal(committee.keeper, case_id, decisions={}, archive=committee.archive)
    with pytest.raises(NotAMember):
        give_opinion(committee.person("boss"), case_id, GO, archive=committee.archive)
    with pytest.raises(PersonNeeded):
        give_opinion(OPERATOR, case_id, GO, archive=committee.archive)
    with pytest.raises(ActionForbidden):
        give_opinion(committee.person("root"), case_id, GO, archive=committee.archive)


def test_one_voice_against_it_keeps_a_paper(committee):
    first, second = committee.paper("谈判记录一"), committee.paper("谈判记录二")
    case_id = committee.considered(first, second)
    for name in COMMITTEE:
        give_opinion(committee.person(name), case_id, GO, archive=committee.archive)
    shown = show_appraisal(committee.keeper, case_id, archive=committee.archive)
    dissent = shown.lines[0].line.id
    give_opinion(committee.person("lawyer"), case_id, EXTEND, line_ids=[dissent], archive=committee.archive)
    chair = committee.person("vice")
    with pytest.raises(VerdictsMissing):
        decide_appraisal(chair, case_id, decisions={}, archive=committee.archive)
    with pytest.raises(VerdictRefused):
        decide_appraisal(chair, case_id, decisions={dissent: GO}, archive=committee.archive)
    decide_appraisal(chair, case_id, decisions={dissent: EXTEND}, archive=committee.archive)
    assert verdicts(committee, case_id) == [Verdict.EXTEND, Verdict.DESTROY]
    with pytest.raises(AppraisalStateUnfit):
        decide_appraisal(chair, case_id, decisions={}, archive=committee.archive)


def test_a_hold_sets_a_paper_aside_whatever_was_said_and_it_stays_due(committee):
    paper = committee.paper("谈判记录")
    case_id = committee.considered(paper)
    wish = HoldWish(target=HoldTarget.ITEM, reference=paper.id, reason="诉讼", authority="通知")
    place_hold(committee.person("lawyer"), wish, archive=committee.archive)
    committee.agree(case_id)
    assert verdicts(committee, case_id) == [Verdict.SET_ASIDE]
    assert due_count(committee) == 1
    with pytest.raises(DestructionListEmpty):
        draw_up_list(committee.keeper, STATED, archive=committee.archive)


def test_an_extension_that_would_be_over_already_is_refused(committee):
    case_id = committee.considered(committee.paper("谈判记录"))
    with pytest.raises(TermTooShort):
        committee.agree(case_id, Said(verdict=Verdict.EXTEND, years=1, reason="再看一年"))


def test_papers_lie_before_one_committee_at_a_time_and_are_free_when_it_is_given_up(committee):
    paper = committee.paper("谈判记录")
    case_id = committee.considered(paper)
    again = begin(committee)
    with pytest.raises(NothingAppraisable):
        put_before(committee.keeper, again.id, [paper.id], archive=committee.archive)
    withdraw_appraisal(committee.keeper, case_id, "成员变动", archive=committee.archive)
    assert put_before(committee.keeper, again.id, [paper.id], archive=committee.archive).papers == 1


def test_a_later_committee_takes_back_what_an_earlier_one_put_up_to_go(committee):
    paper = committee.paper("谈判记录")
    committee.agree(committee.considered(paper))
    committee.agree(committee.considered(paper), EXTEND)
    with pytest.raises(DestructionListEmpty):
        draw_up_list(committee.keeper, STATED, archive=committee.archive)


def test_members_must_be_able_to_see_every_paper(committee):
    secret = committee.paper("一级记录", grade=1)
    with committee.archive.begin() as work:
        work.users.set_clearance(work.users.with_name("lawyer").id, 3)
    case = begin(committee)
    put_before(committee.keeper, case.id, [secret.id], archive=committee.archive)
    with pytest.raises(PersonUnfit):
        submit_appraisal(committee.keeper, case.id, archive=committee.archive)


def test_a_bound_volume_goes_under_appraisal_and_back_to_its_shelf(committee):
    papers = [committee.paper("谈判记录一"), committee.paper("谈判记录二")]
    volume_id = seal(committee.archive, papers[0])
    committee.recompute()

    def state() -> VolumeState:
        with committee.archive.looking() as view:
            return view.volumes.get(volume_id, actor=SYSTEM).state

    case_id = committee.considered(*papers)
    assert state() is VolumeState.EXPIRED
    committee.agree(case_id, EXTEND)
    assert state() is VolumeState.SHELVED
    with committee.archive.looking() as view:
        appraised = [n for n in view.volume_notes.of_volume(volume_id) if n.kind is NoteKind.APPRAISED]
    assert [note.text for note in appraised] == ["全卷 2 件经鉴定（JD2026-001）续存 10 年，至 2030-12-31"]


def test_what_is_bound_together_is_kept_together(committee):
    papers = [committee.paper("谈判记录一"), committee.paper("谈判记录二")]
    seal(committee.archive, papers[0])
    committee.recompute()
    case_id = committee.considered(*papers)
    for name in COMMITTEE:
        give_opinion(committee.person(name), case_id, GO, archive=committee.archive)
    kept = show_appraisal(committee.keeper, case_id, archive=committee.archive).lines[1].line.id
    decide_appraisal(committee.person("vice"), case_id, decisions={kept: EXTEND}, archive=committee.archive)
    assert verdicts(committee, case_id) == [Verdict.SET_ASIDE, Verdict.EXTEND]
