"""Understanding one paper, step by step: what it is, who is named, which contract, when, how much."""

from collections.abc import Sequence

from dms.domain.contract_number import folded_number
from dms.domain.proposal import FieldName, Proposal
from dms.domain.reading import PageReading
from dms.ingest.understanding.certainty import GUESSED, LABELLED, PLACED, is_clear, weighed
from dms.ingest.understanding.classification import TypeFound, classify
from dms.ingest.understanding.contract_reference import ContractNumber, find_contract_number
from dms.ingest.understanding.counterparty import Counterparty, choose_counterparty, is_own
from dms.ingest.understanding.credit_code import find_credit_codes, propose_credit_code
from dms.ingest.understanding.cues import Cues, default_cues
from dms.ingest.understanding.heading import propose_title
from dms.ingest.understanding.known import NOTHING_KNOWN, Known
from dms.ingest.understanding.matching import code_contradicts_name, customer_by_code, match_contract, match_customer
from dms.ingest.understanding.outcome import CustomerMatch, Doubt, MatchKind, Reason, Understanding
from dms.ingest.understanding.paper import Paper, prepare
from dms.ingest.understanding.paper_day import find_paper_day
from dms.ingest.understanding.party import Party, find_parties, is_printed, without_repetition
from dms.ingest.understanding.total import find_total


def understand(pages: Sequence[PageReading], known: Known = NOTHING_KNOWN, cues: Cues | None = None) -> Understanding:
    """What the machine believes about the paper that the pages make: proposals, matches and doubts.

    Places are offsets into the text of the page they name. Nothing is raised for any text; a paper that says nothing
    yields no proposals and a doubt.
    """
    paper = prepare(pages)
    if paper.first is None:
        return Understanding(proposals=(), customer_match=None, contract_match=None, doubts=(Doubt.NOTHING_READ,))
    return _understand(paper, known, cues or default_cues())


def _understand(paper: Paper, known: Known, cues: Cues) -> Understanding:
    found = classify(paper, cues, claimed_type=known.claimed_type)
    parties = without_repetition(find_parties(paper, found.cues, cues))
    chosen = choose_counterparty(paper, parties, known, found.cues, cues)
    number = find_contract_number(paper, found.cues, known, cues)
    codes = find_credit_codes(paper, cues)
    by_code = customer_by_code(codes, known)

    contract_no = number.proposal if number else None
    preferred = chosen.customer.code if chosen and chosen.customer else known.claimed_customer_code
    contract_match = match_contract(contract_no, known, preferred=preferred)
    customer_match = match_customer(by_code, chosen, contract_match)
    code_agrees = bool(by_code and chosen and chosen.customer and by_code.code == chosen.customer.code)
    proposals = (
        _propose_type(found),
        propose_title(found, chosen, contract_no),
        contract_no,
        _propose_name(chosen, parties, known, code_agrees=code_agrees),
        _propose_role(chosen),
        propose_credit_code(codes, parties, chosen, known),
        find_paper_day(paper, found.cues, cues),
        find_total(paper, found.cues, cues),
    )
    stated = tuple(proposal for proposal in proposals if proposal)
    contradiction = code_contradicts_name(by_code, chosen)
    return Understanding(
        proposals=stated,
        customer_match=customer_match,
        contract_match=contract_match,
        doubts=_doubts(stated, found, number, customer_match, known, contradiction=contradiction),
    )


def _propose_type(found: TypeFound) -> Proposal:
    return Proposal(
        field=FieldName.TYPE,
        value=found.cues.code,
        as_read=found.passage.as_read if found.passage else "",
        place=found.passage.place if found.passage else None,
        confidence=weighed(found.confidence, found.passage) if found.passage else found.confidence,
        certain=found.certain,
        reason=found.reason or "",
    )


