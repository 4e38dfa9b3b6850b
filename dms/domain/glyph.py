"""Characters that are the same to a reader: full-width forms, kinds of dash, kinds of bracket.

Every fold here keeps the length of the text, so that an offset into the folded text is an offset into the original.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_DASHES = "‐‑‒–—―−－﹣﹘─━ー"
_TO_DASH: Mapping[int, str] = {ord(mark): "-" for mark in _DASHES}


@lru_cache(maxsize=8192)
def _half_width(character: str) -> str:
    """The NFKC form where that is one character; ``㎡`` or ``⑴`` would change the length and stay as they are."""
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def fold_width(text: str) -> str:
    """The text with full-width letters, digits and marks made half-width and all dashes alike; same length."""
    return "".join(map(_half_width, text)).translate(_TO_DASH)


def fold_case(text: str) -> str:
    """The text of `fold_width` in upper case; letters whose capital is longer (ß) stay as they are; same length."""
    return "".join(map(_capital, fold_width(text)))


@lru_cache(maxsize=8192)
def _capital(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 else character
