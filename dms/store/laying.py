"""Laying many papers at once, read already: for measurements, which cannot wait for the pipeline.

Invariant: a paper laid so has rows and no sealed object; it belongs into archives that are thrown away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from dms.domain.item import Arrival, Classification, ItemState, Page
from dms.domain.volume import VolumeScope, VolumeSource, VolumeState
from dms.store.classifications import classification_columns
from dms.store.contents import page_columns
from dms.store.items import arrival_columns
from dms.store.tables import item, page, volume


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidPaper:
    """A paper as it lies in the catalogue after it was read."""

    arrival: Arrival
    classification: Classification
    state: ItemState
    media_type: str
    texts: Sequence[str]
    """Of its pages, in order."""
    volume_id: int | None = None
    """The volume it lies in; None where it is put into one afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidVolume:
    """A volume as it stands after the yearly binding, or open."""

    customer_id: int
    series_code: str
    year: int
    state: VolumeState
    reference_code: str | None
    retention_code: str | None


BARE_PAGE = Page(
    number=1,
    text="",
    width_px=1654,
    height_px=2339,
    turned_degrees=0,
    skew_degrees=0.0,
    blank=False,
    confidence=1.0,
    source="ocr",
    engine="",
)
"""What every laid page is but for its number and text."""


class Laying:
    """Writes rows by the thousand; the index is not written, see `dms.search.rebuild_index`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lay(self, papers: Iterable[LaidPaper]) -> int:
        """Add the papers in this order; how many pages they have."""
        first = int(self._connection.execute(select(func.coalesce(func.max(item.c.key), 0))).scalar_one()) + 1
        laid = list(enumerate(papers, start=first))
        if not laid:
            return 0
        pages = [row for key, paper in laid for row in _page_rows(key, paper)]
        self._connection.execute(item.insert(), [_item_row(key, paper) for key, paper in laid])
        if pages:
            self._connection.execute(page.insert(), pages)
        return len(pages)

    def lay_volumes(self, volumes: Iterable[LaidVolume]) -> int:
        """Add the volumes in this order; the id of the first, those of the others follow it."""
        first = int(self._connection.execute(select(func.coalesce(func.max(volume.c.id), 0))).scalar_one()) + 1
        rows = [_volume_row(number, laid) for number, laid in enumerate(volumes, start=first)]
        if rows:
            self._connection.execute(volume.insert(), rows)
        return first

    def bytes_in_use(self) -> int:
        """The bytes of the catalogue that hold something; what was freed and waits to be used again is left out."""
        size, count, free = (
            int(self._connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_size", "page_count", "freelist_count")
        )
        return size * (count - free)


def _item_row(key: int, paper: LaidPaper) -> dict[str, Any]:
    return (
        arrival_columns(paper.arrival)
        | classification_columns(paper.classification)
        | {
            "key": key,
            "state": paper.state.value,
            "media_type": paper.media_type,
            "pages_total": len(paper.texts),
            "volume_id": paper.volume_id,
        }
    )


def _volume_row(volume_id: int, laid: LaidVolume) -> dict[str, Any]:
    stated = {name: getattr(laid, name) for name in LaidVolume.__dataclass_fields__}
    empty: dict[str, Any] = {"title": "", "compiled_by": "", "checked_by": "", "name_of_customer": ""}
    empty |= {"item_count": 0, "page_count": 0, "sheet_count": 0, "seal_version": 0}
    kinds = {"source": VolumeSource.OWN.value, "scope": VolumeScope.CUSTOMER.value, "state": laid.state.value}
    return empty | stated | kinds | {"id": volume_id}


_BARE_COLUMNS = page_columns(BARE_PAGE)


def _page_rows(key: int, paper: LaidPaper) -> Iterable[dict[str, Any]]:
    return (
        _BARE_COLUMNS | {"item_key": key, "number": number, "text": text}
        for number, text in enumerate(paper.texts, start=1)
    )
