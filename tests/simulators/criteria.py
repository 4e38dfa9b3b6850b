"""What queries ask for, written shortly: the criteria that tests expect."""

from datetime import date
from decimal import Decimal

from dms.domain.criterion import (
    AllOf,
    AnyOf,
    Chain,
    Fact,
    FactIs,
    FactRange,
    Gap,
    Mention,
    MentionKind,
    Phrase,
    TextPart,
)


def word(folded):
    return Phrase(folded)


def customer(folded):
    return Phrase(folded, TextPart.CUSTOMER)


def contract(folded):
    return Phrase(folded, TextPart.CONTRACT)


def title(folded):
    return Phrase(folded, TextPart.TITLE)


def all_of(*parts):
    return AllOf(parts)


def any_of(*parts):
    return AnyOf(parts)


def years(low, high):
    return FactRange(Fact.YEAR, low, high)


def recorded_amounts(low, high):
    return FactRange(Fact.AMOUNT, low and Decimal(low), high and Decimal(high))


def mentioned_amounts(low, high):
    return Mention(
        MentionKind.AMOUNT, int(Decimal(low) * 100) if low else 0, int(Decimal(high) * 100) if high else 10**18
    )


def amounts(low, high):
    return any_of(recorded_amounts(low, high), mentioned_amounts(low, high))


def recorded_days(low, high):
    return FactRange(Fact.DOC_DATE, low and date.fromisoformat(low), high and date.fromisoformat(high))


def mentioned_days(low, high):
    first = date.fromisoformat(low) if low else date.min
    last = date.fromisoformat(high) if high else date.max
    return Mention(MentionKind.DAY, first.toordinal(), last.toordinal())


def days(low, high):
    return any_of(recorded_days(low, high), mentioned_days(low, high))


def tolerant(folded, part=TextPart.ANYWHERE):
    return Phrase(folded, part, tolerant=True)


def chain(*links, gaps, ordered=True, part=TextPart.ANYWHERE):
    """Links are words, or several words for several alternatives; gaps are numbers, or low and high."""
    alternatives = tuple((link,) if isinstance(link, str) else link for link in links)
    return Chain(alternatives, tuple(Gap(0, gap) if isinstance(gap, int) else Gap(*gap) for gap in gaps), ordered, part)


def near(*links, gaps, part=TextPart.ANYWHERE):
    return chain(*links, gaps=gaps, ordered=False, part=part)


def states(*codes):
    return FactIs(Fact.STATE, codes)


def grades(low, high):
    return FactRange(Fact.GRADE, low, high)


def types(*codes):
    return FactIs(Fact.TYPE, codes)
