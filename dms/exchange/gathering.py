"""Gathering what the catalogue knows of one paper, in one short transaction, in words that mean something elsewhere."""

from dataclasses import dataclass, replace

from dms.domain.correction import PageCorrection
from dms.domain.item import Classification, Item, Page, Rendition, RenditionRole
from dms.domain.journal import JournalEntry
from dms.exchange.item_record import ContractKey, Described, ItemRecord, without_names
from dms.exchange.place_record import VolumeKey
from dms.store import UnitOfWork, WholeItems


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredItem:
    """One paper as the catalogue knew it at one moment."""

    item: Item
    record: ItemRecord
    """Without objects: which of them can be taken out is not known yet."""
    pages: tuple[Page, ...]
    corrections: tuple[PageCorrection, ...]
    """Of its pages, the oldest first."""
    renditions: tuple[Rendition, ...]
    history: tuple[JournalEntry, ...]


def gathered(key: int, position: int, roles: frozenset[RenditionRole], *, view: UnitOfWork) -> GatheredItem:
    """The paper with this key, which must exist, with its renditions of these roles."""
    item = view.items.get(key)
    return GatheredItem(
        item=item,
        record=recorded(item, position, view=view),
        pages=tuple(view.contents.pages(key)),
        corrections=tuple(view.contents.correction_history(key)),
        renditions=tuple(each for each in WholeItems(view.connection).renditions(key) if each.role in roles),
        history=tuple(view.journal.entries(subject=item.id)),
    )


def recorded(item: Item, position: int, *, view: UnitOfWork) -> ItemRecord:
    """What is known of the paper, without its objects."""
    return ItemRecord(
        id=item.id,
        position=position,
        state=item.state,
        stated=_described(item.classification, view=view),
        claim=_described(item.claim, view=view),
        claimed_contract_no=item.claimed_contract_no,
        volume=_volume(item, view=view),
        placement=replace(item.placement, volume_id=0) if item.placement else None,
        former_codes=item.former_codes,
        original_filename=item.original_filename,
        media_type=item.media_type,
        size_bytes=item.size_bytes,
        received_at=item.received_at,
        received_by=item.received_by,
        pages_total=item.pages_total,
        problem=item.problem,
        doubts=item.doubts,
        proposals=tuple(view.contents.proposals(item.key).values()),
        objects=(),
        destroyed=view.destructions.of_item(item.id),
        storage_only=item.storage_only,
    )


def _described(facts: Classification, *, view: UnitOfWork) -> Described:
    return Described(
        customer_code=view.customers.get(facts.customer_id).code if facts.customer_id else None,
        contract=_contract(facts.contract_id, view=view) if facts.contract_id else None,
        facts=without_names(facts),
    )


def _contract(contract_id: int, *, view: UnitOfWork) -> ContractKey:
    contract = view.contracts.get(contract_id)
    customer = view.customers.get(contract.facts.customer_id)
    return ContractKey(customer_code=customer.code, number=contract.number)


def _volume(item: Item, *, view: UnitOfWork) -> VolumeKey | None:
    if item.volume_id is None:
        return None
    customer_id, series_code, year = WholeItems(view.connection).volume_key(item.volume_id)
    code = view.customers.get(customer_id).code if customer_id is not None else ""
    return VolumeKey(customer_code=code, series_code=series_code, year=year, number_in_bag=item.volume_id)
