"""The rules of the duty calendar, which are data: reminders by kind, what comes back by the calendar, days of notice.

What always holds:
- What nobody stated is as shipped; what was stated holds from the next look on.
- A recurring duty owes nothing from before the day it was stated for the first time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from dms.archive import Archive
from dms.custody.duties.errors import DutyRuleInvalid, RecurringDutyUnknown
from dms.domain.actor import Actor, Permission, Role
from dms.domain.duty import DutyKind
from dms.domain.one_line import one_line
from dms.domain.recurring_duty import EVERY_MONTH, LAST_COMMON_DAY, RecurringDuty
from dms.domain.reminder import DEFAULT_RULE, DEFAULT_RULES, LONGEST_AHEAD_DAYS, ReminderRule
from dms.errors import Bilingual
from dms.store import UnitOfWork

REMINDERS: Final = "reminder_rules"
RECURRING: Final = "recurring_duties"
NOTICE: Final = "expiry_notice_days"
MISSING: Final = "missing_paper_months"
RECURRING_KINDS: Final = (DutyKind.STATISTICS, DutyKind.SUPPLY)
MAX_CODE_CHARACTERS: Final = 32
MAX_NAME_CHARACTERS: Final = 80
MOST_WORKING_DAYS: Final = 60
DEFAULT_NOTICE_DAYS: Final[Mapping[str, int]] = {
    "licence": 30,
    "authorization": 30,
    "identity_proof": 30,
    "capability_proof": 60,
    "guarantee": 60,
    "credit_report": 30,
}
"""Licences, authorities and credit reports bear a validity (C1-02, C4-02, C10-06)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRules:
    """Every rule that is in force."""

    reminders: Mapping[DutyKind, ReminderRule]
    """For every kind."""
    recurring: tuple[RecurringDuty, ...]
    notice_days: Mapping[str, int]
    """How many days before its end a paper falls due, by document type; other types never do."""
    missing_months: int
    """Within how many months a missing paper is to be brought."""


def duty_rules(actor: Actor, *, archive: Archive) -> DutyRules:
    """The rules that are in force."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return DutyRules(
            reminders={kind: reminder_rule_in(view, kind) for kind in DutyKind},
            recurring=recurring_in(view),
            notice_days=expiry_notice_in(view),
            missing_months=missing_months_in(view),
        )


def state_reminder_rule(actor: Actor, kind: DutyKind, rule: ReminderRule, *, archive: Archive) -> ReminderRule:
    """The rule by which this kind of duty is reminded of from now on; raises `DutyRuleInvalid`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    tidy = replace(rule, before_days=tuple(sorted(set(rule.before_days), reverse=True)))
    after = (rule.every_working_days, rule.escalate_after_working_days)
    ahead_fits = all(1 <= days <= LONGEST_AHEAD_DAYS for days in tidy.before_days) and len(tidy.before_days) <= 5
    if not ahead_fits or not all(0 <= days <= MOST_WORKING_DAYS for days in after):
        raise DutyRuleInvalid(
            Bilingual("提醒规则不对。", "The reminders cannot be right."),
            Bilingual(
                f"提前天数填 1 至 {LONGEST_AHEAD_DAYS}，最多五个；逾期后的工作日数填 0 至 {MOST_WORKING_DAYS}。",
                f"Days before: 1 to {LONGEST_AHEAD_DAYS}, five at most; working days after: 0 to {MOST_WORKING_DAYS}.",
            ),
        )
    with archive.begin() as work:
        stated: dict[str, Any] = work.settings.get(REMINDERS, {})
        work.settings.state(REMINDERS, stated | {kind.value: _rule_as_json(tidy)})
        archive.record(work, actor, "reminder_rule_stated", kind.value, **_rule_told(tidy))
    return tidy


def state_recurring_duty(actor: Actor, duty: RecurringDuty, *, archive: Archive) -> RecurringDuty:
    """The recurring duty, added or replaced by its code; one that is replaced keeps its first day.

    Raises `DutyRuleInvalid`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    tidy = _checked(duty)
    with archive.begin() as work:
        known = {each.code: each for each in recurring_in(work)}
        before = known.get(tidy.code)
        stated = replace(tidy, since_on=before.since_on) if before else tidy
        _keep_recurring(known | {stated.code: stated}, work=work)
        archive.record(work, actor, "recurring_duty_stated", stated.code, zh=stated.zh, department=stated.department)
    return stated


def drop_recurring_duty(actor: Actor, duty_code: str, *, archive: Archive) -> RecurringDuty:
    """The recurring duty that is owed no more; what was settled of it stays on record.

    Raises `RecurringDutyUnknown`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        known = {each.code: each for each in recurring_in(work)}
        dropped = known.pop(duty_code, None)
        if dropped is None:
            raise RecurringDutyUnknown(duty_code)
        _keep_recurring(known, work=work)
        archive.record(work, actor, "recurring_duty_dropped", duty_code, zh=dropped.zh)
    return dropped


