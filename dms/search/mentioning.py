"""The amounts and dates that running text names, and those that a query asks for.

Invariants:
- Offsets are those of the raw text of the page, so that a mention can be marked where it stands.
- An amount is whole fen, low and high the same; a date is the stretch of days that it covers, as `date.toordinal`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dms.domain.amount import find_amounts
from dms.domain.criterion import Mention, MentionKind
from dms.domain.day import find_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A value that stands at ``[start, end)`` of a text."""

    kind: MentionKind
    low: int
    high: int
    start: int
    end: int


def mentions(text: str) -> Iterator[Mentioned]:
    """Every amount and date that the raw text of a page names, in the order of the text; none overlap."""
    found = [
        Mentioned(kind=MentionKind.AMOUNT, low=fen, high=fen, start=amount.start, end=amount.end)
        for amount in find_amounts(text)
        if amount.marked and (fen := int(amount.amount * 100)) >= 0
    ]
    found += [
        Mentioned(kind=MentionKind.DAY, low=day.day.toordinal(), high=day.day.toordinal(), start=day.start, end=day.end)
        for day in find_days(text)
    ]
    return iter(sorted(found, key=lambda one: one.start))


def mention_asked(written: str) -> Mention | None:
    """What a whole term asks for if it is an amount or a date, however written; None where it may be anything else."""
    term = written.strip()
    found = list(mentions(term))
    if len(found) != 1 or found[0].start or found[0].end < len(term):
        return None
    return Mention(found[0].kind, found[0].low, found[0].high)
