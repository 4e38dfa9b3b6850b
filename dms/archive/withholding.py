"""Withholding what the machine borrowed from the registers: a name or number as another department knows it.

The machine reads for everyone and compares with every customer and contract there is. A misread name that it put right
by a customer's name would tell whoever may not know of that customer that it is registered, and how it is called.
Identity numbers are masked in what is left (`dms.archive.masking`).
"""

from collections.abc import Callable
from dataclasses import replace

from dms.archive.masking import proposal_for
from dms.domain.actor import Actor
from dms.domain.contract_number import folded_number
from dms.domain.item import Item
from dms.domain.proposal import FieldName, Proposal
from dms.store import UnitOfWork

_Known = Callable[[str, Actor, UnitOfWork], bool]


def proposals_for(actor: Actor, item: Item, *, work: UnitOfWork) -> dict[FieldName, Proposal]:
    """What was read off a paper; what was put right by a register is as it was read where that may not be known."""
    found = {name: proposal_for(actor, each) for name, each in work.contents.proposals(item.key).items()}
    if actor.departments is None:
        return found
    return {name: _shown(proposal, actor, work) for name, proposal in found.items()}


def _shown(proposal: Proposal, actor: Actor, work: UnitOfWork) -> Proposal:
    reason, is_known = _BORROWED.get(proposal.field, ("", _always))
    if proposal.reason != reason or is_known(proposal.value, actor, work):
        return proposal
    return replace(proposal, value=proposal.as_read, certain=False, reason="")


def _names_a_known_customer(name: str, actor: Actor, work: UnitOfWork) -> bool:
    return work.customers.matching(name, actor=actor, limit=0)[0] > 0


def _numbers_a_contract_of_one(number: str, actor: Actor, work: UnitOfWork) -> bool:
    borne_by = work.contracts.with_number(folded_number(number))
    return any(work.customers.is_known(contract.facts.customer_id, actor=actor) for contract in borne_by)


def _always(value: str, actor: Actor, work: UnitOfWork) -> bool:
    return True


_BORROWED: dict[FieldName, tuple[str, _Known]] = {
    FieldName.CUSTOMER_NAME: ("name_as_known", _names_a_known_customer),
    FieldName.CONTRACT_NO: ("look_alikes_replaced", _numbers_a_contract_of_one),
}
"""The reason with which a reading says that it was put right, and whether the actor may know by what."""
