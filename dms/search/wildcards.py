"""Wildcards in a word: ``*`` for any run of up to 30 characters, ``?`` for exactly one.

A search finds words inside longer ones anyway, so wildcards at either end of a word mean nothing and are left off. The
full-width ＊ and ？ are punctuation: people copy sentences with question marks off a page.
"""

import re
import unicodedata
from dataclasses import dataclass

from dms.domain.criterion import Gap
from dms.search.analysis import folded

LONGEST_RUN = 30
"""Characters that a ``*`` stands for at most."""
MAX_LINKS = 8
"""Pieces of a word, or words near each other, in one condition at most."""

_SIGNS = re.compile(r"([*?]+)")
_DECIMAL_POINT = "."


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is fixed in a word, folded, and how much stands between."""

    links: tuple[tuple[str, ...], ...]
    """One without wildcards inside, none where nothing is fixed. More than one spelling of a piece only where a point
    beside a wildcard may be the point of a number, which folding keeps, or a full stop, which it drops."""
    gaps: tuple[Gap, ...]
    is_trimmed: bool
    """Whether wildcards at an end were left off."""


def has_wildcards(written: str) -> bool:
    """Whether the word holds a wildcard at all, at its ends too."""
    return "*" in written or "?" in written


def read_pattern(written: str) -> Pattern:
    """The pattern of any word; without wildcards, that of the word as it stands."""
    pieces = _SIGNS.split(written)
    links: list[tuple[str, ...]] = []
    gaps: list[Gap] = []
    signs = ""
    is_trimmed = False
    for index, piece in enumerate(pieces):
        spellings = () if index % 2 else _spellings(piece, follows=index > 0, is_followed=index + 1 < len(pieces))
        if not spellings:
            signs += piece
            continue
        if links:
            gaps.append(_gap(signs))
        is_trimmed = is_trimmed or (not links and has_wildcards(signs))
        links.append(spellings)
        signs = ""
    return Pattern(tuple(links), tuple(gaps), is_trimmed or has_wildcards(signs))


def _gap(signs: str) -> Gap:
    singles = signs.count("?")
    points = unicodedata.normalize("NFKC", signs).count(_DECIMAL_POINT)
    return Gap(singles, singles + points + (LONGEST_RUN if "*" in signs else 0))


def _spellings(piece: str, *, follows: bool, is_followed: bool) -> tuple[str, ...]:
    run = folded(piece)
    if not run:
        return ()
    # A digit in the place of the wildcard shows what the piece becomes inside a number.
    before, behind = "0" * follows, "0" * is_followed
    in_number = folded(f"{before}{piece}{behind}")
    return tuple(dict.fromkeys((run, in_number[len(before) : len(in_number) - len(behind)])))
