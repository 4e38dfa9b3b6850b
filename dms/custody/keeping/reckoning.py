"""Reckoning the due days of many papers: each by the same functions that explain one.

What always holds:
- What is bound together is reckoned together: whoever reckons one paper of a volume is given all of them.
- Equal facts are reckoned once; a million papers have some thousands of different ones.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby

from dms.domain.clock import local_day
from dms.domain.contract import ContractFacts
from dms.domain.dispute import Dispute
from dms.domain.due import (
    ClockStart,
    DisputeSpan,
    PaperFacts,
    clock_start,
    extension_of,
    latest_start,
    reckon,
)
from dms.domain.due_day import DueDay, TermExtension
from dms.domain.due_sentence import together
from dms.domain.retention import RetentionRule, RetentionTrigger, longest
from dms.store import DueRow, DueValues, UnitOfWork

_NO_RULE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every paper is reckoned with."""

    rules: Mapping[str, RetentionRule]
    series_terms: Mapping[str, str]
    chains: Mapping[int, tuple[int, ...]]
    """The contracts that hang together with a contract, itself first; one without others may be absent."""
    contracts: Mapping[int, ContractFacts]
    disputes_of_contracts: Mapping[int, tuple[DisputeSpan, ...]]
    disputes_of_items: Mapping[int, tuple[DisputeSpan, ...]]
    extensions: Mapping[int, Sequence[TermExtension]]


def whole_frame(work: UnitOfWork) -> Frame:
    """The frame for all papers there are."""
    facts = work.due_facts
    links = facts.chain_links()
    chains = {one: tuple(chain) for chain in _chains(links) for one in chain}
    return _frame(work, chains, facts.contracts(), facts.extensions())


def frame_of(contract_ids: Collection[int], item_keys: Collection[int], *, work: UnitOfWork) -> Frame:
    """The frame for papers of these contracts, with whatever hangs together with them."""
    known, links, asked = set(contract_ids), list[tuple[int, int]](), set(contract_ids)
    while asked:
        found = work.due_facts.chain_links_of(asked)
        links += found
        asked = {other for _, other in found} - known
        known |= asked
    chains = {one: tuple(chain) for chain in _chains(links) for one in chain}
    return _frame(work, chains, work.due_facts.contracts(known), work.due_facts.extensions(item_keys))


def chained_contracts(contract_ids: Collection[int], *, work: UnitOfWork) -> frozenset[int]:
    """These contracts and all that hang together with them."""
    return frozenset(frame_of(contract_ids, (), work=work).contracts) | frozenset(contract_ids)


