"""The spreadsheet of a list: every line of it, groups as columns, and nothing that a spreadsheet would execute."""

import io
from dataclasses import fields, replace
from datetime import datetime

import pytest
from openpyxl import load_workbook
from sample_forms import CATALOGUE, CONTENTS, LEDGER, LETTERHEAD, LISTS, MISSING, TRANSFER, catalogue_line

from dms.printing import ListForm, form_xlsx


def rows_of(form: ListForm) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(form_xlsx(form))).active.iter_rows()]


def table_of(form: ListForm, first_name: str = "序号") -> list[dict[str, object]]:
    """The rows below the head, by the Chinese names of their columns."""
    rows = rows_of(form)
    head = next(place for place, row in enumerate(rows) if str(row[0]).split("\n")[0] == first_name)
    names = [str(name).split("\n")[0] for name in rows[head]]
    return [dict(zip(names, row, strict=True)) for row in rows[head + 1 :]]


def test_every_volume_of_a_catalogue_stands_in_a_row_with_what_groups_it():
    rows = table_of(CATALOGUE)
    lines = [row for row in rows if isinstance(row["序号"], int)]
    assert len(lines) == len(CATALOGUE.lines)
    assert lines[0]["客户"] == CATALOGUE.lines[0].customer
    assert (lines[0]["类目"], lines[0]["年度"]) == ("1 基本资料", 2025)
    assert [row["序号"] for row in rows if str(row["序号"]).startswith(("合计", "小计"))] == ["合计 12 卷"]


def test_a_struck_line_is_struck_there_too():
    sheet = load_workbook(io.BytesIO(form_xlsx(CONTENTS))).active
    struck = [row for row in sheet.iter_rows() if row[0].font.strike]
    assert [row[0].value for row in struck] == [7]


def test_days_and_amounts_are_what_they_are_and_each_date_has_its_column():
    first, *_ = table_of(LEDGER)
    assert first["金额（元）"] == 1372280.5
    assert first["质保到期"] == datetime(2026, 9, 2)
    assert "办结情况" not in first
    assert first["部门"] == "销售一部"


def test_missing_papers_can_be_filtered_by_department():
    assert [row["责任部门"] for row in table_of(MISSING)[:3]] == ["销售一部", "销售一部", "（未定部门）"]


def test_notes_and_signatures_stand_under_the_list():
    text = "\n".join(str(row[0]) for row in rows_of(TRANSFER) if row[0])
    assert "本清单一式三份" in text
    assert "移交人（A角）：张三　日期：2026-01-08" in text


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"]
)
def test_no_text_of_any_list_is_ever_a_formula(name, text):
    sheet = load_workbook(io.BytesIO(form_xlsx(poisoned(LISTS[name], text)))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value.lstrip("\t").startswith(tuple("=+-@")))
    assert any(text.strip() in str(cell.value) for cell in cells)


def poisoned(form: ListForm, text: str) -> ListForm:
    """The list with this text in every place where text can be."""
    lines = tuple(
        replace(line, **{field.name: text for field in fields(line) if field.type is str}) for line in form.lines[:2]
    )
    letterhead = replace(LETTERHEAD, company=text, person=text)
    own = {field.name: text for field in fields(form) if field.type is str}
    return replace(form, lines=lines, letterhead=letterhead, **own)


@pytest.mark.slow
def test_five_thousand_lines_are_all_there():
    lines = tuple(catalogue_line(c, s, v) for c in range(1, 251) for s in (1, 2, 3, 4) for v in range(1, 6))
    assert sum(isinstance(row["序号"], int) for row in table_of(replace(CATALOGUE, lines=lines))) == 5_000
