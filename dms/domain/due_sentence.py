"""The due day of a paper explained: in one sentence, and with everything that led to it.

Invariant: the sentence is made of the reckoned day and the start that was reckoned with, so that it cannot tell of
another day than the one that is kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from dms.domain.contract import ContractFacts
from dms.domain.due import ClockStart, DisputeSpan, PaperFacts, clock_start, extension_of, latest_start, reckon
from dms.domain.due_day import DueBasis, DueDay, DueState, TermExtension
from dms.domain.retention import RetentionRule, RetentionTrigger, retention_ends_on, retention_starts_on
from dms.errors import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionFacts:
    """Everything that the term of one paper depends on, besides its rule."""

    own: PaperFacts
    together: tuple[PaperFacts, ...] = ()
    """What it is bound together with; empty while it lies loose."""
    extensions: tuple[TermExtension, ...] = ()
    """What appraisals decided about it, or about a paper that it is bound together with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueInput:
    """One fact that a due day was reckoned with."""

    name: Bilingual
    value: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """A due day with its reasons."""

    day: DueDay
    sentence: Bilingual
    inputs: tuple[DueInput, ...]

    @property
    def on(self) -> date | None:
        """The last day of the term; None where it never ends, or has not begun."""
        return self.day.due_on


def due(rule: RetentionRule | None, facts: RetentionFacts) -> DueDate:
    """The day on which a term ends by this rule, in a sentence and with its inputs."""
    start, extension = start_of(rule, facts), extension_of(facts.extensions)
    day = reckon(rule, start, extension)
    return DueDate(
        day=day,
        sentence=sentence_of(day, rule, start, extension),
        inputs=tuple(_inputs(day, rule, facts, start, extension)),
    )


def start_of(rule: RetentionRule | None, facts: RetentionFacts) -> ClockStart:
    """What starts the clock of a paper, with what it is bound together with."""
    trigger = rule.trigger if rule else RetentionTrigger.CLOSING
    own = clock_start(trigger, facts.own)
    return together(own, latest_start([own, *(clock_start(trigger, each) for each in facts.together)]))


def together(own: ClockStart, latest: ClockStart) -> ClockStart:
    """The start of a paper in its volume; where that of another paper counts, nothing of it is told but the day."""
    if latest.day is None or own.day is None or latest.day == own.day:
        return own if own.day == latest.day else replace(latest, named="")
    return ClockStart(basis=DueBasis.VOLUME, day=latest.day)


def sentence_of(
    day: DueDay, rule: RetentionRule | None, start: ClockStart, extension: TermExtension | None
) -> Bilingual:
    """The day in one sentence."""
    if rule is None:
        return Bilingual(
            "未找到所定的保管期限，期限无法起算。", "No such retention rule is known; the term does not begin."
        )
    term = _term(rule)
    if day.state is DueState.WAITING:
        reason = _said(_WAITING[day.basis], start)
        return Bilingual(f"{term.zh}；{reason.zh}，期限尚未起算。", f"{term.en}; the term has not begun: {reason.en}.")
    if rule.permanent:
        return Bilingual(f"{term.zh}，没有期满之日。", f"{term.en}; the term never ends.")
    return _running(day, rule, start, extension)


def _running(day: DueDay, rule: RetentionRule, start: ClockStart, extension: TermExtension | None) -> Bilingual:
    assert start.day is not None and rule.years is not None
    term, told, begins_on = _term(rule), _said(_STARTS[start.basis], start), retention_starts_on(start.day)
    ends_on = retention_ends_on(rule, start.day)
    zh = f"{term.zh}，自{told.zh} {start.day} 的次年起算：{begins_on} 起 {rule.years} 年"
    en = f"{term.en}, from the year after {told.en}, {start.day}: {rule.years} years from {begins_on}"
    if day.basis is not DueBasis.EXTENSION or extension is None:
        return Bilingual(f"{zh}，至 {ends_on} 期满。", f"{en}, to {ends_on}.")
    kept = f"续存至 {extension.until_on}" if extension.until_on else "改为永久保管"
    kept_en = f"extended to {extension.until_on}" if extension.until_on else "made permanent"
    return Bilingual(
        f"{zh}，原至 {ends_on} 期满；经鉴定（{extension.authority}）{kept}。",
        f"{en}, to {ends_on} at first; {kept_en} by appraisal {extension.authority}.",
    )


def _term(rule: RetentionRule) -> Bilingual:
    mark = f"{rule.code}，第 {rule.version} 版"
    return Bilingual(
        f"保管期限 {rule.zh}（{mark}）", f"Kept for the term “{rule.en}” ({rule.code}, version {rule.version})"
    )


def _said(words: Bilingual, start: ClockStart) -> Bilingual:
    """The words about a contract or a dispute, by its number where it may be told."""
    named = start.named
    return Bilingual(
        words.zh.format(
            contract=f"合同 {named} " if named else "相关合同", dispute=f"争议 {named} " if named else "相关争议"
        ),
        words.en.format(
            contract=f"contract {named}" if named else "a contract that it hangs together with",
            dispute=f"dispute {named}" if named else "a dispute about it",
        ),
    )


