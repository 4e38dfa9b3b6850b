"""Folded text with the way back to what stands on the page, found only where somebody asks for it.

Invariant: the text is exactly what `dms.search.analysis.folded` gives. Pages are folded by the hundred for every
answer, so they are folded as rows of numbers: each UTF-16 unit to the one that it folds to, or to a sign that it is
dropped. A line with a character that folds to several, or with its neighbours, is folded the slow way.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dms.search.analysis import NO_DECIMAL_POINT, fold_but_for_stops, folded_alone

_IRREGULAR = 0
_DROPPED = 1
_NOT_MET = 0xFFFF
_LAST_UNIT = 0xFFFF
_SURROGATES, _SURROGATE_BITS = 0xD800, 0xF800
_UNITS = "utf-16-le"
_BETWEEN_PAGES = "\n"
"""Folds to nothing, and keeps apart what would become one character."""

_FOLDED_UNITS = np.full(_LAST_UNIT + 1, _NOT_MET, dtype="<u2")
"""What each unit folds to, found out when it is first met; threads that meet it together write the same."""


class _Dotted(NamedTuple):
    """A text folded but for its full stops, and the characters ``[starts[i], ends[i])`` that each of it came from."""

    text: str
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]


class TracedText:
    """One text folded; `text` is the folded form."""

    def __init__(self, original: str) -> None:
        units = np.frombuffer(original.encode(_UNITS, "surrogatepass"), dtype="<u2")
        level = _folded_units(units)
        is_irregular = bool(len(level)) and int(level.min()) == _IRREGULAR
        self._slow = _folded_in_stretches(original, units, level) if is_irregular else None
        self._kept = level != _DROPPED
        self._dotted = self._slow.text if self._slow else _text_of(level[self._kept])
        self.text = NO_DECIMAL_POINT.sub("", self._dotted) if "." in self._dotted else self._dotted

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the non-empty stretch ``text[start:end]`` came from."""
        starts, ends = self._origins
        return int(starts[self._place(start)]), int(ends[self._place(end - 1)])

    def before(self, offset: int) -> int:
        """How much of the text came from the first `offset` characters of the original."""
        dotted = int(np.searchsorted(self._origins[1], offset, side="right"))
        return dotted - bisect_left(range(len(self._stops)), dotted, key=lambda index: self._stops[index] + index)

    def _place(self, position: int) -> int:
        """Where a character of the text stands among those that are folded but for full stops."""
        return position + bisect_right(self._stops, position)

    @cached_property
    def _origins(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        if self._slow:
            return self._slow.starts, self._slow.ends
        starts = np.flatnonzero(self._kept)
        return starts, starts + 1

    @cached_property
    def _stops(self) -> list[int]:
        """Before which characters of the text a full stop was dropped, once for each."""
        found = NO_DECIMAL_POINT.finditer(self._dotted) if len(self._dotted) > len(self.text) else ()
        return [match.start() - index for index, match in enumerate(found)]


class TracedPages:
    """The pages of one item folded, one after the other as the index holds them; `ends` tells where each ends."""

    def __init__(self, originals: Sequence[str]) -> None:
        self._whole = TracedText(_BETWEEN_PAGES.join(originals))
        self._starts = [0, *accumulate(len(original) + len(_BETWEEN_PAGES) for original in originals)]
        self.text = self._whole.text
        self.ends = tuple(map(self._whole.before, self._starts[1:]))

    def origin(self, page: int, start: int, end: int) -> tuple[int, int]:
        """The stretch of a page that the non-empty stretch ``text[start:end]``, which is all on it, came from."""
        first, behind = self._whole.origin(start, end)
        # A sign that a page begins with goes with the character before it, though there is none.
        return max(0, first - self._starts[page]), behind - self._starts[page]


def _folded_in_stretches(original: str, units: NDArray[np.uint16], level: NDArray[np.uint16]) -> _Dotted:
    """A text some of whose lines have to be folded the slow way; the others are not.

    No character folds with one of another line but with the line end before it.
    """
    odd = np.flatnonzero(level == _IRREGULAR)
    if (units[odd] & _SURROGATE_BITS == _SURROGATES).any():
        return _slowly(original, 0, len(original))  # where a character is two units, they cannot be counted as one
    parts: list[_Dotted] = []
    behind = 0
    for place in odd.tolist():
        if place >= behind:
            start, end = max(original.rfind("\n", 0, place), behind), original.find("\n", place + 1)
            end = len(original) if end < 0 else end
            parts += [_quickly(level, behind, start), _slowly(original, start, end)]
            behind = end
    parts.append(_quickly(level, behind, len(level)))
    texts, starts, ends = zip(*parts, strict=True)
    return _Dotted("".join(texts), np.concatenate(starts), np.concatenate(ends))


def _quickly(level: NDArray[np.uint16], start: int, end: int) -> _Dotted:
    kept = start + np.flatnonzero(level[start:end] != _DROPPED)
    return _Dotted(_text_of(level[kept]), kept, kept + 1)


def _slowly(original: str, start: int, end: int) -> _Dotted:
    dotted = fold_but_for_stops(original[start:end])
    origins = start + np.array(dotted.origins, np.intp).reshape(-1, 2)
    return _Dotted(dotted.text, origins[:, 0], origins[:, 1])


def _text_of(units: NDArray[np.uint16]) -> str:
    return units.tobytes().decode(_UNITS)


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
