"""What a checked bag says, made sense of: the frame, the customers, the contracts and the papers.

What always holds:
- C1 `BagContents` exists only where every record can be understood, every reference leads somewhere inside the bag, and
  no number or code stands twice. What is imported afterwards cannot fail for what the bag says.
- C2 Nothing in the payload is passed over in silence: what no record speaks of makes the bag unusable.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from dms.domain.contract_number import folded_number
from dms.domain.correction import PageCorrection
from dms.domain.document_type import DocumentType, Series
from dms.domain.item import ItemState, Page, RenditionRole
from dms.domain.journal import GENESIS_DIGEST, JournalEntry, first_broken
from dms.domain.layout import decode_layout
from dms.domain.synonym import SynonymGroups
from dms.exchange import layout
from dms.exchange.bound_contents import BoundContents, Named, bound_contents
from dms.exchange.catalogue_record import (
    FORMAT,
    FORMAT_VERSION,
    READABLE_FORMATS,
    ContractRecord,
    CustomerRecord,
    FondsRecord,
    contract_from,
    customer_from,
    entry_from,
    fonds_from,
    series_from,
    synonyms_from,
    type_from,
)
from dms.exchange.checking import CheckedBag
from dms.exchange.errors import BagIncomplete, BagNamesTwice, BagOfAnotherKind, BagRecordUnusable, BagVersionUnknown
from dms.exchange.item_record import Described, ItemRecord, correction_from, distinct_pages, item_from, page_from
from dms.exchange.reading_records import bounded, listed, records_of, understood
from dms.exchange.untrusted import RecordUnusable, Untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperListed:
    """A paper of the bag, as much of it as is kept in mind."""

    id: str
    position: int
    original_digest: str
    """SHA-256 (hex); empty where it was destroyed or left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalListed:
    """The journal of the archive that the bag was made from."""

    entries_count: int
    head: str
    """Digest of the last entry."""
    digest: str
    """SHA-256 of the whole list as it lies in the bag."""
    is_intact: bool
    """Whether every entry fits the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagContents:
    """Everything a checked bag says (C1)."""

    bag: CheckedBag
    fonds: FondsRecord
    series: tuple[Series, ...]
    types: tuple[DocumentType, ...]
    customers: tuple[CustomerRecord, ...]
    contracts: tuple[ContractRecord, ...]
    synonyms: SynonymGroups | None
    """The company's own; None where the shipped ones were in force."""
    bound: BoundContents
    """Volumes, numbers, relations and rules."""
    journal: JournalListed
    papers: tuple[PaperListed, ...]
    """In the order of their arrival."""

    def record(self, item_id: str) -> ItemRecord:
        """Everything that is known of one paper of the bag."""
        return _record(self.bag, item_id)

    def pages(self, item_id: str) -> tuple[Page, ...]:
        """Its pages in order; none where it has not been read."""
        return _pages(self.bag, item_id)

    def corrections(self, item_id: str) -> tuple[PageCorrection, ...]:
        """What persons corrected on its pages, the oldest first."""
        return _corrections(self.bag, item_id)

    def content(self, item_id: str, name: str) -> bytes:
        """One computer file of a paper."""
        return self.bag.read(f"{layout.item_folder(item_id)}/{name}")


@dataclass(slots=True, kw_only=True)
class _Known:
    """What a record may refer to."""

    series: set[str]
    types: set[str]
    customers: set[str]
    contracts: set[tuple[str, str]]
    left_out: set[str]
    """Ids of the papers of which the export could not take everything out."""
    papers: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    """The reference codes that papers bear."""


def checked_contents(bag: CheckedBag) -> BagContents:
    """What the bag says.

    Raises `BagOfAnotherKind`, `BagVersionUnknown`, `BagIncomplete`, `BagRecordUnusable` or `BagNamesTwice`.
    """
    stated = _archive(bag)
    series = listed(bag, layout.SERIES, series_from, name_of=lambda each: each.code)
    types = listed(bag, layout.TYPES, type_from, name_of=lambda each: each.code)
    customers = listed(bag, layout.CUSTOMERS, customer_from, name_of=lambda each: each.facts.code.upper())
    contracts = listed(bag, layout.CONTRACTS, contract_from, name_of=_contract_name)
    _check_credit_codes(customers)
    known = _Known(
        series={each.code for each in series},
        types={each.code for each in types},
        customers={each.facts.code for each in customers},
        contracts={(each.customer_code, each.facts.number) for each in contracts},
        left_out=set(_left_out(bag)),
    )
    _check_references(types, contracts, customers, known)
    papers = _papers(bag, known)
    stated_count = understood(layout.ARCHIVE, lambda: stated.whole("items"))
    if stated_count != len(papers):
        raise BagIncomplete([f"{layout.ITEMS} ({len(papers)}/{stated_count})"])
    named = Named(series=known.series, types=known.types, customers=known.customers, papers=known.papers)
    return BagContents(
        bag=bag,
        fonds=understood(layout.ARCHIVE, lambda: fonds_from(stated.part("fonds"))),
        series=series,
        types=types,
        customers=customers,
        contracts=contracts,
        synonyms=understood(layout.ARCHIVE, lambda: stated.maybe(partial(synonyms_from, stated), "synonyms")),
        bound=_bound(bag, stated, named),
        journal=_journal(bag),
        papers=papers,
    )


