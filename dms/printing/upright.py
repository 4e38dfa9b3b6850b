"""Text set from top to bottom, as on the back of a volume: Han characters upright, Latin words lying on their side.

Source for which character stands how: Unicode Standard Annex #50; numbers of up to two digits stand upright in one
square (縦中横).
"""

import re
from dataclasses import dataclass
from typing import Final

_PIECE: Final = re.compile(r"[0-9]{1,2}(?![0-9A-Za-z.])|[!-~·]+(?: +[!-~]+)*|.", re.DOTALL)
_UPRIGHT_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_SQUARE_EM: Final = 1.08
"""How far one upright character reaches down, with the space below it."""
_LETTER_EM: Final = 0.56
_COLUMN_EM: Final = 1.16


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some of a text that stands, or lies, as one."""

    text: str
    turned: bool
    """Whether it lies on its side, to be read with the head to the right."""

    @property
    def length_em(self) -> float:
        """How far it reaches down, in sizes of the font."""
        return _LETTER_EM * len(self.text) + 0.1 if self.turned else _SQUARE_EM


@dataclass(frozen=True, slots=True, kw_only=True)
class UprightText:
    """A text in columns from right to left."""

    columns: tuple[tuple[Piece, ...], ...]
    size_mm: float
    """Of the font."""


def upright(text: str, *, width_mm: float, height_mm: float, largest_mm: float) -> UprightText:
    """The text in as many columns as let its characters be largest within the place, but not above `largest_mm`."""
    pieces = [_piece(each) for each in _PIECE.findall(text.strip())]
    choices = (_in_columns(pieces, count, width_mm, height_mm, largest_mm) for count in (1, 2, 3))
    return max(choices, key=lambda choice: (round(choice.size_mm, 2), -len(choice.columns)))


def _piece(text: str) -> Piece:
    latin = text.isascii() or "·" in text
    return Piece(text=text, turned=latin and not _UPRIGHT_NUMBER.fullmatch(text) and bool(text.strip()))


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
