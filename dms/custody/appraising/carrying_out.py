"""Carrying out an approved list, in batches that can be broken off at any moment.

What always holds:
1. Nobody begins it but a person with the right, who signed in himself and neither approved nor watches (L4).
2. Before every batch the signatures, the approval and the digest are proved again, in the transaction that destroys.
3. Before every paper it is asked how it stands at this moment: under a hold, its term not ended, unsettled, lent or a
   title document, it is spared, and the line and the journal say why.
4. Paper, line and journal entry come in one transaction; whatever breaks in, the line tells the truth.
5. When the last line is settled, the filing notes and the states of the volumes follow in the same transaction.
"""

from dataclasses import dataclass

from dms.archive import Archive
from dms.custody.appraising.finding import list_for, list_subject
from dms.custody.appraising.list_errors import SPARE_NAMES, DestructionStepRefused
from dms.custody.appraising.persons import account_of, person_of, require_settled
from dms.custody.appraising.proving import note_in_volumes, verify_approved
from dms.custody.appraising.standing import standings_now
from dms.custody.destroying import destroy_item, remove_condemned
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.destruction_line import DestructionLine, Outcome, Standing, spare_reason
from dms.domain.destruction_list import DestructionList, ListState, StepProblem, StepRefused, begun, executed
from dms.store import UnitOfWork

BATCH_LINES = 50
"""Destroyed in one transaction; others wait for no longer than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a list is carried out."""

    listed: DestructionList
    destroyed: int
    spared: int
    pending: int


def begin_destruction(actor: Actor, list_id: int, *, archive: Archive) -> DestructionList:
    """The list, to be carried out from now on (1, 2).

    Raises `PersonNeeded`, `DestructionListNotFound`, `DestructionStepRefused` or `DestructionNotApproved`.
    """
    actor.require(Permission.CARRY_OUT_DESTRUCTION)
    name = person_of(actor)
    with archive.begin() as work:
        listed = list_for(actor, list_id, work=work)
        require_settled(actor, archive=archive, work=work)
        if listed.state is ListState.CHECKED:
            verify_approved(listed, work=work)
        try:
            going = begun(listed, name, archive.now())
        except StepRefused as refused:
            raise DestructionStepRefused(refused.problem, listed.state) from refused
        work.destruction_lists.change(going)
        told = {"number": listed.number, "sha256": listed.digest}
        archive.record(work, actor, "destruction_begun", list_subject(listed), **told)
    return going


def carry_out_list(actor: Actor, list_id: int, *, archive: Archive, most_lines: int | None = None) -> Progress:
    """Go on with a list that was begun, to its end or by so many lines; how far it is then.

    Whatever broke in before, it goes on where it stopped. Raises `PersonNeeded`, `DestructionListNotFound`,
    `DestructionStepRefused`, or `DestructionNotApproved` where the approval was withdrawn or the list altered.
    """
    actor.require(Permission.CARRY_OUT_DESTRUCTION)
    name = account_of(actor)
    left = most_lines
    while True:
        most = BATCH_LINES if left is None else min(BATCH_LINES, left)
        settled, progress = _batch(actor, name, list_id, most, archive)
        remove_condemned(archive)
        left = None if left is None else left - settled
        if progress.listed.state is not ListState.EXECUTING or left == 0:
            return progress


def _batch(actor: Actor, name: str, list_id: int, most: int, archive: Archive) -> tuple[int, Progress]:
    """Settle the next lines, and end the list with the last of them; how many were settled, and how far it is then.

    How far it is, is read before the transaction ends: nobody may be told afterwards that it had failed.
    """
    with archive.begin() as work:
        listed = list_for(actor, list_id, work=work)
        if listed.state is not ListState.EXECUTING:
            raise DestructionStepRefused(StepProblem.STATE, listed.state)
        if name in {listed.appointed.approver, *listed.appointed.supervisors}:
            raise DestructionStepRefused(StepProblem.SAME_PERSON, listed.state)
        verify_approved(listed, work=work)
        lines = work.destruction_lists.pending(listed.id, limit=most)
        keys, now = [line.item_key for line in lines], archive.now()
        standing = standings_now(keys, local_day(now), at=now, work=work)
        for line in lines:
            _settle(actor, listed, line, standing[line.item_key], archive, work=work)
        if not work.destruction_lists.pending(listed.id, limit=1):
            listed = _end(actor, listed, archive, work=work)
        progress = _progress(listed, work=work)
    return len(lines), progress


def _settle(
    actor: Actor, listed: DestructionList, line: DestructionLine, standing: Standing, archive: Archive, *,
    work: UnitOfWork,
) -> None:  # fmt: skip
    spared = spare_reason(standing, local_day(archive.now()))
    work.destruction_lists.settle(line.id, spared, at=archive.now())
    item = work.items.get(line.item_key)
    if spared is None:
        destroy_item(actor, item, listed.number, archive=archive, work=work)
        return
    told = {"number": listed.number, "reason": SPARE_NAMES[spared].zh}
    archive.record(work, actor, "destruction_spared", item.id, **told)


def _end(actor: Actor, listed: DestructionList, archive: Archive, *, work: UnitOfWork) -> DestructionList:
    ended = executed(listed, archive.now())
    work.destruction_lists.change(ended)
    note_in_volumes(ended, archive, work=work)
    counts = work.destruction_lists.counts([listed.id]).get(listed.id, {})
    told = {"destroyed": counts.get(Outcome.DESTROYED, 0), "spared": counts.get(Outcome.SPARED, 0)}
    archive.record(work, actor, "destruction_carried_out", list_subject(listed), number=listed.number, **told)
    return ended


def _progress(listed: DestructionList, *, work: UnitOfWork) -> Progress:
    counts = work.destruction_lists.counts([listed.id]).get(listed.id, {})
    return Progress(
        listed=listed,
        destroyed=counts.get(Outcome.DESTROYED, 0),
        spared=counts.get(Outcome.SPARED, 0),
        pending=counts.get(Outcome.PENDING, 0),
    )
