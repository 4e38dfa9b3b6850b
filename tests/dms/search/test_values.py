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
        ("<0001-01-01", None, date.min),
    ],
)
def test_days_are_read(written, low, high):
    assert read_days(written) == Interval(low, high)


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
