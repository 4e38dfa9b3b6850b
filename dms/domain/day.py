"""Days as they are written on papers: figures with any separator, Chinese numerals, bank capitals.

What always holds: only days that exist in the calendar are returned, of the years 1900 to 2099.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dms.domain.glyph import fold_width

FIRST_YEAR, LAST_YEAR = 1900, 2099

YEAR_NUMERALS = "〇○零0Oo一壹弌二贰貳弍两三叁叄參参四肆五伍六陆陸七柒八捌九玖"
"""Every character that the digits of a year are written with in Chinese, and the nought and the letter O among them."""
_VALUES = dict(zip(YEAR_NUMERALS, "00000011122222333334455666778899", strict=True))
_TENS = {"十": 1, "拾": 1, "廿": 2, "卅": 3}

DAY_FIGURE = "[0-9OoQDIl|]"
"""A digit or what it is misread as; accepted only between digits and 年 月 日, where nothing else can stand."""
_DIGIT_LOOK_ALIKES = str.maketrans("OoQDIl|", "0000111")

_MARKED = re.compile(
    rf"(?<![0-9A-Za-z])((?:1|2|I|l){DAY_FIGURE}{{3}})\s*年\s*({DAY_FIGURE}{{1,2}})\s*月\s*({DAY_FIGURE}{{1,2}})"
    r"(?:\s*[日目曰号])?(?![0-9])"
)
# One of 年 and 月 may be misread as another Chinese character, provided that the other one and 日 are there.
_MISREAD_MARK = re.compile(
    r"(?<![0-9A-Za-z])([12][0-9]{3})\s*(?:[\u4e00-\u9fff]\s*([0-9]{1,2})\s*月|年\s*([0-9]{1,2})\s*[\u4e00-\u9fff])"
    r"\s*([0-9]{1,2})\s*日"
)
_SEPARATED = re.compile(
    r"(?<![0-9A-Za-z\-/])(?<![0-9]\.)([12][0-9]{3})\s?([.\-/·])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})(?![0-9]|[.\-/·][0-9])日?"
)
_WORDED = re.compile(
    rf"([{YEAR_NUMERALS}](?:\s*[{YEAR_NUMERALS}]){{3}})\s*年\s*([{YEAR_NUMERALS}十拾元正](?:\s*[{YEAR_NUMERALS}十拾]){{0,3}})\s*月"
    rf"\s*([{YEAR_NUMERALS}十拾廿卅初](?:\s*[{YEAR_NUMERALS}十拾]){{0,3}})(?:\s*[日目曰号])?"
)
_COMPACT = re.compile(r"(?<![0-9A-Za-z\-])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9A-Za-z\-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFound:
    """A day that stands at ``[start, end)`` of a text."""

    start: int
    end: int
    day: date
    plain: bool
    """False when a look-alike had to be taken for a digit (O for 0) or for 年 or 月."""


def find_days(text: str) -> tuple[DayFound, ...]:
    """Every day written with separators or with 年 月 日, in the order of the text; impossible ones are left out."""
    folded = fold_width(text)
    found = {f.start: f for f in (*_misread(folded), *_marked(folded), *_separated(folded), *_worded(folded))}
    return tuple(found[start] for start in sorted(found))


def find_compact_days(text: str) -> tuple[DayFound, ...]:
    """Every group of eight digits that can be a day, such as ``20230518``; for use after a label only."""
    matches = _COMPACT.finditer(fold_width(text))
    return tuple(found for m in matches for found in _found(m.span(), m.groups(), plain=True))


def parse_day(text: str) -> date | None:
    """The day that the whole text writes, in any form known here, or None."""
    stripped = text.strip()
    for found in (*find_days(stripped), *find_compact_days(stripped)):
        if found.start == 0 and found.end == len(stripped):
            return found.day
    return None


def _marked(text: str) -> Iterator[DayFound]:
    for match in _MARKED.finditer(text):
        parts = tuple(part.translate(_DIGIT_LOOK_ALIKES) for part in match.groups())
        yield from _found(match.span(), parts, plain=parts == match.groups())


def _misread(text: str) -> Iterator[DayFound]:
    for match in _MISREAD_MARK.finditer(text):
        yield from _found(match.span(), (match[1], match[2] or match[3], match[4]), plain=False)


def _separated(text: str) -> Iterator[DayFound]:
    for match in _SEPARATED.finditer(text):
        yield from _found(match.span(), match.group(1, 3, 4), plain=True)


def _worded(text: str) -> Iterator[DayFound]:
    for match in _WORDED.finditer(text):
        year, month, day = (re.sub(r"\s", "", part) for part in match.groups())
        parts = ("".join(_VALUES[c] for c in year), str(small_number(month)), str(small_number(day)))
        yield from _found(match.span(), parts, plain="O" not in match.group().upper())


def year_number(written: str) -> int:
    """The year of four figures or Chinese digits, look-alikes among them: ``2023``, ``2O23``, ``二〇二三``."""
    figures = written.translate(_DIGIT_LOOK_ALIKES)
    return int(figures if figures.isdecimal() else "".join(_VALUES.get(c, c) for c in figures))


def month_or_day_number(written: str) -> int:
    """A month or a day in figures or in words, look-alikes among them; 0 where it is no number."""
    figures = written.translate(_DIGIT_LOOK_ALIKES)
    return int(figures) if figures.isdecimal() else small_number(written)


def small_number(numerals: str) -> int:
    """1 to 39 as written in words (十八, 廿三, 零壹拾, 二〇, 元 for the first month); 0 where it is no number."""
    if numerals in {"元", "正"}:
        return 1
    kept = numerals.removeprefix("初")
    tens = next((i for i, c in enumerate(kept) if c in _TENS), None)
    if tens is None:
        return int("".join(_VALUES[c] for c in kept) or 0) if set(kept) <= set(_VALUES) else 0
    return _with_tens(kept[:tens], _TENS[kept[tens]], kept[tens + 1 :])


def _with_tens(before: str, tens: int, after: str) -> int:
    leading, units = (part.lstrip("零〇○0Oo") for part in (before, after))
    if len(leading) > 1 or len(units) > 1 or not set(leading + units) <= set(_VALUES):
        return 0
    return (int(_VALUES[leading]) if leading else 1) * tens * 10 + (int(_VALUES[units]) if units else 0)


def _found(span: tuple[int, int], parts: tuple[str | Any, ...], *, plain: bool) -> Iterator[DayFound]:
    try:
        day = date(*map(int, parts))
    except ValueError:
        return
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        yield DayFound(start=span[0], end=span[1], day=day, plain=plain)
