"""How many misread characters of a phrase can be borne with among many documents.

A phrase that is spread widely, in pieces or whole, has so many places where something might be misread that looking at
all of them takes too long to be of use. Then fewer errors are borne with, at the end look-alikes alone, and the answer
says so; a filter brings the rest back.

Invariant: what decides is counted among the considered documents, and by cuts that depend on the phrase alone, so it
is the same whatever else the archive holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from dms.domain.criterion import Phrase
from dms.domain.likeness import misread_borne
from dms.index.matching import Matching
from dms.index.tolerating import LONGEST
from dms.index.units import Mask, pattern_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Numbers of documents beyond which less is borne with."""

    always_among: int = 5000
    """Among so few considered documents everything is borne with."""
    most_alike: int = 5000
    """Where more documents hold a phrase whole, nobody will miss the misread ones before narrowing the search."""
    most_doubtful: int = 500
    """So many documents are looked into."""


USUAL = Bounds()


def misread_at_most(phrase: Phrase) -> int:
    """How many errors are borne with where nothing speaks against it."""
    length = len(pattern_of(phrase.folded))
    return misread_borne(length) if length <= LONGEST else 0


def misread_borne_among(phrase: Phrase, matchings: Sequence[Matching], bounds: Bounds = USUAL) -> int:
    """How many errors are borne with among the considered documents of all shelves."""
    most = misread_at_most(phrase)
    considered = sum(int(matching.considered.sum()) for matching in matchings)
    if not most or considered <= bounds.always_among:
        return most
    if _exceeds(bounds.most_alike, matchings, partial(Matching.alike, phrase=phrase)):
        return 0
    for errors in range(most, 0, -1):
        if not _exceeds(bounds.most_doubtful, matchings, partial(Matching.doubtful, phrase=phrase, misread=errors)):
            return errors
    return 0


def _exceeds(limit: int, matchings: Sequence[Matching], fits: Callable[[Matching], Mask]) -> bool:
    total = 0
    for matching in matchings:
        total += int((fits(matching) & matching.considered).sum())
        if total > limit:
            return True
    return False
