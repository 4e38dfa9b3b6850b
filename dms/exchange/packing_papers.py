"""The papers of a bag: each one's objects out of the vault, its text, and the record of everything known of it.

Invariants: E2 to E4 of `dms.exchange.exporting`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dms.archive import Archive, owner_of
from dms.domain.item import Item, ItemState, Rendition, RenditionRole
from dms.exchange import layout
from dms.exchange.catalogue_record import entry_json
from dms.exchange.errors import ExportFoundDamage
from dms.exchange.gathering import GatheredItem, gathered
from dms.exchange.item_record import ItemRecord, correction_json, item_json, object_record, page_json
from dms.exchange.lines import document, line
from dms.exchange.packing import BagUnderWay
from dms.store import ItemFilter
from vault import VaultError

PAGE_BREAK = "\n\f\n"
DIGEST_DIFFERS = "digest_differs"
NOT_IN_CATALOGUE = "not_in_catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that could not be taken out of the vault."""

    item_id: str
    name: str
    """What it would be called in the paper's folder."""
    reason: str
    """A stable code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPaper:
    """A paper that is in the bag."""

    key: int
    item_id: str
    state: ItemState


class PaperPacker:
    """Packs the papers of an archive into a bag."""

    def __init__(
        self, bag: BagUnderWay, roles: frozenset[RenditionRole], *, archive: Archive, leave_out_damaged: bool
    ) -> None:
        self._bag = bag
        self._roles = roles
        self._archive = archive
        self._leave_out_damaged = leave_out_damaged
        self.packed: list[PackedPaper] = []
        """In the order of arrival."""
        self.left_out: list[LeftOut] = []

    def pack(self, report: Callable[[int, int], None]) -> None:
        """Pack every paper there is at this moment; raises `ExportFoundDamage`."""
        with self._archive.looking() as view:
            keys = view.items.keys(ItemFilter())
        for position, key in enumerate(keys, start=1):
            self.packed.append(self._pack(key, position))
            report(position, len(keys))

    def honour_destructions(self) -> None:
        """E3: what was destroyed after it was packed leaves the bag again; its record stays."""
        with self._archive.looking() as view:
            destroyed = view.survey.destroyed_ids()
        for place, paper in enumerate(self.packed):
            if paper.item_id in destroyed and paper.state is not ItemState.DESTROYED:
                self._bag.take_out(layout.item_folder(paper.item_id))
                self.packed[place] = self._pack(paper.key, place + 1)

    def _pack(self, key: int, position: int) -> PackedPaper:
        with self._archive.looking() as view:
            paper = gathered(key, position, self._roles, view=view)
        self._require_original(paper)
        there = [rendition for rendition in paper.renditions if self._pack_object(paper.item, rendition)]
        objects = tuple(object_record(rendition, _name(paper.item, rendition)) for rendition in there)
        self._pack_text(paper)
        self._pack_record(replace(paper.record, objects=objects), paper)
        return PackedPaper(key=key, item_id=paper.item.id, state=paper.item.state)

    def _pack_object(self, item: Item, rendition: Rendition) -> bool:
        """Whether the object is in the bag now."""
        path = f"{layout.item_folder(item.id)}/{_name(item, rendition)}"
        try:
            written = self._bag.add(path, self._chunks(item, rendition))
        except VaultError as error:
            return self._pack_anew(item, rendition, error.code)
        if (written.size_bytes, written.digest) == (rendition.size_bytes, rendition.digest):  # E2
            return True
        self._bag.take_out(path)
        return self._pack_anew(item, rendition, DIGEST_DIFFERS)

    def _pack_anew(self, item: Item, rendition: Rendition, reason: str) -> bool:
        """Look again: since the paper was looked up its key may have been wrapped anew, or the paper destroyed."""
        with self._archive.looking() as view:
            present = view.items.get(item.key)
        if present.state is ItemState.DESTROYED:
            return False
        if present.wrapped_key != item.wrapped_key:
            return self._pack_object(present, rendition)
        self._leave_out(LeftOut(item_id=item.id, name=_name(item, rendition), reason=reason))
        return False

    def _require_original(self, paper: GatheredItem) -> None:
        originals = (each for each in paper.renditions if each.role is RenditionRole.ORIGINAL)
        if paper.item.state is not ItemState.DESTROYED and next(originals, None) is None:
            self._leave_out(LeftOut(item_id=paper.item.id, name="original", reason=NOT_IN_CATALOGUE))

    def _leave_out(self, left_out: LeftOut) -> None:
        if not self._leave_out_damaged:
            raise ExportFoundDamage(left_out.item_id, left_out.name, left_out.reason)
        self.left_out.append(left_out)

    def _chunks(self, item: Item, rendition: Rendition) -> Iterator[bytes]:
        key = self._archive.item_key(item)
        owner = owner_of(item.id, rendition.role, rendition.page)
        with self._archive.vault.open(rendition.object_id, key=key, owner=owner) as reader:
            yield from reader

    def _pack_text(self, paper: GatheredItem) -> None:
        if not paper.pages:
            return
        folder = layout.item_folder(paper.item.id)
        self._bag.add(f"{folder}/{layout.TEXT}", [PAGE_BREAK.join(page.text for page in paper.pages).encode()])
        self._bag.add(f"{folder}/{layout.PAGES}", [document({"pages": [page_json(page) for page in paper.pages]})])
        if paper.corrections:
            corrections = [correction_json(correction) for correction in paper.corrections]
            self._bag.add(f"{folder}/{layout.CORRECTIONS}", [document({"corrections": corrections})])

    def _pack_record(self, record: ItemRecord, paper: GatheredItem) -> None:
        content = item_json(record) | {"journal": [entry_json(entry) for entry in paper.history]}
        self._bag.add(f"{layout.item_folder(record.id)}/{layout.METADATA}", [document(content)])


def left_out_line(each: LeftOut) -> bytes:
    """One line of the list of what had to be left out."""
    return line({"id": each.item_id, "name": each.name, "reason": each.reason})


def _name(item: Item, rendition: Rendition) -> str:
    return layout.object_name(rendition.role, rendition.page, item.media_type)
