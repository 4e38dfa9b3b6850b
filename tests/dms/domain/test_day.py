from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.day import find_compact_days, find_days, month_or_day_number, parse_day, year_number

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
ORDINARY, CAPITAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"

WRITTEN = [
    ("with dashes", "2023-05-18", date(2023, 5, 18)),
    ("with dots", "2023.5.18", date(2023, 5, 18)),
    ("with strokes", "2023/5/18", date(2023, 5, 18)),
    ("with year, month, day", "2023年5月18日", date(2023, 5, 18)),
    ("with leading noughts", "2023年05月08日", date(2023, 5, 8)),
    ("with blanks", "2023 年 5 月 18 日", date(2023, 5, 18)),
    ("full-width", "２０２３年５月１８日", date(2023, 5, 18)),
    ("in Chinese numerals", "二〇二三年五月十八日", date(2023, 5, 18)),
    ("with 零", "二零二三年五月十八日", date(2023, 5, 18)),
    ("with a circle for nought", "二○二三年十二月三十一日", date(2023, 12, 31)),
    ("with the letter O for nought", "二O二三年五月十八日", date(2023, 5, 18)),
    ("in bank capitals", "贰零贰叁年零伍月壹拾捌日", date(2023, 5, 18)),
    ("in bank capitals with 零壹拾", "贰零贰壹年零壹拾月零贰拾日", date(2021, 10, 20)),
    ("with 廿", "二〇二〇年十月廿三日", date(2020, 10, 23)),
    ("with the first month as 元月", "二〇二〇年元月一日", date(2020, 1, 1)),
    ("digit by digit", "二〇二〇年一〇月二〇日", date(2020, 10, 20)),
    ("in eight digits", "20230518", date(2023, 5, 18)),
    ("with 号 for the day", "2023年5月18号", date(2023, 5, 18)),
    ("with the day mark misread", "2023年5月18曰", date(2023, 5, 18)),
    ("with O for 0", "2O23年5月18日", date(2023, 5, 18)),
    ("with l for 1", "2023年5月l8日", date(2023, 5, 18)),
    ("with the month mark misread", "2023年5目18日", date(2023, 5, 18)),
    ("leap day", "2024-02-29", date(2024, 2, 29)),
]
NO_DAY = [
    ("thirtieth of February", "2023年2月30日"),
    ("leap day of an ordinary year", "2023-02-29"),
    ("thirteenth month", "2023/13/01"),
    ("no day", "2023年5月"),
    ("a contract number", "HT-2023-05-18"),
    ("a longer number", "2023-05-181"),
    ("too early", "1899-12-31"),
    ("too late", "2100年1月1日"),
    ("mixed separators", "2023-5.18"),
    ("words", "签订日期"),
    ("nothing", ""),
    ("fortieth", "二〇二三年五月四十日"),
]


@pytest.mark.parametrize(("how", "text", "day"), WRITTEN, ids=[case[0] for case in WRITTEN])
def test_a_day_is_read_however_it_is_written(how: str, text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(("what", "text"), NO_DAY, ids=[case[0] for case in NO_DAY])
def test_what_is_no_day_of_the_calendar_is_not_read(what: str, text: str) -> None:
    assert parse_day(text) is None


@given(days, st.sampled_from(["-", ".", "/"]))
def test_figures_read_back_as_the_day_they_were_written_for(day: date, mark: str) -> None:
    assert parse_day(f"{day.year}{mark}{day.month}{mark}{day.day}") == day
    assert parse_day(f"{day.year}年{day.month}月{day.day}日") == day


@given(days)
def test_numerals_read_back_as_the_day_they_were_written_for(day: date) -> None:
    year = "".join(ORDINARY[int(d)] for d in str(day.year))
    assert parse_day(f"{year}年{_spoken(day.month)}月{_spoken(day.day)}日") == day


@given(days)
def test_bank_capitals_read_back_as_the_day_they_were_written_for(day: date) -> None:
    year = "".join(CAPITAL[int(d)] for d in str(day.year))
    assert parse_day(f"{year}年{_banked(day.month)}月{_banked(day.day)}日") == day


def _spoken(number: int) -> str:
    tens, units = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else ORDINARY[tens] + "十") + (ORDINARY[units] if units else "")


def _banked(number: int) -> str:
    tens, units = divmod(number, 10)
    return (CAPITAL[tens] + "拾" if tens else "零") + (CAPITAL[units] if units else "")


def test_several_days_are_found_in_the_order_of_the_text() -> None:
    text = "自2024年10月16日起至二〇二五年一月一日止，2025.3.1复核"
    assert [text[f.start : f.end] for f in find_days(text)] == ["2024年10月16日", "二〇二五年一月一日", "2025.3.1"]


def test_a_look_alike_is_said() -> None:
    assert [f.plain for f in find_days("2O23年5月18日 2023年5月18日 2023年5目19日")] == [False, True, False]


def test_eight_digits_are_looked_for_only_on_demand() -> None:
    assert find_days("20230518") == ()
    assert [f.day for f in find_compact_days("日期 20230518 单号 20231399")] == [date(2023, 5, 18)]


def test_years_months_and_days_are_numbers_in_figures_and_in_words() -> None:
    assert [year_number(written) for written in ("2023", "2O23", "二〇二三", "贰零贰叁")] == [2023] * 4
    assert [month_or_day_number(written) for written in ("12", "l2", "十二", "壹拾贰", "一二")] == [12] * 5
    assert month_or_day_number("十十") == 0
