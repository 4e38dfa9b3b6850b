"""Whatever is added, corrected, bound, sealed, moved out or merged, in whatever order: the rules of D2 to D6 hold."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulators.archives import ObedientClock
from simulators.filed_papers import Filed, add_contract, add_customer, close_contract, lay_filed
from simulators.laid_papers import open_shelf
from simulators.people import CLEARED_ARCHIVIST, person

from dms.archive import Archive, item_for
from dms.domain.actor import OPERATOR, SYSTEM, Role
from dms.domain.item import ItemState
from dms.domain.volume import SEALED_STATES, VolumeState
from dms.errors import DmsError
from dms.filing import Confirmation, confirm, merge_customers
from dms.filing.arranging import check_numbering
from dms.filing.binding import carry_on, plan_binding, resume_binding, start_binding, stop_binding
from dms.filing.sealing import (
    Comparison,
    Destination,
    catalogue_again,
    check_volume,
    move_out,
    seal_problems,
    seal_volume,
    send_back,
)
from dms.store import ItemFilter, UnitOfWork, VolumeFilter

CODES = ("C0001", "C0002", "C0003")
YEARS = (2024, 2025)
SHEETS = 6
CHECKER = person(Role.ARCHIVIST, Role.CLERK, clearance=1, user_id=200)
COMPARED = Comparison(paper=True, catalogue=True, images=True)
ALL = 10_000
SEQUENCES = int(os.environ.get("DMS_TEST_SEQUENCES", "12"))


@dataclass(frozen=True)
class Add:
    customer: int
    has_contract: bool
    type_code: str
    doc_on: date
    pages: int
    is_annex: bool
    term: str | None


@dataclass(frozen=True)
class Correct:
    paper: int
    customer: int
    year: int


@dataclass(frozen=True)
class Close:
    customer: int
    on: date


@dataclass(frozen=True)
class Bind:
    year: int
    lines: int
    """After so many the run is stopped and gone on with, as after a kill."""


@dataclass(frozen=True)
class Seal:
    volume: int


@dataclass(frozen=True)
class SendBack:
    volume: int


@dataclass(frozen=True)
class MoveOut:
    paper: int
    customer: int


@dataclass(frozen=True)
class Merge:
    customer: int
    into: int


_customers, _few = st.integers(0, len(CODES) - 1), st.integers(0, 5)
_days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
_types = st.sampled_from(["delivery_voucher", "contract", "authorization", "licence", "invoice"])
_adding = st.builds(
    Add,
    customer=_customers,
    has_contract=st.booleans(),
    type_code=_types,
    doc_on=_days,
    pages=st.integers(1, 4),
    is_annex=st.booleans(),
    term=st.sampled_from([None, None, "Y"]),
)
_steps = st.one_of(
    _adding,
    _adding,
    _adding,
    st.builds(Correct, paper=_few, customer=_customers, year=st.sampled_from(YEARS)),
    st.builds(Close, customer=_customers, on=_days),
    st.builds(Bind, year=st.sampled_from(YEARS), lines=st.integers(0, 3)),
    st.builds(Bind, year=st.sampled_from(YEARS), lines=st.integers(0, 3)),
    st.builds(Seal, volume=_few),
    st.builds(SendBack, volume=_few),
    st.builds(MoveOut, paper=_few, customer=_customers),
    st.builds(Merge, customer=_customers, into=_customers),
)


@settings(
    max_examples=SEQUENCES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(_steps, min_size=3, max_size=14))
def test_any_sequence_keeps_every_rule(steps):
    with archive_of_three() as archive:
        for step in steps:
            with suppress(DmsError):  # what may not be done is refused, and changes nothing
                take(archive, step)
            hold_to_account(archive)
        for year in YEARS:
            bind(archive, year, lines=0)
            hold_to_account(archive)
            stood = everything(archive)
            assert plan_binding(OPERATOR, year, archive=archive).volumes == ()
            assert everything(archive) == stood


@contextmanager
def archive_of_three() -> Iterator[Archive]:
    with TemporaryDirectory() as folder:
        archive = open_shelf(Path(folder), clock=ObedientClock())
        with archive.begin() as work:
            work.scheme.state_fonds(code="Q001", name="安徽皖江重工机械有限公司")
            work.settings.state("most_sheets_a_volume", SHEETS)
        for code in CODES:
            customer_id = add_customer(archive, code, f"{code}有限公司")
            assert add_contract(archive, customer_id, f"HT-{code}", signed_on=date(2024, 1, 2)) == customer_id
        try:
            yield archive
        finally:
            archive.close()


def take(archive: Archive, step: object) -> None:
    match step:
        case Add():
            lay_filed(archive, filed(step))
        case Correct(paper, customer, year):
            correct(archive, paper, customer, year)
        case Close(customer, on):
            close_contract(archive, customer + 1, on)
        case Bind(year, lines):
            bind(archive, year, lines=lines)
        case Seal(volume):
            volume_id = nth_volume(archive, volume, {VolumeState.CATALOGUED})
            check_volume(CHECKER, volume_id, COMPARED, archive=archive)
            seal_volume(CLEARED_ARCHIVIST, volume_id, archive=archive)
        case SendBack(volume):
            volume_id = nth_volume(archive, volume, {VolumeState.CATALOGUED})
            send_back(CHECKER, volume_id, "页码不清", archive=archive)
            catalogue_again(OPERATOR, volume_id, archive=archive)
        case MoveOut(paper, customer):
            where = Destination(customer_code=CODES[customer], series_code="3", year=2025)
            move_out(OPERATOR, CHECKER, nth_paper(archive, paper), where, "归错客户", archive=archive)
        case Merge(customer, into):
            merge_customers(OPERATOR, CODES[customer], CODES[into], archive=archive)


def filed(step: Add) -> Filed:
    customer_id = step.customer + 1
    return Filed(
        customer_id=customer_id,
        contract_id=customer_id if step.has_contract else None,
        type_code=step.type_code,
        doc_on=step.doc_on,
        pages=step.pages,
        facts={"is_annex": step.is_annex, "retention_code": step.term},
    )


def correct(archive: Archive, paper: int, customer: int, year: int) -> None:
    item_id = nth_paper(archive, paper)
    with archive.looking() as view:
        known = item_for(OPERATOR, item_id, work=view).classification
    stated = Confirmation(
        customer_code=CODES[customer],
        contract_no="",
        type_code="delivery_voucher",
        series_code="",
        year=year,
        title="更正",
        doc_on=date(year, 7, 1),
        amount=None,
        copy_kind=known.copy_kind,
        grade=known.grade,
    )
    confirm(OPERATOR, item_id, stated, archive=archive)


def bind(archive: Archive, year: int, *, lines: int) -> None:
    if not plan_binding(OPERATOR, year, archive=archive).volumes:
        return
    run = start_binding(OPERATOR, year, archive=archive)
    left = iter(range(lines))
    if lines:
        carry_on(OPERATOR, run.id, archive=archive, go_on=lambda: next(left, None) is not None)
        with suppress(DmsError):
            stop_binding(OPERATOR, run.id, archive=archive)
            resume_binding(OPERATOR, run.id, archive=archive)
    with suppress(DmsError):  # it may have come to its end before
        carry_on(OPERATOR, run.id, archive=archive)


def nth_paper(archive: Archive, number: int) -> str:
    with archive.looking() as view:
        ids = [item_id for _, item_id in view.items.ids(limit=ALL)]
    return ids[number % len(ids)] if ids else "none"


def nth_volume(archive: Archive, number: int, states: set[VolumeState]) -> int:
    with archive.looking() as view:
        found = view.volumes.page(VolumeFilter(states=frozenset(states)), actor=SYSTEM, limit=ALL)
    return found[number % len(found)].id if found else 0


def everything(archive: Archive) -> list[object]:
    with archive.looking() as view:
        volumes = view.volumes.page(VolumeFilter(), actor=SYSTEM, limit=ALL)
        return [(volume, view.volumes.items_of(volume.id)) for volume in volumes]


def hold_to_account(archive: Archive) -> None:
    agreement = check_numbering(archive)
    assert agreement.agrees, agreement  # D4, both directions
    assert agreement.gaps == 0
    with archive.looking() as view:
        volumes = view.volumes.page(VolumeFilter(), actor=SYSTEM, limit=ALL)
        filed_count = view.items.count(ItemFilter(states=frozenset({ItemState.FILED})), actor=SYSTEM)
        lying = [paper.key for volume in volumes for paper in view.volumes.items_of(volume.id)]
        assert len(lying) == len(set(lying)) == filed_count  # every paper once, in one volume
        for volume in volumes:
            if volume.state is VolumeState.OPEN:
                hold_loose(view, volume.id)
            else:
                hold_bound(archive, view, volume.id)


def hold_loose(view: UnitOfWork, volume_id: int) -> None:
    for paper in view.volumes.items_of(volume_id):
        assert (paper.position, paper.reference_code, paper.first_page) == (None, None, None)


def hold_bound(archive: Archive, view: UnitOfWork, volume_id: int) -> None:
    volume = view.volumes.get(volume_id, actor=SYSTEM)
    papers = view.volumes.items_of(volume_id)
    places = [paper.position for paper in papers]
    assert volume.reference_code
    assert volume.compiled_by
    if volume.state in SEALED_STATES:
        assert sorted(set(places)) == places  # what was moved out leaves its row, struck through
        assert seal_problems(volume_id, archive=archive, work=view) == ()
    else:
        assert places == list(range(1, len(papers) + 1))
        hold_pages(papers)
    default = view.scheme.series(volume.series_code).retention_code
    mains = [paper for paper in papers if not paper.is_annex]
    assert {paper.retention_code or default for paper in mains} <= {volume.retention_code}  # D3.4
    assert len(papers) == 1 or sum(paper.sheets_at_most for paper in papers) <= SHEETS
    assert all((paper.reference_code is None) is paper.is_annex for paper in papers)
    assert all(paper.year == volume.year and paper.series_code == volume.series_code for paper in papers)


def hold_pages(papers: list) -> None:
    page = 0
    for paper in papers:
        if paper.pages_written:
            assert (paper.first_page, paper.last_page) == (page + 1, page + paper.pages_written)
        page += paper.pages_written
