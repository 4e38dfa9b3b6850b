"""Use of papers 利用: requests and the way they are decided, and loans of originals.

What always holds:
- A request moves only along `MAY_BECOME`; what was decided stays as it was decided.
- Its route follows from the papers alone: the most secret grade among them, and whose papers they are.
- A loan leaves the archive once and comes back once, or is lost; one that was lost may be found again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from dms.domain.actor import GRADES, LOWEST_GRADE, Role
from dms.domain.working_days import IsWorkingDay, after_working_days


class UseKind(StrEnum):
    """What is asked for 利用方式."""

    LOOK = "look"
    """查阅: on the screen."""
    COPY = "copy"
    """复制: printed copies, counted."""
    EXPORT = "export"
    """导出: the paper's own bytes, to take away."""
    ORIGINAL = "original"
    """借出: the paper itself leaves the archive."""


class RequestState(StrEnum):
    """Where a request stands."""

    FINDING = "finding"
    """待查找: it describes papers, which the archivist looks for."""
    PENDING = "pending"
    """待审批"""
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By whoever asked, before or after it was approved."""
    LAPSED = "lapsed"
    """Not decided, or not used, in time."""
    REVOKED = "revoked"
    """The approval was taken back."""
    CLOSED = "closed"
    """Used, and done with."""


MAY_BECOME: Mapping[RequestState, frozenset[RequestState]] = MappingProxyType(
    {
        RequestState.FINDING: frozenset(
            {RequestState.PENDING, RequestState.APPROVED, RequestState.REFUSED, RequestState.WITHDRAWN}
            | {RequestState.LAPSED}
        ),
        RequestState.PENDING: frozenset(
            {RequestState.APPROVED, RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.LAPSED}
        ),
        RequestState.APPROVED: frozenset(
            {RequestState.CLOSED, RequestState.WITHDRAWN, RequestState.LAPSED, RequestState.REVOKED}
        ),
        RequestState.REFUSED: frozenset(),
        RequestState.WITHDRAWN: frozenset(),
        RequestState.LAPSED: frozenset(),
        RequestState.REVOKED: frozenset(),
        RequestState.CLOSED: frozenset(),
    }
)
WAITING = frozenset({RequestState.FINDING, RequestState.PENDING})
"""The states in which somebody else has to act."""
RUNNING = WAITING | {RequestState.APPROVED}


class Approver(StrEnum):
    """In what capacity a step is decided, the lowest rank first."""

    DEPARTMENT_MANAGER = "department_manager"
    MANAGER_IN_CHARGE = "manager_in_charge"
    GENERAL_MANAGER = "general_manager"


RANKS: tuple[Approver, ...] = tuple(Approver)
ROLE_OF: Mapping[Approver, Role] = MappingProxyType(
    {
        Approver.DEPARTMENT_MANAGER: Role.DEPARTMENT_MANAGER,
        Approver.MANAGER_IN_CHARGE: Role.MANAGER_IN_CHARGE,
        Approver.GENERAL_MANAGER: Role.GENERAL_MANAGER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStep:
    """One decision that a request needs."""

    approver: Approver
    department: str = ""
    """Whose manager decides; empty for the whole company's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LendingRules:
    """How requests are routed and for how long papers are lent: what the company may set."""

    by_grade: Mapping[int, Approver] = field(
        default_factory=lambda: {
            1: Approver.GENERAL_MANAGER,
            2: Approver.MANAGER_IN_CHARGE,
            3: Approver.DEPARTMENT_MANAGER,
        }
    )
    """Who decides by the most secret grade among the papers (C8-05, C8-06, C8-08)."""
    other_department: Approver = Approver.MANAGER_IN_CHARGE
    """Who decides, besides, about papers of another department (C8-06)."""
    standing_roles: frozenset[Role] = frozenset({Role.GENERAL_MANAGER})
    """Who needs nobody's approval (C8-15)."""
    standing_users: frozenset[str] = frozenset()
    """Sign-in names of others who need none, such as the chairman's."""
    decide_within_working_days: int = 2
    lapse_after_working_days: int = 20
    """Without a decision, or approved and not used."""
    look_days_most: int = 30
    """Calendar days for which papers may be granted at most."""
    loan_working_days: int = 10
    renewals_most: int = 1
    renewal_working_days: int = 10
    recall_working_days: int = 3
    """Within what time an original that is called back is to be returned."""


def route_of(
    rules: LendingRules, *, grade: int, asking_department: str, owning_departments: Collection[str]
) -> tuple[RouteStep, ...]:
    """The steps of a request, in order: the lowest rank first.

    `owning_departments` are those of the papers' customers; customers of the whole company have none. Where another
    department's manager in charge decides, the asker's own department manager need not.
    """
    by_grade = rules.by_grade.get(grade, Approver.GENERAL_MANAGER)
    others = {name for name in owning_departments if name and name != asking_department}
    steps = {RouteStep(approver=rules.other_department, department=name) for name in others}
    own_rank, other_rank = RANKS.index(by_grade), RANKS.index(rules.other_department)
    if not others or own_rank > other_rank or (own_rank == other_rank and asking_department in owning_departments):
        steps.add(RouteStep(approver=by_grade, department=_of(by_grade, asking_department)))
    return tuple(sorted(steps, key=lambda step: (RANKS.index(step.approver), step.department)))


def raised(step: RouteStep) -> RouteStep | None:
    """The step one rank higher, for whoever would decide about himself; None above the general manager."""
    place = RANKS.index(step.approver) + 1
    if place == len(RANKS):
        return None
    return RouteStep(approver=RANKS[place], department=_of(RANKS[place], step.department))


