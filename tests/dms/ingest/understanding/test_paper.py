from typing import Any

import pytest

from dms.ingest.understanding.paper import prepare


def test_blanks_inside_words_are_left_out_and_those_between_numbers_stay(read: Any) -> None:
    sheet = prepare(read("签 订 日 期 ： CG-2022-0152 2022-07-07")).sheets[0]
    assert sheet.lines.text == "签订日期:CG-2022-0152 2022-07-07"


def test_lines_stay_apart_in_one_view_and_run_on_in_the_other(read: Any) -> None:
    sheet = prepare(read("江苏新纪元装备制\n造股份有限公司")).sheets[0]
    assert sheet.lines.text == "江苏新纪元装备制\n造股份有限公司"
    assert sheet.running.text == "江苏新纪元装备制造股份有限公司"


def test_a_passage_leads_back_to_the_exact_characters_of_the_page(read: Any) -> None:
    pages = read("合 同 編 号：ＣＧ－１")
    view = prepare(pages).sheets[0].running
    passage = view.passage(view.text.index("合"), view.text.index("号") + 1)
    assert (passage.text, passage.raw, passage.as_read) == ("合同编号", "合同編号", "合 同 編 号")
    assert pages[0].text[passage.place.start : passage.place.end] == passage.as_read


def test_the_confidence_of_a_passage_is_that_of_its_least_certain_character(read: Any) -> None:
    view = prepare(read("合同编号", doubtful={"编": 0.5})).sheets[0].lines
    passage = view.passage(0, 4)
    assert passage.confidence == 0.5
    assert passage.doubtful == frozenset({2})


def test_pages_without_text_are_left_out_and_the_others_keep_their_numbers(read: Any) -> None:
    assert [sheet.number for sheet in prepare(read("第一页\f\f第三页")).sheets] == [1, 3]


@pytest.mark.parametrize(
    ("what", "text", "breaks"),
    [
        ("a full line goes on", "鉴于双方已经就采购事宜协商一致并签订编号为CG-20\n23-4471的合同并盖章完毕", True),
        ("a short line ends", "合同编号：CG-20\n23台液压缸总成以及其他若干货物的供应与安装调试", False),
    ],
)
def test_a_number_at_the_end_of_a_full_line_may_go_on(what: str, text: str, breaks: bool, read: Any) -> None:
    view = prepare(read(text)).sheets[0].lines
    assert view.breaks_off(view.text.index("20") + 2) is breaks


def test_cells_begin_after_a_gap_a_mark_or_a_line_end(read: Any) -> None:
    view = prepare(read("单号：A1 日期：2020\n交货日期")).sheets[0].lines
    starts = [i for i in range(len(view.text)) if view.text.startswith("日期", i)]
    assert [view.begins_cell(start) for start in starts] == [True, False]
