"""Folded text with the way back to what stands on the page, found only where somebody asks for it.

Invariant: the text is exactly what `dms.search.analysis.folded` gives. Pages are folded by the hundred for every
answer, so they are folded as rows of numbers: each UTF-16 unit to the one that it folds to, or to a sign that it is
dropped. A page with a character that folds to several, or with its neighbours, is folded the slow way.
"""

from bisect import bisect_right
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dms.search.analysis import NO_DECIMAL_POINT, FoldedText, fold, folded_alone

_IRREGULAR = 0
_DROPPED = 1
_NOT_MET = 0xFFFF
_LAST_UNIT = 0xFFFF
_UNITS = "utf-16-le"

_FOLDED_UNITS = np.full(_LAST_UNIT + 1, _NOT_MET, dtype="<u2")
"""What each unit folds to, found out when it is first met; threads that meet it together write the same."""


class TracedText:
    """One text folded; `text` is the folded form."""

    def __init__(self, original: str, border: tuple[str, str] = ("", "")) -> None:
        """`border` is what stands before and behind it, see `dms.search.analysis.borders`."""
        self._before, behind = border
        self._original = f"{self._before}{original}{behind}"
        units = np.frombuffer(self._original.encode(_UNITS, "surrogatepass"), dtype="<u2")
        level = _folded_units(units)
        self._is_irregular = bool(len(level)) and int(level.min()) == _IRREGULAR
        self._kept = level != _DROPPED
        self._dotted = "" if self._is_irregular else level[self._kept].tobytes().decode(_UNITS)
        self._whole = self._folded.text if self._is_irregular else self._without_full_stops()
        self.text = self._whole[len(self._before) : -1 if behind else None]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the non-empty stretch ``text[start:end]`` came from."""
        skipped = len(self._before)
        if self._is_irregular:
            first, behind = self._folded.origin(start + skipped, end + skipped)
        else:
            first, behind = self._came_from(start + skipped), self._came_from(end + skipped - 1) + 1
        return first - skipped, behind - skipped

    @cached_property
    def _folded(self) -> FoldedText:
        return fold(self._original)

    def _without_full_stops(self) -> str:
        return NO_DECIMAL_POINT.sub("", self._dotted) if "." in self._dotted else self._dotted

    def _came_from(self, position: int) -> int:
        return int(self._origins[position + bisect_right(self._stops, position)])

    @cached_property
    def _origins(self) -> NDArray[np.intp]:
        return np.flatnonzero(self._kept)

    @cached_property
    def _stops(self) -> list[int]:
        """Before which characters of the text a full stop was dropped, once for each."""
        found = NO_DECIMAL_POINT.finditer(self._dotted) if len(self._dotted) > len(self._whole) else ()
        return [match.start() - index for index, match in enumerate(found)]


def _folded_units(units: NDArray[np.uint16]) -> NDArray[np.uint16]:
    level = _FOLDED_UNITS[units]
    if len(level) and int(level.max()) == _NOT_MET:
        for unit in np.unique(units[level == _NOT_MET]).tolist():
            _FOLDED_UNITS[unit] = _folded_unit(unit)
        level = _FOLDED_UNITS[units]
    return level


def _folded_unit(unit: int) -> int:
    """The unit that one folds to, `_DROPPED` for nothing, `_IRREGULAR` for what no single unit says."""
    if 0xD800 <= unit <= 0xDFFF or unit == _NOT_MET:
        return _IRREGULAR
    piece = folded_alone(chr(unit))
    if piece == "":
        return _DROPPED
    return ord(piece) if piece and len(piece) == 1 and _DROPPED < ord(piece) < _NOT_MET else _IRREGULAR
