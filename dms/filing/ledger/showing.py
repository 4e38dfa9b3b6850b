"""One contract with everything that belongs to it: its papers over all years and volumes, and what is missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.contract import CONTRACT_STATE_CHANGES, Contract, ContractState
from dms.domain.contract_number import folded_number
from dms.domain.customer import Customer
from dms.domain.item import Item, ItemRelation, ItemState
from dms.domain.missing_paper import MissingPaper
from dms.domain.volume import Volume
from dms.filing.ledger.completing import checklist_in_use, missing_of_contract
from dms.filing.ledger.finding import contract_for, contract_numbered
from dms.store import ContractFilter, ItemFilter, ItemOrder, UnitOfWork

MOST_PAPERS = 500
"""Of one contract at once; one with more shows its earliest and says how many there are."""
MOST_ORDERS = 200
_SHOWN = frozenset({ItemState.FILED, ItemState.REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFile:
    """What the page of a contract shows."""

    contract: Contract
    customer: Customer
    papers: tuple[Item, ...]
    """Filed ones and those in the tray, the earliest first, those without a date last."""
    papers_total: int
    volumes: Mapping[int, Volume]
    """By id, those in which any of the papers lie and of which the actor may know."""
    relations: tuple[ItemRelation, ...]
    """Among the papers shown, and from them to papers elsewhere that the actor may see."""
    others: Mapping[int, Item]
    """The papers elsewhere that the relations name, by key."""
    missing: tuple[MissingPaper, ...]
    framework: Contract | None
    """The contract that it was placed under; None where there is none, or it may not be known."""
    orders: tuple[Contract, ...]
    """What was placed under it."""
    next_states: tuple[ContractState, ...]


def contract_file(actor: Actor, contract_id: int, *, archive: Archive) -> ContractFile:
    """Everything about one contract as far as the actor may see it; raises `ContractNotFound`."""
    actor.require(Permission.CONSULT)
    today = local_day(archive.now())
    with archive.looking() as view:
        contract = contract_for(actor, contract_id, work=view)
        customer = view.customers.get(contract.facts.customer_id)
        papers, total = _papers(actor, contract, work=view)
        relations, others = _relations(actor, papers, work=view)
        held = view.contracts.held(actor=actor, contract_id=contract.id)
        framework, orders = _framework(actor, contract, work=view)
        return ContractFile(
            contract=contract,
            customer=customer,
            papers=papers,
            papers_total=total,
            volumes=_volumes(actor, papers, work=view),
            relations=relations,
            others=others,
            missing=missing_of_contract(contract, customer, held, checklist_in_use(work=view), today),
            framework=framework,
            orders=orders,
            next_states=CONTRACT_STATE_CHANGES[contract.facts.state],
        )


def contract_id_of(actor: Actor, number: str, *, archive: Archive, customer_code: str | None = None) -> int:
    """The id of the contract that bears a number.

    Raises `ContractNotFound`, `CustomerNotFound`, or `ContractAmbiguous` where several bear it and no customer is told.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return contract_numbered(actor, number, work=view, customer_code=customer_code).id


def _papers(actor: Actor, contract: Contract, *, work: UnitOfWork) -> tuple[tuple[Item, ...], int]:
    wanted = ItemFilter(contract_id=contract.id, states=_SHOWN)
    papers = work.items.list(wanted, actor=actor, order=ItemOrder.OLDEST_PAPER, limit=MOST_PAPERS)
    return tuple(papers), work.items.count(wanted, actor=actor)


def _volumes(actor: Actor, papers: Collection[Item], *, work: UnitOfWork) -> dict[int, Volume]:
    return work.volumes.with_ids({paper.volume_id for paper in papers if paper.volume_id is not None}, actor=actor)


def _relations(
    actor: Actor, papers: Collection[Item], *, work: UnitOfWork
) -> tuple[tuple[ItemRelation, ...], dict[int, Item]]:
    """Relations of the papers, without those that lead to what the actor may not see (I5)."""
    own = {paper.key for paper in papers}
    stated = work.relations.among_items(own) if own else []
    far_keys = {key for each in stated for key in (each.item_key, each.other_key)} - own
    others = {item.key: item for item in work.items.with_keys(far_keys, actor=actor)}
    known = own | others.keys()
    return tuple(each for each in stated if {each.item_key, each.other_key} <= known), others


def _framework(actor: Actor, contract: Contract, *, work: UnitOfWork) -> tuple[Contract | None, tuple[Contract, ...]]:
    facts = contract.facts
    owners = work.customers.ids_of(work.customers.heir(work.customers.get(facts.customer_id)).id)
    above = work.contracts.with_number(folded_number(facts.framework_no)) if facts.framework_no else []
    own = (bearer for bearer in above if bearer.facts.customer_id in owners)
    framework = next((each for bearer in own if (each := work.contracts.find(bearer.id, actor=actor))), None)
    under = ContractFilter(customer_ids=owners, framework_no=facts.number)
    rows = work.contracts.page(under, actor=actor, limit=MOST_ORDERS)
    return framework, tuple(row.contract for row in rows)
