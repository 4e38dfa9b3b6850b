"""The destruction list 销毁清册: what is to be destroyed, who signed, who approved, who watched, and what became of it.

What always holds:
- L1 Five persons sign, each in another office (财会〔2015〕79号 §18), and no two of them are the same.
- L2 The approver, the legal representative or whom the company named, is none of the five, and approves after them.
- L3 Two supervisors compare the list with the papers before, and sign again after; neither approves nor carries out.
- L4 Whoever carries it out is neither approver nor supervisor.
- L5 Everyone signs the same text: its digest stands beside each signature, and a list that changes is signed anew.
- L6 A list that is sent back, or whose approval is withdrawn, begins another round; signatures of an earlier round stay
  to be read and count for nothing.
- L7 Whether the list may be carried out follows from the signatures themselves (`shortcomings`), not from its state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

OFFICES_COUNT = 5
SUPERVISORS_COUNT = 2


class Office(StrEnum):
    """In what office somebody signs."""

    UNIT_HEAD = "unit_head"
    """单位负责人"""
    ARCHIVE_HEAD = "archive_head"
    """档案机构负责人"""
    BUSINESS_HEAD = "business_head"
    """业务机构负责人"""
    ARCHIVE_HANDLER = "archive_handler"
    """档案机构经办人"""
    BUSINESS_HANDLER = "business_handler"
    """业务机构经办人"""


class ListState(StrEnum):
    """Where a list stands."""

    DRAFT = "draft"
    """拟制中"""
    SIGNING = "signing"
    """会签中"""
    SIGNED = "signed"
    """待批准"""
    APPROVED = "approved"
    """已批准，待监销人核对"""
    CHECKED = "checked"
    """已核对，待执行"""
    EXECUTING = "executing"
    """执行中"""
    EXECUTED = "executed"
    """已执行，待监销人签字"""
    CLOSED = "closed"
    """已办结"""
    RETURNED = "returned"
    """已退回"""
    WITHDRAWN = "withdrawn"
    """已撤销"""


CHANGEABLE_STATES = frozenset({ListState.DRAFT, ListState.RETURNED})
"""The states in which papers are taken off and persons named."""
ENDED_STATES = frozenset({ListState.CLOSED, ListState.WITHDRAWN})
"""The states in which a list holds no paper any more."""
CARRIED_OUT_STATES = frozenset({ListState.EXECUTING, ListState.EXECUTED, ListState.CLOSED})
"""The states in which content is gone, or may be."""


class ActKind(StrEnum):
    """What somebody did to a list."""

    SIGNED = "signed"
    """会签"""
    RETURNED = "returned"
    """退回"""
    APPROVED = "approved"
    """批准"""
    UNAPPROVED = "unapproved"
    """撤回批准"""
    CHECKED = "checked"
    """销毁前核对"""
    BEGUN = "begun"
    """开始执行"""
    ATTESTED = "attested"
    """销毁后监销签字"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAct:
    """One person's act under a list; never altered."""

    turn: int
    """第几轮: the round of signatures it belongs to, from 1."""
    kind: ActKind
    office: Office | None = None
    """In what office, of a signature; None for every other act."""
    name: str
    """Sign-in name."""
    digest: str
    """SHA-256 (hex) of the list as it stood."""
    remark: str = ""
    acted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """Who is to sign, approve and watch."""

    signers: tuple[tuple[Office, str], ...] = ()
    """Office and sign-in name."""
    approver: str = ""
    supervisors: tuple[str, ...] = ()

    def office_of(self, name: str) -> Office | None:
        """The office in which a person signs; None for one who does not."""
        return next((office for office, signer in self.signers if signer == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionList:
    """One list, with everything that was done to it."""

    id: int
    number: str
    """Given once, as ``XH2026-001``."""
    title: str
    state: ListState
    turn: int = 1
    method: str = ""
    """销毁方式 of the paper originals, e.g. 碎纸; the digital copies lose their keys whatever it says."""
    place: str = ""
    """销毁地点"""
    appointed: Appointed = Appointed()
    digest: str = ""
    """SHA-256 (hex) of what is signed; empty while it is a draft."""
    acts: tuple[ListAct, ...] = ()
    begun_by: str
    begun_at: datetime
    executed_at: datetime | None = None
    paper_destroyed_on: date | None = None
    """When the paper originals went, as the supervisors attest; None before, or where there were none."""
    remark: str = ""

    @property
    def acts_of_turn(self) -> tuple[ListAct, ...]:
        """What counts: the acts of the present round."""
        return tuple(act for act in self.acts if act.turn == self.turn)

    def by(self, kind: ActKind) -> tuple[str, ...]:
        """Who did this in the present round, in order."""
        return tuple(act.name for act in self.acts_of_turn if act.kind is kind)


class StepProblem(StrEnum):
    """Why a step cannot be taken."""

    STATE = "state"
    """The list stands elsewhere; somebody may have been first."""
    NOT_NAMED = "not_named"
    """The person is not one of those who are to take it."""
    DONE_ALREADY = "done_already"
    SAME_PERSON = "same_person"
    """The same person cannot have both parts."""
    INCOMPLETE = "incomplete"
    """Persons, method, place or papers are missing."""
    DIGEST = "digest"
    """The list is not the one that was signed."""


class StepRefused(Exception):  # a refusal, like those of dms.errors; use cases word it
    """A step cannot be taken, and why."""

    def __init__(self, problem: StepProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def appointment_problem(appointed: Appointed) -> StepProblem | None:
    """What is wrong with who is to sign, approve and watch (L1 to L3); None where nothing is."""
    names = [name for _, name in appointed.signers]
    complete = (
        {office for office, _ in appointed.signers} == set(Office)
        and all(names)
        and appointed.approver
        and len(appointed.supervisors) == SUPERVISORS_COUNT
        and all(appointed.supervisors)
    )
    if not complete or len(appointed.signers) != OFFICES_COUNT:
        return StepProblem.INCOMPLETE
    alone = len(set(names)) == OFFICES_COUNT and appointed.approver not in names
    watching = len(set(appointed.supervisors)) == SUPERVISORS_COUNT and appointed.approver not in appointed.supervisors
    return None if alone and watching else StepProblem.SAME_PERSON


def submitted(listed: DestructionList, digest: str) -> DestructionList:
    """The list, fixed and laid before the signers; after a return, for another round (L6). Raises `StepRefused`."""
    _require(listed, *CHANGEABLE_STATES)
    problem = appointment_problem(listed.appointed)
    if problem is None and not (listed.method and listed.place):
        problem = StepProblem.INCOMPLETE
    if problem is not None:
        raise StepRefused(problem)
    return replace(listed, state=ListState.SIGNING, digest=digest)


def signed(listed: DestructionList, name: str, remark: str, at: datetime) -> DestructionList:
    """The list with one signature more; the fifth lays it before the approver (L1, L5). Raises `StepRefused`."""
    _require(listed, ListState.SIGNING)
    office = listed.appointed.office_of(name)
    if office is None:
        raise StepRefused(StepProblem.NOT_NAMED)
    if name in listed.by(ActKind.SIGNED):
        raise StepRefused(StepProblem.DONE_ALREADY)
    more = _with(listed, ActKind.SIGNED, name, remark, at, office=office)
    complete = len(set(more.by(ActKind.SIGNED))) == OFFICES_COUNT
    return replace(more, state=ListState.SIGNED) if complete else more


def returned(listed: DestructionList, name: str, reason: str, at: datetime) -> DestructionList:
    """The list, sent back by a signer or the approver, to be changed or given up (L6). Raises `StepRefused`."""
    _require(listed, ListState.SIGNING, ListState.SIGNED)
    asked = {listed.appointed.approver} if listed.state is ListState.SIGNED else set()
    if name not in asked | {signer for _, signer in listed.appointed.signers}:
        raise StepRefused(StepProblem.NOT_NAMED)
    return _sent_back(_with(listed, ActKind.RETURNED, name, reason, at))


def approved(listed: DestructionList, name: str, remark: str, at: datetime) -> DestructionList:
    """The list, approved (L2). Raises `StepRefused`."""
    _require(listed, ListState.SIGNED)
    if name != listed.appointed.approver:
        raise StepRefused(StepProblem.NOT_NAMED)
    return replace(_with(listed, ActKind.APPROVED, name, remark, at), state=ListState.APPROVED)


def unapproved(listed: DestructionList, name: str, reason: str, at: datetime) -> DestructionList:
    """The list, its approval withdrawn before anything was destroyed (L6). Raises `StepRefused`."""
    _require(listed, ListState.APPROVED, ListState.CHECKED)
    if name != listed.appointed.approver:
        raise StepRefused(StepProblem.NOT_NAMED)
    return _sent_back(_with(listed, ActKind.UNAPPROVED, name, reason, at))


def stopped(listed: DestructionList, name: str, reason: str, at: datetime) -> DestructionList:
    """The list, its approval withdrawn while it is carried out: what is left of it is spared. Raises `StepRefused`."""
    _require(listed, ListState.EXECUTING)
    if name != listed.appointed.approver:
        raise StepRefused(StepProblem.NOT_NAMED)
    return replace(_with(listed, ActKind.UNAPPROVED, name, reason, at), state=ListState.EXECUTED, executed_at=at)


def checked(listed: DestructionList, name: str, remark: str, at: datetime) -> DestructionList:
    """The list, compared with the papers by one supervisor; the second frees it to go (L3). Raises `StepRefused`."""
    _require(listed, ListState.APPROVED)
    more = _watched(listed, ActKind.CHECKED, name, remark, at)
    complete = len(set(more.by(ActKind.CHECKED))) == SUPERVISORS_COUNT
    return replace(more, state=ListState.CHECKED) if complete else more


def begun(listed: DestructionList, name: str, at: datetime) -> DestructionList:
    """The list, being carried out by a person who neither approved nor watches (L4). Raises `StepRefused`."""
    _require(listed, ListState.CHECKED)
    if name in {listed.appointed.approver, *listed.appointed.supervisors}:
        raise StepRefused(StepProblem.SAME_PERSON)
    if shortcomings(listed):
        raise StepRefused(StepProblem.DIGEST)
    return replace(_with(listed, ActKind.BEGUN, name, "", at), state=ListState.EXECUTING)


def executed(listed: DestructionList, at: datetime) -> DestructionList:
    """The list, every line of it destroyed or spared. Raises `StepRefused`."""
    _require(listed, ListState.EXECUTING)
    return replace(listed, state=ListState.EXECUTED, executed_at=at)


def attested(listed: DestructionList, name: str, remark: str, at: datetime) -> DestructionList:
    """The list, signed after the destruction by one supervisor; the second closes it (L3). Raises `StepRefused`."""
    _require(listed, ListState.EXECUTED)
    more = _watched(listed, ActKind.ATTESTED, name, remark, at)
    complete = len(set(more.by(ActKind.ATTESTED))) == SUPERVISORS_COUNT
    return replace(more, state=ListState.CLOSED) if complete else more


def withdrawn(listed: DestructionList) -> DestructionList:
    """The list, given up before it was approved; its papers are due as before. Raises `StepRefused`."""
    _require(listed, *CHANGEABLE_STATES, ListState.SIGNING, ListState.SIGNED)
    return replace(listed, state=ListState.WITHDRAWN)


def shortcomings(listed: DestructionList) -> tuple[str, ...]:
    """What is missing for the list to be carried out, from its signatures alone (L7); empty where nothing is."""
    signers = [act for act in listed.acts_of_turn if act.kind is ActKind.SIGNED]
    approvals = [act for act in listed.acts_of_turn if act.kind is ActKind.APPROVED]
    checks = [act for act in listed.acts_of_turn if act.kind is ActKind.CHECKED]
    persons = {act.name for act in signers}
    watching = {act.name for act in checks}
    approving = {act.name for act in approvals}
    asked = {
        "signatures": len(persons) == OFFICES_COUNT and {act.office for act in signers} == set(Office),
        "approval": len(approvals) == 1 and not approving & (persons | watching),
        "supervisors": len(watching) == SUPERVISORS_COUNT,
        "order": _in_order(signers, approvals, checks),
        "text": bool(listed.digest) and {act.digest for act in listed.acts_of_turn} == {listed.digest},
        "withdrawn": not any(act.kind in _UNDOING for act in listed.acts_of_turn),
    }
    return tuple(what for what, holds in asked.items() if not holds)


_UNDOING = frozenset({ActKind.RETURNED, ActKind.UNAPPROVED})


def _in_order(*groups: Iterable[ListAct]) -> bool:
    """Whether every act of a group comes no earlier than those of the group before."""
    moments = [[act.acted_at for act in group] for group in groups]
    return all(not first or not then or max(first) <= min(then) for first, then in pairwise(moments))


def _require(listed: DestructionList, *states: ListState) -> None:
    if listed.state not in states:
        raise StepRefused(StepProblem.STATE)


def _watched(listed: DestructionList, kind: ActKind, name: str, remark: str, at: datetime) -> DestructionList:
    if name not in listed.appointed.supervisors:
        raise StepRefused(StepProblem.NOT_NAMED)
    if name in listed.by(kind):
        raise StepRefused(StepProblem.DONE_ALREADY)
    return _with(listed, kind, name, remark, at)


def _with(  # what a signature consists of
    listed: DestructionList, kind: ActKind, name: str, remark: str, at: datetime, *, office: Office | None = None
) -> DestructionList:
    act = ListAct(
        turn=listed.turn, kind=kind, office=office, name=name, digest=listed.digest, remark=remark, acted_at=at
    )
    return replace(listed, acts=(*listed.acts, act))


def _sent_back(listed: DestructionList) -> DestructionList:
    return replace(listed, state=ListState.RETURNED, turn=listed.turn + 1, digest="")
