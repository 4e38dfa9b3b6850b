"""Papers laid straight into the catalogue, read already, for tests that search."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from dms.archive import Archive, LiveKeyring
from dms.domain.clock import Clock
from dms.domain.contract import ContractFacts
from dms.domain.customer import CustomerFacts, FormerName
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES
from dms.domain.item import Arrival, Classification, Page
from dms.search import index_item
from dms.store import Store, UnitOfWork
from vault import Argon2Cost, Keyring, MemoryStorage, Passphrase, Vault

ARRIVED_AT = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
KEY = bytes(range(32))
CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
_serial = count(1)

AGGRESSIVE = "甲方应付违约金5%，' OR 1=1 -- NEAR(违约 金, 5)"
"""A page that looks like a query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a test wants to stand in the archive."""

    pages: tuple[str, ...] = ()
    title: str = ""
    customer_id: int | None = None
    contract_id: int | None = None
    claimed_contract_no: str = ""
    original_filename: str = "scan.pdf"
    type_code: str | None = None
    series_code: str | None = None
    year: int | None = None
    doc_on: date | None = None
    amount: Decimal | None = None
    grade: int = 3


def lay_frame(work: UnitOfWork) -> None:
    """The series and document types as shipped."""
    for series in DEFAULT_SERIES:
        work.scheme.state_series(series)
    for document_type in DEFAULT_DOCUMENT_TYPES:
        work.scheme.state_type(document_type)


def open_store(folder: Path) -> Store:
    """A catalogue with the frame laid and nothing in it; the caller closes it."""
    (folder / "catalogue.db").write_bytes(_empty_catalogue())
    return Store.open(folder / "catalogue.db", KEY)


@cache
def _empty_catalogue() -> bytes:
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "catalogue.db", KEY)
        with store.begin() as work:
            lay_frame(work)
        store.close()
        return (Path(folder) / "catalogue.db").read_bytes()


@cache
def _keyring() -> Keyring:
    keyring, _ = Keyring.create(Passphrase("correct horse battery staple"), cost=CHEAP)
    return keyring


def open_shelf(folder: Path, *, clock: Clock) -> Archive:
    """An archive with an empty vault in memory, quick to open; the caller closes it."""
    keyring = _keyring()
    return Archive(
        home=folder,
        store=open_store(folder),
        vault=Vault(keyring, MemoryStorage()),
        keys=LiveKeyring(None, keyring),
        clock=clock,
        index_item=index_item,
    )


def add_customer(work: UnitOfWork, code: str, name: str, *, former: tuple[str, ...] = (), uscc: str | None = None):
    facts = CustomerFacts(code=code, name=name, former_names=tuple(map(FormerName, former)), uscc=uscc)
    return work.customers.add(facts, at=ARRIVED_AT).id


def add_contract(work: UnitOfWork, number: str, title: str, customer_id: int) -> int:
    facts = ContractFacts(number=number, title=title, customer_id=customer_id)
    return work.contracts.add(facts, number_folded=number.upper()).id


def lay(work: UnitOfWork, paper: Paper) -> int:
    """The key of the paper, which waits in the tray and is indexed."""
    arrived = Arrival(
        id=f"item{next(_serial):08d}",
        original_filename=paper.original_filename,
        size_bytes=1000,
        digest="00",
        wrapped_key=b"wrapped",
        received_at=ARRIVED_AT,
        received_by="clerk",
        claim=Classification(),
        claimed_contract_no=paper.claimed_contract_no,
    )
    key = work.items.add(arrived).key
    work.items.examined(key, media_type="application/pdf", pages_total=len(paper.pages))
    for number, text in enumerate(paper.pages, start=1):
        work.contents.add_page(key, page(number, text))
    work.items.enter_review(key, classification=_classification(paper), doubts=())
    index_item(work, key)
    return key


def page(number: int, text: str) -> Page:
    return Page(
        number=number,
        text=text,
        width_px=100,
        height_px=100,
        turned_degrees=0,
        skew_degrees=0.0,
        blank=not text,
        confidence=1.0,
        source="ocr",
        engine="test",
    )


def _classification(paper: Paper) -> Classification:
    return Classification(
        customer_id=paper.customer_id,
        contract_id=paper.contract_id,
        series_code=paper.series_code,
        year=paper.year,
        type_code=paper.type_code,
        title=paper.title,
        doc_on=paper.doc_on,
        amount=paper.amount,
        grade=paper.grade,
    )
