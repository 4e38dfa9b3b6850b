"""Which customer and which contract of the archive a paper belongs to."""

from collections.abc import Sequence

from dms.domain.contract_number import folded_number
from dms.domain.proposal import Proposal
from dms.ingest.understanding.counterparty import Counterparty
from dms.ingest.understanding.credit_code import CreditCode
from dms.ingest.understanding.directory import KnownContract, KnownCustomer
from dms.ingest.understanding.known import Known
from dms.ingest.understanding.outcome import ContractMatch, CustomerMatch, MatchKind

_CONFIDENCE = {
    MatchKind.USCC: 0.99,
    MatchKind.NAME: 0.97,
    MatchKind.FORMER_NAME: 0.93,
    MatchKind.SIMILAR: 0.75,
    MatchKind.NUMBER: 0.97,
    MatchKind.CONTRACT: 0.7,
}
_OTHER_NAME = 0.85
"""The code is a customer's, the name nobody's: a new name of the customer, or a code on somebody else's paper."""


def customer_by_code(codes: Sequence[CreditCode], known: Known) -> KnownCustomer | None:
    """The customer whose credit code the paper bears; None where it bears none that is known, or those of two."""
    found = {c.code: c for c in (known.directory.by_uscc(code.value) for code in codes) if c}
    return next(iter(found.values())) if len(found) == 1 else None


def code_contradicts_name(by_code: KnownCustomer | None, chosen: Counterparty | None) -> bool:
    """Whether the credit code is a customer's whom the name on the paper is not."""
    return bool(by_code and chosen and (chosen.customer is None or by_code.code != chosen.customer.code))


def match_customer(
    by_code: KnownCustomer | None, chosen: Counterparty | None, contract: ContractMatch | None
) -> CustomerMatch | None:
    """By credit code, else by name, else by the contract that the paper speaks of.

    None where code and name are those of two customers: whichever is right, a match would file the paper wrongly.
    """
    if by_code and chosen and chosen.customer and by_code.code != chosen.customer.code:
        return None
    if by_code:
        sure = not code_contradicts_name(by_code, chosen)
        confidence = _CONFIDENCE[MatchKind.USCC] if sure else _OTHER_NAME
        return CustomerMatch(code=by_code.code, how=MatchKind.USCC, confidence=confidence)
    if chosen and chosen.customer and chosen.how:
        return CustomerMatch(code=chosen.customer.code, how=chosen.how, confidence=_CONFIDENCE[chosen.how])
    if contract and not chosen:
        kind = MatchKind.CONTRACT
        return CustomerMatch(code=contract.customer_code, how=kind, confidence=_CONFIDENCE[kind])
    return None


def match_contract(number: Proposal | None, known: Known, *, preferred: str | None) -> ContractMatch | None:
    """The contract of the ledger with the number read; `preferred` is the customer's code, for numbers given twice."""
    if number is None:
        return None
    exact = _preferred(known.directory.contracts(number.value), preferred)
    if exact and folded_number(number.as_read) == folded_number(exact.number):
        return _contract_match(exact, MatchKind.NUMBER)
    alike = exact or _preferred(known.directory.contracts_read_alike(number.value), preferred)
    return _contract_match(alike, MatchKind.SIMILAR) if alike else None


def _preferred(contracts: Sequence[KnownContract], customer_code: str | None) -> KnownContract | None:
    own = [c for c in contracts if c.customer_code == customer_code]
    candidates = own or contracts
    return candidates[0] if len(candidates) == 1 else None


def _contract_match(contract: KnownContract, how: MatchKind) -> ContractMatch:
    return ContractMatch(
        number=contract.number, customer_code=contract.customer_code, how=how, confidence=_CONFIDENCE[how]
    )
