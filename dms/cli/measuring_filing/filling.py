"""Laying a drawn year into a throw-away archive, as people would have confirmed it.

What always holds: papers are laid in the order of their numbers from 1, so the number of a paper is its key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from itertools import islice

from dms.archive import Archive
from dms.cli.measuring_filing.drawing import DrawnPaper, DrawnYear, Mishap
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES
from dms.domain.item import Arrival, Classification, CopyKind, ItemState
from dms.store import LaidPaper, UnitOfWork

ITEMS_A_TRANSACTION = 2000
NOON = time_of_day(4, tzinfo=UTC)
USER = "bench"
_SERIES = {kind.code: kind.series for kind in DEFAULT_DOCUMENT_TYPES}


def lay_frame(archive: Archive, drawn: DrawnYear) -> None:
    """Register the customers and enter the contracts; their ids are their places from 1."""
    with archive.begin() as work:
        for customer in drawn.customers:
            work.customers.add(customer, at=archive.now())
        for contract in drawn.contracts:
            facts = replace(contract, customer_id=contract.customer_id + 1)
            work.contracts.add(facts, number_folded=facts.number)


def lay_papers(archive: Archive, papers: Iterable[DrawnPaper], *, arrived_on: date, first_number: int) -> int:
    """File these papers, each in the open volume of its customer, series and year; how many there were.

    `first_number` keeps their ids apart from those of the papers before.
    """
    ahead, number = iter(papers), first_number
    while batch := list(islice(ahead, ITEMS_A_TRANSACTION)):
        with archive.begin() as work:
            _file(batch, number, arrived_on, work)
        number += len(batch)
    return number - first_number


def set_right(archive: Archive, papers: Sequence[DrawnPaper], *, first_number: int) -> int:
    """Correct the papers that were laid with another customer, as the archivist does before binding; how many."""
    wrong = [(place, paper) for place, paper in enumerate(papers) if paper.mishap is Mishap.MISFILED]
    with archive.begin() as work:
        for place, paper in wrong:
            stated = _classification(replace(paper, mishap=Mishap.NONE))
            volume_id = work.volumes.open_for(
                customer_id=paper.customer + 1, series_code=_SERIES[paper.type_code], year=paper.year
            )
            work.items.file(first_number + place, stated, volume_id=volume_id)
    return len(wrong)


def _file(batch: Sequence[DrawnPaper], first_number: int, arrived_on: date, work: UnitOfWork) -> None:
    laid = [_laid(first_number + place, paper, arrived_on) for place, paper in enumerate(batch)]
    work.laying.lay(laid)
    volumes: dict[int, list[int]] = {}
    for key, paper in enumerate(laid, start=first_number):
        stated = paper.classification
        volume_id = work.volumes.open_for(
            customer_id=stated.customer_id or 0, series_code=str(stated.series_code), year=stated.year or 0
        )
        volumes.setdefault(volume_id, []).append(key)
    for volume_id, lying in volumes.items():
        work.items.move_all(lying, to_volume_id=volume_id)


def _laid(number: int, paper: DrawnPaper, arrived_on: date) -> LaidPaper:
    stated = _classification(paper)
    arrived_at = datetime.combine(arrived_on, NOON) + timedelta(seconds=number % 3600)
    return LaidPaper(
        arrival=Arrival(
            id=_item_id(number),
            original_filename=f"{number:08}.pdf",
            size_bytes=250_000 * paper.pages,
            digest=f"{number:064x}",
            wrapped_key=b"",
            received_at=arrived_at,
            received_by=USER,
            claim=stated,
        ),
        classification=stated,
        state=ItemState.FILED,
        media_type="application/pdf",
        texts=[f"{paper.title} 第{page}页" for page in range(1, paper.pages + 1)],
    )


def _classification(paper: DrawnPaper) -> Classification:
    # A misfiled paper lies with the customer before, until somebody notices.
    customer = max(0, paper.customer - 1) if paper.mishap is Mishap.MISFILED else paper.customer
    return Classification(
        customer_id=customer + 1,
        contract_id=None if paper.contract is None else paper.contract + 1,
        series_code=_SERIES[paper.type_code],
        year=paper.year,
        type_code=paper.type_code,
        title=paper.title,
        doc_on=paper.doc_on,
        copy_kind=CopyKind.ORIGINAL,
        grade=paper.grade,
        is_annex=paper.is_annex,
    )


def _item_id(number: int) -> str:
    return f"{number:020x}"
