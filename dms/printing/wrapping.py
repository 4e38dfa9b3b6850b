"""Making text fit: where long codes may break, which have no spaces to break at; cutting to the length of a line."""

import re
import unicodedata
from typing import Final

_CUT: Final = "……"
_BREAK: Final = "\u200b"
"""Zero-width space: a place to break a line that shows nothing (Unicode Standard Annex #14, class ZW)."""
_RUN: Final = re.compile(r"[!-~·]{2,}")
_PIECE: Final = re.compile(r"[^-/·.,;:_]{1,10}[-/·.,;:_]*|[-/·.,;:_]+")
_MM_A_LETTER: Final = 1.75
"""How wide a letter or digit of a list is at most, on average."""
_UNSTATED_MM: Final = 30.0
_NOT_PRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def breakable(text: str, width_mm: float | None) -> str:
    """The text with places to break in what would not fit into a column of this width; otherwise as it is.

    Control characters, which have no shape, become spaces.
    """
    plain = _NOT_PRINTABLE.sub(" ", text)
    most = int((width_mm or _UNSTATED_MM) / _MM_A_LETTER)
    return _RUN.sub(lambda run: _parted(run[0]) if len(run[0]) > most else run[0], plain)


def clipped(text: str, columns: int) -> str:
    """The text, or as much of it as so many columns hold; a Han character takes two."""
    taken = 0
    for place, character in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if taken > columns:
            return text[: max(0, place - len(_CUT))] + _CUT
    return text


def _parted(run: str) -> str:
    return _BREAK.join(_PIECE.findall(run))
