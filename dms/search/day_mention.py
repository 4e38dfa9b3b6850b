"""Days, months and years in running text, in figures and in words.

Invariants:
- A date is the stretch of days that it covers, as `date.toordinal`; only what the calendar has is a date, and only of
  the years that papers are from (`FIRST_YEAR` to `LAST_YEAR`).
- A date has a year, its own or that of the date before it in a range or a list; 5月18日 alone is none.
- Every repetition in a pattern is bounded, so a long page takes time in proportion to its length.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dms.domain.day import DAY_FIGURE, FIRST_YEAR, LAST_YEAR, YEAR_NUMERALS, month_or_day_number, year_number
from dms.search.number_context import is_labelled

_TO = r"(?:[-–—~～〜∼]{1,2}|至|到)"
_AND = "[、和及与或]"
_YEAR = (
    rf"(?P<year>[12Il一二壹贰貳弍](?<![0-9A-Za-z{YEAR_NUMERALS}].)"
    rf"(?:{DAY_FIGURE}{{3}}|(?:\s?[{YEAR_NUMERALS}]){{3}}))"
)
_MONTH = rf"(?:{DAY_FIGURE}{{1,2}}|[{YEAR_NUMERALS}十拾元正](?:\s?[{YEAR_NUMERALS}十拾]){{0,2}})"
_MONTH_ENDS = rf"(?:\s{{0,2}}[月目]|(?=\s?(?:{_TO}|{_AND})\s?{_MONTH}\s?月))"
_DAY = rf"(?:{DAY_FIGURE}{{1,2}}|[{YEAR_NUMERALS}十拾廿卅](?:\s?[{YEAR_NUMERALS}十拾]){{0,3}})"
# OCR loses the 日 at the end of a line; a Chinese word behind the number would make it a count of something.
_DAY_ENDS = (
    rf"(?:\s{{0,2}}[日号號目曰]|(?![0-9.,]|[ \u3000]?[%\u4e00-\u9fff])|(?=\s?(?:{_TO}|{_AND})\s?{_DAY}\s?[日号]))"
)
_WITH_MARKS = rf"\s{{0,2}}年(?:\s{{0,2}}(?P<month>{_MONTH}){_MONTH_ENDS}(?:\s{{0,2}}(?P<day>{_DAY}){_DAY_ENDS})?|度)?"

# A number of a contract or of a document that holds a date has a dash before or behind, but so has a range of dates.
_IN_FIGURES = (
    r"(?<=[0-9]{4})(?:(?<![-/.].{4})|(?<=[./][0-9]-.{4})|(?<=[./][0-9]{2}-.{4})"
    r"|(?<=[0-9]{4}-[0-9]{2}-[0-9]{2}-.{4}))"
)
_WITH_SEPARATORS = (
    r"\s?(?P<mark>[-./·])\s?(?P<month_in_figures>[0-9]{1,2})\s?(?P=mark)\s?(?P<day_in_figures>[0-9]{1,2})日?"
    r"(?![0-9A-SU-Za-z_%]|\s?(?P=mark)\s?(?![12][0-9]{3}-[01][0-9]-[0-3][0-9](?![-0-9]))[0-9]"
    r"|[-–—](?![0-9]{1,4}[-./][0-9])[0-9A-Za-z])"
)
_WITHOUT_DAY = (
    r"[-./](?P<month_alone>0[1-9]|1[0-2])(?![0-9A-Za-z_%]|\s?[-–—./·,]\s?[0-9]|\s?[元圆圓万萬亿億%号號条條款第字])"
)
_COMPACT = (
    r"(?P<month_compact>[01][0-9])(?P<day_compact>[0-3][0-9])"
    r"(?![0-9A-Za-z_%/]|[-–—.,][0-9A-Za-z]|\s?[元圆圓万萬亿億号號])"
)
_UP_TO_A_YEAR = rf"(?=\s?(?:{_TO}|{_AND})\s?[12][0-9]{{3}}\s?年(?!\s?[0-9]))"
_DATE = re.compile(
    rf"{_YEAR}(?:{_WITH_MARKS}|{_IN_FIGURES}(?:{_WITH_SEPARATORS}|{_WITHOUT_DAY}|{_COMPACT}|{_UP_TO_A_YEAR}))"
)
_NEXT = re.compile(
    rf"\s?起?\s?(?P<link>{_TO}|{_AND})\s?(?P<which>[同当本次翌]年)?\s?"
    rf"(?P<written>(?P<month>{_MONTH})\s{{0,2}}月(?!内)(?:\s{{0,2}}(?P<day>{_DAY}){_DAY_ENDS})?"
    rf"|(?P<only_day>{_DAY})\s{{0,2}}[日号](?!内|之|以|历))"
)
_NEXT_IN_FIGURES = re.compile(
    r"\s?(?P<link>[-–—~～〜∼至到]{1,2})\s?(?P<written>(?P<month>[0-9]{1,2})[./](?P<day>[0-9]{1,2}))(?![0-9.%/])"
)

MONTHS = 12
MOST_DAYS = 31
_BEGINS_OF_NEXT = frozenset("-–—~～〜∼至到起、和及与或 \n")
_LIST_LINKS = frozenset("、和及与或")
_YEAR_LATER = frozenset({"次年", "翌年"})


class DayMention(NamedTuple):
    """A day, month or year that stands at ``[start, end)``, with its first and last day."""

    first: int
    last: int
    start: int
    end: int


def days_in(text: str) -> Iterator[DayMention]:
    """Every date of a text whose figures are half-width, in the order of the text."""
    for match in _DATE.finditer(text):
        year, month, day = _parts(match)
        days = days_of(year, month, day)
        if days and not (_is_number_like(match) and is_labelled(text, match.start())):
            yield DayMention(*days, *match.span())
            if month and text[match.end() : match.end() + 1] in _BEGINS_OF_NEXT:
                yield from _following(match, (year, month, day))


@lru_cache(maxsize=4096)
def days_of(year: int, month: int | None, day: int | None) -> tuple[int, int] | None:
    """First and last `date.toordinal` of a year, a month or a day; None for what no calendar or paper has."""
    if not FIRST_YEAR <= year <= LAST_YEAR or month == 0 or day == 0 or (month or 0) > MONTHS:
        return None
    last = day or monthrange(year, month or MONTHS)[1]
    if last > monthrange(year, month or MONTHS)[1]:
        return None
    return date(year, month or 1, day or 1).toordinal(), date(year, month or MONTHS, last).toordinal()


def _is_number_like(match: re.Match[str]) -> bool:
    """Whether it could as well be the number of something: ``20230518``, ``2023-05``."""
    return match["month_compact"] is not None or match["month_alone"] is not None


def _parts(match: re.Match[str]) -> tuple[int, int | None, int | None]:
    year = year_number("".join(match["year"].split()))
    month = match["month"] or match["month_in_figures"] or match["month_alone"] or match["month_compact"]
    day = match["day"] or match["day_in_figures"] or match["day_compact"]
    return year, _number(month), _number(day)


def _number(written: str | None) -> int | None:
    return None if written is None else month_or_day_number("".join(written.split()))


def _following(first: re.Match[str], parts: tuple[int, int, int | None]) -> Iterator[DayMention]:
    """The days that take the year, or year and month, of the one before them: ``2023年5月18日至6月1日、3日``."""
    text, end = first.string, first.end()
    pattern = _NEXT if first["mark"] is None else _NEXT_IN_FIGURES
    while match := pattern.match(text, end):
        following = _parts_after(match.groupdict(), *parts)
        days = days_of(*following) if following else None
        if not following or not days:
            return
        yield DayMention(*days, match.start("written"), match.end())
        parts, end = following, match.end()


def _parts_after(
    written: Mapping[str, str | None], year: int, month: int, day: int | None
) -> tuple[int, int, int | None] | None:
    """Year, month and day of the next in a row; None where it would run backwards, into a year that nobody names."""
    which, only_day = written.get("which"), written.get("only_day")
    if only_day and day is None:
        return None
    next_month = _number(written["month"]) or month
    next_day = _number(written["day"] or only_day)
    runs_back = (next_month, next_day or MOST_DAYS) < (month, day or 0)
    if runs_back and not which and written["link"] not in _LIST_LINKS:
        return None
    return year + (which in _YEAR_LATER), next_month, next_day