def _propose_name(
    chosen: Counterparty | None, parties: Sequence[Party], known: Known, *, code_agrees: bool
) -> Proposal | None:
    if chosen is None:
        return None
    reason = _why_name_is_uncertain(chosen, parties, known, code_agrees=code_agrees)
    return Proposal(
        field=FieldName.CUSTOMER_NAME,
        value=chosen.value,
        as_read=chosen.passage.as_read,
        place=chosen.passage.place,
        confidence=weighed(_name_confidence(chosen, reason), chosen.passage),
        certain=reason is None or (reason is Reason.NAME_AS_KNOWN and (code_agrees or chosen.claimed)),
        reason=reason or "",
    )


def _name_confidence(chosen: Counterparty, reason: Reason | None) -> float:
    if chosen.party is None or not chosen.party.name.legal:
        return GUESSED + 0.1
    return LABELLED if reason is None else PLACED


def _why_name_is_uncertain(
    chosen: Counterparty, parties: Sequence[Party], known: Known, *, code_agrees: bool
) -> Reason | None:
    """None where the name may be filled in: clear, and either known, or the only one left beside our own."""
    if chosen.how is MatchKind.SIMILAR:
        return Reason.NAME_AS_KNOWN
    if chosen.party and chosen.party.name.completed:
        return Reason.NAME_COMPLETED
    if not is_clear(chosen.passage) and not code_agrees:
        return Reason.LOW_CONFIDENCE
    if chosen.customer:
        return None
    if chosen.disputed:
        return Reason.SEVERAL_READINGS
    ours_is_there = any(is_own(party.name.value, known) for party in parties)
    printed = chosen.party is not None and is_printed(chosen.party.role) and chosen.party.name.legal
    return None if ours_is_there and chosen.sole and printed else Reason.OTHER_PARTY_BY_ROLE


def _propose_role(chosen: Counterparty | None) -> Proposal | None:
    """The role as printed; `value` is the first word of 乙方（卖方）."""
    if chosen is None or chosen.party is None or chosen.party.role_passage is None:
        return None
    passage = chosen.party.role_passage
    return Proposal(
        field=FieldName.CUSTOMER_ROLE,
        value=chosen.party.role,
        as_read=passage.as_read,
        place=passage.place,
        confidence=weighed(LABELLED, passage),
        certain=is_clear(passage),
        reason="" if is_clear(passage) else Reason.LOW_CONFIDENCE,
    )


def _doubts(
    proposals: Sequence[Proposal],
    found: TypeFound,
    number: ContractNumber | None,
    customer: CustomerMatch | None,
    known: Known,
    *,
    contradiction: bool,
) -> tuple[Doubt, ...]:
    by_field = {proposal.field: proposal for proposal in proposals}
    name, code, amount = (by_field.get(f) for f in (FieldName.CUSTOMER_NAME, FieldName.USCC, FieldName.AMOUNT))
    raised = {
        Doubt.TYPE_UNKNOWN: found.cues.code == "other",
        Doubt.TYPE_DIFFERS_FROM_CLAIM: known.claimed_type not in {None, found.cues.code},
        Doubt.CUSTOMER_DIFFERS_FROM_CLAIM: _customer_differs(customer, name, known),
        Doubt.CONTRACT_DIFFERS_FROM_CLAIM: _contract_differs(number, known),
        Doubt.CREDIT_CODE_AND_NAME_DIFFER: contradiction,
        Doubt.SEVERAL_CONTRACT_NUMBERS: number is not None and number.several,
        Doubt.FIGURES_AND_CAPITALS_DIFFER: amount is not None and amount.reason == Reason.FIGURES_AND_CAPITALS_DIFFER,
        Doubt.CHECK_DIGIT_FAILS: code is not None and code.reason == Reason.CHECK_DIGIT_FAILS,
    }
    return tuple(doubt for doubt, holds in raised.items() if holds)


def _customer_differs(customer: CustomerMatch | None, name: Proposal | None, known: Known) -> bool:
    """Whether the paper names somebody, and not the customer whom the person named."""
    if not known.claimed_customer_code or name is None:
        return False
    return customer is None or customer.code != known.claimed_customer_code


def _contract_differs(number: ContractNumber | None, known: Known) -> bool:
    if not known.claimed_contract_no or number is None:
        return False
    return folded_number(number.proposal.value) != folded_number(known.claimed_contract_no)
