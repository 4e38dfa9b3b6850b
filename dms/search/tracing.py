"""Folded text with the way back to what stands on the page, found only where somebody asks for it.

Invariant: the text is exactly what `dms.search.analysis.folded` gives. Pages are folded by the hundred for every
answer and traced back in a few places only, so nothing is noted down for each character: the page is translated to a
text of the same length, and where a character of the folded text came from is told by what was dropped before it.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from dms.search.analysis import NO_DECIMAL_POINT, FoldedText, fold, folded_alone

_DROPPED = "\x01"
_IRREGULAR = "\x00"
_RUN_OF_DROPPED = re.compile("\x01+")


class _SameLength(dict[int, str]):
    """For `str.translate`: what each character folds to, as one character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        piece = folded_alone(chr(code))
        result = _DROPPED if piece == "" else piece if piece and len(piece) == 1 else _IRREGULAR
        self[code] = result
        return result


_TABLE = _SameLength()


class TracedText:
    """One text folded; `text` is the folded form."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._level = original.translate(_TABLE)
        self._irregular = _IRREGULAR in self._level
        self._dotted = "" if self._irregular else self._level.replace(_DROPPED, "")
        self.text = self._folded.text if self._irregular else self._without_full_stops()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the non-empty stretch ``text[start:end]`` came from."""
        if self._irregular:
            return self._folded.origin(start, end)
        return self._came_from(start), self._came_from(end - 1) + 1

    @cached_property
    def _folded(self) -> FoldedText:
        return fold(self._original)

    def _without_full_stops(self) -> str:
        return NO_DECIMAL_POINT.sub("", self._dotted) if "." in self._dotted else self._dotted

    def _came_from(self, position: int) -> int:
        stops, runs, dropped = self._gaps
        position += bisect_right(stops, position)
        return position + dropped[bisect_right(runs, position)]

    @cached_property
    def _gaps(self) -> tuple[list[int], list[int], list[int]]:
        """Before which folded characters a full stop is missing; before which dotted ones others, how many so far."""
        found = NO_DECIMAL_POINT.finditer(self._dotted) if len(self._dotted) > len(self.text) else ()
        stops = [match.start() - index for index, match in enumerate(found)]
        spans = [match.span() for match in _RUN_OF_DROPPED.finditer(self._level)]
        dropped = [0, *accumulate(end - start for start, end in spans)]
        runs = [start - before for (start, _), before in zip(spans, dropped, strict=False)]
        return stops, runs, dropped
