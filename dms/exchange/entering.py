"""Entering one paper of a bag into an archive, as it stood where it comes from.

What always holds:
- N1 Order (R2 of receiving): objects sealed, durable and read back, then one transaction with row, pages,
  corrections, index, task and journal entry. What a crash leaves is an object nobody knows; the next run begins at
  this paper again.
- N2 Nobody's bytes are in an archive twice, and what was destroyed here does not come back.
- N3 A paper that was being read is entered as newly arrived and read from its first page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dms.archive import Archive, Content, settle_index_if_possible
from dms.domain.actor import SYSTEM, Actor
from dms.domain.correction import PageCorrection
from dms.domain.destruction import Destroyed
from dms.domain.item import READABLE_STATES, Classification, Item, ItemState, Page, Rendition, RenditionRole
from dms.domain.task import TaskKind
from dms.domain.volume import SEALED_STATES
from dms.exchange import layout
from dms.exchange.contents import BagContents
from dms.exchange.item_record import Described, ItemRecord, ObjectRecord
from dms.exchange.place_record import VolumeKey
from dms.store import UnitOfWork, WholeItems, WholeVolumes

UNDER_WAY = frozenset({ItemState.RECEIVED, ItemState.READING})
INCOMPLETE = UNDER_WAY | {ItemState.FAILED, ItemState.REFUSED}
"""States without a complete reading; whatever pages there were are read again, if at all."""
DUPLICATES = "duplicates"
"""The purpose of the keyed digest by which receiving recognises exact duplicates."""


class Fate(StrEnum):
    """What became of one paper of the bag."""

    IMPORTED = "imported"
    ALREADY_HERE = "already_here"
    DUPLICATE = "duplicate"
    """The same bytes are here under another number."""
    WITHOUT_ORIGINAL = "without_original"
    """The export had to leave its original out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One paper of the bag and what became of it."""

    item_id: str
    fate: Fate
    same_as: str = ""
    """The number of the earlier paper, for a duplicate."""
    queued: bool = False
    """Whether it is to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The numbers that customers and contracts of the bag have in this catalogue."""

    customers: Mapping[str, int]
    contracts: Mapping[tuple[str, str], int]
    volumes: Mapping[int, int]
    """By their numbers in the bag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """A paper of the bag, as much of it as is entered."""

    record: ItemRecord
    pages: tuple[Page, ...]
    """None where there is no complete reading; then nothing that was made from the original comes in either."""
    corrections: tuple[PageCorrection, ...]

    @property
    def waits(self) -> bool:
        """Whether it is entered as newly arrived (N3)."""
        return self.record.state in UNDER_WAY or (self.record.state in READABLE_STATES and not self.pages)

    @property
    def derived(self) -> list[ObjectRecord]:
        """What was made from the original and comes in with it."""
        others = (each for each in self.record.objects if each.role is not RenditionRole.ORIGINAL)
        return list(others) if self.pages else []


