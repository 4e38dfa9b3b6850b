"""Papers laid into open volumes straight away, for tests of what becomes of them there."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count

from dms.archive import Archive
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import CustomerFacts
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES
from dms.domain.item import Arrival, Classification, ItemRelation, ItemState, RelationKind
from dms.store import LaidPaper

ARRIVED_AT = datetime(2026, 1, 10, 4, 0, tzinfo=UTC)
_SERIES = {kind.code: kind.series for kind in DEFAULT_DOCUMENT_TYPES}
_serial = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What a test wants to lie in an open volume."""

    customer_id: int
    type_code: str = "delivery_voucher"
    title: str = "送货单"
    doc_on: date | None = date(2025, 5, 18)
    year: int | None = None
    contract_id: int | None = None
    series_code: str | None = None
    pages: int = 1
    arrived_at: datetime = ARRIVED_AT
    facts: dict[str, object] = field(default_factory=dict)
    """More of its classification, by name."""


def add_customer(archive: Archive, code: str = "C0001", name: str = "合肥远山商贸有限公司", **facts: object) -> int:
    """The id of a new customer."""
    with archive.begin() as work:
        return work.customers.add(CustomerFacts(code=code, name=name, **facts), at=ARRIVED_AT).id


def add_contract(archive: Archive, customer_id: int, number: str = "HT-001", **facts: object) -> int:
    """The id of a new contract, which runs unless said otherwise."""
    stated = {"title": "", "signed_on": date(2025, 1, 5)} | facts
    with archive.begin() as work:
        return work.contracts.add(
            ContractFacts(number=number, customer_id=customer_id, **stated), number_folded=number
        ).id


def close_contract(archive: Archive, contract_id: int, on: date | None) -> None:
    """The contract is performed, on this day if one is given."""
    with archive.begin() as work:
        facts = work.contracts.get(contract_id).facts
        work.contracts.change(contract_id, replace(facts, state=ContractState.PERFORMED, performed_on=on))


def lay_filed(archive: Archive, paper: Filed) -> int:
    """The key of the paper, which is filed and lies in the open volume of its customer, series and year."""
    year = paper.year or (paper.doc_on.year if paper.doc_on else paper.arrived_at.year)
    series = paper.series_code or _SERIES[paper.type_code]
    stated = Classification(
        customer_id=paper.customer_id,
        contract_id=paper.contract_id,
        series_code=series,
        year=year,
        type_code=paper.type_code,
        title=paper.title,
        doc_on=paper.doc_on,
    )
    stated = replace(stated, **paper.facts)
    number = next(_serial)
    laid = LaidPaper(
        arrival=Arrival(
            id=f"filed{number:015}",
            original_filename="scan.pdf",
            size_bytes=1000,
            digest=f"{number:064x}",
            wrapped_key=b"wrapped",
            received_at=paper.arrived_at,
            received_by="clerk",
            claim=stated,
        ),
        classification=stated,
        state=ItemState.FILED,
        media_type="application/pdf",
        texts=["字"] * paper.pages,
    )
    with archive.begin() as work:
        work.laying.lay([laid])
        key = work.items.ids(after_key=0, limit=1_000_000)[-1][0]
        volume_id = work.volumes.open_for(customer_id=paper.customer_id, series_code=series, year=year)
        work.items.move_all([key], to_volume_id=volume_id)
    return key


def say_annex(archive: Archive, key: int, main_key: int) -> None:
    """One paper is an annex of another."""
    with archive.begin() as work:
        relation = ItemRelation(
            item_key=key, kind=RelationKind.ANNEX_OF, other_key=main_key, by="clerk", noted_at=ARRIVED_AT
        )
        work.relations.add(relation)
