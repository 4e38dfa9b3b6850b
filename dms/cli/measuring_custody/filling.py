"""Filling a throw-away archive with papers of thirty years: customers, contracts, bound volumes, filed papers.

What always holds: everything is drawn from one seed, and a paper lies in the volume of its customer, series and year.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from itertools import islice

from dms.archive import Archive
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import CustomerFacts
from dms.domain.item import Arrival, Classification, ItemState
from dms.domain.volume import VolumeState
from dms.store import LaidPaper, LaidVolume

ITEMS_A_TRANSACTION = 10_000
PAPERS_A_VOLUME = 25
PAPERS_A_CUSTOMER = 500
PAPERS_A_CONTRACT = 20
FIRST_YEAR, LAST_YEAR = 1996, 2026
MIDDAY = time_of_day(4, tzinfo=UTC)
USER = "bench"
DEPARTMENTS = ("销售一部", "销售二部", "工程部", "采购部", "")
_TYPES = {"1": ("licence", "identity_proof"), "2": ("receipt", "invoice"), "3": ("contract", "delivery_voucher")}
_TERMS = {"1": "D30", "2": "D10", "3": "D30"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much an archive was filled with."""

    items: int
    volumes: int
    contracts: int
    customers: int


def fill_holdings(archive: Archive, *, items: int, seed: int = 1) -> Holdings:
    """Fill a new archive with so many filed papers; most of their contracts are closed, some run, some are disputed."""
    chance = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
    customers = _lay_customers(archive, max(1, items // PAPERS_A_CUSTOMER))
    contracts = _lay_contracts(archive, max(1, items // PAPERS_A_CONTRACT), customers, chance)
    volumes = [_volume(number, customers, chance) for number in range(max(1, items // PAPERS_A_VOLUME))]
    with archive.begin() as work:
        first_volume_id = work.laying.lay_volumes(volumes)
    drawn = _papers(items, volumes, first_volume_id, contracts, customers, chance)
    while batch := list(islice(drawn, ITEMS_A_TRANSACTION)):
        with archive.begin() as work:
            work.laying.lay(batch)
    return Holdings(items=items, volumes=len(volumes), contracts=contracts, customers=customers)


def _lay_customers(archive: Archive, count: int) -> int:
    with archive.begin() as work:
        for number in range(1, count + 1):
            department = DEPARTMENTS[number % len(DEPARTMENTS)]
            facts = CustomerFacts(code=f"C{number:06}", name=f"客户第{number}号有限公司", department=department)
            work.customers.add(facts, at=archive.now())
    return count


def _lay_contracts(archive: Archive, count: int, customers: int, chance: random.Random) -> int:
    with archive.begin() as work:
        stated = [_contract(number, customers, chance) for number in range(1, count + 1)]
        work.contracts.add_all([(facts, facts.number) for facts in stated])
    return count


def _contract(number: int, customers: int, chance: random.Random) -> ContractFacts:
    signed_on = _some_day(chance)
    closed = chance.random() < 0.9
    performed_on = signed_on + timedelta(days=chance.randint(30, 900)) if closed else None
    return ContractFacts(
        number=f"HT{number:07}",
        title="设备采购合同",
        customer_id=1 + number % customers,
        signed_on=signed_on,
        state=ContractState.PERFORMED if closed else ContractState.RUNNING,
        performed_on=performed_on,
        settled_on=performed_on + timedelta(days=chance.randint(0, 200)) if performed_on else None,
    )


def _volume(number: int, customers: int, chance: random.Random) -> LaidVolume:
    series = chance.choice(sorted(_TYPES))
    year = chance.randint(FIRST_YEAR, LAST_YEAR)
    # One volume is open of a customer, a series and a year; all others are bound.
    return LaidVolume(
        customer_id=1 + number % customers,
        series_code=series,
        year=year,
        state=VolumeState.CATALOGUED,
        reference_code=f"V{number:07}",
        retention_code=_TERMS[series],
    )


def _papers(
    items: int,
    volumes: list[LaidVolume],
    first_volume_id: int,
    contracts: int,
    customers: int,
    chance: random.Random,
) -> Iterator[LaidPaper]:
    for number in range(items):
        # Papers of one volume arrive over the year, among those of all others of that time.
        place = (number // PAPERS_A_VOLUME // 40 * 40 + number % 40) % len(volumes)
        volume = volumes[place]
        contract_id = _contract_of(volume.customer_id, contracts, customers, chance)
        yield _paper(number, volume, first_volume_id + place, contract_id, chance)


def _contract_of(customer_id: int, contracts: int, customers: int, chance: random.Random) -> int | None:
    """A contract of this customer, or none: contracts lie with customers by turns."""
    each = contracts // customers
    if not each or chance.random() < 0.25:
        return None
    number = chance.randrange(each) * customers + (customer_id - 1)
    return number if 1 <= number <= contracts else None


def _paper(
    number: int, volume: LaidVolume, volume_id: int, contract_id: int | None, chance: random.Random
) -> LaidPaper:
    doc_on = date(volume.year, 1, 1) + timedelta(days=chance.randrange(365))
    received_at = datetime.combine(doc_on + timedelta(days=3), MIDDAY)
    stated = Classification(
        customer_id=volume.customer_id,
        contract_id=contract_id,
        series_code=volume.series_code,
        year=volume.year,
        type_code=chance.choice(_TYPES[volume.series_code]),
        title="资料",
        doc_on=doc_on if chance.random() < 0.95 else None,
        grade=chance.choices((1, 2, 3), weights=(1, 4, 95))[0],
    )
    arrival = Arrival(
        id=f"custody{number:013}",
        original_filename="scan.pdf",
        size_bytes=200_000,
        digest=f"{number:064x}",
        wrapped_key=b"wrapped",
        received_at=received_at,
        received_by=USER,
        claim=stated,
    )
    return LaidPaper(
        arrival=arrival,
        classification=stated,
        state=ItemState.FILED,
        media_type="application/pdf",
        texts=(),
        volume_id=volume_id,
    )


def _some_day(chance: random.Random) -> date:
    return date(chance.randint(FIRST_YEAR, LAST_YEAR), 1, 1) + timedelta(days=chance.randrange(365))
