"""The day on which the term of a paper ends, as the catalogue keeps it, and how it came to move."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DueState(StrEnum):
    """Whether the term of a paper ends at all, as far as anybody knows."""

    DATED = "dated"
    """It ends on a day that is known."""
    PERMANENT = "permanent"
    """It never ends."""
    WAITING = "waiting"
    """Its clock has not started: a contract runs, a dispute is open, a closing day is missing."""


class DueBasis(StrEnum):
    """What starts the clock, or what it waits for."""

    DOCUMENT = "document"
    """The date of the paper."""
    RECEIVED = "received"
    """The day it arrived, for a paper without a date."""
    ACCOUNTING_YEAR = "accounting_year"
    """The end of the accounting year that it belongs to."""
    PERFORMED = "performed"
    SETTLED = "settled"
    WARRANTY = "warranty"
    TERMINATED = "terminated"
    TERM_END = "term_end"
    """The last day of the contract's term."""
    DISPUTE = "dispute"
    """The day on which a dispute was closed."""
    VOLUME = "volume"
    """The latest of the papers that it is bound together with."""
    EXTENSION = "extension"
    """续存: an appraisal set the day itself."""
    CONTRACT_RUNNING = "contract_running"
    DISPUTE_OPEN = "dispute_open"
    NO_CLOSING_DAY = "no_closing_day"
    """The contract is closed, and nobody stated when."""
    NO_RULE = "no_rule"
    """There is no rule with the stated code."""
    PERMANENT = "permanent"


class DueReason(StrEnum):
    """Why a due day is another than before."""

    RULE = "rule"
    """Another rule, or another version of it."""
    DOCUMENT = "document"
    """The date, type or place of the paper was corrected."""
    CONTRACT = "contract"
    """The dates or the state of a contract changed."""
    DISPUTE = "dispute"
    VOLUME = "volume"
    """It was bound, or lies with other papers now."""
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """The day as it was last computed."""

    state: DueState
    due_on: date | None
    """The last day of the term; None unless `state` is dated."""
    rule_code: str
    rule_version: int
    basis: DueBasis
    basis_on: date | None
    """The day that started the clock; None where none did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueChange:
    """One move of a due day; never altered."""

    item_key: int
    changed_at: datetime
    reason: DueReason
    before: DueDay
    after: DueDay


@dataclass(frozen=True, slots=True, kw_only=True)
class TermExtension:
    """续存: what an appraisal decided about the term of one paper; the latest day of several counts."""

    item_key: int
    until_on: date | None
    """The last day it is kept in any case; None for ever (改为永久)."""
    authority: str
    """The number of the appraisal."""
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRun:
    """One computation of all due days, which goes on where it broke off."""

    id: int
    begun_at: datetime
    ended_at: datetime | None
    """None while it goes on, or where it broke off."""
    after_volume_id: int
    """The last volume that is done."""
    after_item_key: int
    """The last loose paper that is done."""
    examined: int
    changed: int
    """How many papers got another day than before, first days included."""
