"""The result of a search as a spreadsheet, the twin of the printed list."""

from typing import Final

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from dms.printing.result_lists import COLUMNS, ResultList, asked, list_facts, list_rows, told
from dms.printing.sheet_writing import BOLD, HEAD_FILL, HEADING, lay_out, new_sheet, page_mark, put, saved

TITLE: Final = "检索结果清单"
SHEET_WIDTHS: Final = (6, 32, 18, 44, 34, 24, 8, 16, 12, 16, 8, 16, 8)
"""In characters, in the order of the columns."""
_WRAPPED: Final = frozenset(
    place for place, column in enumerate(COLUMNS, start=1) if column.name.zh in ("题名", "客户", "命中页")
)
_WRAPPING: Final = Alignment(wrap_text=True, vertical="top")


def result_list_xlsx(listed: ResultList) -> bytes:
    """The list as a workbook of one sheet: what was asked above, then a row for each item."""
    book, sheet = new_sheet(TITLE)
    head_row = _write_facts(sheet, listed)
    _write_rows(sheet, listed, head_row)
    lay_out(sheet, SHEET_WIDTHS, head_row=head_row, last_row=head_row + len(listed.results))
    sheet.oddHeader.left.text = page_mark(f"{TITLE}　检索：{asked(listed)}")
    sheet.oddFooter.left.text = page_mark(told(listed))
    return saved(book, title=TITLE, person=listed.person, made_at=listed.made_at)


def _write_facts(sheet: Worksheet, listed: ResultList) -> int:
    """Write what stands above the list; the row in which its head comes."""
    heading = f"{listed.company}　{TITLE}" if listed.company else TITLE
    put(sheet.cell(1, 1), heading).font = HEADING
    row = 2
    for row, (name, value) in enumerate(list_facts(listed), start=2):
        put(sheet.cell(row, 1), f"{name.zh} {name.en}").font = BOLD
        put(sheet.cell(row, 3), value.zh if value.en in ("", value.zh) else f"{value.zh}　{value.en}")
    return row + 2


def _write_rows(sheet: Worksheet, listed: ResultList, head_row: int) -> None:
    for place, column in enumerate(COLUMNS, start=1):
        head = put(sheet.cell(head_row, place), f"{column.name.zh}\n{column.name.en}")
        head.font, head.fill, head.alignment = BOLD, HEAD_FILL, _WRAPPING
    for row, cells in enumerate(list_rows(listed), start=head_row + 1):
        for place, cell in enumerate(cells, start=1):
            written = put(sheet.cell(row, place), cell)
            if place in _WRAPPED:
                written.alignment = _WRAPPING
