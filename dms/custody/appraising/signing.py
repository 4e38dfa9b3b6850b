"""Signing, sending back, approving and watching: every step of one person, judged in the transaction that keeps it.

What always holds (L1 to L7 of `dms.domain.destruction_list`):
- A step is that of a person who signed in himself, and only of the one whom the list names for it.
- Two who act at once queue at the catalogue: the second finds the list where the first left it.
- What is signed is compared with the list as it lies there; a list that was altered is signed by nobody.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from dms.archive import Archive
from dms.custody.appraising.errors import AppraisalFactInvalid
from dms.custody.appraising.finding import MAX_REASON_CHARACTERS, list_for, list_subject, stated_text
from dms.custody.appraising.list_errors import DestructionStepRefused
from dms.custody.appraising.persons import person_of, require_settled
from dms.custody.appraising.proving import note_in_volumes, verify_text
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.destruction_line import SpareReason
from dms.domain.destruction_list import (
    ActKind,
    DestructionList,
    ListState,
    StepRefused,
    approved,
    attested,
    checked,
    returned,
    signed,
    stopped,
    unapproved,
)
from dms.errors import Bilingual

_PROTECTING = frozenset({"destruction_list_returned", "destruction_approval_withdrawn"})
"""Whoever keeps papers from being destroyed may do so at any time."""
_Step = Callable[[DestructionList, str, str, datetime], DestructionList]


def sign_list(actor: Actor, list_id: int, *, remark: str = "", archive: Archive) -> DestructionList:
    """The list with the actor's signature in his office; the fifth lays it before the approver.

    Raises `PersonNeeded`, `DestructionListNotFound`, `DestructionStepRefused` or `DestructionNotApproved` for a list
    that is not the one that was submitted.
    """
    actor.require(Permission.SIGN_DESTRUCTION)
    return _take(actor, list_id, signed, "destruction_list_signed", _remark(remark), archive)


def return_list(actor: Actor, list_id: int, reason: str, *, archive: Archive) -> DestructionList:
    """The list, sent back by a signer or the approver; what was signed of it counts no more.

    Raises what `sign_list` raises, or `AppraisalFactInvalid`.
    """
    actor.require(Permission.SIGN_DESTRUCTION)
    return _take(actor, list_id, returned, "destruction_list_returned", _reason(reason), archive)


def approve_list(actor: Actor, list_id: int, *, remark: str = "", archive: Archive) -> DestructionList:
    """The list, approved by the legal representative, or by whom the company named. Raises what `sign_list` raises."""
    actor.require(Permission.APPROVE_DESTRUCTION)
    return _take(actor, list_id, approved, "destruction_list_approved", _remark(remark), archive)


def withdraw_approval(actor: Actor, list_id: int, reason: str, *, archive: Archive) -> DestructionList:
    """The list without its approval: sent back; while it is carried out, what is left of it is spared.

    What was destroyed before that stays destroyed. Raises what `return_list` raises.
    """
    actor.require(Permission.APPROVE_DESTRUCTION)
    told = _reason(reason)
    return _take(actor, list_id, _unapproved_or_stopped, "destruction_approval_withdrawn", told, archive)


def check_list(actor: Actor, list_id: int, *, remark: str = "", archive: Archive) -> DestructionList:
    """The list, compared with the papers themselves by one supervisor; the second frees it to be carried out.

    Raises what `sign_list` raises.
    """
    actor.require(Permission.SIGN_DESTRUCTION)
    return _take(actor, list_id, checked, "destruction_list_checked", _remark(remark), archive)


def attest_list(
    actor: Actor, list_id: int, *, paper_destroyed_on: date | None = None, remark: str = "", archive: Archive
) -> DestructionList:
    """The list, signed by one supervisor after the destruction; the second closes it.

    `paper_destroyed_on` is the day on which the paper originals went; None where there were none, or where the other
    supervisor stated it. Raises what `sign_list` raises, or `AppraisalFactInvalid`.
    """
    actor.require(Permission.SIGN_DESTRUCTION)

    def step(listed: DestructionList, name: str, told: str, at: datetime) -> DestructionList:
        went_on = paper_destroyed_on or listed.paper_destroyed_on
        if went_on is not None and (went_on > local_day(at) or _approved_on(listed) > went_on):
            raise AppraisalFactInvalid(
                Bilingual("纸质原件的销毁日期不对。", "The day on which the paper went cannot be right."),
                Bilingual("应在批准之日和今天之间。", "It lies between the approval and today."),
            )
        return replace(attested(listed, name, told, at), paper_destroyed_on=went_on)

    return _take(actor, list_id, step, "destruction_list_attested", _remark(remark), archive)


def _take(actor: Actor, list_id: int, step: _Step, action: str, told: str, archive: Archive) -> DestructionList:
    name = person_of(actor)
    with archive.begin() as work:
        listed = list_for(actor, list_id, work=work)
        verify_text(listed, work=work)
        if action not in _PROTECTING:
            require_settled(actor, archive=archive, work=work)
        try:
            taken = step(listed, name, told, archive.now())
        except StepRefused as refused:
            raise DestructionStepRefused(refused.problem, listed.state) from refused
        work.destruction_lists.change(taken)
        if listed.state is ListState.EXECUTING:
            work.destruction_lists.spare_rest(listed.id, SpareReason.STOPPED, at=archive.now())
            note_in_volumes(taken, archive, work=work)
        said = {"number": listed.number, "sha256": listed.digest, "remark": told or None}
        archive.record(work, actor, action, list_subject(listed), turn=listed.turn, **said)
    return taken


def _unapproved_or_stopped(listed: DestructionList, name: str, reason: str, at: datetime) -> DestructionList:
    step = stopped if listed.state is ListState.EXECUTING else unapproved
    return step(listed, name, reason, at)


def _approved_on(listed: DestructionList) -> date:
    return max(local_day(act.acted_at) for act in listed.acts_of_turn if act.kind is ActKind.APPROVED)


def _remark(remark: str) -> str:
    return stated_text(remark, MAX_REASON_CHARACTERS, "意见", "remark", required=False)


def _reason(reason: str) -> str:
    return stated_text(reason, MAX_REASON_CHARACTERS, "原因", "reason")
