"""The result of a search as a spreadsheet, the twin of the printed list.

What always holds: no text can be taken for a formula, whatever it begins with; a number of a contract stays the text
that it is; nothing is written to a disk on the way (I3).
"""

import re
from datetime import UTC, date
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from dms.printing.result_lists import COLUMNS, Cell, ResultList, asked, clipped, list_facts, list_rows, told

TITLE: Final = "检索结果清单"
SHEET_WIDTHS: Final = (6, 24, 18, 44, 34, 24, 8, 16, 12, 8, 16, 8)
"""In characters, in the order of the columns."""
MARK_COLUMNS: Final = 100
"""A header or footer of a sheet has 255 characters at most, its commands among them."""
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_TEXT: Final = 32_767
"""What a cell can hold."""
_WRAPPED: Final = frozenset(
    place for place, column in enumerate(COLUMNS, start=1) if column.name.zh in ("题名", "客户", "命中页")
)
_WRAPPING: Final = Alignment(wrap_text=True, vertical="top")
_HEAD_FILL: Final = PatternFill("solid", fgColor="F4F6F8")


def result_list_xlsx(listed: ResultList) -> bytes:
    """The list as a workbook of one sheet: what was asked above, then a row for each item."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = TITLE
    head_row = _write_facts(sheet, listed)
    _write_rows(sheet, listed, head_row)
    _lay_out(sheet, listed, head_row)
    book.properties.title, book.properties.creator = TITLE, _storable(listed.person)
    book.properties.created = book.properties.modified = listed.made_at.astimezone(UTC).replace(tzinfo=None)
    return _saved(book)


def _write_facts(sheet: Worksheet, listed: ResultList) -> int:
    """Write what stands above the list; the row in which its head comes."""
    heading = f"{listed.company}　{TITLE}" if listed.company else TITLE
    _put(sheet.cell(1, 1), heading).font = Font(bold=True, size=14)
    row = 2
    for row, (name, value) in enumerate(list_facts(listed), start=2):
        _put(sheet.cell(row, 1), f"{name.zh} {name.en}").font = Font(bold=True)
        _put(sheet.cell(row, 3), value.zh if value.en in ("", value.zh) else f"{value.zh}　{value.en}")
    return row + 2


def _write_rows(sheet: Worksheet, listed: ResultList, head_row: int) -> None:
    for place, column in enumerate(COLUMNS, start=1):
        head = _put(sheet.cell(head_row, place), f"{column.name.zh}\n{column.name.en}")
        head.font, head.fill, head.alignment = Font(bold=True), _HEAD_FILL, _WRAPPING
    for row, cells in enumerate(list_rows(listed), start=head_row + 1):
        for place, cell in enumerate(cells, start=1):
            written = _put(sheet.cell(row, place), cell)
            if place in _WRAPPED:
                written.alignment = _WRAPPING


def _put(cell: SheetCell, value: Cell) -> SheetCell:
    """Write a value into a cell as what it is; text is never anything else than text."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    text = _storable(value)
    cell.value = text
    cell.data_type = "s"
    # For whoever edits the cell later, or saves it as something else: it is shown as text and stays text.
    if text.startswith(_BEGINS_FORMULA):
        cell.quotePrefix = True
    return cell


def _lay_out(sheet: Worksheet, listed: ResultList, head_row: int) -> None:
    last = get_column_letter(len(COLUMNS))
    for place, width in enumerate(SHEET_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.auto_filter.ref = f"A{head_row}:{last}{head_row + len(listed.results)}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.oddHeader.left.text = _mark(f"{TITLE}　检索：{asked(listed)}")
    sheet.oddFooter.left.text = _mark(told(listed))
    sheet.oddFooter.right.text = "第 &P 页　共 &N 页"


def _mark(text: str) -> str:
    """A line for the top or the foot of every printed page; an ampersand begins a command there."""
    return clipped(_storable(text).replace("\n", " "), MARK_COLUMNS).replace("&", "&&")


def _storable(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)[:_LONGEST_TEXT]


def _saved(book: Workbook) -> bytes:
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
