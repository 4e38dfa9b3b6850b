"""Looking up destruction lists: all of them, one with its lines, and what the actor may do with it next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dms.archive import Archive, text_for
from dms.custody.appraising.finding import list_for
from dms.custody.appraising.list_errors import ApproverUnknown, DestructionListNotFound
from dms.custody.appraising.persons import approver, display_names
from dms.domain.actor import Actor, Permission
from dms.domain.destruction import Destroyed
from dms.domain.destruction_line import DestructionLine, Outcome
from dms.domain.destruction_list import CHANGEABLE_STATES, ActKind, DestructionList, ListState
from dms.store import UnitOfWork


class ListStep(StrEnum):
    """What may be done with a list next."""

    CHANGE = "change"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SIGN = "sign"
    RETURN = "return"
    APPROVE = "approve"
    UNAPPROVE = "unapprove"
    CHECK = "check"
    BEGIN = "begin"
    CARRY_OUT = "carry_out"
    ATTEST = "attest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSummary:
    """One destruction list on the list of them."""

    listed: DestructionList
    papers: int
    counts: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """One destruction list with one page of its lines."""

    listed: DestructionList
    papers: int
    counts: Mapping[Outcome, int]
    lines: tuple[DestructionLine, ...]
    item_ids: Mapping[int, str]
    """By key."""
    steps: frozenset[ListStep]
    """What the actor may do next."""
    approver: str
    """Who approves, or is to; empty where nobody can be found."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What every account is called, by sign-in name."""


def list_destructions(
    actor: Actor, *, archive: Archive, states: Collection[ListState] = (), limit: int, offset: int = 0
) -> tuple[int, tuple[ListSummary, ...]]:
    """How many lists fit, and one page of them, the newest first."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, found = view.destruction_lists.page(actor=actor, states=states, limit=limit, offset=offset)
        counts = view.destruction_lists.counts([listed.id for listed in found])
        return total, tuple(
            ListSummary(listed=listed, papers=sum(counts.get(listed.id, {}).values()), counts=counts.get(listed.id, {}))
            for listed in found
        )


def show_list(actor: Actor, list_id: int, *, archive: Archive, limit: int | None = None, offset: int = 0) -> ListShown:
    """One list, with one page of its lines. Raises `DestructionListNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        listed = list_for(actor, list_id, work=view)
        lines = view.destruction_lists.lines(listed.id, limit=limit, offset=offset)
        items = view.items.with_keys([line.item_key for line in lines], actor=actor)
        counts = view.destruction_lists.counts([listed.id]).get(listed.id, {})
        return ListShown(
            listed=listed,
            papers=sum(counts.values()),
            counts=counts,
            lines=tuple(replace(line, title=text_for(actor, line.title)) for line in lines),
            item_ids={item.key: item.id for item in items},
            steps=steps_of(actor, listed),
            approver=listed.appointed.approver or _approver(view),
            names=display_names(view),
        )


def list_id_of(actor: Actor, reference: str, *, archive: Archive) -> int:
    """The id of the list of this number or id; raises `DestructionListNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        named = view.destruction_lists.id_of(reference.strip())
        list_id = named or (int(reference) if reference.isascii() and reference.isdecimal() else 0)
        try:
            return list_for(actor, list_id, work=view).id
        except DestructionListNotFound as absent:
            raise DestructionListNotFound(reference) from absent


def proofs_of(actor: Actor, listed: DestructionList, *, archive: Archive) -> dict[int, Destroyed]:
    """The proofs of what the list destroyed, by the key of each paper; for the certificate."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        lost = [line for line in view.destruction_lists.lines(listed.id) if line.outcome is Outcome.DESTROYED]
        items = view.items.with_keys([line.item_key for line in lost], actor=actor)
        found = {item.key: view.destructions.of_item(item.id) for item in items}
        return {key: proof for key, proof in found.items() if proof is not None}


def steps_of(actor: Actor, listed: DestructionList) -> frozenset[ListStep]:
    """What the actor may do with a list next; whether he succeeds is judged when he does it."""
    allowed = _MANAGING.get(listed.state, frozenset()) if actor.may(Permission.MANAGE_RETENTION) else frozenset()
    return allowed | _own_steps(actor, listed) | _carrying_steps(actor, listed)


def _own_steps(actor: Actor, listed: DestructionList) -> frozenset[ListStep]:
    """The steps that are the actor's because the list names him."""
    named = listed.appointed
    is_approver = actor.name == named.approver and actor.may(Permission.APPROVE_DESTRUCTION)
    signs = actor.may(Permission.SIGN_DESTRUCTION)
    is_signer = signs and named.office_of(actor.name) is not None
    watches = signs and actor.name in named.supervisors
    asked = {
        ListStep.SIGN: listed.state is ListState.SIGNING and is_signer and not _did(actor, listed, ActKind.SIGNED),
        ListStep.RETURN: (listed.state in {ListState.SIGNING, ListState.SIGNED} and is_signer)
        or (listed.state is ListState.SIGNED and is_approver),
        ListStep.APPROVE: listed.state is ListState.SIGNED and is_approver,
        ListStep.UNAPPROVE: is_approver
        and listed.state in {ListState.APPROVED, ListState.CHECKED, ListState.EXECUTING},
        ListStep.CHECK: listed.state is ListState.APPROVED and watches and not _did(actor, listed, ActKind.CHECKED),
        ListStep.ATTEST: listed.state is ListState.EXECUTED and watches and not _did(actor, listed, ActKind.ATTESTED),
    }
    return frozenset(step for step, holds in asked.items() if holds)


def _carrying_steps(actor: Actor, listed: DestructionList) -> frozenset[ListStep]:
    barred = {listed.appointed.approver, *listed.appointed.supervisors}
    if not actor.may(Permission.CARRY_OUT_DESTRUCTION) or actor.name in barred:
        return frozenset()
    steps = {ListState.CHECKED: ListStep.BEGIN, ListState.EXECUTING: ListStep.CARRY_OUT}
    return frozenset({steps[listed.state]} if listed.state in steps else ())


def _did(actor: Actor, listed: DestructionList, kind: ActKind) -> bool:
    return actor.name in listed.by(kind)


def _approver(work: UnitOfWork) -> str:
    try:
        return approver(work)
    except ApproverUnknown:
        return ""


_MANAGING = {
    **dict.fromkeys(CHANGEABLE_STATES, frozenset({ListStep.CHANGE, ListStep.SUBMIT, ListStep.WITHDRAW})),
    ListState.SIGNING: frozenset({ListStep.WITHDRAW}),
    ListState.SIGNED: frozenset({ListStep.WITHDRAW}),
}
