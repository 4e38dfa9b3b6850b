"""The due day of one paper, reckoned at this moment and explained; and how it moved.

What always holds:
- What is explained is reckoned from the facts of this moment; where the kept day is another, that is said.
- A contract or a dispute that the actor may not know of is not named.
"""

from dataclasses import dataclass, replace

from dms.archive import Archive, item_for, text_for
from dms.custody.keeping.holding import HoldShown, shown
from dms.custody.keeping.reckoning import Reckoner, frame_of
from dms.domain.actor import Actor, Permission
from dms.domain.contract import ContractFacts
from dms.domain.contract_number import folded_number
from dms.domain.due import PaperFacts
from dms.domain.due_day import DueChange, DueDay
from dms.domain.due_sentence import DueDate, RetentionFacts, due
from dms.domain.item import Item, ItemState
from dms.store import DueRow, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DueShown:
    """When the term of a paper ends, and why."""

    item: Item
    title: str
    """As the actor may read it."""
    due: DueDate | None
    """None for a paper that is not filed: it has no term yet, or none any more."""
    kept: DueDay | None
    """The day as it was last computed; None before that."""
    history: tuple[DueChange, ...]
    """How it moved, the oldest move first."""
    holds: tuple[HoldShown, ...]
    """What keeps it whatever the day."""


def due_of(actor: Actor, item_id: str, *, archive: Archive) -> DueShown:
    """The due day of a paper with its sentence, its inputs and its history; raises `ItemNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        item = item_for(actor, item_id, work=view)
        return DueShown(
            item=item,
            title=text_for(actor, item.title),
            due=due_now(item.key, work=view, actor=actor),
            kept=view.due_dates.of(item.key),
            history=tuple(view.due_dates.history(item.key)),
            holds=tuple(shown(actor, hold, work=view) for hold in view.holds.covering(item.key)),
        )


def due_now(item_key: int, *, work: UnitOfWork, actor: Actor | None = None) -> DueDate | None:
    """The due day as the facts of this transaction make it, explained; None for a paper that is not filed.

    Destruction asks this, not the kept day. With an actor nothing is named that he may not know of.
    """
    item = work.items.get(item_key)
    if item.state is not ItemState.FILED:
        return None
    rows = [row for row in work.due_facts.rows_of([item_key]) if row.filed]
    contracts = {row.contract_id for row in rows if row.contract_id is not None}
    reckoner = Reckoner(frame_of(contracts, [row.key for row in rows], work=work))
    own = next(row for row in rows if row.key == item_key)
    kept_with = [row for row in rows if row is own or own.volume_id is not None]
    facts = RetentionFacts(
        own=_named(reckoner.facts_of(own), own, actor, work=work),
        together=tuple(reckoner.facts_of(row) for row in kept_with if row is not own),
        extensions=reckoner.extensions_of(kept_with),
    )
    return due(reckoner.rule_of(kept_with), facts)


def _named(facts: PaperFacts, row: DueRow, actor: Actor | None, *, work: UnitOfWork) -> PaperFacts:
    """The facts with the names taken out that the actor may not know."""
    if actor is None:
        return facts
    # The first is its own contract, which its paper tells of.
    contracts = (*facts.contracts[:1], *(_as_known(each, actor, work=work) for each in facts.contracts[1:]))
    known = {each.facts.number for each in work.disputes.of_paper(item_key=row.key, contract_ids=_own_ids(row))}
    disputes = (each if each.number in known else replace(each, number="") for each in facts.disputes)
    return replace(facts, contracts=contracts, disputes=tuple(disputes))


def _own_ids(row: DueRow) -> tuple[int, ...]:
    return () if row.contract_id is None else (row.contract_id,)


def _as_known(contract: ContractFacts, actor: Actor, *, work: UnitOfWork) -> ContractFacts:
    """A contract of the chain, with its number where the actor may know of it."""
    bearers = work.contracts.with_number(folded_number(contract.number), customer_id=contract.customer_id)
    known = any(work.contracts.find(bearer.id, actor=actor) for bearer in bearers)
    return contract if known else replace(contract, number="")
