"""Writing spreadsheets in memory.

What always holds: no text can be taken for a formula, whatever it begins with; a number of a contract stays the text
that it is; nothing is written to a disk on the way (I3).
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from dms.printing.wrapping import clipped

BOLD: Final = Font(bold=True)
HEADING: Final = Font(bold=True, size=14)
HEAD_FILL: Final = PatternFill("solid", fgColor="F4F6F8")
MARK_COLUMNS: Final = 100
"""A header or footer of a sheet has 255 characters at most, its commands among them."""
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_TEXT: Final = 32_767
"""What a cell can hold."""


def new_sheet(title: str) -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet of this name."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title[:31]
    return book, sheet


def put(cell: SheetCell, value: str | int | Decimal | date | None) -> SheetCell:
    """Write a value into a cell as what it is; text is never anything else than text."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
        return cell
    text = storable(value)
    cell.value = text
    cell.data_type = "s"
    # For whoever edits the cell later, or saves it as something else: it is shown as text and stays text.
    if text.startswith(_BEGINS_FORMULA):
        cell.quotePrefix = True
    return cell


def lay_out(sheet: Worksheet, widths: tuple[int, ...], *, head_row: int, last_row: int) -> None:
    """Column widths, the head frozen and repeated on every printed page, a filter over all rows, A4 across."""
    last = get_column_letter(len(widths))
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.auto_filter.ref = f"A{head_row}:{last}{max(last_row, head_row)}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.oddFooter.right.text = "第 &P 页　共 &N 页"


def page_mark(text: str) -> str:
    """A line for the top or the foot of every printed page; an ampersand begins a command there."""
    return clipped(storable(text).replace("\n", " "), MARK_COLUMNS).replace("&", "&&")


def storable(text: str) -> str:
    """The text without what XML cannot hold, and no longer than a cell."""
    return _NOT_IN_XML.sub("\ufffd", text)[:_LONGEST_TEXT]


def saved(book: Workbook, *, title: str, person: str, made_at: datetime) -> bytes:
    """The workbook's bytes; it says who made it and when."""
    book.properties.title, book.properties.creator = title, storable(person)
    book.properties.created = book.properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        _MemoryWriter(book, packed).write_data()
    return stream.getvalue()


class _MemoryWriter(ExcelWriter):  # type: ignore[misc]  # the library ships no types
    """Writes sheets in memory; the library's own way leads over a readable file in the folder for temporary ones."""

    def write_worksheet(self, ws: Worksheet) -> None:
        writer = WorksheetWriter(ws, out=BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)
