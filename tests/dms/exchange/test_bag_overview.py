"""Lists for people open in a spreadsheet as they are, and do nothing there."""

import pytest

from dms.exchange.overview import cell


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_can_be_taken_for_a_formula(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["0023871", "913407000000000000"])
def test_a_long_number_stays_text(text):
    assert cell(text) == f"{text}\t"


@pytest.mark.parametrize("value", ["合同", 2023, "HT-2023-1", 438000])
def test_anything_else_is_shown_as_it_is(value):
    assert cell(value) == str(value)


def test_nothing_is_an_empty_cell():
    assert cell(None) == ""
