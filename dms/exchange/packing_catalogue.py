"""The catalogue of a bag: every fact beside the papers, as JSON lines for programs and as lists for people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dms.archive import Archive
from dms.domain.contract import Contract
from dms.domain.customer import Customer
from dms.domain.document_type import DocumentType, Series
from dms.domain.item import RenditionRole
from dms.domain.journal import GENESIS_DIGEST, JournalEntry
from dms.domain.synonym import SynonymGroups
from dms.exchange import layout
from dms.exchange.catalogue_record import (
    FORMAT,
    FORMAT_VERSION,
    ContractRecord,
    CustomerRecord,
    FondsRecord,
    contract_json,
    customer_json,
    entry_json,
    fonds_json,
    series_json,
    synonyms_json,
    type_json,
)
from dms.exchange.gathering import recorded
from dms.exchange.item_record import ItemRecord, object_record
from dms.exchange.lines import document, line
from dms.exchange.overview import contract_list, customer_list, item_list
from dms.exchange.packing import BagUnderWay
from dms.exchange.packing_bound import pack_bound
from dms.store import UnitOfWork

ENTRIES_A_LOOK = 500
PAPERS_A_LOOK = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Everything but papers and journal; small enough to be held."""

    fonds: FondsRecord
    series: tuple[Series, ...]
    types: tuple[DocumentType, ...]
    customers: tuple[Customer, ...]
    contracts: tuple[Contract, ...]
    synonyms: SynonymGroups | None
    """The company's own; None where the shipped ones are in force."""


def pack_catalogue(bag: BagUnderWay, keys: Sequence[int], facts: Mapping[str, Any], *, archive: Archive) -> None:
    """Add the catalogue to the bag; `keys` are the papers in the order of arrival, `facts` go into ``archive.json``."""
    with archive.looking() as view:
        frame = _frame(view)
    _pack_frame(bag, frame)
    rules = pack_bound(bag, keys, {each.id: each.code for each in frame.customers}, archive=archive)
    bag.add(layout.ITEM_LIST, item_list(_records(keys, archive=archive)))
    walk = _JournalWalk(archive)
    bag.add(layout.JOURNAL, walk.lines())
    stated = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        **facts,
        **rules,
        "fonds": fonds_json(frame.fonds),
        "synonyms": synonyms_json(frame.synonyms),
        "items": len(keys),
        "journal_entries": walk.count,
        "journal_head": walk.head,
    }
    bag.add(layout.ARCHIVE, [document(stated)])


def _frame(view: UnitOfWork) -> _Frame:
    names = view.scheme.own_names()
    return _Frame(
        fonds=FondsRecord(code=view.scheme.fonds_code(), name="".join(names[:1]), former_names=names[1:]),
        series=tuple(view.scheme.all_series()),
        types=tuple(view.scheme.all_types()),
        customers=tuple(view.customers.all()),
        contracts=tuple(view.contracts.all()),
        synonyms=view.synonyms.stated(),
    )


def _pack_frame(bag: BagUnderWay, frame: _Frame) -> None:
    codes = {customer.id: customer.code for customer in frame.customers}
    ledger = [ContractRecord(customer_code=codes[each.facts.customer_id], facts=each.facts) for each in frame.contracts]
    register = [
        CustomerRecord(
            facts=each.facts,
            created_at=each.created_at,
            merged_into=codes[each.merged_into_id] if each.merged_into_id is not None else None,
        )
        for each in frame.customers
    ]
    bag.add(layout.SERIES, (line(series_json(each)) for each in frame.series))
    bag.add(layout.TYPES, (line(type_json(each)) for each in frame.types))
    bag.add(layout.CUSTOMERS, (line(customer_json(each)) for each in register))
    bag.add(layout.CONTRACTS, (line(contract_json(each)) for each in ledger))
    bag.add(layout.CUSTOMER_LIST, customer_list(register))
    bag.add(layout.CONTRACT_LIST, contract_list(ledger))


class _JournalWalk:
    """The journal, some entries a look; it only grows, so what was passed stands."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.count = 0
        self.head = GENESIS_DIGEST

    def lines(self) -> Iterator[bytes]:
        """One line an entry, the oldest first."""
        entries = self._after(0)
        while entries:
            yield from (line(entry_json(entry)) for entry in entries)
            self.head = entries[-1].digest
            self.count += len(entries)
            entries = self._after(entries[-1].seq)

    def _after(self, seq: int) -> list[JournalEntry]:
        with self._archive.looking() as view:
            return view.survey.entries(after_seq=seq, limit=ENTRIES_A_LOOK)


def _records(keys: Sequence[int], *, archive: Archive) -> Iterator[ItemRecord]:
    for start in range(0, len(keys), PAPERS_A_LOOK):
        with archive.looking() as view:
            some = enumerate(keys[start : start + PAPERS_A_LOOK], start=start + 1)
            records = [_with_original(key, position, view) for position, key in some]
        yield from records


def _with_original(key: int, position: int, view: UnitOfWork) -> ItemRecord:
    item = view.items.get(key)
    original = view.contents.rendition(key, RenditionRole.ORIGINAL)
    record = recorded(item, position, view=view)
    if original is None:
        return record
    name = layout.object_name(RenditionRole.ORIGINAL, None, item.media_type)
    return replace(record, objects=(object_record(original, name),))
