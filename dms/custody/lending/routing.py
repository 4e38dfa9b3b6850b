"""By whom a request is decided: the steps of its route, the persons who hold the offices, and their deputies.

What always holds:
- Nobody decides about himself: a step that only the asker could decide goes to the next rank.
- An office is held by whom the register of departments names; where it names nobody, by those with the role there.
- A deputy decides on the days for which he was named, what his principal could decide, and in his principal's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dms.domain.actor import SYSTEM, Actor, Origin, Permission
from dms.domain.lending import (
    ROLE_OF,
    Approver,
    LendingRules,
    RequestLine,
    RouteStep,
    UseRequest,
    highest_grade,
    raised,
    route_of,
)
from dms.domain.user import User
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersAsked:
    """What the papers of a request come to, whoever may see them."""

    item_keys: tuple[int, ...]
    """Of single papers and of all that lies in the volumes asked for."""
    grade: int
    departments: frozenset[str]
    """Of the customers whose papers they are; the whole company's have none."""


def papers_asked(lines: Iterable[RequestLine], *, work: UnitOfWork) -> PapersAsked:
    """The papers that the lines name, those in volumes one by one."""
    chosen = list(lines)
    keys = [line.item_key for line in chosen if line.item_key is not None]
    items = list(work.items.with_keys(keys, actor=SYSTEM)) if keys else []
    for volume_id in (line.volume_id for line in chosen if line.volume_id is not None):
        items += work.items.of_volume(volume_id, actor=SYSTEM)
    owners = work.customers.with_ids(
        {each.classification.customer_id for each in items if each.classification.customer_id is not None}
    )
    return PapersAsked(
        item_keys=tuple(dict.fromkeys(each.key for each in items)),
        grade=highest_grade([each.classification.grade for each in items]),
        departments=frozenset(owner.facts.department for owner in owners.values()),
    )


def route_for(
    asker: User, department: str, papers: PapersAsked, rules: LendingRules, offices: "Offices"
) -> tuple[RouteStep, ...]:
    """The steps of a request of these papers; empty for somebody who needs nobody's approval."""
    if asker.name in rules.standing_users or asker.roles & rules.standing_roles:
        return ()
    stated = route_of(rules, grade=papers.grade, asking_department=department, owning_departments=papers.departments)
    steps = list(dict.fromkeys(offices.filled(step, but=asker.id) for step in stated))
    return tuple(
        step
        for place, step in enumerate(steps)
        if not any(offices.covers(later, step, but=asker.id) for later in steps[place + 1 :])
    )


class Offices:
    """Who holds the offices at one moment, and who stands in for whom."""

    def __init__(self, work: UnitOfWork, *, on: date) -> None:
        """`on` is the day for which deputies count."""
        self._work = work
        self._on = on
        self._users: list[User] = []
        self._holders: dict[RouteStep, tuple[User, ...]] = {}
        self._represented: dict[int, frozenset[int]] = {}

    def approvers(self, step: RouteStep, *, but: int | None = None) -> tuple[User, ...]:
        """Who may decide a step, by name; `but` is the account of whoever asks."""
        if step not in self._holders:
            self._holders[step] = self._holding(step)
        return tuple(each for each in self._holders[step] if each.id != but)

    def filled(self, step: RouteStep, *, but: int) -> RouteStep:
        """The step, or the next rank's where nobody but the asker could decide it."""
        while not self.approvers(step, but=but):
            higher = raised(step)
            if higher is None:
                return step
            step = higher
        return step

    def covers(self, later: RouteStep, step: RouteStep, *, but: int) -> bool:
        """Whether everyone who could decide a step decides the later one too: one person is asked once."""
        return set(self.approvers(step, but=but)) <= set(self.approvers(later, but=but))

    def principal(self, actor: Actor, request: UseRequest) -> User | None:
        """In whose name the actor may decide the next step of a request: his own, or that of whom he stands in for.

        None where it is not his to decide.
        """
        step = request.next_step
        if step is None or actor.user_id is None or actor.user_id == request.user_id:
            return None
        represented = self._represented_by(actor.user_id)
        own_first = sorted(self.approvers(step, but=request.user_id), key=lambda each: each.id != actor.user_id)
        return next((each for each in own_first if each.id in represented), None)

    def takes_part(self, actor: Actor, request: UseRequest) -> bool:
        """Whether the actor asked, decided or, himself or for somebody else, may decide a step of a request."""
        if actor.user_id is None:
            return False
        represented = self._represented_by(actor.user_id)
        deciding = (self.approvers(step, but=request.user_id) for step in request.route)
        if actor.user_id == request.user_id or any(each.id in represented for step in deciding for each in step):
            return True
        return any(each.by == actor.name for each in self._work.requests.events(request.id))

    def _represented_by(self, user_id: int) -> frozenset[int]:
        if user_id not in self._represented:
            acting = self._work.deputies.acting(self._on)
            others = {each.user_id for each in acting if each.deputy_id == user_id}
            self._represented[user_id] = frozenset({user_id, *others})
        return self._represented[user_id]

    def _holding(self, step: RouteStep) -> tuple[User, ...]:
        named = self._named_in_register(step)
        if named is not None:
            return (named,)
        self._users = self._users or self._work.users.all()
        return tuple(each for each in self._users if _may_decide(each) and _holds(each, step))

    def _named_in_register(self, step: RouteStep) -> User | None:
        if step.approver is Approver.GENERAL_MANAGER or not step.department:
            return None
        departments = self._work.departments
        is_head = step.approver is Approver.DEPARTMENT_MANAGER
        stated = departments.head_of(step.department) if is_head else departments.manager_in_charge_of(step.department)
        user = self._work.users.get(stated) if stated is not None else None
        return user if user is not None and _may_decide(user) else None


def _holds(user: User, step: RouteStep) -> bool:
    """Whether the account has the role of the office, for this department."""
    if ROLE_OF[step.approver] not in user.roles:
        return False
    match step.approver:
        case Approver.GENERAL_MANAGER:
            return True
        case Approver.MANAGER_IN_CHARGE:
            return user.departments is None or step.department in user.departments
        case Approver.DEPARTMENT_MANAGER:
            own = {user.home_department} if user.home_department else user.departments or frozenset()
            return step.department != "" and step.department in own


def _may_decide(user: User) -> bool:
    return not user.disabled and user.actor(Origin.SYSTEM).may(Permission.DECIDE_REQUESTS)
