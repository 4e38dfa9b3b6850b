"""Every day, month or year that running text names, in whatever language and order it is written.

Invariants:
- A date is the stretch of days that it covers, as `date.toordinal`; only what the calendar has is a date.
- No two overlap, except the two readings of figures that may be day and month or month and day.
"""

from collections.abc import Iterable, Iterator

from dms.search.day_in_chinese import days_in_chinese
from dms.search.day_in_english import days_in_english
from dms.search.day_stretch import DayMention


def days_in(text: str) -> Iterator[DayMention]:
    """Every date of a text whose figures are half-width, in the order of the text."""
    in_english = days_in_english(text)
    return iter(_apart([*days_in_chinese(text), *in_english]) if in_english else days_in_chinese(text))


def _apart(found: Iterable[DayMention]) -> Iterator[DayMention]:
    """Those that do not overlap one that begins before them or is longer."""
    last: DayMention | None = None
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if last is None or day.start >= last.end or (day.start, day.end) == (last.start, last.end):
            yield day
            last = day
