"""Duties 待办: what somebody owes by a certain day, of whatever kind; the calendar and the reminders are made of them.

Invariant: the same duty bears the same subject for as long as it is owed, so that nobody is reminded of it twice.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dms.domain.actor import Role
from dms.errors import Bilingual


class DutyKind(StrEnum):
    """What is owed."""

    DECISION = "decision"
    """待审批: a request for use waits to be decided."""
    RETURN = "return"
    """待归还: a borrowed original is due back."""
    HAND_OVER = "hand_over"
    """待移交: papers are due at the archive."""
    MISSING_PAPER = "missing_paper"
    """待补充: a paper that a checklist asks for."""
    EXPIRY = "expiry"
    """有效期将满: a licence, an authority or a credit report ends."""
    REVIEW = "review"
    """待复核: a customer is due for its review."""
    STOCK_TAKE = "stock_take"
    """待盘点: the title documents in a safe are due to be counted."""
    TITLE_RETURN = "title_return"
    """权证待归还"""
    APPRAISAL = "appraisal"
    """待鉴定: papers whose term has ended."""
    OPINION = "opinion"
    """待出具鉴定意见"""
    SIGNATURE = "signature"
    """待会签、批准或监销 of a destruction list."""
    DESTRUCTION = "destruction"
    """待执行销毁"""
    STATISTICS = "statistics"
    """待报送统计: the reports of 10 January and 10 July."""
    SUPPLY = "supply"
    """每月应交资料: what a department hands in each month."""
    CUSTODY_HAND_OVER = "custody_hand_over"
    """离职待交接"""
    SUBJECT_REQUEST = "subject_request"
    """待答复个人信息请求"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing that is owed."""

    kind: DutyKind
    subject: str
    """What it is about, as ``loan/12``: kind of thing, slash, its number or code."""
    what: Bilingual
    """What is to be done, in one sentence."""
    due_on: date
    """The last day on which it is done in time."""
    person: str = ""
    """Sign-in name of who owes it; empty where it falls to a role or a department."""
    department: str = ""
    role: Role | None = None
    """The role it falls to where no person is named."""
