"""Dates as English text writes them, and as most of the world orders their figures: the year behind day and month.

Invariants:
- ``18/05/2023`` is one day, because there is no eighteenth month; ``05/06/2023`` is read both ways, as the sixth of May
  and as the fifth of June, for nobody can tell and a paper must not be missed.
- In figures alone the year has all four of them; with points or dashes day and month have two each, so that clauses and
  parts of numbers are none.
- Every repetition in a pattern is bounded, so a long page takes time in proportion to its length.
"""

import re
from collections.abc import Iterator

from dms.search.day_stretch import DayMention, Days, days_of, year_of_two_figures
from dms.search.number_context import is_labelled

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_ANY_CASE = re.IGNORECASE | re.ASCII  # or ſ would be an s that no name of a month has
_DAY = "[0-3]?[0-9]"
_TH = "(?:st|nd|rd|th)?"
_YEAR = "(?:19|20)[0-9]{2}"
_GAP = r"[\s\u00a0\u3000,.\-/]{0,3}"
_BEGINS, _ENDS = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-./])", "(?![0-9A-Za-z])"
_DAY_MONTH_YEAR = re.compile(
    rf"{_BEGINS}(?P<day>{_DAY}){_TH}{_GAP}(?:day\s{{0,2}})?(?:of\s{{0,2}})?(?P<month>{_MONTH}){_GAP}"
    rf"(?P<year>{_YEAR}|(?<=-)[0-9]{{2}}){_ENDS}",
    _ANY_CASE,
)
_MONTH_DAY_YEAR = re.compile(
    rf"{_BEGINS}(?P<month>{_MONTH}){_GAP}(?:(?P<day>{_DAY}){_TH}{_GAP})?(?P<year>{_YEAR}){_ENDS}", _ANY_CASE
)
_YEAR_MONTH_DAY = re.compile(
    rf"{_BEGINS}(?P<year>{_YEAR}){_GAP}(?P<month>{_MONTH}){_GAP}(?P<day>{_DAY}){_TH}(?!{_GAP}{_YEAR}){_ENDS}", _ANY_CASE
)
# Most pages are Chinese; asking first whether anything may be a month or such a year takes a fifth of the time.
_MAY_NAME_A_MONTH = re.compile("[ADFJMNOSadfjmnos][AEPUCOaepuco][NBRYLGPTVCnbrylgptvc]")
_MAY_END_IN_A_YEAR = re.compile(rf"[-./](?<=[0-9 ].)\s?{_YEAR}(?![0-9])")

_YEAR_LAST = re.compile(
    r"(?<![0-9A-Za-z])(?:(?<![-./–—])|(?<=[12][0-9]{3}[-–—]))(?P<first>[0-3]?[0-9])\s?(?P<mark>[-./])\s?"
    rf"(?P<second>[0-3]?[0-9])\s?(?P=mark)\s?(?P<year>{_YEAR})"
    rf"(?![0-9A-Za-z%元圆万亿号條条]|[./][0-9]|[-–—](?!{_DAY}[-./]{_DAY}[-./]{_YEAR})[0-9A-Za-z])"
)


def days_in_english(text: str) -> list[DayMention]:
    """Every date of a text whose figures are half-width; where figures may mean two days, both."""
    return [
        *(_with_names(text) if _MAY_NAME_A_MONTH.search(text) else ()),
        *(_in_figures(text) if _MAY_END_IN_A_YEAR.search(text) else ()),
    ]


def _with_names(text: str) -> Iterator[DayMention]:
    for pattern in (_DAY_MONTH_YEAR, _MONTH_DAY_YEAR, _YEAR_MONTH_DAY):
        for match in pattern.finditer(text):
            month = _MONTHS.index(match["month"][:3].lower()) + 1
            day = int(match["day"]) if match["day"] else None
            year = int(match["year"])
            yield from _mention(match, days_of(year if year > 99 else year_of_two_figures(year), month, day))


def _in_figures(text: str) -> Iterator[DayMention]:
    for match in _YEAR_LAST.finditer(text):
        first, second = match["first"], match["second"]
        has_slashes = match["mark"] == "/"
        if (has_slashes or len(first) == len(second) == 2) and not is_labelled(text, match.start()):
            year = int(match["year"])
            yield from _mention(match, days_of(year, int(second), int(first)))
            if first != second:
                yield from _mention(match, days_of(year, int(first), int(second)))


def _mention(match: re.Match[str], days: Days | None) -> Iterator[DayMention]:
    if days:
        yield DayMention(*days, *match.span())