_STARTS: Mapping[DueBasis, Bilingual] = MappingProxyType(
    {
        DueBasis.DOCUMENT: Bilingual("文件日期", "the date of the paper"),
        DueBasis.RECEIVED: Bilingual("收到日期（文件未注明日期）", "the day it arrived, as it bears no date"),
        DueBasis.ACCOUNTING_YEAR: Bilingual("会计年度终了", "the end of its accounting year"),
        DueBasis.PERFORMED: Bilingual("{contract}履行完毕之日", "{contract} was performed"),
        DueBasis.SETTLED: Bilingual("{contract}结清之日", "{contract} was settled"),
        DueBasis.WARRANTY: Bilingual("{contract}质保期满之日", "the warranty of {contract} ended"),
        DueBasis.TERMINATED: Bilingual("{contract}终止之日", "{contract} was terminated"),
        DueBasis.TERM_END: Bilingual("{contract}期满之日", "the term of {contract} ended"),
        DueBasis.DISPUTE: Bilingual("{dispute}了结之日", "{dispute} was closed"),
        DueBasis.VOLUME: Bilingual("同卷资料中最晚的起算日期", "the latest day of what it is bound together with"),
    }
)
_WAITING: Mapping[DueBasis, Bilingual] = MappingProxyType(
    {
        DueBasis.CONTRACT_RUNNING: Bilingual("{contract}尚未办结", "{contract} is not closed"),
        DueBasis.DISPUTE_OPEN: Bilingual("{dispute}尚未了结", "{dispute} is open"),
        DueBasis.NO_CLOSING_DAY: Bilingual(
            "{contract}已办结但未登记办结日期", "{contract} bears no day of its closing"
        ),
    }
)


def _inputs(
    day: DueDay,
    rule: RetentionRule | None,
    facts: RetentionFacts,
    start: ClockStart,
    extension: TermExtension | None,
) -> Iterator[DueInput]:
    if rule is not None:
        yield DueInput(
            name=Bilingual("保管期限", "Term"), value=Bilingual(*(f"{n}（{rule.code}）" for n in (rule.zh, rule.en)))
        )
        yield _input("规则版本", "Version of the rule", str(rule.version))
        yield from ([_input("依据", "Mandate", rule.mandate_zh)] if rule.mandate_zh else [])
    yield _input("文件日期", "Date of the paper", _told(facts.own.doc_on))
    yield _input("收到日期", "Arrived on", _told(facts.own.received_on))
    yield from (_contract_input(contract) for contract in facts.own.contracts)
    yield from (_dispute_input(dispute) for dispute in facts.own.disputes)
    if facts.together:
        # Not how many: some may be such that whoever reads this may not know of them.
        yield DueInput(name=Bilingual("与同卷资料一并保管", "Kept with its volume"), value=Bilingual("是", "yes"))
    if start.day is not None:
        yield _input("起算日", "Counts from", retention_starts_on(start.day).isoformat())
    if extension is not None:
        until = Bilingual(*(_told(extension.until_on, word) for word in ("永久", "for ever")))
        told = Bilingual(f"{until.zh}（{extension.authority}）", f"{until.en} ({extension.authority})")
        yield DueInput(name=Bilingual("鉴定续存", "Extended by appraisal"), value=told)
    yield _input("期满日", "Ends on", _told(day.due_on))


_CONTRACT_DAYS = (
    ("performed_on", Bilingual("履行完毕", "performed")),
    ("settled_on", Bilingual("结清", "settled")),
    ("warranty_ends_on", Bilingual("质保期满", "warranty ends")),
    ("terminated_on", Bilingual("终止", "terminated")),
    ("ends_on", Bilingual("合同期满", "term ends")),
)


def _contract_input(contract: ContractFacts) -> DueInput:
    stated = [(words, getattr(contract, name)) for name, words in _CONTRACT_DAYS if getattr(contract, name)]
    zh = [contract.number or "相关合同", *(f"{words.zh} {day}" for words, day in stated)]
    en = [contract.number or "a related contract", *(f"{words.en} {day}" for words, day in stated)]
    return DueInput(name=Bilingual("合同", "Contract"), value=Bilingual("，".join(zh), ", ".join(en)))


def _dispute_input(dispute: DisputeSpan) -> DueInput:
    zh, en = dispute.number or "相关争议", dispute.number or "a dispute"
    closed = dispute.closed_on
    value = (
        Bilingual(f"{zh}，{closed} 了结", f"{en}, closed {closed}")
        if closed
        else Bilingual(f"{zh}，未了结", f"{en}, open")
    )
    return DueInput(name=Bilingual("争议", "Dispute"), value=value)


def _input(zh: str, en: str, value: str) -> DueInput:
    return DueInput(name=Bilingual(zh, en), value=Bilingual(value, value))


def _told(day: date | None, otherwise: str = "—") -> str:
    return day.isoformat() if day else otherwise