def _bound(bag: CheckedBag, stated: Untrusted, named: Named) -> BoundContents:
    if understood(layout.ARCHIVE, lambda: stated.whole("version")) == FORMAT_VERSION:
        return bound_contents(bag, stated, named)
    return BoundContents(bag=bag, is_stated=False, settings={})


def _archive(bag: CheckedBag) -> Untrusted:
    if layout.ARCHIVE not in bag.digests:
        raise BagOfAnotherKind
    stated = understood(layout.ARCHIVE, lambda: Untrusted.parsed(bounded(bag, layout.ARCHIVE)))
    format_name = understood(layout.ARCHIVE, lambda: stated.text("format"))
    version = understood(layout.ARCHIVE, lambda: stated.whole("version"))
    if format_name != FORMAT:
        raise BagOfAnotherKind
    if version not in READABLE_FORMATS:
        raise BagVersionUnknown(f"{FORMAT} {version}")
    return stated


def _contract_name(contract: ContractRecord) -> tuple[str, str]:
    return contract.customer_code, folded_number(contract.facts.number)


def _check_credit_codes(customers: Iterable[CustomerRecord]) -> None:
    codes = Counter(each.facts.uscc for each in customers if each.facts.uscc)
    for code, count in codes.items():
        if count > 1:
            raise BagNamesTwice(layout.CUSTOMERS, code)


def _check_references(
    types: Iterable[DocumentType],
    contracts: Iterable[ContractRecord],
    customers: Iterable[CustomerRecord],
    known: _Known,
) -> None:
    for customer in customers:
        if customer.merged_into not in {None, *known.customers - {customer.facts.code}}:
            raise BagRecordUnusable(layout.CUSTOMERS, customer.facts.code)
    for kind in types:
        if kind.series not in known.series:
            raise BagRecordUnusable(layout.TYPES, kind.series)
    for contract in contracts:
        if contract.customer_code not in known.customers:
            raise BagRecordUnusable(layout.CONTRACTS, contract.customer_code)


def _left_out(bag: CheckedBag) -> Iterator[str]:
    return records_of(bag, layout.LEFT_OUT, lambda stated: stated.text("id"))


def _journal(bag: CheckedBag) -> JournalListed:
    last = _Last()
    broken = first_broken(last.passed(records_of(bag, layout.JOURNAL, entry_from)))
    for _ in last.entries:  # where the chain breaks, what follows is read all the same
        pass
    return JournalListed(
        entries_count=last.count, head=last.digest, digest=bag.digests[layout.JOURNAL], is_intact=broken is None
    )


class _Last:
    """Remembers how many entries passed, and the digest of the last one."""

    def __init__(self) -> None:
        self.count = 0
        self.digest = GENESIS_DIGEST
        self.entries: Iterator[JournalEntry] = iter(())

    def passed(self, entries: Iterator[JournalEntry]) -> Iterator[JournalEntry]:
        self.entries = self._passing(entries)
        return self.entries

    def _passing(self, entries: Iterator[JournalEntry]) -> Iterator[JournalEntry]:
        for entry in entries:
            self.count += 1
            self.digest = entry.digest
            yield entry


def _papers(bag: CheckedBag, known: _Known) -> tuple[PaperListed, ...]:
    ids = layout.item_ids(bag.digests)
    members = _members(bag)
    if members.keys() - set(ids):
        raise BagIncomplete([f"{layout.item_folder(min(members.keys() - set(ids)))}/{layout.METADATA}"])
    known.papers.update(ids)
    papers = [_paper(bag, item_id, members[item_id], known) for item_id in ids]
    return tuple(sorted(papers, key=lambda paper: (paper.position, paper.id)))


def _members(bag: CheckedBag) -> dict[str, set[str]]:
    """The names below each paper's folder; raises `BagRecordUnusable` for what lies anywhere else (C2)."""
    members: dict[str, set[str]] = {}
    for path in bag.digests:
        item_id, _, name = path.removeprefix(f"{layout.ITEMS}/").partition("/")
        if path.startswith(f"{layout.ITEMS}/") and name:
            members.setdefault(item_id, set()).add(name)
        elif path not in layout.CATALOGUE_PATHS:
            raise BagRecordUnusable(path, "unknown")
    return members


