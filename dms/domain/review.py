"""The review of a customer 客户复核: every so many months somebody looks at its file anew and says how it stands (C10).

Invariants:
- A review is only added; what was found before stays beside it (C10-04).
- When the next one is due follows from the last one and the rhythm of its grade, so a changed rhythm holds at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from dms.domain.customer import CustomerGrade, CustomerStatus
from dms.domain.working_days import IsWorkingDay, after_months, first_working_day

LONGEST_MONTHS: Final = 36
EVERY_TWO_MONTHS: Final[Mapping[CustomerGrade, int]] = MappingProxyType(dict.fromkeys(CustomerGrade, 2))
"""「定期(如二个月)开展顾客档案全面修订核查工作」 (C10-01)."""
NOT_REVIEWED: Final = frozenset({CustomerStatus.ENDED})
"""Dealings with them have ended; their papers stay, but nobody looks at how they stand any more."""


class Outlook(StrEnum):
    """How dealings with the customer develop (C10-02)."""

    STEADY = "steady"
    """平稳"""
    GROWING = "growing"
    """成长快"""
    SHRINKING = "shrinking"
    """萎缩"""
    LOST = "lost"
    """流失"""


class RiskReason(StrEnum):
    """What is known against a customer."""

    ARREARS = "arrears"
    """拖欠款项"""
    BREACH = "breach"
    """违约"""
    LAWSUIT = "lawsuit"
    """涉诉或被执行"""
    INSOLVENCY = "insolvency"
    """经营困难"""
    PAPERS_EXPIRED = "papers_expired"
    """证照、授权过期"""
    IDENTITY_CHANGED = "identity_changed"
    """主体变更、注销或吊销"""
    OTHER = "other"
    """其他: said in the opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review of one customer."""

    id: int
    """0 for one that is not in the catalogue yet."""
    customer_id: int
    reviewed_on: date
    reviewed_at: datetime
    by: str
    """Sign-in name of who reviewed."""
    grade: CustomerGrade
    """The result: 重要, 特殊 or 一般."""
    former_grade: CustomerGrade
    outlook: Outlook = Outlook.STEADY
    risks: tuple[RiskReason, ...] = field(default=())
    is_watched: bool = False
    """Whether it is on the watch list 另作观察 until the next review."""
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRhythm:
    """After how many months a customer is reviewed again, by its grade; 0 for a grade that is not reviewed."""

    months: Mapping[CustomerGrade, int] = field(default_factory=lambda: EVERY_TWO_MONTHS)
    watched_months: int = 1
    """For a customer on the watch list, where that is sooner."""

    def months_for(self, grade: CustomerGrade, *, is_watched: bool) -> int:
        """After how many months; 0 for never."""
        stated = self.months.get(grade, 0)
        return min(stated, self.watched_months) if is_watched and self.watched_months else stated


def next_review_on(last_on: date, months: int, is_working_day: IsWorkingDay) -> date:
    """The last day for the next review: so many months later, or the first working day after that (民法典 §203)."""
    return first_working_day(after_months(last_on, months), is_working_day)
