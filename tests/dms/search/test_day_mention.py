from datetime import date

import pytest

from dms.search.day_mention import days_in
from dms.search.day_stretch import days_of

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
    ("a year of two figures", "签于23年5月18日", ["2023-05-18"]),
    ("a year of two figures of the last century", "98 年 12 月 1 日", ["1998-12-01"]),
    ("a year of two words", "二三年五月十八日", ["2023-05-18"]),
    ("a range from a year of two figures", "23年5月18日至6月1日", ["2023-05-18", "2023-06-01"]),
    ("a year of the Republic", "民国112年5月18日", ["2023-05-18"]),
    ("a year of the Republic in words", "中华民国九十九年五月十八日", ["2010-05-18"]),
    ("a point for 年", "2023.5月18日", ["2023-05-18"]),
    ("a dash for 年", "自2023-5月起", ["2023-05-01..2023-05-31"]),
    ("a point for 月", "2023年5.18", ["2023-05-18"]),
    ("a dash for 月", "2023年5-18日", ["2023-05-18"]),
    ("long dashes", "2023—05—18", ["2023-05-18"]),
    ("commas of lists", "2023、5、18", ["2023-05-18"]),
    ("the boxes of a form", "2023 05 18", ["2023-05-18"]),
    ("a quarter", "2023年第二季度", ["2023-04-01..2023-06-30"]),
    ("a quarter in figures", "2023年1季度", ["2023-01-01..2023-03-31"]),
    ("a quarter with a Q", "2023 Q4", ["2023-10-01..2023-12-31"]),
    ("half a year", "2023年下半年", ["2023-07-01..2023-12-31"]),
    ("a third of a month", "2024年2月下旬", ["2024-02-21..2024-02-29"]),
    ("an English day", "made on May 18, 2023 in Beijing", ["2023-05-18"]),
    ("an English day with its ending", "this 18th day of May, 2023", ["2023-05-18"]),
    ("a day before its month", "18 May 2023", ["2023-05-18"]),
    ("a day in dashes", "18-MAY-2023", ["2023-05-18"]),
    ("a day in dashes with two figures", "18-May-23", ["2023-05-18"]),
    ("an abbreviated month", "Sept. 3rd 2023", ["2023-09-03"]),
    ("an English month", "in December 2023", ["2023-12-01..2023-12-31"]),
    ("an English range", "from May 18, 2023 to June 1, 2024", ["2023-05-18", "2024-06-01"]),
    ("a day without gaps", "18may2023", ["2023-05-18"]),
    ("day, month, year", "18/05/2023", ["2023-05-18"]),
    ("month, day, year", "5/18/2023", ["2023-05-18"]),
    ("day and month or month and day", "05/06/2023", ["2023-06-05", "2023-05-06"]),
    ("day and month that are the same", "05/05/2023", ["2023-05-05"]),
    ("day, month, year in points", "18.05.2023", ["2023-05-18"]),
    ("a range of days, months, years", "18/05/2023-17/05/2024", ["2023-05-18", "2024-05-17"]),
    ("Chinese digits with an Arabic nought", "二0二三年五月十八日", ["2023-05-18"]),
    ("Chinese and Arabic digits mixed", "一九九0年、二〇23年", ["1990-01-01..1990-12-31", "2023-01-01..2023-12-31"]),
    ("lines of a form to write on", "2023 年__5__月____18____日", ["2023-05-18"]),
    ("wide gaps of a form", "2023年     5   月    18    日", ["2023-05-18"]),
    ("brackets of a pattern", "【2023】年【5】月【18】日", ["2023-05-18"]),
    ("square brackets", "[2023]年[5]月[18]日", ["2023-05-18"]),
    ("round brackets", "（2023）年（5）月（18）日", ["2023-05-18"]),
    ("a form that nobody filled in", "2023年__月__日", ["2023-01-01..2023-12-31"]),
    ("a day in brackets behind a day", "2023年5月18日（3日内付清）", ["2023-05-18"]),
    ("a day broken by the end of a line", "2023年5月1\n8日", ["2023-05-18"]),
    ("a deadline in the next line", "2023年5月1\n3日内付款", ["2023-05-01"]),
    ("a day broken by a blank", "2023年5月3 1日", ["2023-05-31"]),
    ("a month broken by a blank", "2023年1 2月31日", ["2023-12-31"]),
    ("a year broken by the end of a line", "20\n23年5月18日", ["2023-05-18"]),
    ("a month in figures broken", "2023-0\n5-18", ["2023-05-18"]),
    ("digits apart", "2 0 2 3 年 5 月 1 8 日", ["2023-05-18"]),
    ("two days of eight digits", "20230518-20250517", ["2023-05-18", "2025-05-17"]),
    ("two days with two dashes between", "2023-05-18--2025-05-17", ["2023-05-18", "2025-05-17"]),
    ("two days with a slash between", "2023-05-18/2025-05-17", ["2023-05-18", "2025-05-17"]),
    ("an English day behind its year", "2023-May-18", ["2023-05-18"]),
    ("a year before an English day", "2023 May 18", ["2023-05-18"]),
    ("an English day between two years", "2023 May 18, 2024", ["2024-05-18"]),
    ("bullets", "2023•05•18", ["2023-05-18"]),
    ("words in points", "二〇二三.五.十八", ["2023-05-18"]),
    ("English and Chinese side by side", "日期Date：2023年5月18日 May 18, 2023", ["2023-05-18", "2023-05-18"]),
]
NO_DATE = [
    "2023年2月29日", "2023年13月", "1899年", "2100年", "5月18日", "三年", "23年5月", "3年5月18日", "第23年5月18日",
    "23年5月18日内", "2023", "HT-2023-05-18", "2023-05-18-001", "HT-01-2023-05-18", "2023.5.18.1", "20230518143000",
    "编号：20230518", "20230518元", "2023-24", "2022-2023", "20231399", "2023.1", "一一一一年", "MAY1820235",
    "Mayor 18, 2023", "31/02/2023", "No. 18/05/2023", "HT-18-05-2023", "18-05-2023-7", "1.5.2023", "5-6-2023",
    "18.05.2023元", "99/99/2023", "PO 18/05/2023", "May", "18 May", "6222 2023 05 18", "2023 05 18 0012", "may 18",
    "2023Q5", "HT-20230518-20250517", "民国", "Dismay 18, 2023",
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
