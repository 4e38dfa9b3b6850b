"""A list as a spreadsheet, the twin of the printed one: every line of it, groups as columns, no headings between."""

from collections.abc import Iterable
from typing import Final

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from dms.printing.letterhead import Signed
from dms.printing.listing import Cell, Column, Listing, Row, RowKind, Showing
from dms.printing.sheet_writing import BOLD, HEAD_FILL, HEADING, lay_out, new_sheet, page_mark, put, saved

_WRAPPING: Final = Alignment(wrap_text=True, vertical="top")
_STRUCK: Final = Font(strike=True, color="8A959E")
_FOR_PAPER: Final = frozenset({RowKind.GROUP, RowKind.SUBTOTAL})
_WRAPPED_FROM: Final = 20
"""A column as wide as this holds text that may run over several lines."""


def listing_xlsx(listing: Listing) -> bytes:
    """The list as a workbook of one sheet: what it is about above, then the head, a row for each line, the sums."""
    title = listing.title.zh
    book, sheet = new_sheet(title)
    head_row = _write_facts(sheet, listing)
    _write_head(sheet, listing, head_row)
    rows = [row for row in listing.rows if row.kind not in _FOR_PAPER]
    _write_rows(sheet, listing, rows, first_row=head_row + 1)
    last_line = head_row + sum(row.kind is not RowKind.TOTAL for row in rows)
    _write_end(sheet, listing, row=head_row + len(rows) + 2)
    widths = tuple(column.sheet_width for column in _shown(listing))
    lay_out(sheet, widths, head_row=head_row, last_row=last_line)
    letterhead = listing.letterhead
    sheet.oddHeader.left.text = page_mark("　".join(filter(None, (letterhead.company, title))))
    sheet.oddFooter.left.text = page_mark(f"{letterhead.person}　{letterhead.made_at.astimezone():%Y-%m-%d %H:%M}")
    return saved(book, title=title, person=letterhead.person, made_at=letterhead.made_at)


def _shown(listing: Listing) -> tuple[Column, ...]:
    return tuple(column for column in listing.columns if column.showing is not Showing.PAPER)


def _write_facts(sheet: Worksheet, listing: Listing) -> int:
    """Write what stands above the list; the row in which its head comes."""
    put(
        sheet.cell(1, 1), "　".join(filter(None, (listing.letterhead.company, listing.title.zh, listing.edition)))
    ).font = HEADING
    row = 1
    for row, (name, value) in enumerate((fact for fact in listing.facts if fact[1]), start=2):
        put(sheet.cell(row, 1), name.zh).font = BOLD
        put(sheet.cell(row, 3), value)
    return row + 2


def _write_head(sheet: Worksheet, listing: Listing, head_row: int) -> None:
    for place, column in enumerate(_shown(listing), start=1):
        head = put(sheet.cell(head_row, place), f"{column.name.zh}\n{column.name.en}")
        head.font, head.fill, head.alignment = BOLD, HEAD_FILL, _WRAPPING


def _write_rows(sheet: Worksheet, listing: Listing, rows: Iterable[Row], *, first_row: int) -> None:
    columns = _shown(listing)
    shown = [place for place, column in enumerate(listing.columns) if column in columns]
    wrapped = [column.sheet_width >= _WRAPPED_FROM for column in columns]
    for number, row in enumerate(rows, start=first_row):
        for place, cell in enumerate((row.cells[each] for each in shown), start=1):
            _write_cell(sheet, number, place, cell, row.kind)
            if wrapped[place - 1]:
                sheet.cell(number, place).alignment = _WRAPPING


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, kind: RowKind) -> None:
    if cell is None:
        return
    written = put(sheet.cell(row, place), cell)
    if kind is RowKind.TOTAL:
        written.font = BOLD
    elif kind is RowKind.STRUCK:
        written.font = _STRUCK


def _write_end(sheet: Worksheet, listing: Listing, *, row: int) -> None:
    lines = (*listing.notes, *map(_signature, listing.signatures))
    for number, line in enumerate(lines, start=row):
        put(sheet.cell(number, 1), line)


def _signature(place: Signed) -> str:
    return f"{place.role}：{place.name}　日期：{place.signed_on.isoformat() if place.signed_on else ''}"
