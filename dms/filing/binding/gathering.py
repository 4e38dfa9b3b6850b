"""What a binding run looks at in the catalogue: the loose papers, their customers, contracts and relations.

What always holds: only papers that the actor may know of are looked at (I5); what he may not see stays loose, and the
next run of somebody who may see it binds it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dms.domain.actor import Actor
from dms.domain.contract import Contract
from dms.domain.customer import Customer, VolumeAxis
from dms.domain.item import RelationKind
from dms.domain.volume import VolumeScope
from dms.filing.binding.making_up import LineFacts
from dms.filing.binding.plan import LineKey
from dms.filing.binding.rules import BindingRules
from dms.filing.binding.sorting_out import Fate, Period, Sorted, sorted_out
from dms.store import FiledPaper, NumberedVolume, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The loose papers, sorted out, with what is known of them."""

    sorted_papers: Sequence[Sorted]
    customers: Mapping[int, Customer]
    """By the id that papers bear; one that was merged leads to the customer that it turned out to be."""
    contracts: Mapping[int, Contract]

    def line_of(self, paper: FiledPaper, rules: BindingRules) -> LineKey:
        """The piece of work to which a paper belongs."""
        customer = self.customers[paper.customer_id or 0]
        shared = rules.collective and customer.facts.volume_axis is VolumeAxis.SCATTERED
        return LineKey(customer_id=None if shared else customer.id, series_code=str(paper.series_code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What binds loose papers to others."""

    main_of: Mapping[int, int]
    """The key of the paper of which one is an annex, by key."""
    bound_before: Mapping[LineKey, Sequence[NumberedVolume]]
    """The numbered volumes of the year by line, in the order of their making."""


def gather_all(actor: Actor, rules: BindingRules, period: Period, work: UnitOfWork) -> Gathered:
    """Every loose paper that the actor may know of."""
    return _gathered(work.items.loose_to(actor), rules, period, work)


def gather_line(actor: Actor, line: LineKey, rules: BindingRules, period: Period, work: UnitOfWork) -> Gathered:
    """The loose papers of one line that the actor may know of."""
    wanted = None if line.customer_id is None else work.customers.ids_of(line.customer_id)
    found = work.items.loose_to(actor, customer_ids=wanted, series_code=line.series_code)
    gathered = _gathered(found, rules, period, work)
    mine = [each for each in gathered.sorted_papers if gathered.line_of(each.paper, rules) == line]
    return Gathered(sorted_papers=mine, customers=gathered.customers, contracts=gathered.contracts)


def line_facts(line: LineKey, bound: Sequence[FiledPaper], gathered: Gathered, period: Period, ties: Ties) -> LineFacts:
    """What the volumes of one line are made up from."""
    return LineFacts(
        line=line,
        year=period.year,
        papers=bound,
        customers={id_: gathered.customers[id_] for id_ in {paper.customer_id or 0 for paper in bound}},
        contracts=gathered.contracts,
        main_of=ties.main_of,
        bound_before=ties.bound_before.get(line, ()),
    )


def ties_of(
    actor: Actor, bound: Collection[FiledPaper], period: Period, work: UnitOfWork, *, line: LineKey | None = None
) -> Ties:
    """To what these papers are tied: of one line, or of all where there are many."""
    customer_id, series_code = (line.customer_id, line.series_code) if line else (None, None)
    numbered = work.volumes.numbered(period.year, actor=actor, customer_id=customer_id, series_code=series_code)
    before: dict[LineKey, list[NumberedVolume]] = {}
    for volume in numbered:
        shared = volume.scope is VolumeScope.COLLECTIVE
        key = LineKey(customer_id=None if shared else volume.customer_id, series_code=volume.series_code)
        before.setdefault(key, []).append(volume)
    return Ties(main_of=_main_papers([paper.key for paper in bound], work), bound_before=before)


def bound_papers(sorted_papers: Iterable[Sorted]) -> list[FiledPaper]:
    """Those that a run binds."""
    return [each.paper for each in sorted_papers if each.fate is Fate.BOUND]


def _main_papers(keys: Collection[int], work: UnitOfWork) -> dict[int, int]:
    """The key of the paper of which each of these is an annex, by key, as far as one is."""
    stated = [each for each in work.relations.among_items(keys) if each.kind is RelationKind.ANNEX_OF]
    return {each.item_key: each.other_key for each in reversed(stated)}


def _gathered(papers: Sequence[FiledPaper], rules: BindingRules, period: Period, work: UnitOfWork) -> Gathered:
    # A paper without a customer or a series is not filed; it may only come out of an older catalogue.
    whole = [paper for paper in papers if paper.customer_id is not None and paper.series_code in rules.series]
    contracts = work.contracts.with_ids({paper.contract_id for paper in whole if paper.contract_id is not None})
    return Gathered(
        sorted_papers=sorted_out(whole, contracts, rules, period),
        customers=_survivors({paper.customer_id for paper in whole if paper.customer_id is not None}, work),
        contracts=contracts,
    )


def _survivors(ids: Collection[int], work: UnitOfWork) -> dict[int, Customer]:
    """The customers by the id that papers bear, through every merger."""
    known = work.customers.with_ids(ids)
    wanted = _unknown_heirs(known)
    while wanted:
        known |= work.customers.with_ids(wanted)
        wanted = _unknown_heirs(known)
    return {id_: _survivor(id_, known) for id_ in ids}


def _unknown_heirs(known: Mapping[int, Customer]) -> set[int]:
    heirs = {customer.merged_into_id for customer in known.values()}
    return {id_ for id_ in heirs if id_ is not None and id_ not in known}


def _survivor(customer_id: int, known: Mapping[int, Customer]) -> Customer:
    customer, seen = known[customer_id], {customer_id}
    while customer.merged_into_id is not None and customer.merged_into_id not in seen:
        customer = known[customer.merged_into_id]
        seen.add(customer.id)
    return customer
