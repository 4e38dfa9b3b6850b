"""Finding a contract that a person named, or saying that it is not there in the same words for everyone."""

from dms.archive import customer_for
from dms.domain.actor import Actor
from dms.domain.contract import Contract
from dms.domain.contract_number import canonical_number, folded_number
from dms.domain.one_line import one_line
from dms.filing.ledger.errors import ContractAmbiguous, ContractNotFound
from dms.store import UnitOfWork


def contract_for(actor: Actor, contract_id: int, *, work: UnitOfWork) -> Contract:
    """The contract, if the actor may know of it; raises `ContractNotFound` alike for missing and for barred ones."""
    contract = work.contracts.find(contract_id, actor=actor)
    if contract is None:
        raise ContractNotFound(str(contract_id))
    return contract


def contract_numbered(actor: Actor, number: str, *, work: UnitOfWork, customer_code: str | None = None) -> Contract:
    """The contract that bears a number, of one customer where one is named.

    Raises `ContractNotFound`, `ContractAmbiguous` where several that the actor may know of bear it, or
    `CustomerNotFound`.
    """
    customer = customer_for(actor, customer_code, work=work) if customer_code else None
    folded = folded_number(canonical_number(one_line(number)))
    owners = work.customers.ids_of(customer.id) if customer else frozenset[int]()
    bearers = [each for each in work.contracts.with_number(folded) if not owners or each.facts.customer_id in owners]
    known = [each for bearer in bearers if (each := work.contracts.find(bearer.id, actor=actor))]
    if not known:
        raise ContractNotFound(one_line(number))
    if len(known) > 1:
        customers = work.customers.with_ids({each.facts.customer_id for each in known})
        raise ContractAmbiguous(known[0].number, sorted(each.code for each in customers.values()))
    return known[0]


def heirs_of_all(*, work: UnitOfWork) -> dict[int, int]:
    """The customer that each merged one belongs to now, by id, whatever lies between."""
    steps = work.customers.merged()
    heirs: dict[int, int] = {}
    for customer_id in steps:
        heir, seen = customer_id, set[int]()
        while heir in steps and heir not in seen:
            seen.add(heir)
            heir = steps[heir]
        heirs[customer_id] = heir
    return heirs
