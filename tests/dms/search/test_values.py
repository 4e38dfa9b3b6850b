from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.search.values import Interval, read_amounts, read_counts, read_days, read_years

D = Decimal


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2023", 2023, 2023),
        ("２０２３年度", 2023, 2023),
        ("2021..2023", 2021, 2023),
        ("2021…2023", 2021, 2023),
        ("2021～2023", 2021, 2023),
        ("2021 至 2023", 2021, 2023),
        ("2021到2023年", 2021, 2023),
        ("2021—2023", 2021, 2023),
        ("2021-2023", 2021, 2023),
        ("2023..2021", 2021, 2023),
        ("..2023", None, 2023),
        ("2021..", 2021, None),
        (">2021", 2022, None),
        ("≥2021", 2021, None),
        ("=>2021", 2021, None),
        ("<=2021", None, 2021),
        ("=2021", 2021, 2021),
    ],
)
def test_years_are_read(written, low, high):
    assert read_years(written) == Interval(low, high)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("438,000.00", D("438000.00"), D("438000.00")),
        ("438，000元", D("438000.00"), D("438000.00")),
        ("￥438000", D("438000.00"), D("438000.00")),
        ("43.8万", D("438000.00"), D("438000.00")),
        ("1.5亿元", D("150000000.00"), D("150000000.00")),
        ("2万亿", D("2000000000000.00"), D("2000000000000.00")),
        ("10万..50万", D("100000.00"), D("500000.00")),
        ("10000-20000", D("10000.00"), D("20000.00")),
        (">10000", D("10000.01"), None),
        ("<10000", None, D("9999.99")),
        ("人民币肆拾叁万捌仟元整", D("438000.00"), D("438000.00")),
        ("四十三万八千", D("438000.00"), D("438000.00")),
        ("438千元", D("438000.00"), D("438000.00")),
        ("1亿2000万元", D("120000000.00"), D("120000000.00")),
        ("RMB 10,000 - 20,000", D("10000.00"), D("20000.00")),
        ("十万元至五十万元", D("100000.00"), D("500000.00")),
        ("10万元到伍拾万元整", D("100000.00"), D("500000.00")),
        ("10-50万元", D("100000.00"), D("500000.00")),
        ("十至五十万", D("100000.00"), D("500000.00")),
        ("5000至1万元", D("5000.00"), D("10000.00")),
        ("10..50万", D("10.00"), D("500000.00")),
        ("三百..五百", D("300.00"), D("500.00")),
        ("10万元以上", D("100000.00"), None),
        ("不低于十万元", D("100000.00"), None),
        ("超过10万", D("100000.01"), None),
        ("50万以内", None, D("500000.00")),
        ("不满50万", None, D("499999.99")),
    ],
)
def test_amounts_are_read(written, low, high):
    assert read_amounts(written) == Interval(low, high)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2023-05-18", date(2023, 5, 18), date(2023, 5, 18)),
        ("2023/5/8", date(2023, 5, 8), date(2023, 5, 8)),
        ("2023.5.8", date(2023, 5, 8), date(2023, 5, 8)),
        ("2023年5月18日", date(2023, 5, 18), date(2023, 5, 18)),
        ("20230518", date(2023, 5, 18), date(2023, 5, 18)),
        ("2023年5月", date(2023, 5, 1), date(2023, 5, 31)),
        ("202302", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024年", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023-05..2023-08", date(2023, 5, 1), date(2023, 8, 31)),
        ("2023年5月至2023年8月10日", date(2023, 5, 1), date(2023, 8, 10)),
        (">2023-05", date(2023, 6, 1), None),
        ("<2023", None, date(2022, 12, 31)),
        (">9999-12-31", date.max, None),
        ("二〇二三年五月十八日", date(2023, 5, 18), date(2023, 5, 18)),
        ("贰零贰叁年伍月", date(2023, 5, 1), date(2023, 5, 31)),
        ("2023年5月至8月", date(2023, 5, 1), date(2023, 8, 31)),
        ("2023年5月18日至6月1日", date(2023, 5, 18), date(2023, 6, 1)),
        ("2023年5月18日-25日", date(2023, 5, 18), date(2023, 5, 25)),
        ("2023年11月1日至次年2月28日", date(2023, 11, 1), date(2024, 2, 28)),
        ("二〇二三年五月至2023.8.10", date(2023, 5, 1), date(2023, 8, 10)),
        ("2023.5.18-2023.6.1", date(2023, 5, 18), date(2023, 6, 1)),
        ("2021-2023", date(2021, 1, 1), date(2023, 12, 31)),
        ("2023年5月18日以前", None, date(2023, 5, 18)),
        ("2023年5月之后", date(2023, 6, 1), None),
        ("2023年起", date(2023, 1, 1), None),
        ("<0001-01-01", None, date.min),
        ("2024年第一季度", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024年上半年", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024年2月下旬", date(2024, 2, 21), date(2024, 2, 29)),
        ("May 18, 2023", date(2023, 5, 18), date(2023, 5, 18)),
        ("18/05/2023", date(2023, 5, 18), date(2023, 5, 18)),
        ("23年5月18日", date(2023, 5, 18), date(2023, 5, 18)),
        ("18 May 2023 至 1 June 2023", date(2023, 5, 18), date(2023, 6, 1)),
    ],
)
def test_days_are_read(written, low, high):
    assert read_days(written) == Interval(low, high)


