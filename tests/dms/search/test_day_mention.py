from datetime import date

import pytest

from dms.search.day_mention import days_in, days_of

NAMED = [
    ("a range within a month", "2023年5月18日至25日", ["2023-05-18", "2023-05-25"]),
    ("a range without the first 日", "2023年5月18至20日", ["2023-05-18", "2023-05-20"]),
    ("a range over months", "自2023年5月18日起至6月1日止", ["2023-05-18", "2023-06-01"]),
    ("a range into the next year", "2023年11月1日至次年2月28日", ["2023-11-01", "2024-02-28"]),
    ("a range back into no named year", "2023年11月1日至2月28日", ["2023-11-01"]),
    ("a list of days", "2023年5月18日、20日和6月1日", ["2023-05-18", "2023-05-20", "2023-06-01"]),
    ("months", "2023年6-8月", ["2023-06-01..2023-06-30", "2023-08-01..2023-08-31"]),
    ("years", "2021-2023年", ["2021-01-01..2021-12-31", "2023-01-01..2023-12-31"]),
    ("a range in points", "2023.5.18-6.1", ["2023-05-18", "2023-06-01"]),
    ("a range in points over years", "2023.05.18-2024.05.17", ["2023-05-18", "2024-05-17"]),
    ("a range in dashes", "2023-05-18-2023-06-01", ["2023-05-18", "2023-06-01"]),
    ("with the time of day", "2023-05-18T14:30", ["2023-05-18"]),
    ("figures and words", "2023年五月十八日", ["2023-05-18"]),
    ("without 日 at the end of a line", "2023年5月18\n甲方", ["2023-05-18"]),
    ("a month before a count", "2023年5月10个工作日", ["2023-05-01..2023-05-31"]),
    ("a deadline behind a day", "2023年5月18日，3日内付款", ["2023-05-18"]),
    ("a period behind a year", "2023年5个月", ["2023-01-01..2023-12-31"]),
    ("a leap day", "2024年2月29日", ["2024-02-29"]),
]
NO_DATE = [
    "2023年2月29日", "2023年13月", "1899年", "2100年", "5月18日", "23年5月18日", "三年", "2023", "HT-2023-05-18",
    "2023-05-18-001", "HT-01-2023-05-18", "2023.5.18.1", "20230518143000", "编号：20230518", "20230518元", "2023-24",
    "2022-2023", "20231399", "2023.1", "一一一一年",
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "found"), NAMED, ids=[row[0] for row in NAMED])
def test_dates_are_found_in(what: str, text: str, found: list[str]) -> None:
    assert [_shown(one.first, one.last) for one in days_in(text)] == found


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_of_a_paper_is_not_found(text: str) -> None:
    assert list(days_in(text)) == []


def test_a_month_ends_with_its_last_day_and_the_thirteenth_does_not_exist() -> None:
    assert days_of(2024, 2, None) == (date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal())
    assert days_of(2024, 13, None) is None
    assert days_of(2024, 2, 30) is None


def _shown(first: int, last: int) -> str:
    low, high = date.fromordinal(first), date.fromordinal(last)
    return low.isoformat() if low == high else f"{low}..{high}"
