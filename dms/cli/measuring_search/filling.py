"""Filling an archive with a corpus, through the store, in large transactions; then making its index, timed."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as time_of_day
from itertools import islice
from pathlib import Path

from dms.archive import Archive
from dms.bootstrap import Foundation, found_archive, open_archive
from dms.cli.measuring_search.brute_force import item_id
from dms.cli.measuring_search.corpus import Corpus, Paper
from dms.cli.measuring_search.memory import peak_bytes, watch_peak_anew
from dms.domain.clock import SystemClock
from dms.domain.contract import ContractFacts
from dms.domain.customer import CustomerFacts
from dms.domain.item import Arrival, Classification, ItemState
from dms.search import rebuild_index
from dms.store import LaidPaper, UnitOfWork
from vault import Argon2Cost

ITEMS_A_TRANSACTION = 2000
MORNING = time_of_day(8, tzinfo=UTC)
USER = "bench"
CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
"""What is measured lies behind an unlocked archive; unlocking itself is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What opens an archive, and its first user, who may see everything."""

    home: Path
    passphrase: str
    user: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledArchive:
    """An archive that is there for the papers of a corpus."""

    archive: Archive
    corpus: Corpus
    secrets: Secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexing:
    """What it took to make the index of all papers from texts that were ready."""

    pages: int
    items: int
    elapsed_s: float
    index_bytes: int
    """By which the archive grew."""
    catalogue_bytes: int
    peak_bytes: int
    """Most memory that this process held meanwhile."""


@contextmanager
def founded_for(corpus: Corpus) -> Iterator[FilledArchive]:
    """A new archive with the customers and contracts of the corpus and no paper, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="anjuan-bench-") as place, opened(corpus, Path(place)) as filled:
        yield filled


@contextmanager
def opened(corpus: Corpus, place: Path) -> Iterator[FilledArchive]:
    """The archive that is kept in a folder for this corpus, open until the block ends; founded if there is none.

    Its secrets follow from the seed, for it holds nothing but what follows from the seed too.
    """
    home, secret = place / f"archive-{corpus.seed}-{corpus.pages_total}", f"measuring a corpus of seed {corpus.seed}"
    is_new = not home.exists()
    if is_new:
        place.mkdir(parents=True, exist_ok=True)
        foundation = Foundation(fonds_code="Q000", company_name="", administrator=USER, password=secret)
        found_archive(home, secret, foundation, clock=SystemClock(), cost=CHEAP)
    archive = open_archive(home, secret)
    try:
        if is_new:
            with archive.begin() as work:
                _lay_frame(work, corpus)
        secrets = Secrets(home=home, passphrase=secret, user=USER, password=secret)
        yield FilledArchive(archive=archive, corpus=corpus, secrets=secrets)
    finally:
        archive.close()


def is_filled(filled: FilledArchive) -> bool:
    """Whether every page of the corpus was laid already."""
    with filled.archive.looking() as view:
        return view.figures.pages_count() == filled.corpus.pages_total


def lay_papers(filled: FilledArchive, papers: Iterator[Paper]) -> tuple[int, float]:
    """Lay the papers in order; how many pages they have, and the seconds it took, making the texts included."""
    began, pages = time.perf_counter(), 0
    while batch := list(islice(papers, ITEMS_A_TRANSACTION)):
        with filled.archive.begin() as work:
            pages += work.laying.lay(_laid(filled.corpus, batch))
    return pages, time.perf_counter() - began


def index_papers(filled: FilledArchive) -> Indexing:
    """Make the index of everything that was laid."""
    before = _bytes_in_use(filled.archive)
    watch_peak_anew()
    began = time.perf_counter()
    items = rebuild_index(filled.archive)
    elapsed_s = time.perf_counter() - began
    after = _bytes_in_use(filled.archive)
    with filled.archive.looking() as view:
        pages = view.figures.pages_count()
    return Indexing(
        pages=pages,
        items=items,
        elapsed_s=elapsed_s,
        index_bytes=after - before,
        catalogue_bytes=after,
        peak_bytes=peak_bytes(),
    )


def _bytes_in_use(archive: Archive) -> int:
    with archive.looking() as view:
        return view.laying.bytes_in_use() + view.index_upkeep.bytes_in_files()


def _lay_frame(work: UnitOfWork, corpus: Corpus) -> None:
    at = datetime.now(UTC)
    for customer in corpus.customers:
        work.customers.add(CustomerFacts(code=customer.code, name=customer.name), at=at)
    for contract in corpus.contracts:
        facts = ContractFacts(number=contract.written_no, title=contract.title, customer_id=_row_id(contract.customer))
        work.contracts.add(facts, number_folded=contract.written_no.upper())


def _row_id(number: int) -> int:
    """The id that a customer or contract gets in an archive where nothing else was entered before."""
    return number + 1


def _laid(corpus: Corpus, papers: Sequence[Paper]) -> Iterator[LaidPaper]:
    for paper in papers:
        classification = _classification(paper)
        yield LaidPaper(
            arrival=_arrival(corpus, paper, classification),
            classification=classification,
            state=ItemState.FILED if paper.filed else ItemState.REVIEW,
            media_type="application/pdf",
            texts=paper.pages,
        )


def _arrival(corpus: Corpus, paper: Paper, claim: Classification) -> Arrival:
    contract = None if paper.contract is None else corpus.contracts[paper.contract]
    return Arrival(
        id=item_id(paper.number),
        original_filename=paper.original_filename,
        size_bytes=250_000 * len(paper.pages),
        digest=f"{paper.number:064x}",
        wrapped_key=b"",
        received_at=datetime.combine(paper.doc_on, MORNING),
        received_by=USER,
        claim=claim,
        claimed_contract_no=contract.written_no if contract else "",
    )


def _classification(paper: Paper) -> Classification:
    return Classification(
        customer_id=None if paper.customer is None else _row_id(paper.customer),
        contract_id=None if paper.contract is None else _row_id(paper.contract),
        series_code=paper.kind.series,
        year=paper.year,
        type_code=paper.kind.code,
        title=paper.title,
        doc_on=paper.doc_on,
        amount=paper.amount,
        grade=paper.grade,
    )
