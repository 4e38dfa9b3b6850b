"""Text set from top to bottom, as on the back of a volume: Han characters upright, Latin words lying on their side.

Source for which character stands how: Unicode Standard Annex #50; numbers of up to two digits stand upright in one
square (縦中横).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_PIECE: Final = re.compile(r"[0-9]{1,2}(?![0-9A-Za-z.])|[!-~·]+(?: +[!-~]+)*|.", re.DOTALL)
_BRACKETS: Final = frozenset("（）《》〈〉「」『』【】〔〕［］—…～－：；")
_POINTS: Final = frozenset("、，。")
_UPRIGHT_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_SQUARE_EM: Final = 1.08
"""How far one upright character reaches down, with the space below it."""
_HALF_EM: Final = 0.6
"""The same of a bracket or a point."""
_LETTER_EM: Final = 0.56
_COLUMN_EM: Final = 1.16


class Stand(StrEnum):
    """How a piece of text is set."""

    UPRIGHT = "upright"
    TURNED = "turned"
    """On its side, to be read with the head to the right."""
    BRACKET = "bracket"
    """One sign of full width, on its side."""
    POINT = "point"
    """A comma or full stop, which stands at the upper right of its place."""
    GAP = "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some of a text that stands, or lies, as one."""

    text: str
    stand: Stand

    @property
    def length_em(self) -> float:
        """How far it reaches down, in sizes of the font."""
        match self.stand:
            case Stand.UPRIGHT:
                return _SQUARE_EM
            case Stand.TURNED:
                return _LETTER_EM * len(self.text) + 0.1
            case _:
                return _HALF_EM


@dataclass(frozen=True, slots=True, kw_only=True)
class UprightText:
    """A text in columns from right to left."""

    columns: tuple[tuple[Piece, ...], ...]
    size_mm: float
    """Of the font."""


def upright(text: str, *, width_mm: float, height_mm: float, largest_mm: float, most_columns: int = 3) -> UprightText:
    """The text in as many columns as let its characters be largest within the place, but not above `largest_mm`."""
    pieces = [Piece(text=each, stand=_stand(each)) for each in _PIECE.findall(text.strip())]
    counts = range(1, most_columns + 1)
    choices = (_in_columns(pieces, count, width_mm, height_mm, largest_mm) for count in counts)
    return max(choices, key=lambda choice: (round(choice.size_mm, 2), -len(choice.columns)))


def _stand(text: str) -> Stand:
    if not text.strip():
        return Stand.GAP
    if text in _BRACKETS:
        return Stand.BRACKET
    if text in _POINTS:
        return Stand.POINT
    latin = text.isascii() or "·" in text
    return Stand.TURNED if latin and not _UPRIGHT_NUMBER.fullmatch(text) else Stand.UPRIGHT


def _in_columns(pieces: list[Piece], count: int, width_mm: float, height_mm: float, largest_mm: float) -> UprightText:
    columns = _parted(pieces, count)
    longest_em = max((sum(piece.length_em for piece in column) for column in columns), default=1.0)
    size_mm = min(width_mm / (count * _COLUMN_EM), height_mm / max(longest_em, 1.0), largest_mm)
    return UprightText(columns=columns, size_mm=size_mm)


def _parted(pieces: list[Piece], count: int) -> tuple[tuple[Piece, ...], ...]:
    """The pieces in so many columns of about the same length."""
    each_em = sum(piece.length_em for piece in pieces) / count
    columns: list[list[Piece]] = [[]]
    filled_em = 0.0
    for piece in pieces:
        # The piece goes where the greater part of it belongs.
        if len(columns) < count and columns[-1] and filled_em + piece.length_em / 2 > each_em * len(columns):
            columns.append([])
        columns[-1].append(piece)
        filled_em += piece.length_em
    return tuple(map(tuple, columns))
