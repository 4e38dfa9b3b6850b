"""Describing a paper that has been read: proposals for a person, and the entry under which it is found meanwhile.

What always holds:
- D1 What the uploader stated stands; the machine fills in only what was left open.
- D2 A customer or a contract is entered beforehand only where the match is sure or was stated; the rest of an
  unconfirmed entry (type, year, date, amount, title) may be the machine's belief and is shown as such.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from threading import Lock

from dms.archive import Archive
from dms.domain.amount import is_amount
from dms.domain.contract_number import folded_number
from dms.domain.item import Classification, Item, RenditionRole
from dms.domain.layout import decode_layout
from dms.domain.proposal import FieldName, Proposal
from dms.domain.reading import PageReading
from dms.ingest.understanding import (
    Directory,
    Known,
    KnownContract,
    KnownCustomer,
    MatchKind,
    Understanding,
    understand,
)
from dms.store import UnitOfWork

SURE_MATCHES = frozenset({MatchKind.USCC, MatchKind.NAME, MatchKind.FORMER_NAME, MatchKind.NUMBER})
DEFAULT_TYPE = "other"
PAGES_UNDERSTOOD = 40
"""Facts stand on the first pages and on the last ones; a paper of a thousand pages need not be held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is to be written into the catalogue about a paper that has been read."""

    proposals: tuple[Proposal, ...]
    classification: Classification
    doubts: tuple[str, ...]


class Describer:
    """Describes papers of one archive; knows its customers and contracts and notices when they change."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = Lock()
        self._directory = Directory()
        self._known_up_to = (-1, -1)

    def describe(self, item: Item) -> Description:
        """The description of an item all of whose pages have been read."""
        readings = self._readings(item)
        with self._archive.looking() as view:
            known = self._known(item, view)
            understanding = understand(readings, known)
            classification = _classification(item, understanding, work=view)
        return Description(
            proposals=understanding.proposals,
            classification=classification,
            doubts=_doubts(understanding, classification),
        )

    def _readings(self, item: Item) -> list[PageReading]:
        with self._archive.looking() as view:
            numbers = sorted(view.contents.page_numbers(item.key))
            chosen = numbers[:PAGES_UNDERSTOOD] + numbers[PAGES_UNDERSTOOD:][-PAGES_UNDERSTOOD:]
            layouts = [view.contents.rendition(item.key, RenditionRole.LAYOUT, number) for number in chosen]
        return [decode_layout(self._archive.unseal(item, layout)) for layout in layouts if layout]

    def _known(self, item: Item, view: UnitOfWork) -> Known:
        claimed = view.customers.get(item.claim.customer_id) if item.claim.customer_id else None
        return Known(
            own_names=view.scheme.own_names(),
            directory=self._directory_now(view),
            claimed_customer_code=claimed.code if claimed else None,
            claimed_contract_no=item.claimed_contract_no or None,
            claimed_type=item.claim.type_code,
        )

    def _directory_now(self, view: UnitOfWork) -> Directory:
        """The directory, built anew only after a customer has changed or a contract was entered."""
        with self._lock:
            customers_at = view.journal.latest_seq(("customer_registered", "customer_changed"))
            latest = (customers_at, view.contracts.latest_id())
            if latest != self._known_up_to:
                self._directory = _directory(view)
                self._known_up_to = latest
            return self._directory


def _directory(view: UnitOfWork) -> Directory:
    customers = {customer.id: customer for customer in view.customers.all()}
    return Directory(
        customers=[
            KnownCustomer(
                code=customer.code,
                name=customer.name,
                former_names=tuple(former.name for former in customer.facts.former_names),
                uscc=customer.facts.uscc,
            )
            for customer in customers.values()
        ],
        contracts=[
            KnownContract(
                number=contract.number,
                title=contract.facts.title,
                customer_code=customers[contract.facts.customer_id].code,
            )
            for contract in view.contracts.all()
        ],
    )


def _classification(item: Item, understanding: Understanding, *, work: UnitOfWork) -> Classification:
    claim = item.claim
    type_code = claim.type_code or _known_type(understanding, work=work)  # D1
    doc_date = understanding.value(FieldName.DOC_DATE)
    amount = understanding.value(FieldName.AMOUNT)
    doc_on = date.fromisoformat(doc_date) if doc_date else None
    customer_id = claim.customer_id or _sure_customer(understanding, work=work)
    return replace(
        claim,
        customer_id=customer_id,
        contract_id=_sure_contract(item, understanding, customer_id, work=work),
        type_code=type_code,
        series_code=claim.series_code or _series_of(type_code, work=work),
        year=claim.year or (doc_on.year if doc_on else None),
        title=understanding.value(FieldName.TITLE) or "",
        doc_on=doc_on,
        amount=Decimal(amount) if amount and is_amount(Decimal(amount)) else None,
    )


def _known_type(understanding: Understanding, *, work: UnitOfWork) -> str:
    """The type that was recognised, if this archive files papers of that type."""
    recognised = understanding.value(FieldName.TYPE)
    known = {kind.code for kind in work.scheme.all_types()}
    return recognised if recognised in known else DEFAULT_TYPE


def _series_of(type_code: str, *, work: UnitOfWork) -> str | None:
    return next((kind.series for kind in work.scheme.all_types() if kind.code == type_code), None)


def _sure_customer(understanding: Understanding, *, work: UnitOfWork) -> int | None:
    match = understanding.customer_match
    if match is None or match.how not in SURE_MATCHES:  # D2
        return None
    customer = work.customers.with_code(match.code)
    return customer.id if customer else None


def _sure_contract(
    item: Item, understanding: Understanding, customer_id: int | None, *, work: UnitOfWork
) -> int | None:
    number = item.claimed_contract_no or understanding.value(FieldName.CONTRACT_NO)
    if not number or customer_id is None:
        return None
    known = work.contracts.with_number(folded_number(number), customer_id=customer_id)
    return known[0].id if len(known) == 1 else None


def _doubts(understanding: Understanding, classification: Classification) -> tuple[str, ...]:
    """What is contradictory, then what is open: a person should look at the paper while any of these stands."""
    uncertain = (f"uncertain_{proposal.field.value}" for proposal in understanding.proposals if not proposal.certain)
    missing = ("customer_unknown",) if classification.customer_id is None else ()
    return (*(doubt.value for doubt in understanding.doubts), *missing, *uncertain)
