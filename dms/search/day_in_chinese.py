"""Dates whose year stands first, as Chinese papers write them: in figures, in words, and half in each.

Invariants:
- A date has a year, its own or that of the date before it in a range or a list; 5月18日 alone is none.
- A year of two figures is one only where 月 and 日 stand behind it, a year of the Republic only behind 民国.
- Every repetition in a pattern is bounded, so a long page takes time in proportion to its length.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from dms.domain.day import DAY_FIGURE, YEAR_NUMERALS, month_or_day_number, year_number
from dms.search.day_stretch import (
    MONTHS_A_HALF,
    MONTHS_A_QUARTER,
    MOST_DAYS,
    DayMention,
    Days,
    days_of,
    days_of_months,
    days_of_third,
    year_of_two_figures,
)
from dms.search.number_context import is_labelled

_TO = r"(?:[-–—~～〜∼]{1,2}|至|到)"
_AND = "[、和及与或]"
# Forms have lines to write on, 2023年__5__月, and contracts made from patterns have brackets: 【2023】年【5】月.
_LINE = r"[\s_]{0,12}"
_OPENS = rf"{_LINE}(?:[【\[〔]{_LINE}|[(（](?=[0-9]{{1,2}}[)）]))?"
_CLOSES = rf"{_LINE}(?:[】\]〕)）]{_LINE})?"
_YEAR = (
    rf"(?P<year>[12Il一二壹贰貳弍](?<![0-9A-Za-z{YEAR_NUMERALS}].)"
    rf"(?:{DAY_FIGURE}{{3}}|(?:\s?[0-9{YEAR_NUMERALS}]){{3}}))"
)
_MONTH = rf"(?:{DAY_FIGURE}(?:\s?{DAY_FIGURE})?|[{YEAR_NUMERALS}十拾元正](?:\s?[{YEAR_NUMERALS}十拾]){{0,2}})"
_MONTH_ENDS = rf"(?:{_CLOSES}[月目]|(?=\s?(?:{_TO}|{_AND})\s?{_MONTH}\s?月))"
_BROKEN_DAY = rf"[0-3]\s[0-9](?={_CLOSES}[日号號](?!内|之|以))"
_DAY = rf"(?:{_BROKEN_DAY}|{DAY_FIGURE}{{1,2}}|[{YEAR_NUMERALS}十拾廿卅](?:\s?[{YEAR_NUMERALS}十拾]){{0,3}})"
# OCR loses the 日 at the end of a line; a Chinese word behind the number would make it a count of something.
_DAY_ENDS = (
    rf"(?:{_CLOSES}[日号號目曰]|(?![0-9.,]|[ \u3000]?[%\u4e00-\u9fff])|(?=\s?(?:{_TO}|{_AND})\s?{_DAY}\s?[日号]))"
)
_PERIOD = r"第?(?P<quarter>[一二三四1-4])\s?季度|(?P<half>[上下])半年"
_IN_POINTS = (
    r"(?P<month_in_points>[0-9]{1,2})\s?[-./]\s?(?P<day_in_points>[0-9]{1,2})"
    r"(?:\s?[日号]|(?![0-9A-Za-z.,/%-]|\s?[\u4e00-\u9fff]))"
)
_WITH_MARKS = (
    rf"{_CLOSES}年(?:{_OPENS}(?P<month>{_MONTH}){_MONTH_ENDS}(?:{_OPENS}(?P<day>{_DAY}){_DAY_ENDS}|(?P<third>[上中下])旬)?"
    rf"|\s?(?:{_PERIOD})|\s{{0,2}}{_IN_POINTS}|度)?"
)

# A number of a contract or of a document that holds a date has a dash before or behind, but so has a range of dates.
_IN_FIGURES = (
    r"(?<=[0-9]{4})(?:(?<![-/.].{4})|(?<=[./][0-9]-.{4})|(?<=[./][0-9]{2}-.{4})"
    r"|(?<=[0-9]{4}-[0-9]{2}-[0-9]{2}[-/].{4})|(?<=[0-9]{4}-[0-9]{2}-[0-9]{2}--.{4})"
    r"|(?<=(?<![-0-9A-Za-z])(?:19|20)[0-9]{6}[-–—].{4}))"
)
_HALF_MARKED = rf"\s?[-./]\s?(?P<month_marked>[0-9]{{1,2}})\s?月(?:\s{{0,2}}(?P<day_marked>{_DAY}){_DAY_ENDS})?"
_WITH_SEPARATORS = (
    r"\s?(?P<mark>[-./·•–—、])\s?(?P<month_in_figures>0\s[1-9]|[0-9]{1,2})\s?(?P=mark)\s?(?P<day_in_figures>[0-9]{1,2})日?"
    r"(?![0-9A-SU-Za-z_%]|\s?(?P=mark)\s?(?![12][0-9]{3}-[01][0-9]-[0-3][0-9](?![-0-9]))[0-9]"
    r"|[-–—](?![0-9]{1,4}[-./][0-9])[0-9A-Za-z])"
)
_WITHOUT_DAY = (
    r"[-./](?P<month_alone>0[1-9]|1[0-2])(?![0-9A-Za-z_%]|\s?[-–—./·,]\s?[0-9]|\s?[元圆圓万萬亿億%号號条條款第字])"
)
_COMPACT = (
    r"(?P<month_compact>[01][0-9])(?P<day_compact>[0-3][0-9])(?![0-9A-Za-z_%/]|\s?[元圆圓万萬亿億号號]"
    r"|[-–—.,](?!(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![-0-9A-Za-z]))[0-9A-Za-z])"
)
# The boxes of printed forms: two figures each, with nothing but gaps between them.
_SPACED = (
    r"(?<![0-9][ \u3000].{4})[ \u3000]{1,3}(?P<month_spaced>0[1-9]|1[0-2])[ \u3000]{1,3}(?P<day_spaced>[0-3][0-9])"
    r"(?![0-9A-Za-z_%.,:/-]|[ \u3000]{1,3}[0-9A-Za-z]|\s?[元圆圓万萬亿億号號])"
)
_WORDED_IN_POINTS = (
    rf"(?<=[{YEAR_NUMERALS}]{{4}})[.·•](?P<month_worded>[{YEAR_NUMERALS}十拾元正]{{1,3}})[.·•]"
    rf"(?P<day_worded>[{YEAR_NUMERALS}十拾廿卅]{{1,4}})(?![{YEAR_NUMERALS}十拾.·•])"
)
_QUARTER_NUMBERED = r"\s?[Qq](?P<quarter_numbered>[1-4])(?![0-9A-Za-z])"
_UP_TO_A_YEAR = rf"(?=\s?(?:{_TO}|{_AND})\s?[12][0-9]{{3}}\s?年(?!\s?[0-9]))"
_DATE = re.compile(
    rf"{_YEAR}(?:{_WITH_MARKS}|{_WORDED_IN_POINTS}|{_IN_FIGURES}(?:{_HALF_MARKED}|{_WITH_SEPARATORS}|{_WITHOUT_DAY}|{_COMPACT}|{_SPACED}"
    rf"|{_QUARTER_NUMBERED}|{_UP_TO_A_YEAR}))"
)
_MONTH_AND_DAY: Mapping[str | None, tuple[str | None, str | None]] = {
    "year": (None, None),
    "month": ("month", None),
    "day": ("month", "day"),
    "third": ("month", None),
    "quarter": (None, None),
    "half": (None, None),
    "day_in_points": ("month_in_points", "day_in_points"),
    "month_marked": ("month_marked", None),
    "day_marked": ("month_marked", "day_marked"),
    "day_in_figures": ("month_in_figures", "day_in_figures"),
    "day_worded": ("month_worded", "day_worded"),
    "month_alone": ("month_alone", None),
    "day_compact": ("month_compact", "day_compact"),
    "day_spaced": ("month_spaced", "day_spaced"),
    "quarter_numbered": (None, None),
}
"""The groups of month and day by the last group of a match, which tells how the date is written."""
_NUMBER_LIKE = frozenset({"month_alone", "day_compact", "day_spaced", "quarter_numbered"})
"""The last groups of what could as well be the number of something: ``20230518``, ``2023-05``."""

_FIGURE = f"[0-9{YEAR_NUMERALS}]"
_BEHIND_THE_YEAR = re.compile(
    rf"年(?:(?<!{_FIGURE}{{3}}年)|(?<=[国國]{_FIGURE}{{3}}年)|(?<=[国國]\s{_FIGURE}{{3}}年))"
    rf"{_OPENS}(?P<month>{_MONTH}){_CLOSES}月{_OPENS}(?P<day>{_DAY}){_CLOSES}[日号號](?!内|之|以)"
)
_SHORT_YEAR = re.compile(
    rf"(?:民[国國]\s?(?P<republic>[0-9]{{1,3}}|[{YEAR_NUMERALS}十]{{1,3}})|(?<!{_FIGURE})(?<![A-Za-z第.,/-])(?<!{_FIGURE}\s)"
    rf"(?P<short>[0-9]{{2}}|[{YEAR_NUMERALS}]\s?[{YEAR_NUMERALS}]))\s{{0,2}}\Z"
)
_LONGEST_YEAR = 10
_BEFORE_THE_REPUBLIC = 1911

_NEXT = re.compile(
    rf"\s?起?\s?(?P<link>{_TO}|{_AND})\s?(?P<which>[同当本次翌]年)?\s?"
    rf"(?P<written>(?P<month>{_MONTH})\s{{0,2}}月(?!内)(?:\s{{0,2}}(?P<day>{_DAY}){_DAY_ENDS})?"
    rf"|(?P<only_day>{_DAY})\s{{0,2}}[日号](?!内|之|以|历))"
)
_NEXT_IN_FIGURES = re.compile(
    r"\s?(?P<link>[-–—~～〜∼至到]{1,2})\s?(?P<written>(?P<month>[0-9]{1,2})[./](?P<day>[0-9]{1,2}))(?![0-9.%/])"
)
_BEGINS_OF_NEXT = frozenset("-–—~～〜∼至到起、和及与或 \n")
_LIST_LINKS = frozenset("、和及与或")
_YEAR_LATER = frozenset({"次年", "翌年"})

Parts: TypeAlias = tuple[int, int | None, int | None]
"""Year, month and day."""


def days_in_chinese(text: str) -> Iterator[DayMention]:
    """Every date of a text whose figures are half-width: those with a whole year in their order, then the others."""
    for match in _DATE.finditer(text):
        parts = _parts(match)
        days = _stretch(match, parts)
        if days and not (match.lastgroup in _NUMBER_LIKE and is_labelled(text, match.start())):
            yield DayMention(*days, *match.span())
            if text[match.end() : match.end() + 1] in _BEGINS_OF_NEXT:
                yield from _following(text, match.end(), parts, _NEXT_IN_FIGURES if match["mark"] else _NEXT)
    for match in _BEHIND_THE_YEAR.finditer(text):
        year = _SHORT_YEAR.search(text, max(0, match.start() - _LONGEST_YEAR), match.start())
        if year:
            parts = (_year_of(year), _number(match["month"]), _number(match["day"]))
            days = days_of(*parts)
            if days:
                yield DayMention(*days, year.start(), match.end())
                yield from _following(text, match.end(), parts, _NEXT)


def _parts(match: re.Match[str]) -> Parts:
    month, day = _MONTH_AND_DAY[match.lastgroup]
    return _year(match["year"]), _number(match[month]) if month else None, _number(match[day]) if day else None


def _stretch(match: re.Match[str], parts: Parts) -> Days | None:
    match match.lastgroup:
        case "quarter" | "quarter_numbered" as group:
            return days_of_months(parts[0], _number(match[group]), MONTHS_A_QUARTER)
        case "half":
            return days_of_months(parts[0], 1 + (match["half"] == "下"), MONTHS_A_HALF)
        case "third":
            return days_of_third(*parts[:2], match["third"])
        case _:
            return days_of(*parts)


def _year_of(match: re.Match[str]) -> int:
    if match["short"]:
        return year_of_two_figures(_year(match["short"]))
    written = match["republic"]
    return _BEFORE_THE_REPUBLIC + (_number(written) if "十" in written else _year(written))


@lru_cache(maxsize=4096)
def _year(written: str) -> int:
    return year_number("".join(written.split()))


@lru_cache(maxsize=4096)
def _number(written: str) -> int:
    return month_or_day_number("".join(written.split()))


def _following(text: str, end: int, parts: Parts, pattern: re.Pattern[str]) -> Iterator[DayMention]:
    """The days that take the year, or year and month, of the one before them: ``2023年5月18日至6月1日、3日``."""
    year, month, day = parts
    while month and (match := pattern.match(text, end)):
        following = _parts_after(match.groupdict(), year, month, day)
        days = days_of(*following) if following else None
        if not following or not days:
            return
        yield DayMention(*days, match.start("written"), match.end())
        (year, month, day), end = following, match.end()


def _parts_after(
    written: Mapping[str, str | None], year: int, month: int, day: int | None
) -> tuple[int, int, int | None] | None:
    """Year, month and day of the next in a row; None where it would run backwards, into a year that nobody names."""
    which, only_day = written.get("which"), written.get("only_day")
    if only_day and day is None:
        return None
    next_month = _number(written["month"]) if written["month"] else month
    next_day = _number(last) if (last := written["day"] or only_day) else None
    runs_back = (next_month, next_day or MOST_DAYS) < (month, day or 0)
    if runs_back and not which and written["link"] not in _LIST_LINKS:
        return None
    return year + (which in _YEAR_LATER), next_month, next_day
