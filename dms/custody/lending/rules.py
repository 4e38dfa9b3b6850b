"""The rules of lending as the company states them: who decides what, and for how long papers are lent.

What always holds:
- Every grade has somebody who decides.
- Rules stated anew change no request that is under way, and no day that was set before.
"""

from dataclasses import fields
from typing import Any

from dms.archive import Archive
from dms.custody.lending.errors import LendingRuleInvalid
from dms.domain.actor import GRADES, Actor, Permission, Role
from dms.domain.lending import Approver, LendingRules
from dms.store import UnitOfWork

SETTING = "lending_rules"
LONGEST_DAYS = 366
MOST_RENEWALS = 9
_DAYS = (
    "decide_within_working_days", "lapse_after_working_days", "look_days_most", "loan_working_days",
    "renewal_working_days", "recall_working_days",
)  # fmt: skip


def lending_rules(actor: Actor, *, archive: Archive) -> LendingRules:
    """The rules in force: as shipped, or as the company stated them."""
    if not actor.may(Permission.MANAGE_USERS):
        actor.require(Permission.REQUEST_USE)
    with archive.looking() as view:
        return rules_in(view)


def state_lending_rules(actor: Actor, rules: LendingRules, *, archive: Archive) -> LendingRules:
    """The rules, from now on in force; raises `LendingRuleInvalid`."""
    actor.require(Permission.MANAGE_USERS)
    wrong = _wrong_fields(rules)
    if wrong:
        raise LendingRuleInvalid(wrong)
    with archive.begin() as work:
        work.settings.state(SETTING, _as_json(rules))
        told = {name: getattr(rules, name) for name in (*_DAYS, "renewals_most")}
        decided_by = "、".join(f"{grade}={rules.by_grade[grade].value}" for grade in GRADES)
        archive.record(work, actor, "lending_rules_stated", "lending", routes=decided_by, **told)
    return rules


def rules_in(work: UnitOfWork) -> LendingRules:
    """The rules that are in force."""
    stated: dict[str, Any] | None = work.settings.get(SETTING)
    if stated is None:
        return LendingRules()
    known = {each.name: stated[each.name] for each in fields(LendingRules) if each.name in stated}
    return LendingRules(
        **known
        | {
            "by_grade": {int(grade): Approver(name) for grade, name in stated["by_grade"].items()},
            "other_department": Approver(stated["other_department"]),
            "standing_roles": frozenset(map(Role, stated["standing_roles"])),
            "standing_users": frozenset(stated["standing_users"]),
        }
    )


def _as_json(rules: LendingRules) -> dict[str, Any]:
    values = {each.name: getattr(rules, each.name) for each in fields(LendingRules)}
    return values | {
        "by_grade": {str(grade): approver.value for grade, approver in rules.by_grade.items()},
        "other_department": rules.other_department.value,
        "standing_roles": sorted(rules.standing_roles),
        "standing_users": sorted(rules.standing_users),
    }


def _wrong_fields(rules: LendingRules) -> set[str]:
    wrong = {name for name in _DAYS if not 1 <= getattr(rules, name) <= LONGEST_DAYS}
    if not 0 <= rules.renewals_most <= MOST_RENEWALS:
        wrong.add("renewals_most")
    if set(rules.by_grade) != set(GRADES):
        wrong.add("by_grade")
    return wrong