@pytest.mark.parametrize("written", ["2023年11月1日至2月28日", "2023年5月、6月", "5月18日", "2023年5月18日，3日内"])
def test_what_is_no_single_stretch_of_days_is_none(written):
    assert read_days(written) is None


@pytest.mark.parametrize("written", ["12.345", "5台", "万元", "至", "以上", "超过", "一二三"])
def test_what_is_no_amount_of_whole_fen_is_none(written):
    assert read_amounts(written) is None


def test_counts_are_read():
    assert read_counts("12页") == Interval(12, 12)
    assert read_counts("10..20") == Interval(10, 20)


@pytest.mark.parametrize("reader", [read_years, read_amounts, read_days, read_counts])
@pytest.mark.parametrize("written", ["", "..", "abc", "-", ">=", "2021..2022..2023", "二〇二三", "9" * 100, "1e5", "٣"])
def test_what_is_no_value_is_none(reader, written):
    assert reader(written) is None


@pytest.mark.parametrize("written", ["2023-13", "2023-02-30", "0000-01-01", "2023-00", "20231301", "2023年13月"])
def test_what_no_calendar_has_is_no_day(written):
    assert read_days(written) is None


@given(written=st.text(max_size=80) | st.text(st.sampled_from("0123456789.-/~年月日万亿<>=至,"), max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_is_none(written):
    for reader in (read_years, read_amounts, read_days, read_counts):
        interval = reader(written)
        assert interval is None or interval.low is None or interval.high is None or interval.low <= interval.high


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("大于等于10万", "100000", None),
        ("≧10万", "100000", None),
        ("10万（含）以上", "100000", None),
        ("10万(含)以下", None, "100000"),
        ("小于或等于10万", None, "100000"),
        ("10万 – 50万", "100000", "500000"),
        ("从10万到50万", "100000", "500000"),
        ("..438000", None, "438000"),
    ],
)
def test_amounts_are_compared_in_more_words(written, low, high):
    values = read_amounts(written)
    assert values == Interval(low and Decimal(f"{low}.00"), high and Decimal(f"{high}.00"))


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2023年5月前", None, date(2023, 4, 30)),
        ("2023-05后", date(2023, 6, 1), None),
        ("截至2023-05-18", None, date(2023, 5, 18)),
        ("自2023-05起至今", date(2023, 5, 1), None),
        ("2023.5-8", date(2023, 5, 1), date(2023, 8, 31)),
        ("2023年5-8月", date(2023, 5, 1), date(2023, 8, 31)),
        ("2023-5-8", date(2023, 5, 8), date(2023, 5, 8)),
        ("2023年5月份", date(2023, 5, 1), date(2023, 5, 31)),
        ("从2023-05到2023-06", date(2023, 5, 1), date(2023, 6, 30)),
    ],
)
def test_days_are_compared_in_more_words(written, low, high):
    assert read_days(written) == Interval(low, high)


def test_what_is_below_nought_is_no_value_and_no_range_without_a_beginning():
    assert read_amounts("-438000") is None
    assert read_days("-2023") is None
    assert read_years("-2023") is None