class Reckoner:
    """Reckons rows of papers against one frame; remembers what it reckoned."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._starts: dict[tuple[object, ...], ClockStart] = {}
        self._days: dict[tuple[object, ...], DueDay] = {}
        self._chained: dict[int, tuple[tuple[ContractFacts, ...], tuple[DisputeSpan, ...]]] = {}

    def days(self, rows: Iterable[DueRow]) -> Iterator[tuple[DueRow, DueDay]]:
        """The day of every filed row; rows of one volume stand together, and all of them are there."""
        for volume_id, lying in groupby((row for row in rows if row.filed), key=lambda row: row.volume_id):
            papers = list(lying)
            if volume_id is None:
                yield from ((row, self._alone(row)) for row in papers)
            else:
                yield from self._bound(papers)

    def facts_of(self, row: DueRow) -> PaperFacts:
        """What a paper is reckoned with."""
        contracts, disputes = self._chain(row.contract_id)
        own = self._frame.disputes_of_items.get(row.key, ())
        return PaperFacts(
            doc_on=date.fromisoformat(row.doc_on) if row.doc_on else None,
            received_on=local_day(datetime.fromisoformat(row.received_at)),
            filed_year=row.year,
            contracts=contracts,
            disputes=(*own, *(each for each in disputes if each not in own)),
        )

    def rule_of(self, papers: Sequence[DueRow]) -> RetentionRule | None:
        """The rule that holds for papers that are kept together, or for one alone: the longest (U3)."""
        known = [rule for code in _codes(papers, self._frame) if (rule := self._frame.rules.get(code))]
        return longest(known) if known else None

    def extensions_of(self, papers: Iterable[DueRow]) -> tuple[TermExtension, ...]:
        """What appraisals decided about any of these papers."""
        return tuple(each for row in papers for each in self._frame.extensions.get(row.key, ()))

    def _alone(self, row: DueRow) -> DueDay:
        rule = self._frame.rules.get(row.own_code or self._frame.series_terms.get(row.series_code or "", _NO_RULE))
        return self._day(rule, self._start(rule, row), extension_of(self.extensions_of([row])))

    def _bound(self, papers: Sequence[DueRow]) -> Iterator[tuple[DueRow, DueDay]]:
        rule = self.rule_of(papers)
        starts = [self._start(rule, row) for row in papers]
        latest, extension = latest_start(starts), extension_of(self.extensions_of(papers))
        for row, own in zip(papers, starts, strict=True):
            yield row, self._day(rule, together(own, latest), extension)

    def _start(self, rule: RetentionRule | None, row: DueRow) -> ClockStart:
        trigger = rule.trigger if rule else RetentionTrigger.CLOSING
        single = row.key if row.key in self._frame.disputes_of_items else None
        arrived = None if row.doc_on else (row.received_at, row.year)
        key = (trigger, row.doc_on, arrived, row.contract_id, single)
        start = self._starts.get(key)
        if start is None:
            start = self._starts[key] = clock_start(trigger, self.facts_of(row))
        return start

    def _day(self, rule: RetentionRule | None, start: ClockStart, extension: TermExtension | None) -> DueDay:
        until = (extension.until_on, extension.authority) if extension else None
        key = (rule.code if rule else None, start.basis, start.day, until)
        day = self._days.get(key)
        if day is None:
            day = self._days[key] = reckon(rule, start, extension)
        return day

    def _chain(self, contract_id: int | None) -> tuple[tuple[ContractFacts, ...], tuple[DisputeSpan, ...]]:
        if contract_id is None:
            return (), ()
        chained = self._chained.get(contract_id)
        if chained is None:
            ids = self._frame.chains.get(contract_id, (contract_id,))
            ids = (contract_id, *(each for each in ids if each != contract_id))
            spans = dict.fromkeys(span for each in ids for span in self._frame.disputes_of_contracts.get(each, ()))
            chained = self._chained[contract_id] = (
                tuple(self._frame.contracts[each] for each in ids if each in self._frame.contracts),
                tuple(spans),
            )
        return chained


@lru_cache(maxsize=10_000)
def values_of(day: DueDay) -> DueValues:
    """The day as the catalogue writes it."""
    return DueValues(
        state=day.state.value,
        due_on=day.due_on.isoformat() if day.due_on else None,
        rule_code=day.rule_code,
        rule_version=day.rule_version,
        basis=day.basis.value,
        basis_on=day.basis_on.isoformat() if day.basis_on else None,
    )


def _codes(papers: Sequence[DueRow], frame: Frame) -> Iterator[str]:
    if papers[0].volume_id is None:
        yield papers[0].own_code or frame.series_terms.get(papers[0].series_code or "", _NO_RULE)
        return
    yield papers[0].volume_code or _NO_RULE
    yield from (row.own_code for row in papers if row.own_code)


def _frame(
    work: UnitOfWork,
    chains: Mapping[int, tuple[int, ...]],
    contracts: Mapping[int, ContractFacts],
    extensions: Mapping[int, Sequence[TermExtension]],
) -> Frame:
    disputes = work.disputes.all()
    return Frame(
        rules={rule.code: rule for rule in work.retention.all()},
        series_terms=work.due_facts.series_terms(),
        chains=chains,
        contracts=contracts,
        disputes_of_contracts=_spans((each, each.contract_ids) for each in disputes),
        disputes_of_items=_spans((each, each.item_keys) for each in disputes),
        extensions=extensions,
    )


def _spans(stated: Iterable[tuple[Dispute, Iterable[int]]]) -> dict[int, tuple[DisputeSpan, ...]]:
    found: dict[int, tuple[DisputeSpan, ...]] = {}
    for dispute, subjects in stated:
        span = DisputeSpan(number=dispute.facts.number, closed_on=dispute.closed_on)
        for subject in subjects:
            found[subject] = (*found.get(subject, ()), span)
    return found


def _chains(links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The contracts that hang together, directly or through others, each group in the order of ids."""
    group_of: dict[int, list[int]] = {}
    for one, other in links:
        joined = sorted({*group_of.get(one, [one]), *group_of.get(other, [other])})
        for each in joined:
            group_of[each] = joined
    return list({id(group): group for group in group_of.values()}.values())
