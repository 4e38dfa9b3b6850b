from typing import Any

import pytest

from dms.ingest.understanding.label import find_labels, find_misread_labels
from dms.ingest.understanding.paper import prepare

FORMS = [
    ("full-width colon", "合同编号：A1"),
    ("half-width colon", "合同编号:A1"),
    ("colon misread", "合同编号；A1"),
    ("no colon", "合同编号 A1"),
    ("spaced out", "合 同 编 号 ： A1"),
    ("next line", "合同编号\nA1"),
    ("dots to write on", "合同编号：……A1"),
    ("a remark in brackets", "合同编号（必填）：A1"),
]


@pytest.mark.parametrize(("form", "text"), FORMS, ids=[case[0] for case in FORMS])
def test_the_value_of_a_label_begins_behind_whatever_parts_them(form: str, text: str, read: Any) -> None:
    view = prepare(read(text)).sheets[0].lines
    (label,) = find_labels(view, ("合同编号",))
    assert view.text[label.value :] == "A1"
    assert label.colon


def test_a_short_label_has_to_begin_a_cell(read: Any) -> None:
    view = prepare(read("交货日期：2020 日期：2021")).sheets[0].lines
    assert [view.text[label.value : label.value + 4] for label in find_labels(view, ("日期",))] == ["2021"]


def test_the_longest_label_wins(read: Any) -> None:
    view = prepare(read("原合同编号：A1")).sheets[0].lines
    assert [label.word for label in find_labels(view, ("合同编号", "原合同编号"))] == ["原合同编号"]


def test_a_label_with_one_misread_character_is_found_on_demand(read: Any) -> None:
    view = prepare(read("合同编亏：A1\n合同编号：A2\n合月编亏：A3")).sheets[0].lines
    assert [view.text[label.value : label.value + 2] for label in find_misread_labels(view, ("合同编号",))] == ["A1"]
