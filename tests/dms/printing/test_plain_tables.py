"""A plain table goes out so that it can be read in again, and no text of it is ever a formula."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from dms.errors import Bilingual
from dms.printing import CellKind, PlainColumn, PlainTable, plain_table_xlsx, read_sheet

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _table(*rows):
    columns = tuple(PlainColumn(name=Bilingual(zh, en)) for zh, en in (("名称", "Name"), ("值", "Value")))
    return PlainTable(title="合同台账", columns=columns, rows=rows, person="张三", made_at=AT)


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-5", "@SUM(A1)", "\t=1", "\r=2", '=HYPERLINK("http://x","y")'])
def test_text_that_looks_like_a_formula_stays_text(text):
    made = plain_table_xlsx(_table((text, text)))
    cell = load_workbook(BytesIO(made)).active["A2"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert read_sheet(made).rows[1].cells[0].kind is CellKind.TEXT


def test_days_and_amounts_are_read_in_again_as_what_they_were():
    made = read_sheet(plain_table_xlsx(_table((date(2024, 5, 1), Decimal("438000.10")), (None, ""))))
    assert [cell.text for cell in made.rows[1].cells] == ["2024-05-01", "438000.1"]
    assert len(made.rows) == 2


def test_the_head_names_every_column_in_both_languages():
    sheet = load_workbook(BytesIO(plain_table_xlsx(_table()))).active
    assert (sheet["A1"].value, sheet.freeze_panes, sheet.title) == ("名称\nName", "A2", "合同台账")