def highest_grade(grades: Collection[int]) -> int:
    """The most secret of the grades; the lowest there is where none is stated."""
    return min((grade for grade in grades if grade in GRADES), default=LOWEST_GRADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRequest:
    """One request for use 利用申请."""

    id: int
    number: str
    """借阅单号, given once: ``JY-2026-0007``."""
    user_id: int
    user_name: str
    """Sign-in name of whoever asks."""
    display_name: str
    department: str
    """The asker's, when he asked."""
    kind: UseKind
    purpose: str
    outside_party: str = ""
    """For whom outside the company, with the letter of introduction; empty for the asker himself."""
    days: int
    """Calendar days for which the papers are wished."""
    copies: int = 1
    """份数 of each paper, where copies are asked for."""
    state: RequestState
    is_veiled: bool = False
    """Whether whoever asked need not know all its papers: it began with a description, or names a whole volume."""
    grade: int | None = None
    """The most secret among its papers; None while they are looked for."""
    route: tuple[RouteStep, ...] = ()
    step: int = 0
    """How many steps of the route are decided."""
    asked_at: datetime
    decide_by_on: date
    """The day by which it should be decided."""
    decided_at: datetime | None = None
    """When it was approved or refused for good."""
    use_until_on: date | None = None
    """The last day on which it may be used; None before it is approved."""
    ended_at: datetime | None = None
    effect: str = ""
    """利用效果: what the use came to."""

    @property
    def next_step(self) -> RouteStep | None:
        """The step that waits to be decided; None where none does."""
        waits = self.state is RequestState.PENDING and self.step < len(self.route)
        return self.route[self.step] if waits else None


def moved(request: UseRequest, state: RequestState, **changes: Any) -> UseRequest:  # noqa: ANN401 -- by field
    """The request in another state, with what changes besides; `ValueError` where it may not become that."""
    if state not in MAY_BECOME[request.state]:
        raise ValueError(f"{request.state} does not become {state}")
    return replace(request, state=state, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One paper or volume of a request, or a description of what is wanted; exactly one of the three is stated."""

    id: int
    request_id: int
    position: int
    item_key: int | None = None
    volume_id: int | None = None
    described: str = ""
    added_by: str
    """Who put it there: whoever asked, or the archivist who found it."""


class RequestEventKind(StrEnum):
    """What happened to a request."""

    ASKED = "asked"
    FOUND = "found"
    """The archivist found what was described."""
    APPROVED = "approved"
    """One step of the route."""
    STANDING = "standing"
    """By a standing right, without anybody's decision."""
    REFUSED = "refused"
    REMINDED = "reminded"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    COPIED = "copied"
    HANDED_OUT = "handed_out"
    CLOSED = "closed"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvent:
    """One line of what happened to a request; only ever added."""

    request_id: int
    happened_at: datetime
    kind: RequestEventKind
    by: str
    """Sign-in name."""
    on_behalf_of: str = ""
    """For whom a deputy acted; empty where he acted for himself."""
    step: RouteStep | None = None
    """What was decided; None for what is no decision."""
    text: str = ""
    """The opinion, the reason, or what was found."""
    count: int | None = None
    """Copies or pages, where they are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """Who decides in somebody's place for a while 代理."""

    id: int
    user_id: int
    """Whose place it is."""
    deputy_id: int
    from_on: date
    until_on: date
    """The last day."""
    stated_by: str
    stated_at: datetime
    ended_at: datetime | None = None

    def acts(self, on: date) -> bool:
        """Whether the deputy may decide on this day."""
        return self.ended_at is None and self.from_on <= on <= self.until_on


class LoanState(StrEnum):
    """Where an original is that was lent."""

    OUT = "out"
    RETURNED = "returned"
    LOST = "lost"


class Condition(StrEnum):
    """In what condition an original is 完好/缺页/破损."""

    SOUND = "sound"
    INCOMPLETE = "incomplete"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """One original that left the archive."""

    id: int
    request_id: int
    line_id: int
    item_key: int | None
    """None for a whole volume."""
    volume_id: int | None
    user_id: int
    borrower: str
    """Sign-in name."""
    department: str
    state: LoanState
    handed_out_at: datetime
    handed_out_by: str
    condition_out: Condition = Condition.SOUND
    sheets_out: int | None = None
    """Sheets that were counted when it left; None where nobody counted."""
    signed_at: datetime | None = None
    """When the borrower signed for it; None until he did."""
    due_on: date
    renewals: int = 0
    recalled_at: datetime | None = None
    recall_reason: str = ""
    returned_at: datetime | None = None
    returned_to: str = ""
    condition_in: Condition | None = None
    """None until it came back."""
    condition_note: str = ""
    lost_at: datetime | None = None
    """When the loss was reported."""
    loss_report: str = ""

    def is_overdue(self, on: date) -> bool:
        """Whether it should have come back before this day and did not."""
        return self.state is LoanState.OUT and self.due_on < on


def loan_due_on(rules: LendingRules, *, from_on: date, wished_days: int, is_working_day: IsWorkingDay) -> date:
    """The day by which an original is to come back: as long as was wished, but no longer than the rules lend."""
    latest = after_working_days(from_on, rules.loan_working_days, is_working_day)
    wished = date.fromordinal(from_on.toordinal() + max(1, wished_days))
    # A day on which the archive is closed takes nothing back.
    return min(latest, after_working_days(date.fromordinal(wished.toordinal() - 1), 1, is_working_day))


def _of(approver: Approver, department: str) -> str:
    return "" if approver is Approver.GENERAL_MANAGER else department
