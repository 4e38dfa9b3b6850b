"""One page as the viewer shows it: its lines, and the places that are marked on it, in pixels of the page image."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import itemgetter
from typing import Any

from dms.archive import Archive, ObjectDamaged
from dms.custody import PageNotFound, page_reading
from dms.domain.actor import Actor
from dms.domain.item import Page
from dms.domain.proposal import FieldName, Place, Proposal
from dms.domain.reading import Box, Line, PageReading

Rectangle = tuple[int, int, int, int]
"""Left, top, width, height, as SVG wants it."""
Part = tuple[str, bool]
"""A stretch of a line, and whether it is (part of) a hit."""
_MARK_MARGIN_PX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What is drawn over the image of one page."""

    number: int
    width_px: int
    height_px: int
    blank: bool
    confidence_percent: int
    lines: tuple[dict[str, Any], ...]
    """For each line its ``parts`` (pairs of text and whether it is a hit), ``box`` (None where it has no place) and
    ``sure`` (whole percent)."""
    hits: tuple[tuple[Rectangle, ...], ...]
    """For each hit on the page its rectangles, one a line; none for a hit of which nothing was read."""

    def as_json(self) -> dict[str, Any]:
        """The same for the viewer's script."""
        return {
            "number": self.number,
            "width": self.width_px,
            "height": self.height_px,
            "blank": self.blank,
            "confidence": self.confidence_percent,
            "lines": self.lines,
            "hits": self.hits,
        }


def page_view(reading: PageReading, places: Iterable[Place] = ()) -> PageView:
    """The view of a page that was read, with those of the places marked that stand on it."""
    here = [place for place in places if place.page == reading.number]
    marked = (_rectangles(reading, place) for place in here)
    return PageView(
        number=reading.number,
        width_px=reading.width_px,
        height_px=reading.height_px,
        blank=reading.blank,
        confidence_percent=_percent(reading.confidence),
        lines=tuple(_line(line, _parts(line, start, here)) for start, line in _starting(reading.lines)),
        hits=tuple(marked),
    )


def view_if_whole(
    actor: Actor, item_id: str, number: int, places: Iterable[Place], *, archive: Archive
) -> PageView | None:
    """The view of a page; None where its sealed reading is missing or damaged, so that the facts still show."""
    reading = _reading_if_whole(actor, item_id, number, archive=archive)
    return page_view(reading, places) if reading else None


def page_list(pages: Iterable[Page], places: Iterable[Place] = ()) -> list[dict[str, int | bool]]:
    """For the viewer's strip of pages: number, size, whether blank, and how many hits each bears."""
    found = [place.page for place in places]
    return [
        {
            "number": page.number,
            "width": page.width_px,
            "height": page.height_px,
            "blank": page.blank,
            "hits": found.count(page.number),
        }
        for page in pages
    ]


def page_shown_first(wanted: int | None, pages: Iterable[Page], places: Iterable[Place] = ()) -> int:
    """The page asked for if there is one, else the first with a hit, else the first with writing, else 1."""
    blank = {page.number: page.blank for page in pages}
    written = [number for number in blank if not blank[number]]
    wishes = [wanted or 0, *(place.page for place in places), *written]
    return next((number for number in wishes if number in blank), 1)


def marks_of(
    actor: Actor, item_id: str, proposals: Mapping[FieldName, Proposal], *, archive: Archive
) -> list[dict[str, Any]]:
    """Where each proposal was read: its ``field``, ``page`` and ``boxes``; those that stand nowhere are left out."""
    places = {field: proposal.place for field, proposal in proposals.items() if proposal.place}
    numbers = {place.page for place in places.values()}
    readings = {number: _reading_if_whole(actor, item_id, number, archive=archive) for number in numbers}
    return [
        {"field": field.value, "page": place.page, "boxes": _rectangles(reading, place)}
        for field, place in places.items()
        if (reading := readings[place.page])
    ]


def _reading_if_whole(actor: Actor, item_id: str, number: int, *, archive: Archive) -> PageReading | None:
    try:
        return page_reading(actor, item_id, number, archive=archive)
    except (PageNotFound, ObjectDamaged):
        return None


def _rectangles(reading: PageReading, place: Place) -> tuple[Rectangle, ...]:
    return tuple(_rectangle(box, margin=_MARK_MARGIN_PX) for box in reading.boxes(place.start, place.end))


def _rectangle(box: Box, *, margin: int = 0) -> Rectangle:
    left, top = box.left - margin, box.top - margin
    return left, top, box.right - left + margin, box.bottom - top + margin


def _starting(lines: Iterable[Line]) -> Iterator[tuple[int, Line]]:
    """Each line with the offset in the page text at which it begins."""
    start = 0
    for line in lines:
        yield start, line
        start += len(line.characters) + 1


def _parts(line: Line, start: int, places: Iterable[Place]) -> list[Part]:
    """The line cut at the edges of the hits on it."""
    return parts_of(line.text, [range(max(0, place.start - start), max(0, place.end - start)) for place in places])


def parts_of(text: str, hits: Iterable[range]) -> list[Part]:
    """The text cut at the edges of the hits, which are ranges of its offsets."""
    inside = {at for hit in hits for at in hit}
    marked = ((at in inside, character) for at, character in enumerate(text))
    return [("".join(part for _, part in run), hit) for hit, run in groupby(marked, key=itemgetter(0))]


def _line(line: Line, parts: list[Part]) -> dict[str, Any]:
    read = [character for character in line.characters if character.box]
    boxes = [character.box for character in read if character.box]
    return {
        "parts": parts,
        "box": _rectangle(reduce(Box.union, boxes)) if boxes else None,
        "sure": _percent(sum(character.confidence for character in read) / len(read)) if read else 100,
    }


def _percent(share: float) -> int:
    """Rounded down: what is not quite certain must not look like 100."""
    return int(share * 100)
