"""The retention rules by version, and the company's approved schedule 《档案分类分级管理目录》 (C9-05 to C9-07).

What always holds:
- S1 What a code stands for, its years and its vocabulary, never changes; trigger, mandate and criterion change by a
  new version, which names who approved it.
- S2 A schedule is approved as a whole: every class in use has its five columns, and its term is a known rule.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from dms.archive import Archive
from dms.custody.keeping.errors import RuleUnfit, ScheduleUnfit
from dms.custody.keeping.naming import person, stated
from dms.domain.actor import GRADES, Actor, Permission
from dms.domain.clock import local_day
from dms.domain.one_line import one_line
from dms.domain.retention import RetentionAction, RetentionRule
from dms.domain.retention_schedule import RetentionSchedule, ScheduleLine
from dms.errors import Bilingual
from dms.store import UnitOfWork

MOST_YEARS = 100
MOST_NAME_CHARACTERS = 40
USUAL_CUSTODY_FORM = "原件装订成卷，另存扫描件"
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleWish:
    """A schedule as it was approved."""

    approved_by: str
    approved_on: date
    valid_from_on: date
    remark: str = ""
    lines: tuple[ScheduleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionOverview:
    """All rules and schedules."""

    rules: tuple[RetentionRule, ...]
    """Those in force."""
    versions: tuple[RetentionRule, ...]
    """Every version of every code, the newest first within a code."""
    schedules: tuple[RetentionSchedule, ...]
    """Every approved schedule, the newest first."""
    draft: tuple[ScheduleLine, ...]
    """The schedule as the classes stand now, with what the last approved one said of custody and departments."""

    @property
    def is_approved(self) -> bool:
        """Whether the newest schedule says what the classes say."""
        return bool(self.schedules) and self.schedules[0].lines == self.draft


def retention_overview(actor: Actor, *, archive: Archive) -> RetentionOverview:
    """The rules with their versions, and the schedules; for everyone who consults papers."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        schedules = tuple(view.schedules.all())
        return RetentionOverview(
            rules=tuple(view.retention.all()),
            versions=tuple(view.retention.versions()),
            schedules=schedules,
            draft=_draft(schedules[0] if schedules else None, work=view),
        )