def _paper(bag: CheckedBag, item_id: str, members: set[str], known: _Known) -> PaperListed:
    path = f"{layout.item_folder(item_id)}/{layout.METADATA}"
    record = _record(bag, item_id)
    if record.id != item_id:
        raise BagNamesTwice(path, record.id) if record.id in known.papers else BagRecordUnusable(path, "id")
    understood(path, lambda: _check_paper(record, known))
    _check_objects(bag, record, members, known)
    pages = _pages(bag, item_id)
    if record.destroyed and pages:
        raise BagRecordUnusable(path, "destroyed")
    if {each.page_number for each in _corrections(bag, item_id)} - {page.number for page in pages}:
        raise BagRecordUnusable(f"{layout.item_folder(item_id)}/{layout.CORRECTIONS}", "page")
    return PaperListed(
        id=item_id, position=record.position, original_digest=record.original.digest if record.original else ""
    )


def _check_paper(record: ItemRecord, known: _Known) -> None:
    """C1: whatever the record refers to is in the bag, and its parts agree with each other."""
    for described in (record.stated, record.claim):
        _check_described(described, known)
    volume = record.volume
    if volume and ({volume.customer_code} - known.customers - {""} or volume.series_code not in known.series):
        raise RecordUnusable("volume")
    code = record.placement.reference_code if record.placement else None
    if code in known.codes or (record.placement and volume is None):
        raise RecordUnusable("placement")
    known.codes |= {code} if code else set()
    if record.state is ItemState.FILED and volume is None:
        raise RecordUnusable("volume")
    if (record.state is ItemState.DESTROYED) != (record.destroyed is not None):
        raise RecordUnusable("destroyed")
    if len({proposal.field for proposal in record.proposals}) != len(record.proposals):
        raise RecordUnusable("proposals")


def _check_described(described: Described, known: _Known) -> None:
    facts, contract = described.facts, described.contract
    if described.customer_code is not None and described.customer_code not in known.customers:
        raise RecordUnusable("customer")
    if contract is not None and (contract.customer_code, contract.number) not in known.contracts:
        raise RecordUnusable("contract")
    if facts.series_code is not None and facts.series_code not in known.series:
        raise RecordUnusable("series")
    if facts.type_code is not None and facts.type_code not in known.types:
        raise RecordUnusable("type")


def _check_objects(bag: CheckedBag, record: ItemRecord, members: set[str], known: _Known) -> None:
    folder = layout.item_folder(record.id)
    for each in record.objects:
        path = f"{folder}/{each.name}"
        if each.name != layout.object_name(each.role, each.page, record.media_type):
            raise BagRecordUnusable(f"{folder}/{layout.METADATA}", each.name)
        if (bag.digests.get(path), bag.sizes.get(path)) != (each.digest, each.size_bytes):
            raise BagRecordUnusable(f"{folder}/{layout.METADATA}", each.name)
        if each.role is RenditionRole.LAYOUT:
            _check_layout(bag, path)
    names = {each.name for each in record.objects}
    unknown = sorted(members - names - {layout.METADATA, layout.PAGES, layout.CORRECTIONS, layout.TEXT})
    if unknown or len(names) != len(record.objects) or (record.destroyed and names):
        raise BagRecordUnusable(f"{folder}/{(unknown or [layout.METADATA])[0]}", "unknown")
    if record.original is None and not record.destroyed and record.id not in known.left_out:
        raise BagIncomplete([f"{folder}/{RenditionRole.ORIGINAL.value}"])


def _check_layout(bag: CheckedBag, path: str) -> None:
    """Whoever opens the page later relies on it."""
    try:
        decode_layout(bounded(bag, path))
    except ValueError as error:
        raise BagRecordUnusable(path, "layout") from error


def _record(bag: CheckedBag, item_id: str) -> ItemRecord:
    path = f"{layout.item_folder(item_id)}/{layout.METADATA}"
    return understood(path, lambda: item_from(Untrusted.parsed(bounded(bag, path))))


def _pages(bag: CheckedBag, item_id: str) -> tuple[Page, ...]:
    path = f"{layout.item_folder(item_id)}/{layout.PAGES}"
    if path not in bag.digests:
        return ()
    return understood(path, lambda: distinct_pages(map(page_from, Untrusted.parsed(bounded(bag, path)).parts("pages"))))


def _corrections(bag: CheckedBag, item_id: str) -> tuple[PageCorrection, ...]:
    path = f"{layout.item_folder(item_id)}/{layout.CORRECTIONS}"
    if path not in bag.digests:
        return ()
    return understood(
        path, lambda: tuple(map(correction_from, Untrusted.parsed(bounded(bag, path)).parts("corrections")))
    )
