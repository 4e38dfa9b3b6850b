"""The forms of holds, disputes, retention rules and schedules: what a person typed, and what it means."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from werkzeug.datastructures import MultiDict

from dms.custody.keeping import DisputeFactInvalid, HoldWish, RuleUnfit, ScheduleUnfit, ScheduleWish
from dms.domain.day import parse_day
from dms.domain.dispute import DisputeFacts
from dms.domain.hold import HoldTarget
from dms.domain.retention import RetentionRule, RetentionTrigger, RetentionVocabulary
from dms.domain.retention_schedule import ScheduleLine
from dms.errors import Bilingual

_NO_DAY = Bilingual("日期写得不对。", "The day is not written right.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedHold:
    """The form of a hold as text; every attribute is the name of a field."""

    target: str = HoldTarget.CONTRACT.value
    reference: str = ""
    reason: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDispute:
    """The form of a dispute as text; every attribute is the name of a field."""

    number: str = ""
    title: str = ""
    parties: str = ""
    opened_on: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRule:
    """The form of a retention rule as text; every attribute is the name of a field."""

    code: str = ""
    zh: str = ""
    en: str = ""
    years: str = ""
    vocabulary: str = RetentionVocabulary.CURRENT.value
    trigger: str = RetentionTrigger.CLOSING.value
    mandate_zh: str = ""
    criterion_zh: str = ""
    equivalent_code: str = ""
    approved_by: str = ""
    approved_on: str = ""


def hold_typed_in(form: MultiDict[str, str]) -> TypedHold:
    """The form of a hold as it was sent."""
    return TypedHold(**{field.name: form.get(field.name, "").strip() for field in fields(TypedHold)})


def hold_typed(typed: TypedHold) -> HoldWish:
    """What the form of a hold means."""
    return HoldWish(
        target=HoldTarget(typed.target) if typed.target in set(HoldTarget) else HoldTarget.ITEM,
        reference=typed.reference,
        reason=typed.reason,
        authority=typed.authority,
    )


def dispute_typed_in(form: MultiDict[str, str]) -> TypedDispute:
    """The form of a dispute as it was sent."""
    return TypedDispute(**{field.name: form.get(field.name, "").strip() for field in fields(TypedDispute)})


def dispute_as_typed(facts: DisputeFacts) -> TypedDispute:
    """The form of a dispute filled with what is known."""
    return TypedDispute(
        number=facts.number,
        title=facts.title,
        parties="\n".join(facts.parties),
        opened_on=facts.opened_on.isoformat(),
        remark=facts.remark,
    )


def dispute_typed(typed: TypedDispute) -> DisputeFacts:
    """What the form of a dispute means; raises `DisputeFactInvalid`."""
    return DisputeFacts(
        number=typed.number,
        title=typed.title,
        parties=tuple(typed.parties.splitlines()),
        opened_on=dispute_day(typed.opened_on),
        remark=typed.remark,
    )


def dispute_day(text: str) -> date:
    """The day that was typed; raises `DisputeFactInvalid`."""
    day = parse_day(text)
    if day is None:
        remedy = Bilingual("请按 2025-05-18 的样子填写。", "Write it like 2025-05-18.")
        raise DisputeFactInvalid(_NO_DAY, remedy)
    return day


def rule_as_typed(rule: RetentionRule) -> TypedRule:
    """The form of a rule filled with the version in force; who approved the next one is left to be typed."""
    return TypedRule(
        code=rule.code,
        zh=rule.zh,
        en=rule.en,
        years=str(rule.years or ""),
        vocabulary=rule.vocabulary.value,
        trigger=rule.trigger.value,
        mandate_zh=rule.mandate_zh,
        criterion_zh=rule.criterion_zh,
        equivalent_code=rule.equivalent_code,
    )


def rule_typed_in(form: MultiDict[str, str]) -> TypedRule:
    """The form of a rule as it was sent."""
    return TypedRule(**{field.name: form.get(field.name, "").strip() for field in fields(TypedRule)})


def rule_typed(typed: TypedRule) -> RetentionRule:
    """What the form of a rule means; raises `RuleUnfit`."""
    if typed.years and not (typed.years.isascii() and typed.years.isdecimal()):
        raise RuleUnfit(Bilingual("年数须是整数。", "The years are a whole number."))
    if typed.trigger not in set(RetentionTrigger) or typed.vocabulary not in set(RetentionVocabulary):
        raise RuleUnfit(Bilingual("没有选定起算条件。", "No trigger was chosen."))
    approved_on = parse_day(typed.approved_on)
    if approved_on is None:
        raise RuleUnfit(_NO_DAY)
    return RetentionRule(
        code=typed.code,
        vocabulary=RetentionVocabulary(typed.vocabulary),
        zh=typed.zh,
        en=typed.en,
        years=int(typed.years) if typed.years else None,
        trigger=RetentionTrigger(typed.trigger),
        mandate_zh=typed.mandate_zh,
        criterion_zh=typed.criterion_zh,
        equivalent_code=typed.equivalent_code,
        approved_by=typed.approved_by,
        approved_on=approved_on,
    )


def schedule_typed(form: MultiDict[str, str], draft: tuple[ScheduleLine, ...]) -> ScheduleWish:
    """The approved schedule that was typed over the draft; raises `ScheduleUnfit`."""
    approved_on, valid_from_on = parse_day(form.get("approved_on", "")), parse_day(form.get("valid_from_on", ""))
    if approved_on is None or valid_from_on is None:
        raise ScheduleUnfit(_NO_DAY)
    return ScheduleWish(
        approved_by=form.get("approved_by", ""),
        approved_on=approved_on,
        valid_from_on=valid_from_on,
        remark=form.get("remark", ""),
        lines=tuple(lines_typed(form, draft)),
    )


def lines_typed(form: MultiDict[str, str], draft: tuple[ScheduleLine, ...]) -> Iterator[ScheduleLine]:
    """The lines of a schedule as typed; class, term and grade are those of the draft."""
    for line in draft:
        yield ScheduleLine(
            series_code=line.series_code,
            class_zh=line.class_zh,
            custody_form=form.get(f"custody-{line.series_code}", line.custody_form),
            retention_code=line.retention_code,
            department=form.get(f"department-{line.series_code}", line.department),
            grade=line.grade,
            remark=form.get(f"remark-{line.series_code}", line.remark),
        )