def state_notice_days(
    actor: Actor, notice_days: Mapping[str, int], missing_months: int, *, archive: Archive
) -> Mapping[str, int]:
    """The days of notice by document type, without those of 0, and the months for missing papers.

    Raises `DutyRuleInvalid`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    kept = {code: days for code, days in notice_days.items() if days}
    fits = all(0 < days <= LONGEST_AHEAD_DAYS for days in kept.values()) and 1 <= missing_months <= len(EVERY_MONTH)
    with archive.begin() as work:
        if not fits or not kept.keys() <= {kind.code for kind in work.scheme.all_types()}:
            raise DutyRuleInvalid(
                Bilingual("提醒天数不对。", "The days of notice cannot be right."),
                Bilingual(
                    f"天数填 0 至 {LONGEST_AHEAD_DAYS}，0 表示不提醒；补齐期限填 1 至 12 个月。",
                    f"State 0 to {LONGEST_AHEAD_DAYS} days, 0 for none, and 1 to 12 months.",
                ),
            )
        work.settings.state(NOTICE, kept)
        work.settings.state(MISSING, missing_months)
        archive.record(work, actor, "expiry_notice_stated", "settings", missing_months=missing_months, **kept)
    return kept


def reminder_rule_in(view: UnitOfWork, kind: DutyKind) -> ReminderRule:
    """The rule by which this kind of duty is reminded of."""
    stated = view.settings.get(REMINDERS, {}).get(kind.value)
    if stated is None:
        return DEFAULT_RULES.get(kind, DEFAULT_RULE)
    return ReminderRule(**stated | {"before_days": tuple(stated["before_days"])})


def recurring_in(view: UnitOfWork) -> tuple[RecurringDuty, ...]:
    """What comes back by the calendar, as the company stated it: nothing as shipped, for departments differ (C6-18)."""
    return tuple(_recurring(each) for each in view.settings.get(RECURRING, ()))


def expiry_notice_in(view: UnitOfWork) -> Mapping[str, int]:
    """The days of notice, by document type."""
    stated: Mapping[str, int] = view.settings.get(NOTICE, DEFAULT_NOTICE_DAYS)
    return stated


def missing_months_in(view: UnitOfWork) -> int:
    """Within how many months a missing paper is to be brought."""
    return view.settings.number(MISSING, 1)


def _checked(duty: RecurringDuty) -> RecurringDuty:
    code, zh, en = one_line(duty.code), one_line(duty.zh), one_line(duty.en) or one_line(duty.zh)
    department = one_line(duty.department)
    plain = code.replace("_", "").replace("-", "")
    named = len(code) <= MAX_CODE_CHARACTERS and plain.isascii() and plain.isalnum()
    named = named and all(0 < len(name) <= MAX_NAME_CHARACTERS for name in (zh, en))
    when = 1 <= duty.day <= LAST_COMMON_DAY and duty.months and set(duty.months) <= set(EVERY_MONTH)
    if not (named and when and duty.kind in RECURRING_KINDS and (department or duty.role)):
        raise DutyRuleInvalid(
            Bilingual("定期事项不完整。", "The recurring duty is not complete."),
            Bilingual(
                f"请填写代码（字母、数字）、名称、每月几日（1 至 {LAST_COMMON_DAY}）、月份，以及责任部门或角色。",
                f"Give a code of letters and digits, a name, a day (1 to {LAST_COMMON_DAY}), months, and who owes it.",
            ),
        )
    months = tuple(sorted(set(duty.months)))
    return replace(duty, code=code, zh=zh, en=en, department=department, months=months)


def _keep_recurring(known: Mapping[str, RecurringDuty], *, work: UnitOfWork) -> None:
    work.settings.state(RECURRING, [_recurring_as_json(each) for each in known.values()])


def _recurring_as_json(duty: RecurringDuty) -> dict[str, Any]:
    values = {name: getattr(duty, name) for name in RecurringDuty.__dataclass_fields__}
    role = duty.role.value if duty.role else None
    return values | {"kind": duty.kind.value, "role": role, "since_on": duty.since_on.isoformat()}


def _recurring(stated: Mapping[str, Any]) -> RecurringDuty:
    return RecurringDuty(
        **{
            **stated,
            "kind": DutyKind(stated["kind"]),
            "role": Role(stated["role"]) if stated["role"] else None,
            "months": tuple(stated["months"]),
            "since_on": date.fromisoformat(stated["since_on"]),
        }
    )


def _rule_as_json(rule: ReminderRule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in ReminderRule.__dataclass_fields__}
    return values | {"before_days": list(rule.before_days)}


def _rule_told(rule: ReminderRule) -> dict[str, str | int]:
    ahead = "、".join(str(days) for days in rule.before_days)
    return {
        "before_days": ahead,
        "on_the_day": int(rule.on_the_day),
        "every_working_days": rule.every_working_days,
        "escalate_after": rule.escalate_after_working_days,
    }
