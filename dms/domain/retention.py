"""How long papers are kept 保管期限: the rules, the clock, and the day on which the period ends.

What always holds:
- The clock starts on 1 January of the year after the trigger; a period of ten years from 2025 ends on 31 December 2034.
- The end of a period allows an appraisal, never a destruction by itself.
- Terms are the least that is asked for; where papers of several terms lie together, the longest holds for all.

The terms are those of 国家档案局令第10号 (永久, 30年, 10年); the legacy ones those of 1987 (永久, 长期, 短期).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RetentionVocabulary(StrEnum):
    """Out of which list of terms a rule is."""

    CURRENT = "current"
    """标时: terms stated in years, as used today."""
    LEGACY = "legacy"
    """永久, 长期, 短期, as on volumes bound before."""


class RetentionTrigger(StrEnum):
    """Which day starts the clock."""

    DOCUMENT_DATE = "document_date"
    """The date of the paper."""
    CLOSING = "closing"
    """The day on which the contract was closed: the latest of performance, settlement, warranty, termination and the
    closing of its disputes."""
    END = "end"
    """The end of the contract: its termination, else the last day of its term."""
    PERFORMANCE = "performance"
    """履行完毕"""
    SETTLEMENT = "settlement"
    """结清"""
    WARRANTY = "warranty"
    """质保期满"""
    DISPUTE_CLOSED = "dispute_closed"
    """The day on which the last dispute about it was closed."""
    ACCOUNTING_YEAR = "accounting_year"
    """The end of the accounting year, which is the calendar year, that the paper belongs to."""


class RetentionAction(StrEnum):
    """What is due when the period ends."""

    KEEP = "keep"
    """Nothing: it is kept for ever."""
    APPRAISE = "appraise"
    """An appraisal 到期鉴定, which extends the period or proposes destruction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """One term of the company's retention table."""

    code: str
    """As in reference codes and on spines: ``Y``, ``D30``, ``D10``."""
    vocabulary: RetentionVocabulary
    zh: str
    en: str
    years: int | None
    """None for a permanent one."""
    trigger: RetentionTrigger = RetentionTrigger.CLOSING
    action: RetentionAction = RetentionAction.APPRAISE
    mandate_zh: str = ""
    """The rule or decision that sets the term."""
    version: int = 1
    approved_by: str = ""
    """Who approved this version; empty for the shipped ones."""
    approved_on: date | None = None
    criterion_zh: str = ""
    """For which papers the term is meant, in words."""
    equivalent_code: str = ""
    """The rule of the other vocabulary that stands for the same; empty where there is none."""

    @property
    def permanent(self) -> bool:
        """Whether it never ends."""
        return self.years is None


_CURRENT, _LEGACY = RetentionVocabulary.CURRENT, RetentionVocabulary.LEGACY
_ORDER_10 = "企业文件材料归档范围和档案保管期限规定（国家档案局令第10号）"
_ORDER_1987 = "关于机关档案保管期限的规定（1987年）"

_FOR_EVER = "反映公司主要职能活动和基本历史面貌，对本公司有长远利用价值的"
_LONG = "反映本公司一般工作活动，在较长时间内对本公司工作有查考利用价值的"
_SHORT = "在较短时间内对本公司有参考利用价值的"

DEFAULT_RETENTION_RULES: tuple[RetentionRule, ...] = (
    RetentionRule(
        code="Y", vocabulary=_CURRENT, zh="永久", en="permanent", years=None, action=RetentionAction.KEEP,
        mandate_zh=_ORDER_10, criterion_zh=_FOR_EVER, equivalent_code="LY",
    ),
    RetentionRule(
        code="D30", vocabulary=_CURRENT, zh="30年", en="30 years", years=30,
        mandate_zh=_ORDER_10, criterion_zh=_LONG, equivalent_code="LC",
    ),
    RetentionRule(
        code="D10", vocabulary=_CURRENT, zh="10年", en="10 years", years=10,
        mandate_zh=_ORDER_10, criterion_zh=_SHORT, equivalent_code="LD",
    ),
    RetentionRule(
        code="LY", vocabulary=_LEGACY, zh="永久（旧）", en="permanent (legacy)", years=None,
        action=RetentionAction.KEEP, mandate_zh=_ORDER_1987, criterion_zh=_FOR_EVER, equivalent_code="Y",
    ),
    RetentionRule(
        code="LC", vocabulary=_LEGACY, zh="长期", en="long (16–50 years)", years=50,
        mandate_zh=_ORDER_1987, criterion_zh=_LONG, equivalent_code="D30",
    ),
    RetentionRule(
        code="LD", vocabulary=_LEGACY, zh="短期", en="short (15 years)", years=15,
        mandate_zh=_ORDER_1987, criterion_zh=_SHORT, equivalent_code="D10",
    ),
)  # fmt: skip  # a table, one rule after the other


def retention_starts_on(trigger_on: date) -> date:
    """The day on which the clock starts: 1 January of the year after the trigger."""
    return date(trigger_on.year + 1, 1, 1)


def retention_ends_on(rule: RetentionRule, trigger_on: date | None) -> date | None:
    """The last day of the period; None for a permanent rule, or where the trigger is not known."""
    if rule.years is None or trigger_on is None:
        return None
    last_year = retention_starts_on(trigger_on).year + rule.years - 1
    # A term that reaches beyond the calendar never ends within it.
    return date(last_year, 12, 31) if last_year <= date.max.year else date.max


def longest(rules: Iterable[RetentionRule]) -> RetentionRule:
    """The rule with the longest term, the first of several alike; `ValueError` where there is none."""
    return max(rules, key=lambda rule: (rule.years is None, rule.years or 0))
