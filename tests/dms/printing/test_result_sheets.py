"""The spreadsheet of a result: the same rows as on paper, and nothing in it that a spreadsheet would execute."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook
from test_result_lists import BARE, LIST, RESULT

from dms.printing import result_list_xlsx
from dms.printing.result_lists import COLUMNS, ResultList

HEAD = [column.name.zh for column in COLUMNS]


def sheet_of(listed: ResultList):
    return load_workbook(io.BytesIO(result_list_xlsx(listed))).active


def rows_of(sheet) -> list[list[object]]:
    """The rows below the head of the list."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "序号\nNo.")
    assert [str(name).split("\n")[0] for name in rows[head]] == HEAD
    return rows[head + 1 :]


def test_every_item_stands_in_a_row_of_its_own():
    first, second = rows_of(sheet_of(LIST))
    assert first[:3] == [1, RESULT.item_id, RESULT.volume]
    assert first[5:9] == ["HT-2023-00871", 2023, "合同", datetime(2023, 5, 18)]
    assert first[9:] == [438000, 12, "1, 3–5", "三级"]
    assert second[3] == BARE.title
    assert second[6] is None
    assert second[9] is None


def test_the_sheet_says_what_was_asked_by_whom_and_when():
    sheet = sheet_of(LIST)
    above = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=12) for cell in row if cell.value)
    for told in (
        LIST.company,
        LIST.query,
        LIST.meaning.zh,
        LIST.meaning.en,
        "年度：2023",
        "张法务",
        "2026-03-02",
        "2 件",
    ):
        assert told in above
    assert "含有“违约金”" in sheet.oddHeader.left.text
    assert "张法务" in sheet.oddFooter.left.text
    assert sheet.oddFooter.right.text == "第 &P 页　共 &N 页"


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://x","y")', "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "#N/A"],
)
def test_no_text_is_ever_a_formula(text):
    listed = replace(LIST, query=text, person=text, results=(replace(RESULT, title=text, contract_no=text),))
    sheet = sheet_of(listed)
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    risky = [cell for cell in cells if cell.value.lstrip("\t\r\n").startswith(tuple("=+-@"))]
    assert all(cell.quotePrefix for cell in risky)
    assert text[0] == "#" or len(risky) == 4


def test_what_no_sheet_can_hold_is_replaced_and_the_rest_kept():
    listed = replace(LIST, results=(replace(RESULT, title="甲\x00乙" + "长" * 40_000),))
    title = rows_of(sheet_of(listed))[0][3]
    assert title.startswith("甲\ufffd乙长")
    assert len(title) == 32_767


def test_an_ampersand_at_the_top_is_no_command():
    sheet = sheet_of(replace(LIST, meaning=replace(LIST.meaning, zh="A&B 公司")))
    assert "A&&B 公司" in sheet.oddHeader.left.text


@contextmanager
def openings() -> Iterator[list[str]]:
    """The paths that are opened meanwhile; an audit hook cannot be taken away again, so it falls silent."""
    opened: list[str] = []
    listening = [True]

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event == "open":
            opened.append(str(arguments[0]))

    sys.addaudithook(hear)
    yield opened
    listening.clear()


def test_nothing_is_written_to_a_disk_on_the_way():
    result_list_xlsx(LIST)  # what the library loads on first use
    with openings() as opened:
        result_list_xlsx(LIST)
    assert opened == []
