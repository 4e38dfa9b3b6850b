"""The contract that a paper names: found in the ledger or entered, and told what the contract paper itself says.

What always holds: what the ledger knows and the paper says nothing of stays as it is.
"""

from dataclasses import replace
from typing import TypeVar

from dms.archive import Archive
from dms.domain.contract import Contract, ContractFacts, Party
from dms.domain.contract_number import folded_number
from dms.domain.customer import Customer
from dms.domain.item import READABLE_STATES, Classification, Item, ItemState
from dms.domain.proposal import FieldName
from dms.store import ItemFilter, UnitOfWork

CONTRACT_TYPE = "contract"

_Fact = TypeVar("_Fact")


def contract_of(
    told: Classification, number: str, customer: Customer, item: Item, *, archive: Archive, work: UnitOfWork
) -> Contract | None:
    """The contract of this number with the customer, entered in the ledger if it is not there yet; None without one.

    `told` is what the person states of the paper; `number` is tidy. A paper that is the contract itself changes what
    the ledger says by what it states anew, and all papers of the contract are found by it from then on.
    """
    if not number:
        return None
    folded = folded_number(number)
    known = _in_ledger(folded, customer, work=work)
    facts = known[0].facts if known else ContractFacts(number=number, title="", customer_id=customer.id)
    if told.type_code == CONTRACT_TYPE:
        facts = _as_the_contract_says(facts, told, customer, item, work=work)
    if not known:
        return work.contracts.add(facts, number_folded=folded)
    if facts == known[0].facts:
        return known[0]
    work.contracts.change(known[0].id, facts)
    for item_key in work.items.keys(ItemFilter(contract_id=known[0].id, states=READABLE_STATES)):
        archive.index_item(work, item_key)
    return replace(known[0], facts=facts)


def _in_ledger(folded: str, customer: Customer, *, work: UnitOfWork) -> list[Contract]:
    """The contract as it was entered for the customer, or for one that was merged into it since."""
    own = work.contracts.with_number(folded, customer_id=customer.id)
    return own or [
        contract
        for merged_id in sorted(work.customers.ids_of(customer.id) - {customer.id})
        for contract in work.contracts.with_number(folded, customer_id=merged_id)
    ]


def _as_the_contract_says(
    known: ContractFacts, told: Classification, customer: Customer, item: Item, *, work: UnitOfWork
) -> ContractFacts:
    before = _told_before(item)
    return replace(
        known,
        title=told.title if told.title != before.title else known.title or told.title,
        signed_on=_newer(known.signed_on, told.doc_on, before.doc_on),
        amount=_newer(known.amount, told.amount, before.amount),
        parties=known.parties or _parties(customer, item, work=work),
    )


def _told_before(item: Item) -> Classification:
    """What the same paper told the ledger already: nothing, unless it was filed as the contract."""
    stated = item.classification
    is_filed = item.state is ItemState.FILED and stated.type_code == CONTRACT_TYPE
    return stated if is_filed else Classification()


def _newer(known: _Fact | None, told: _Fact | None, before: _Fact | None) -> _Fact | None:
    """What a person stated in the ledger stands against a paper that says nothing, or only what it said before."""
    if told is None:
        return None if before is not None and known == before else known
    return known if told == before and known is not None else told


def _parties(customer: Customer, item: Item, *, work: UnitOfWork) -> tuple[Party, ...]:
    role = work.contents.proposals(item.key).get(FieldName.CUSTOMER_ROLE)
    own = work.scheme.own_names()[:1]
    return (Party(role.value if role else "", customer.name), *(Party("", name) for name in own))
