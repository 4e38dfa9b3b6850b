"""A plain table as a spreadsheet: one head, a row for each line, nothing else, so that it can be read in again."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from openpyxl.styles import Alignment

from dms.errors import Bilingual
from dms.printing.sheet_writing import BOLD, HEAD_FILL, lay_out, new_sheet, put, saved

_WRAPPING: Final = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainColumn:
    """One column, with its width in characters."""

    name: Bilingual
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTable:
    """The table; every row has a cell for every column, None for an empty one."""

    title: str
    columns: tuple[PlainColumn, ...]
    rows: tuple[tuple[str | int | Decimal | date | None, ...], ...]
    person: str
    made_at: datetime


def plain_table_xlsx(table: PlainTable) -> bytes:
    """The workbook: the head in both languages in row 1, the lines under it; text is never taken for a formula."""
    book, sheet = new_sheet(table.title)
    for place, column in enumerate(table.columns, start=1):
        head = put(sheet.cell(1, place), f"{column.name.zh}\n{column.name.en}")
        head.font, head.fill, head.alignment = BOLD, HEAD_FILL, _WRAPPING
    for number, row in enumerate(table.rows, start=2):
        for place, value in enumerate(row, start=1):
            if value not in (None, ""):
                put(sheet.cell(number, place), value)
    widths = tuple(column.width for column in table.columns)
    lay_out(sheet, widths, head_row=1, last_row=len(table.rows) + 1)
    return saved(book, title=table.title, person=table.person, made_at=table.made_at)
