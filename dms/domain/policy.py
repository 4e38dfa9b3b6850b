"""Who may do what with a paper: the one place where that is decided (C8-10, C8-17).

What always holds:
- What is not allowed by a line of `RULES` is refused.
- The conditions of queries and the mask of the index are made from the same `Reach` that `decide` asks, so lists,
  counts, pages, downloads and prints answer alike.
- Nobody may do anything with a paper that he may not know of, and he is not told that it exists.
- A grant opens a department or a grade; it opens neither a withdrawn paper nor one that is kept in store only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dms.domain.access import GrantedUse
from dms.domain.actor import Actor, Permission
from dms.domain.item import ItemState


class Use(StrEnum):
    """What somebody does with a paper."""

    KNOW = "know"
    """See that it exists: in lists, counts, results and suggestions."""
    LOOK = "look"
    """Read it on screen."""
    TAKE = "take"
    """Take it away: the original, a searchable copy, a print, an export of its text."""
    CHANGE = "change"
    """State what it is, correct what was read, file it, reject it."""
    LEND = "lend"
    """Hand out the original on paper."""
    DESTROY = "destroy"
    """Destroy it, for a list that was signed and approved."""


class Reason(StrEnum):
    """Why a use is allowed or refused; the first that applies."""

    OWN_RIGHT = "own_right"
    """By role, grade and department."""
    GRANTED = "granted"
    """By a grant in force."""
    NO_CONSULTATION = "no_consultation"
    """None of the roles may consult papers at all."""
    STORAGE_ONLY = "storage_only"
    WITHDRAWN = "withdrawn"
    GRADE = "grade"
    """The paper is more secret than the person may see."""
    DEPARTMENT = "department"
    """The paper belongs to the customer of another department."""
    STATE = "state"
    """Not in this state of the paper."""
    HELD = "held"
    """A hold lies on it."""
    NO_PERMISSION = "no_permission"
    """He may know of it; none of his roles allows this use."""
    LOOK_ONLY = "look_only"
    """He may know of it by a grant that does not reach so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPaper:
    """What the policy asks of a paper."""

    key: int
    grade: int
    customer_id: int | None
    department: str
    """Of its customer; empty for a customer of the whole company, and for a paper that belongs to none yet."""
    state: ItemState
    storage_only: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer of the policy."""

    allowed: bool
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRule:
    """One line of the policy: what one use asks for, besides the right to consult papers at all."""

    permission: Permission
    """Which the person's roles must include."""
    grant: GrantedUse | None
    """The least grant that stands for grade, department and permission; None where no grant helps."""
    states: frozenset[ItemState]
    storage_only_by: Permission | None
    """Who may though the paper is kept in store only; None for nobody."""
    despite_hold: bool


_ALL = frozenset(ItemState)
_KEPT = _ALL - {ItemState.DESTROYED}

WITHDRAWN_FOR = Permission.CONFIRM
"""Rejected papers concern only those who confirm papers, for they may take the rejection back."""

RULES: Mapping[Use, UseRule] = MappingProxyType(
    {
        Use.KNOW: UseRule(
            permission=Permission.CONSULT,
            grant=GrantedUse.LOOK,
            states=_ALL,
            storage_only_by=Permission.MANAGE_PERSONAL_DATA,
            despite_hold=True,
        ),
        Use.LOOK: UseRule(
            permission=Permission.CONSULT,
            grant=GrantedUse.LOOK,
            states=_KEPT,
            storage_only_by=Permission.MANAGE_PERSONAL_DATA,
            despite_hold=True,
        ),
        Use.TAKE: UseRule(
            permission=Permission.TAKE_COPIES,
            grant=GrantedUse.TAKE,
            states=_KEPT,
            storage_only_by=None,
            despite_hold=True,
        ),
        Use.CHANGE: UseRule(
            permission=Permission.CONFIRM, grant=None, states=_KEPT, storage_only_by=None, despite_hold=True
        ),
        Use.LEND: UseRule(
            permission=Permission.LEND,
            grant=None,
            states=frozenset({ItemState.FILED}),
            storage_only_by=None,
            despite_hold=False,
        ),
        Use.DESTROY: UseRule(
            permission=Permission.CARRY_OUT_DESTRUCTION,
            grant=None,
            states=_KEPT,
            storage_only_by=Permission.CARRY_OUT_DESTRUCTION,
            despite_hold=False,
        ),
    }
)
"""The written policy, a line a use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one person's rights go for one use; every condition on papers is made from it.

    A paper is within reach where its state is one of `states`, it is not kept in store only (or `storage_only`), and
    either it is one of `items`, or its grade is `clearance` or less secret and its customer is one of `customers` or,
    with `by_department`, of the departments.
    """

    by_department: bool
    """Whether the person's own departments count; False leaves what was granted."""
    departments: frozenset[str] | None
    """Besides the whole company; None for all."""
    clearance: int
    customers: frozenset[int]
    """Granted; whatever their department."""
    items: frozenset[int]
    """Granted; whatever their department and grade."""
    states: frozenset[ItemState]
    storage_only: bool

    @property
    def is_empty(self) -> bool:
        """Whether no paper at all is within reach."""
        return not (self.states and (self.by_department or self.customers or self.items))