def state_rule_version(actor: Actor, rule: RetentionRule, *, archive: Archive) -> RetentionRule:
    """The rule in force from now on, under the next version of its code; due days are computed anew from it.

    Raises `PersonNeeded` or `RuleUnfit`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    person(actor)
    checked = _checked_rule(rule, today=local_day(archive.now()))
    with archive.begin() as work:
        known = work.retention.with_code(checked.code)
        if known and (known.years, known.vocabulary) != (checked.years, checked.vocabulary):
            raise _rule_unfit(
                f"代码 {checked.code} 的年限或期限类别不能更改", f"{checked.code} stands for another term"
            )  # S1
        _check_equivalent(checked, work=work)
        in_force = work.retention.state(checked)
        told: dict[str, str | int | None] = {
            "zh": in_force.zh,
            "years": in_force.years,
            "trigger": in_force.trigger.value,
            "version": in_force.version,
            "mandate": in_force.mandate_zh,
            "approved_by": in_force.approved_by,
        }
        archive.record(work, actor, "retention_rule_stated", in_force.code, **told)
        return in_force


def approve_schedule(actor: Actor, wish: ScheduleWish, *, archive: Archive) -> RetentionSchedule:
    """The schedule under the next version number, as approved on paper; raises `PersonNeeded` or `ScheduleUnfit`."""
    actor.require(Permission.MANAGE_RETENTION)
    by = person(actor)
    approved_by = one_line(wish.approved_by)[:MOST_NAME_CHARACTERS]
    if not approved_by or wish.approved_on > local_day(archive.now()):
        raise ScheduleUnfit(Bilingual("批准人或批准日期不对。", "Who approved it, or when, is not right."))
    lines = tuple(_checked_line(line) for line in wish.lines)
    with archive.begin() as work:
        _check_lines(lines, work=work)  # S2
        schedule = RetentionSchedule(
            version=work.schedules.next_version(),
            approved_by=approved_by,
            approved_on=wish.approved_on,
            valid_from_on=wish.valid_from_on,
            remark=stated(wish.remark),
            lines=lines,
            stated_by=by,
            stated_at=archive.now(),
        )
        work.schedules.add(schedule)
        told = {"approved_by": approved_by, "approved_on": wish.approved_on.isoformat()}
        archive.record(work, actor, "retention_schedule_approved", f"schedule:{schedule.version}", **told)
        return schedule


def _draft(last: RetentionSchedule | None, *, work: UnitOfWork) -> tuple[ScheduleLine, ...]:
    before = {line.series_code: line for line in last.lines} if last else {}
    return tuple(
        ScheduleLine(
            series_code=series.code,
            class_zh=series.zh,
            custody_form=before[series.code].custody_form if series.code in before else USUAL_CUSTODY_FORM,
            retention_code=series.retention_code,
            department=before[series.code].department if series.code in before else "",
            grade=series.grade,
            remark=before[series.code].remark if series.code in before else "",
        )
        for series in work.scheme.series_in_use()
    )


def _checked_line(line: ScheduleLine) -> ScheduleLine:
    return replace(
        line,
        class_zh=one_line(line.class_zh)[:MOST_NAME_CHARACTERS],
        custody_form=one_line(line.custody_form)[:MOST_NAME_CHARACTERS],
        department=one_line(line.department)[:MOST_NAME_CHARACTERS],
        remark=stated(line.remark),
    )


def _check_lines(lines: tuple[ScheduleLine, ...], *, work: UnitOfWork) -> None:
    asked, given = {series.code for series in work.scheme.series_in_use()}, [line.series_code for line in lines]
    if missing := sorted(asked - set(given)):
        told = "、".join(missing)
        raise ScheduleUnfit(Bilingual(f"缺少类目 {told}。", f"Classes are missing: {', '.join(missing)}."))
    if len(given) != len(set(given)):
        raise ScheduleUnfit(Bilingual("有的类目列了两次。", "A class stands there twice."))
    known = {rule.code for rule in work.retention.all()}
    for line in lines:
        fit = line.class_zh and line.custody_form and line.department and line.grade in GRADES
        if not fit or line.retention_code not in known:
            raise ScheduleUnfit(
                Bilingual(
                    f"类目 {line.series_code} 的各栏没有填全。", f"A column of class {line.series_code} is missing."
                )
            )


def _checked_rule(rule: RetentionRule, *, today: date) -> RetentionRule:
    code, zh, en = rule.code.strip().upper(), one_line(rule.zh), one_line(rule.en)
    if not _CODE.fullmatch(code):
        raise _rule_unfit(
            "代码须以字母开头，由 1 至 8 位字母和数字组成", "a code is a letter with up to 7 letters or digits"
        )
    if not 1 <= len(zh) <= MOST_NAME_CHARACTERS or len(en) > MOST_NAME_CHARACTERS:
        raise _rule_unfit("名称为空或过长", "its name is empty or too long")
    if rule.years is not None and not 1 <= rule.years <= MOST_YEARS:
        raise _rule_unfit(f"年数须在 1 到 {MOST_YEARS} 之间", f"the years are between 1 and {MOST_YEARS}")
    mandate, approved_by = stated(rule.mandate_zh), one_line(rule.approved_by)[:MOST_NAME_CHARACTERS]
    if not mandate or not approved_by or rule.approved_on is None or rule.approved_on > today:
        raise _rule_unfit("没有写明依据、批准人或批准日期", "mandate or approval is missing")
    return replace(
        rule,
        code=code,
        zh=zh,
        en=en or zh,
        action=RetentionAction.KEEP if rule.permanent else RetentionAction.APPRAISE,
        mandate_zh=mandate,
        approved_by=approved_by,
        criterion_zh=stated(rule.criterion_zh),
        equivalent_code=rule.equivalent_code.strip().upper(),
    )


def _check_equivalent(rule: RetentionRule, *, work: UnitOfWork) -> None:
    if not rule.equivalent_code:
        return
    other = work.retention.with_code(rule.equivalent_code)
    if other is None or other.vocabulary is rule.vocabulary:
        raise _rule_unfit("对应的期限须是另一套期限中的代码", "the equivalent is a code of the other vocabulary")


def _rule_unfit(zh: str, en: str) -> RuleUnfit:
    return RuleUnfit(Bilingual(f"{zh}。", f"{en[:1].upper()}{en[1:]}."))
