"""`remind`: tell everybody what falls due, each step once, on working days.

What always holds:
- One step of a duty is told to all whom it concerns in one transaction, and never again; a crash between two steps
  leaves nothing told twice and nothing forgotten, for the next round looks at what was told.
- Whoever may not know what a duty is about is not told of it; whoever is above is told of it by kind and number where
  he may not.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from dms.archive import Archive, is_working_day
from dms.custody.duties.knowing import may_know
from dms.custody.duties.people import People
from dms.custody.duties.rules import reminder_rule_in
from dms.custody.duties.sources import Asked, owed
from dms.custody.duties.wording import told_apart
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.reminder import Reminder, ReminderRule, ReminderStep, earliest_step_on, steps_due
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork

DUTIES_AT_ONCE: Final = 200
LONGEST_NAMES: Final = 3
"""Of owners, in what whoever is above is told."""


def remind(archive: Archive) -> int:
    """How many reminders were given today; none on a day that is no working day."""
    today = local_day(archive.now())
    if not is_working_day(today):
        return 0
    with archive.looking() as view:
        waiting = iter(list(_to_tell(view, today)))
    given = 0
    while batch := list(islice(waiting, DUTIES_AT_ONCE)):
        with archive.begin() as work:
            people = People(view=work, at=archive.now(), today_on=today)
            given += sum(_told(duty, step, people, archive=archive, work=work) for duty, step in batch)
    return given


def _to_tell(view: UnitOfWork, today: date) -> Iterator[tuple[Duty, ReminderStep]]:
    """The steps that have fallen due and were not told yet."""
    rules = {kind: reminder_rule_in(view, kind) for kind in DutyKind}
    ahead = max(today - earliest_step_on(rule, today) for rule in rules.values())
    for duty, _known in owed(view, Asked(today_on=today, until_on=today + ahead)):
        steps = _steps(rules[duty.kind], duty, today)
        yield from ((duty, step) for step in steps if not view.reminders.is_given(duty, step.code))


def _steps(rule: ReminderRule, duty: Duty, today: date) -> tuple[ReminderStep, ...]:
    if earliest_step_on(rule, duty.due_on) > today:
        return ()
    return steps_due(rule, duty.due_on, today, is_working_day)


def _told(duty: Duty, step: ReminderStep, people: People, *, archive: Archive, work: UnitOfWork) -> int:
    owners = people.owners(duty)
    if not step.is_escalation:
        return sum(_give(user, duty, step, archive=archive, work=work) for user in owners)
    above = people.above(duty, owners)
    told = (_for_whoever_is_above(user, duty, owners, people, work=work) for user in above)
    return sum(
        _give(user, escalated, step, archive=archive, work=work) for user, escalated in zip(above, told, strict=True)
    )


def _give(user: User, duty: Duty, step: ReminderStep, *, archive: Archive, work: UnitOfWork) -> bool:
    told_on = local_day(archive.now())
    reminder = Reminder(id=0, user_id=user.id, duty=duty, step=step.code, told_on=told_on, told_at=archive.now())
    return work.reminders.give(reminder)


def _for_whoever_is_above(user: User, duty: Duty, owners: list[User], people: People, *, work: UnitOfWork) -> Duty:
    knows = may_know(people.actor_of(user), duty, view=work) is True
    what = duty.what if knows else told_apart(duty)
    names = "、".join(owner.display_name for owner in owners[:LONGEST_NAMES]) or duty.department or "—"
    return replace(
        duty,
        what=Bilingual(f"逾期未办：{what.zh}（责任人：{names}）", f"Overdue: {what.en} (owed by {names})"),
    )
