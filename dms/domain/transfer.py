"""Handing papers over 移交: a batch from a department to the archive, its list, its deadline and its signatures."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dms.domain.item import CopyKind, ItemMedium
from dms.domain.working_days import IsWorkingDay, after_months, after_working_days, first_working_day


class TransferState(StrEnum):
    """Where a batch stands."""

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    CHECKING = "checking"
    RETURNED = "returned"
    """Sent back with what is missing."""
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    """Given up before anything was accepted; its number, if it had one, stays spent."""


class SignatureRole(StrEnum):
    """Who signs a list: those who hand over, who takes over, and who looks on."""

    A = "a"
    """项目经理 A 角"""
    B = "b"
    """项目经理 B 角"""
    ARCHIVIST = "archivist"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One person's signature under a list."""

    role: SignatureRole
    name: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """Within what time papers are to be handed over, counted from an event; one of the three is above nought."""

    code: str
    zh: str
    en: str
    months: int = 0
    days: int = 0
    """Calendar days."""
    working_days: int = 0


DEFAULT_DEADLINE_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(code="month", zh="办结后一个月内", en="within a month", months=1),
    DeadlineRule(code="month_to_archive", zh="核实后一个月内归档", en="within a month of verification", months=1),
    DeadlineRule(code="five_days", zh="项目结束后五天内", en="within five days", days=5),
    DeadlineRule(code="three_working_days", zh="三个工作日内", en="within three working days", working_days=3),
    DeadlineRule(code="two_working_days", zh="两个工作日内", en="within two working days", working_days=2),
)


def due_on(rule: DeadlineRule, begun_on: date, is_working_day: IsWorkingDay) -> date:
    """The last day on which the hand-over is in time; always a working day (民法典 §203)."""
    if rule.working_days:
        return after_working_days(begun_on, rule.working_days, is_working_day)
    last = after_months(begun_on, rule.months)
    return first_working_day(date.fromordinal(last.toordinal() + rule.days), is_working_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLine:
    """One paper of a list."""

    id: int
    """0 for one that is not in the catalogue yet."""
    batch_id: int
    position: int
    item_key: int | None
    """The item that it became; None for paper that nobody scanned yet."""
    title: str
    contract_no: str = ""
    copy_kind: CopyKind = CopyKind.UNKNOWN
    pages: int | None = None
    sheets: int | None = None
    medium: ItemMedium = ItemMedium.PAPER
    ticked: bool | None = None
    """What the check on receipt said: there, or not; None before it."""
    difference: str = ""
    """How what was received differs from the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferBatch:
    """One hand-over."""

    id: int
    number: str
    """Of the batch, given once; empty while it is a draft without one."""
    from_department: str
    year: int
    from_person: str
    rule_code: str
    """The deadline rule; empty where no deadline was set."""
    begun_on: date
    """The event from which the time counts."""
    due_on: date | None
    extended_to_on: date | None = None
    extension_reason: str = ""
    state: TransferState = TransferState.DRAFT
    signatures: tuple[Signature, ...] = field(default=())
    list_digest: str = ""
    """SHA-256 (hex) of the list as it was signed; empty before that."""
    remark: str = ""

    @property
    def last_day(self) -> date | None:
        """The last day in time, an extension counted; None without a deadline."""
        return self.extended_to_on or self.due_on
