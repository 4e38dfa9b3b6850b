"""Deadlines of hand-overs: the rules, which are data, and extensions with their reason and approval (C6-01 to C6-04).

What always holds:
- A rule once stated stays, for batches name it; stating it anew does not move a deadline that was set before.
- An extension is later than the deadline before it, has a reason, and names who approved it.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date

from dms.archive import Archive, is_working_day
from dms.domain.actor import Actor, Permission
from dms.domain.one_line import one_line
from dms.domain.transfer import DEFAULT_DEADLINE_RULES, DeadlineRule, TransferBatch, due_on
from dms.errors import Bilingual
from dms.filing.transferring.errors import DeadlineRuleUnknown, ExtensionUnfit, ReasonMissing, TransferFactInvalid
from dms.filing.transferring.finding import RUNNING, batch_for, subject_of, within
from dms.store import UnitOfWork

SETTING = "deadline_rules"
MAX_CODE_CHARACTERS = 32
MAX_NAME_CHARACTERS = 60
MAX_REASON_CHARACTERS = 200
LONGEST = 366
"""Months, days or working days of a rule, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time for a hand-over."""

    until_on: date
    reason: str
    approved_by: str


def deadline_rules(actor: Actor, *, archive: Archive) -> tuple[DeadlineRule, ...]:
    """The rules by which deadlines are counted: as shipped, and as the company stated them."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return rules_in(view)


def state_deadline_rule(actor: Actor, rule: DeadlineRule, *, archive: Archive) -> DeadlineRule:
    """The rule, added or replaced by its code; raises `TransferFactInvalid`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    stated = _checked(rule)
    with archive.begin() as work:
        kept = {known.code: known for known in rules_in(work)} | {stated.code: stated}
        work.settings.state(SETTING, [asdict(each) for each in kept.values()])
        archive.record(work, actor, "deadline_rule_stated", stated.code, zh=stated.zh, en=stated.en)
    return stated


def extend_transfer(actor: Actor, transfer_id: int, wish: Extension, *, archive: Archive) -> TransferBatch:
    """The batch with more time.

    Raises `TransferNotFound`, `TransferStateUnfit`, `ExtensionUnfit` or `ReasonMissing`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    reason, approved_by = one_line(wish.reason), one_line(wish.approved_by)
    if not reason or not approved_by:
        raise ReasonMissing
    within(f"{reason}{approved_by}", MAX_REASON_CHARACTERS, "延期原因", "reason")
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *RUNNING, work=work)
        if batch.last_day is None or wish.until_on <= batch.last_day:
            raise ExtensionUnfit(batch.last_day)
        told = f"{reason}（{approved_by}批准）"
        extended = replace(batch, extended_to_on=wish.until_on, extension_reason=told)
        work.transfers.change(extended)
        days = {"before": batch.last_day.isoformat(), "after": wish.until_on.isoformat()}
        archive.record(work, actor, "transfer_extended", subject_of(batch), reason=told, **days)
    return extended


def rules_in(work: UnitOfWork) -> tuple[DeadlineRule, ...]:
    """The rules that are in force."""
    stated = work.settings.get(SETTING)
    return tuple(DeadlineRule(**each) for each in stated) if stated else DEFAULT_DEADLINE_RULES


def due_by(rule_code: str, begun_on: date, *, work: UnitOfWork) -> date | None:
    """The last day by a rule; None for an empty code, which sets no deadline. Raises `DeadlineRuleUnknown`."""
    if not rule_code:
        return None
    known = {rule.code: rule for rule in rules_in(work)}
    if rule_code not in known:
        raise DeadlineRuleUnknown(rule_code, list(known))
    return due_on(known[rule_code], begun_on, is_working_day)


def _checked(rule: DeadlineRule) -> DeadlineRule:
    code, zh, en = one_line(rule.code), one_line(rule.zh), one_line(rule.en)
    spans = (rule.months, rule.days, rule.working_days)
    is_named = 0 < len(code) <= MAX_CODE_CHARACTERS and all(0 < len(name) <= MAX_NAME_CHARACTERS for name in (zh, en))
    if not is_named or sum(span > 0 for span in spans) != 1 or not all(0 <= span <= LONGEST for span in spans):
        raise TransferFactInvalid(
            Bilingual("期限规则不完整。", "The deadline rule is not complete."),
            Bilingual(
                "请填写代码和名称，并在月、天、工作日中只填一项（1 至 366）。",
                "Give a code and names, and one of months, days or working days (1 to 366).",
            ),
        )
    return replace(rule, code=code, zh=zh, en=en)