def reach(actor: Actor, use: Use) -> Reach:
    """How far the actor's rights go for this use; holds are asked beside it (`RULES`)."""
    rule = RULES[use]
    permitted = actor.may(rule.permission)
    consults = actor.may(Permission.CONSULT)
    customers, items = _granted(actor, rule.grant) if consults else (frozenset(), frozenset())
    states = rule.states if actor.may(WITHDRAWN_FOR) else rule.states - {ItemState.WITHDRAWN}
    return Reach(
        by_department=permitted and consults,
        departments=actor.departments,
        clearance=actor.clearance,
        customers=customers,
        items=items,
        states=states,
        storage_only=rule.storage_only_by is not None and actor.may(rule.storage_only_by),
    )


def decide(actor: Actor, use: Use, paper: PolicyPaper) -> Decision:
    """Whether the actor may use the paper so, and why or why not."""
    return _refusal_to_know(actor, paper) or _answer(actor, use, paper)


def may(actor: Actor, use: Use, paper: PolicyPaper) -> bool:
    """Whether the actor may use the paper so."""
    return decide(actor, use, paper).allowed


def _refusal_to_know(actor: Actor, paper: PolicyPaper) -> Decision | None:
    known = reach(actor, Use.KNOW)
    if known.is_empty:
        return _refused(Reason.NO_CONSULTATION)
    if paper.storage_only and not known.storage_only:
        return _refused(Reason.STORAGE_ONLY)
    if paper.state not in known.states:
        return _refused(Reason.WITHDRAWN)
    if paper.key in known.items:
        return None
    if paper.grade < known.clearance:
        return _refused(Reason.GRADE)
    return None if _is_open(known, paper) else _refused(Reason.DEPARTMENT)


def _answer(actor: Actor, use: Use, paper: PolicyPaper) -> Decision:
    rule, within = RULES[use], reach(actor, use)
    if paper.storage_only and not within.storage_only:
        return _refused(Reason.STORAGE_ONLY)
    if paper.state not in within.states:
        return _refused(Reason.STATE)
    if paper.held and not rule.despite_hold:
        return _refused(Reason.HELD)
    by_rank = paper.grade >= within.clearance
    if by_rank and _is_of_department(within, paper):
        return Decision(allowed=True, reason=Reason.OWN_RIGHT)
    if paper.key in within.items or (by_rank and paper.customer_id in within.customers):
        return Decision(allowed=True, reason=Reason.GRANTED)
    return _refused(Reason.LOOK_ONLY if actor.may(rule.permission) else Reason.NO_PERMISSION)


def _granted(actor: Actor, grant: GrantedUse | None) -> tuple[frozenset[int], frozenset[int]]:
    """The customers and items that are granted to the actor as far as this."""
    match grant:
        case GrantedUse.LOOK:
            return actor.granted_customers, actor.granted_items
        case GrantedUse.TAKE:
            return actor.customers_to_take, actor.items_to_take
        case None:
            return frozenset(), frozenset()


def _is_open(within: Reach, paper: PolicyPaper) -> bool:
    return paper.customer_id in within.customers or _is_of_department(within, paper)


def _is_of_department(within: Reach, paper: PolicyPaper) -> bool:
    if not within.by_department:
        return False
    return within.departments is None or paper.department in {"", *within.departments}


def _refused(reason: Reason) -> Decision:
    return Decision(allowed=False, reason=reason)