class PaperEntry:
    """Enters papers of one bag into one archive."""

    def __init__(self, actor: Actor, contents: BagContents, register: Register, *, archive: Archive) -> None:
        self._actor = actor
        self._contents = contents
        self._register = register
        self._archive = archive

    def enter(self, item_id: str) -> Entered:
        """Enter one paper, unless it is here; raises `NotSealed`, `BagAltered` or what the catalogue's disk raises."""
        with self._archive.looking() as view:
            if view.items.with_id(item_id, actor=SYSTEM) is not None:
                return Entered(item_id=item_id, fate=Fate.ALREADY_HERE)
        record = self._contents.record(item_id)
        pages = () if record.state in INCOMPLETE else self._contents.pages(item_id)
        corrections = self._contents.corrections(item_id) if pages else ()
        paper = _Paper(record=record, pages=pages, corrections=corrections)
        if record.destroyed is not None:
            return self._commit(paper, self._item(paper, digest=""), b"", ())
        if record.original is None:
            return Entered(item_id=item_id, fate=Fate.WITHOUT_ORIGINAL)
        return self._enter_sealed(paper, record.original)

    def _enter_sealed(self, paper: _Paper, original: ObjectRecord) -> Entered:
        uploaded_bytes = self._contents.content(paper.record.id, original.name)
        digest = self._archive.vault.digest_keyed(DUPLICATES, [uploaded_bytes])
        with self._archive.looking() as view:
            if earlier := _earlier(paper.record, digest, work=view):
                return _duplicate(paper.record, earlier)
        key = self._archive.vault.new_item_key()
        renditions = [self._sealed(paper, original, key, uploaded_bytes)]
        renditions += [self._sealed(paper, each, key, self._content(paper, each)) for each in paper.derived]
        return self._commit(paper, self._item(paper, digest=digest), key, tuple(renditions))

    def _content(self, paper: _Paper, each: ObjectRecord) -> bytes:
        return self._contents.content(paper.record.id, each.name)

    def _sealed(self, paper: _Paper, each: ObjectRecord, key: bytes, plaintext: bytes) -> Rendition:
        content = Content(
            role=each.role, page=each.page, plaintext=plaintext, media_type=each.media_type, recipe=each.recipe
        )
        return replace(self._archive.seal(paper.record.id, key, content), created_at=each.created_at)  # N1

    def _commit(self, paper: _Paper, item: Item, key: bytes, renditions: tuple[Rendition, ...]) -> Entered:
        with self._archive.begin() as work:
            earlier = _earlier(paper.record, item.digest, work=work)  # N2: asked again under the write lock
            if earlier is None:
                # Under the write lock as well, or the keys could be rotated between the wrapping and the row.
                self._write(paper, replace(item, wrapped_key=self._wrapped(item, key)), renditions, work=work)
        if earlier is None:
            settle_index_if_possible(self._archive)
            return Entered(item_id=item.id, fate=Fate.IMPORTED, queued=paper.waits)
        for rendition in renditions:
            self._archive.discard(rendition)
        return _duplicate(paper.record, earlier)

    def _wrapped(self, item: Item, key: bytes) -> bytes:
        """The key as the row keeps it; a destroyed paper has none."""
        grade = item.classification.grade
        return self._archive.keyring.wrap_item_key(key, item_id=item.id, grade=grade) if key else b""

    def _write(self, paper: _Paper, item: Item, renditions: tuple[Rendition, ...], *, work: UnitOfWork) -> None:
        key = WholeItems(work.connection).add(self._placed(item, paper, work=work))
        for rendition in renditions:
            work.contents.add_rendition(key, rendition)
        for page in paper.pages:
            work.contents.add_page(key, page)
        for correction in paper.corrections:
            work.contents.correct(key, correction)
        if paper.pages:
            work.contents.state_proposals(key, paper.record.proposals)
        self._archive.index_item(work, key)
        if paper.waits:
            work.tasks.put(TaskKind.READ_ITEM, key, at=self._archive.now())
        self._archive.record(work, self._actor, "item_imported", item.id, **self._told(paper))
        if paper.record.destroyed:
            self._prove_destroyed(paper.record.destroyed, work=work)

    def _prove_destroyed(self, proof: Destroyed, *, work: UnitOfWork) -> None:
        work.destructions.add(proof)
        self._archive.record(work, self._actor, "destruction_replayed", proof.item_id, authority=proof.authority)

    def _told(self, paper: _Paper) -> dict[str, str | int | None]:
        """What binds the entry to the bag: the record there holds what the old journal said about the paper."""
        record, proof = paper.record, paper.record.destroyed
        has_images = any(each.role is RenditionRole.PAGE_IMAGE for each in paper.derived)
        return {
            "sha256": record.original.digest if record.original else proof.original_digest if proof else "",
            "bytes": record.size_bytes,
            "was": record.state.value,
            "images": "yes" if has_images else "no",
            "record_sha256": self._contents.bag.digests[f"{layout.item_folder(record.id)}/{layout.METADATA}"],
        }

    def _item(self, paper: _Paper, *, digest: str) -> Item:
        record = paper.record
        return Item(
            key=0,
            id=record.id,
            state=ItemState.RECEIVED if paper.waits else record.state,  # N3
            classification=self._classification(record.stated),
            claim=self._classification(record.claim),
            claimed_contract_no=record.claimed_contract_no,
            volume_id=None,
            original_filename=record.original_filename,
            media_type=record.media_type,
            size_bytes=record.size_bytes,
            digest=digest,
            wrapped_key=b"",
            received_at=record.received_at,
            received_by=record.received_by,
            pages_total=None if paper.waits else record.pages_total,
            pages_read=0,
            problem=record.problem,
            doubts=record.doubts,
            former_codes=record.former_codes,
            storage_only=record.storage_only,
        )

    def _classification(self, described: Described) -> Classification:
        customer, contract = described.customer_code, described.contract
        return replace(
            described.facts,
            customer_id=self._register.customers[customer] if customer else None,
            contract_id=self._register.contracts[contract.customer_code, contract.number] if contract else None,
        )

    def _placed(self, item: Item, paper: _Paper, *, work: UnitOfWork) -> Item:
        """The item in its place; one whose volume is sealed here already lies loose, its code a former one."""
        volume, place = paper.record.volume, paper.record.placement
        if volume is None or paper.waits:
            return item
        volume_id = self._register.volumes.get(volume.number_in_bag or 0)
        if volume_id is not None and WholeVolumes(work.connection).state_of(volume_id) not in SEALED_STATES:
            return replace(item, volume_id=volume_id, placement=replace(place, volume_id=volume_id) if place else None)
        code = [place.reference_code] if place and place.reference_code else []
        loose = replace(item, former_codes=(*item.former_codes, *code))
        return replace(loose, volume_id=self._open_volume(paper.record, volume, work=work))

    def _open_volume(self, record: ItemRecord, volume: VolumeKey, *, work: UnitOfWork) -> int | None:
        code = volume.customer_code or record.stated.customer_code
        if code is None:
            return None
        customer_id = self._register.customers[code]
        return work.volumes.open_for(customer_id=customer_id, series_code=volume.series_code, year=volume.year)


def _earlier(record: ItemRecord, digest: str, *, work: UnitOfWork) -> Item | None:
    """The paper that keeps this one out (N2); one that was rejected stands beside a later double of itself."""
    here = work.items.with_id(record.id, actor=SYSTEM)
    if here is not None or record.destroyed or record.state is ItemState.WITHDRAWN:
        return here
    return work.items.with_digest(digest)


def _duplicate(record: ItemRecord, earlier: Item) -> Entered:
    if earlier.id == record.id:
        return Entered(item_id=record.id, fate=Fate.ALREADY_HERE)
    return Entered(item_id=record.id, fate=Fate.DUPLICATE, same_as=earlier.id)
