"""What an item is made of: its pages, its renditions in the vault, and the proposals read off it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.correction import PageCorrection
from dms.domain.item import Page, Rendition, RenditionRole
from dms.domain.proposal import FieldName, Place, Proposal
from dms.store.corrections import Corrections, latest_corrections
from dms.store.index_sources import IndexSource, index_sources
from dms.store.rights import among
from dms.store.tables import item, page, proposal, rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRow:
    """One sealed object as a walk over the whole archive meets it."""

    object_id: str
    item_id: str
    item_key: int
    wrapped_key: bytes
    role: RenditionRole
    page: int | None
    size_bytes: int
    digest: str


class Contents:
    """Pages, corrections, renditions and proposals, each by the key of the item."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._corrections = Corrections(connection)

    def add_page(self, item_key: int, added: Page) -> None:
        """One more page was read."""
        self._connection.execute(page.insert().values(item_key=item_key, **page_columns(added)))

    def pages(self, item_key: int) -> list[Page]:
        """The pages read so far, in order."""
        rows = self._connection.execute(select(page).where(page.c.item_key == item_key).order_by(page.c.number))
        return [_page(row) for row in rows]

    def pages_of_all(self, item_keys: Iterable[int]) -> dict[int, list[Page]]:
        """The pages of some items, in order, by key; an item of which no page was read is absent."""
        query = select(page).where(among(page.c.item_key, list(item_keys))).order_by(page.c.item_key, page.c.number)
        found: dict[int, list[Page]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.item_key, []).append(_page(row))
        return found

    def page_numbers(self, item_key: int) -> set[int]:
        """The numbers of the pages read so far."""
        return set(self._connection.execute(select(page.c.number).where(page.c.item_key == item_key)).scalars())

    def index_sources(self, item_keys: Sequence[int]) -> list[IndexSource]:
        """What the index is made from, for some items by ascending key."""
        return index_sources(self._connection, item_keys)

    def page_total(self) -> int:
        """How many pages the archive holds."""
        return self._connection.execute(select(func.count()).select_from(page)).scalar_one()

    def correct(self, item_key: int, stated: PageCorrection) -> None:
        """A person says what stands on a page; what was read of it stays as it is."""
        self._corrections.add(item_key, stated)

    def corrections(self, item_key: int) -> Mapping[int, str]:
        """The corrected texts that count, by page number; none for a page that nobody corrected."""
        return self._corrections.texts(item_key)

    def corrections_of_all(self, item_keys: Iterable[int]) -> Mapping[int, Mapping[int, str]]:
        """The corrected texts that count, by item key and page number; an item that nobody corrected is absent."""
        return latest_corrections(self._connection, list(item_keys))

    def correction_history(self, item_key: int) -> list[PageCorrection]:
        """Every correction of the item, the oldest first, those that were taken back among them."""
        return self._corrections.all(item_key)

    def forget_corrections(self, item_key: int) -> None:
        """Remove the corrections of an item that is destroyed already; the catalogue refuses it for any other."""
        self._corrections.forget(item_key)

    def strip(self, item_key: int) -> list[str]:
        """Forget what the item is made of, but for corrections; the ids of its objects, to which nobody points now."""
        belonging = rendition.c.item_key == item_key
        objects = list(self._connection.execute(select(rendition.c.object_id).where(belonging)).scalars())
        for table in (rendition, page, proposal):
            self._connection.execute(table.delete().where(table.c.item_key == item_key))
        return objects

    def add_rendition(self, item_key: int, added: Rendition) -> None:
        """One more sealed object belongs to the item."""
        self._connection.execute(rendition.insert().values(item_key=item_key, **_rendition_columns(added)))

    def rendition(self, item_key: int, role: RenditionRole, page_number: int | None = None) -> Rendition | None:
        """The rendition of this role, of the whole item or of one page."""
        query = select(rendition).where(
            rendition.c.item_key == item_key, rendition.c.role == role.value, rendition.c.page.is_(page_number)
        )
        row = self._connection.execute(query).first()
        return _rendition(row) if row else None

    def renditions_of_all(self, item_keys: Iterable[int], role: RenditionRole) -> dict[int, list[Rendition]]:
        """The renditions of one role of some items, by page, by key; an item that has none is absent."""
        wanted = (among(rendition.c.item_key, list(item_keys)), rendition.c.role == role.value)
        query = select(rendition).where(*wanted).order_by(rendition.c.item_key, rendition.c.page)
        found: dict[int, list[Rendition]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.item_key, []).append(_rendition(row))
        return found

    def object_ids(self) -> set[str]:
        """Every object that the catalogue points to."""
        return set(self._connection.execute(select(rendition.c.object_id)).scalars())

    def sealed(self, *, after_object_id: str = "", limit: int) -> list[SealedRow]:
        """The next so many objects in the order of their ids; for walks over the whole archive only."""
        query = (
            select(
                rendition.c.object_id,
                item.c.id.label("item_id"),
                rendition.c.item_key,
                item.c.wrapped_key,
                rendition.c.role,
                rendition.c.page,
                rendition.c.size_bytes,
                rendition.c.digest,
            )
            .join(item, item.c.key == rendition.c.item_key)
            .where(rendition.c.object_id > after_object_id)
            .order_by(rendition.c.object_id)
            .limit(limit)
        )
        return [
            SealedRow(**dict(row._mapping) | {"role": RenditionRole(row.role)})
            for row in self._connection.execute(query)
        ]

    def state_proposals(self, item_key: int, proposals: Iterable[Proposal]) -> None:
        """Replace the proposals of an item."""
        self._connection.execute(proposal.delete().where(proposal.c.item_key == item_key))
        for stated in proposals:
            self._connection.execute(proposal.insert().values(item_key=item_key, **_proposal_columns(stated)))

    def proposals(self, item_key: int) -> dict[FieldName, Proposal]:
        """The proposals of an item by field."""
        rows = self._connection.execute(select(proposal).where(proposal.c.item_key == item_key))
        return {stated.field: stated for stated in map(_proposal, rows)}


def page_columns(added: Page) -> dict[str, Any]:
    """The columns of the page table that hold a page."""
    return {
        "number": added.number,
        "text": added.text,
        "width_px": added.width_px,
        "height_px": added.height_px,
        "turned_degrees": added.turned_degrees,
        "skew_degrees": added.skew_degrees,
        "blank": added.blank,
        "confidence": added.confidence,
        "source": added.source,
        "engine": added.engine,
    }


def _page(row: Row[Any]) -> Page:
    values = dict(row._mapping)
    del values["item_key"]
    return Page(**values)


def _rendition_columns(added: Rendition) -> dict[str, Any]:
    return {
        "object_id": added.object_id,
        "role": added.role.value,
        "page": added.page,
        "media_type": added.media_type,
        "size_bytes": added.size_bytes,
        "digest": added.digest,
        "recipe": added.recipe,
        "created_at": added.created_at,
    }


def _rendition(row: Row[Any]) -> Rendition:
    values = dict(row._mapping)
    del values["item_key"]
    return Rendition(**values | {"role": RenditionRole(row.role)})


def _proposal_columns(stated: Proposal) -> dict[str, Any]:
    place = stated.place
    return {
        "field": stated.field.value,
        "value": stated.value,
        "as_read": stated.as_read,
        "page": place.page if place else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "confidence": stated.confidence,
        "certain": stated.certain,
        "reason": stated.reason,
    }


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        field=FieldName(row.field),
        value=row.value,
        as_read=row.as_read,
        place=Place(row.page, row.start, row.end) if row.page is not None else None,
        confidence=row.confidence,
        certain=row.certain,
        reason=row.reason,
    )
