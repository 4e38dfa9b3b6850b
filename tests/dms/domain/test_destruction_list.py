"""A destruction list takes five signatures, an approval and two supervisors, each another person's; nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dms.domain.destruction_line import SpareReason, Standing, spare_reason
from dms.domain.destruction_list import (
    ActKind,
    Appointed,
    DestructionList,
    ListState,
    Office,
    StepProblem,
    StepRefused,
    appointment_problem,
    approved,
    attested,
    begun,
    checked,
    executed,
    returned,
    shortcomings,
    signed,
    stopped,
    submitted,
    unapproved,
    withdrawn,
)

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SIGNERS = tuple(zip(Office, ("总", "馆", "业", "档", "办"), strict=True))
PERSONS = Appointed(signers=SIGNERS, approver="法", supervisors=("监甲", "监乙"))


def draft(appointed: Appointed = PERSONS, **facts: object) -> DestructionList:
    stated = {"method": "碎纸", "place": "库房"} | facts
    return DestructionList(
        id=1,
        number="XH2026-001",
        title="2015年度到期合同",
        state=ListState.DRAFT,
        appointed=appointed,
        begun_by="档",
        begun_at=NOON,
        **stated,
    )


def at(step: int) -> datetime:
    return NOON + timedelta(minutes=step)


def all_signed() -> DestructionList:
    listed = submitted(draft(), "摘要")
    for step, (_, name) in enumerate(SIGNERS):
        listed = signed(listed, name, "", at(step))
    return listed


def all_checked() -> DestructionList:
    listed = approved(all_signed(), "法", "同意", at(10))
    for step, name in enumerate(PERSONS.supervisors):
        listed = checked(listed, name, "账实相符", at(11 + step))
    return listed


def refused(step, *arguments) -> StepProblem:
    with pytest.raises(StepRefused) as caught:
        step(*arguments)
    return caught.value.problem


def test_a_list_goes_from_draft_to_its_end_through_ten_persons_acts():
    listed = all_checked()
    assert (listed.state, shortcomings(listed)) == (ListState.CHECKED, ())
    listed = executed(begun(listed, "档", at(20)), at(21))
    for step, name in enumerate(PERSONS.supervisors):
        listed = attested(listed, name, "", at(22 + step))
    assert listed.state is ListState.CLOSED
    assert [act.kind for act in listed.acts] == [
        *[ActKind.SIGNED] * 5,
        ActKind.APPROVED,
        *[ActKind.CHECKED] * 2,
        ActKind.BEGUN,
        *[ActKind.ATTESTED] * 2,
    ]
    assert {act.digest for act in listed.acts} == {"摘要"}


@pytest.mark.parametrize(
    ("appointed", "problem"),
    [
        (replace(PERSONS, signers=SIGNERS[:4]), StepProblem.INCOMPLETE),
        (replace(PERSONS, signers=(*SIGNERS[:4], (Office.BUSINESS_HANDLER, "总"))), StepProblem.SAME_PERSON),
        (replace(PERSONS, signers=(*SIGNERS[:4], (Office.ARCHIVE_HANDLER, "办"))), StepProblem.INCOMPLETE),
        (replace(PERSONS, signers=(*SIGNERS[:4], (Office.BUSINESS_HANDLER, ""))), StepProblem.INCOMPLETE),
        (replace(PERSONS, approver=""), StepProblem.INCOMPLETE),
        (replace(PERSONS, approver="总"), StepProblem.SAME_PERSON),
        (replace(PERSONS, supervisors=("监甲",)), StepProblem.INCOMPLETE),
        (replace(PERSONS, supervisors=("监甲", "监甲")), StepProblem.SAME_PERSON),
        (replace(PERSONS, supervisors=("监甲", "法")), StepProblem.SAME_PERSON),
        (replace(PERSONS, supervisors=("总", "馆")), None),
    ],
    ids=[
        "four sign", "one signs twice", "an office is missing", "nobody in an office", "nobody approves",
        "a signer approves", "one watches", "one watches twice", "the approver watches", "signers may watch",
    ],
)  # fmt: skip
def test_who_signs_approves_and_watches_are_different_persons(appointed, problem):
    assert appointment_problem(appointed) is problem


@pytest.mark.parametrize("missing", [{"method": ""}, {"place": ""}])
def test_a_list_without_method_or_place_is_not_laid_before_anybody(missing):
    assert refused(submitted, draft(**missing), "摘要") is StepProblem.INCOMPLETE


def test_nobody_signs_twice_or_without_being_named():
    listed = signed(submitted(draft(), "摘要"), "总", "", NOON)
    assert refused(signed, listed, "总", "", NOON) is StepProblem.DONE_ALREADY
    assert refused(signed, listed, "法", "", NOON) is StepProblem.NOT_NAMED
    assert refused(approved, listed, "法", "", NOON) is StepProblem.STATE


def test_of_two_who_approve_at_once_the_second_finds_it_done():
    listed = approved(all_signed(), "法", "", NOON)
    assert refused(approved, listed, "法", "", NOON) is StepProblem.STATE
    assert refused(approved, all_signed(), "总", "", NOON) is StepProblem.NOT_NAMED


def test_a_list_that_was_sent_back_is_signed_anew_and_earlier_signatures_stay_to_be_read():
    back = returned(all_signed(), "法", "第3项未了结", at(9))
    assert (back.state, back.turn, back.digest, back.by(ActKind.SIGNED)) == (ListState.RETURNED, 2, "", ())
    again = submitted(back, "新摘要")
    assert len(again.acts) == 6
    assert "signatures" in shortcomings(again)
    again = signed(again, "总", "", at(20))
    assert again.by(ActKind.SIGNED) == ("总",)


def test_signers_and_approver_send_back_and_nobody_else_does():
    listed = submitted(draft(), "摘要")
    assert returned(listed, "办", "题名不符", NOON).state is ListState.RETURNED
    assert refused(returned, listed, "法", "未到批准", NOON) is StepProblem.NOT_NAMED
    assert refused(returned, all_signed(), "监甲", "不同意", NOON) is StepProblem.NOT_NAMED


def test_an_approval_is_withdrawn_before_the_destruction_begins_and_stops_it_afterwards():
    back = unapproved(all_checked(), "法", "总部要求暂缓", at(15))
    assert (back.state, back.turn) == (ListState.RETURNED, 2)
    going = begun(all_checked(), "档", at(20))
    assert refused(unapproved, going, "法", "暂缓", at(21)) is StepProblem.STATE
    halted = stopped(going, "法", "暂缓", at(21))
    assert halted.state is ListState.EXECUTED
    assert "withdrawn" in shortcomings(halted)
    assert refused(stopped, going, "总", "暂缓", at(21)) is StepProblem.NOT_NAMED


@pytest.mark.parametrize("name", ["法", "监甲", "监乙"])
def test_neither_approver_nor_supervisors_carry_it_out(name):
    assert refused(begun, all_checked(), name, at(20)) is StepProblem.SAME_PERSON


def test_what_is_approved_is_not_given_up_by_those_who_drew_it_up():
    assert withdrawn(all_signed()).state is ListState.WITHDRAWN
    assert refused(withdrawn, all_checked()) is StepProblem.STATE


@pytest.mark.parametrize(
    ("spoiled", "missing"),
    [
        (lambda listed: replace(listed, acts=listed.acts[1:]), "signatures"),
        (lambda listed: replace(listed, acts=(*listed.acts[:4], replace(listed.acts[4], name="总"), *listed.acts[5:])),
         "signatures"),
        (lambda listed: replace(listed, acts=(*listed.acts[:5], *listed.acts[6:])), "approval"),
        (lambda listed: replace(listed, acts=(*listed.acts[:5], replace(listed.acts[5], name="总"), *listed.acts[6:])),
         "approval"),
        (lambda listed: replace(listed, acts=listed.acts[:7]), "supervisors"),
        (lambda listed: replace(listed, acts=(replace(listed.acts[0], digest="另一份"), *listed.acts[1:])), "text"),
        (lambda listed: replace(listed, digest=""), "text"),
        (lambda listed: replace(listed, digest="另一份"), "text"),
        (lambda listed: replace(listed, acts=(*listed.acts[:5], replace(listed.acts[5], acted_at=at(-1)),
                                              *listed.acts[6:])), "order"),
        (lambda listed: replace(listed, turn=2), "signatures"),
    ],
    ids=[
        "a signature is gone", "one name twice", "no approval", "a signer approved", "one supervisor", "another text",
        "no text", "the list was exchanged", "approved before it was signed", "another round",
    ],
)  # fmt: skip
def test_whether_it_may_be_carried_out_follows_from_the_signatures_and_not_from_the_state(spoiled, missing):
    listed = spoiled(all_checked())
    assert listed.state is ListState.CHECKED
    assert missing in shortcomings(listed)
    assert refused(begun, listed, "档", at(20)) is StepProblem.DIGEST


PAST = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing(due_on=PAST), None),
        (Standing(due_on=TODAY), SpareReason.NOT_DUE),
        (Standing(due_on=TODAY - timedelta(days=1)), None),
        (Standing(due_on=None), SpareReason.NOT_DUE),
        (Standing(due_on=PAST, is_held=True), SpareReason.HELD),
        (Standing(due_on=PAST, is_unsettled=True), SpareReason.UNSETTLED),
        (Standing(due_on=PAST, is_lent=True), SpareReason.LENT),
        (Standing(due_on=PAST, is_title=True), SpareReason.TITLE),
        (Standing(due_on=PAST, is_destroyed=True), SpareReason.GONE),
        (Standing(due_on=None, is_held=True), SpareReason.HELD),
    ],
)
def test_a_paper_is_spared_for_what_stands_against_it_at_that_moment(standing, reason):
    assert spare_reason(standing, TODAY) is reason
