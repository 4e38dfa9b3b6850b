"""Codes without spaces break where a reader expects it, and nothing else is touched."""

import pytest

from dms.printing.wrapping import breakable, clipped

BREAK = "\u200b"


@pytest.mark.parametrize("text", ["起重机购销合同", "HT-2025-00871", "a b c", ""])
def test_what_fits_stays_as_it_is(text):
    assert breakable(text, 30) == text


def test_a_code_that_is_too_wide_may_break_after_its_separators():
    assert (
        breakable("见 Q001-KH·C0123·3·2025-002", 15)
        == f"见 Q001-{BREAK}KH·{BREAK}C0123·{BREAK}3·{BREAK}2025-{BREAK}002"
    )


def test_a_run_without_separators_may_break_somewhere():
    parts = breakable("9f" * 40, 20).split(BREAK)
    assert "".join(parts) == "9f" * 40
    assert max(map(len, parts)) <= 10


def test_control_characters_have_no_shape_and_become_spaces():
    assert breakable("甲\x00\x07乙\n丙", 30) == "甲  乙\n丙"


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [("甲乙丙", 6, "甲乙丙"), ("abc", 3, "abc"), ("甲乙丙丁戊", 8, "甲乙……"), ("甲", 1, "……")],
)
def test_a_han_character_takes_two_columns(text, columns, shown):
    assert clipped(text, columns) == shown
