"""What every list is made of, and the two ways out of it: paper (Typst) and spreadsheet.

What always holds: both show the same lines in the same order; a line that is struck through on paper says so in the
spreadsheet; group headings and subtotals are for paper, where the spreadsheet has columns of its own to group by.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from dms.errors import Bilingual
from dms.printing.errors import ListTooLong
from dms.printing.letterhead import Letterhead, Signed
from dms.printing.typesetting import typeset
from dms.printing.wrapping import breakable, clipped

Cell = str | int | Decimal | date | None
MOST_TAGGED: Final = 500
"""Rows of a list that bears its structure for screen readers; it makes a list of thousands fifteen times as large."""


_RUNNING: Final = 56
"""Columns of what stands at the top of every later page; a Han character takes two."""
MOST_ROWS: Final = 10_000
"""Of one printed list: some 700 pages, and 1.5 GB of memory while it is set."""
_TALL: Final = 400
"""Characters from which on a cell may not fit a page; where there is one, rows may be parted between pages."""


class Align(StrEnum):
    """Where a column's cells stand, in Typst's words."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class RowKind(StrEnum):
    """What a row is."""

    LINE = "line"
    STRUCK = "struck"
    """A line that no longer holds, struck through and still to be read."""
    GROUP = "group"
    """A heading over the lines that follow; its one cell is the heading."""
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Showing(StrEnum):
    """On which of the two a column stands."""

    BOTH = "both"
    SHEET = "sheet"
    """What groups the lines on paper, or is told there together with others."""
    PAPER = "paper"
    """What stands in several columns of the spreadsheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a list."""

    name: Bilingual
    width_mm: float | None = None
    """On paper; None takes what the others leave."""
    align: Align = Align.LEFT
    sheet_width: int = 12
    """In the spreadsheet, in characters."""
    showing: Showing = Showing.BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; `cells` are those of every column, but of a GROUP its heading alone."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.LINE
    level: int = 0
    """How deep a group lies in others, from 0."""


NONE: Final = Bilingual("（无）", "(none)")
Fact = tuple[Bilingual, str]
"""A name and what is said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list ready to be printed."""

    title: Bilingual
    letterhead: Letterhead
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    edition: str = ""
    """What marks the issue beside the title: ``更正版 2``."""
    facts: tuple[Fact, ...] = ()
    """What stands between the title and the table."""
    cover: tuple[Fact, ...] = ()
    """The lines of a cover sheet; empty for a list without one."""
    landscape: bool = False
    notes: tuple[str, ...] = ()
    """What stands under the table."""
    signatures: tuple[Signed, ...] = ()
    nothing: Bilingual = NONE
    """What is said in the place of the first line where there is none."""


def listing_pdf(listing: Listing) -> bytes:
    """The list as PDF/A-2b; the same list gives the same bytes. Raises `ListTooLong`, and what `typeset` raises."""
    if len(listing.rows) > MOST_ROWS:
        raise ListTooLong(listing.title, len(listing.rows), MOST_ROWS)
    content = {
        "title": pair(listing.title),
        **head(listing.letterhead),
        "edition": listing.edition,
        "running": clipped(
            "　".join((listing.title.zh, *(value for _, value in listing.facts[:1] if value))), _RUNNING
        ),
        "facts": [_fact(fact) for fact in listing.facts if fact[1]],
        "cover": [_fact(fact) for fact in listing.cover],
        "landscape": listing.landscape,
        "columns": [
            {"name": pair(column.name), "width": column.width_mm, "align": column.align} for column in _printed(listing)
        ],
        "rows": [_paper_row(listing, row) for row in listing.rows],
        "breakable": any(len(written(cell)) > _TALL for row in listing.rows for cell in row.cells),
        "nothing": pair(listing.nothing),
        "notes": list(listing.notes),
        "signatures": [signed(each) for each in listing.signatures],
    }
    tagged = len(listing.rows) <= MOST_TAGGED
    return typeset("list", content, made_at=listing.letterhead.made_at, tagged=tagged)


def head(letterhead: Letterhead) -> dict[str, str]:
    """What every form bears, for Typst."""
    return {
        "company": letterhead.company,
        "fonds": letterhead.fonds_code,
        "person": letterhead.person,
        "department": letterhead.department,
        "made_on": day(letterhead.made_at.astimezone().date()),
    }


def signed(each: Signed) -> dict[str, str]:
    """A place to sign, for Typst."""
    return {"role": each.role, "name": each.name, "on": day(each.signed_on)}


def pair(text: Bilingual) -> dict[str, str]:
    """A text in both languages, for Typst; without English where it is the same."""
    return {"zh": text.zh, "en": "" if text.en == text.zh else text.en}


def day(on: date | None) -> str:
    """``2025-03-02``, or nothing (DA/T 22-2015: 国际标准日期表示法)."""
    return on.isoformat() if on else ""


def written(cell: Cell) -> str:
    """A cell as it stands on paper: amounts with their thousands apart, nothing for what is not stated."""
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:,.2f}"
        case date():
            return day(cell)
        case _:
            return str(cell)


def numbered(rows: Iterable[tuple[Cell, ...]]) -> tuple[Row, ...]:
    """Lines with a running number in front."""
    return tuple(Row(cells=(number, *cells)) for number, cells in enumerate(rows, start=1))


def total(label: str, columns: int, sums: dict[int, Cell], *, kind: RowKind = RowKind.TOTAL, level: int = 0) -> Row:
    """A row that sums up: the label in its first column, each sum in the column of that index."""
    cells = tuple(label if place == 0 else sums.get(place) for place in range(columns))
    return Row(cells=cells, kind=kind, level=level)


def _printed(listing: Listing) -> Iterator[Column]:
    return (column for column in listing.columns if column.showing is not Showing.SHEET)


def _paper_row(listing: Listing, row: Row) -> list[str] | dict[str, Any]:
    """An array for a plain line, which is most of them; an object for what is set apart."""
    if row.kind is RowKind.GROUP:
        return {"kind": row.kind, "level": row.level, "text": written(row.cells[0]), "cells": [], "span": 0}
    cells = [
        breakable(written(cell), column.width_mm)
        for column, cell in zip(listing.columns, row.cells, strict=True)
        if column.showing is not Showing.SHEET
    ]
    if row.kind is RowKind.LINE:
        return cells
    if row.kind is RowKind.STRUCK:
        return {"kind": row.kind, "level": 0, "text": "", "cells": cells, "span": 0}
    span = next((place for place, cell in enumerate(cells) if place and cell), len(cells))
    return {"kind": row.kind, "level": row.level, "text": cells[0], "cells": cells[span:], "span": span}


def _fact(fact: Fact) -> dict[str, Any]:
    return {"name": pair(fact[0]), "value": fact[1]}
