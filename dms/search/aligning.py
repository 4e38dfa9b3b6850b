"""Where on a page as it was read the characters stand that a person corrected."""

from difflib import SequenceMatcher
from typing import NamedTuple

_LONGEST_COMPARED = 3000
"""Characters between the ends that agree; comparing takes the square of it, and a page has fewer."""


class _Same(NamedTuple):
    """So many characters that are the same in both texts, and where they begin."""

    corrected: int
    read: int
    length: int


class Alignment:
    """The corrected text of a page laid against the text as read."""

    def __init__(self, corrected: str, read: str) -> None:
        self._read_length = len(read)
        self._same = _blocks(corrected, read)

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text as read in whose place ``corrected[start:end]`` was put; never empty on a page
        that bears text.
        """
        first, behind = self._from(start), self._until(end)
        if first < behind:
            return first, behind
        # What was overlooked in reading stands nowhere; its neighbours show where it belongs.
        return max(0, first - 1), min(self._read_length, first + 1)

    def _from(self, position: int) -> int:
        block = [same for same in self._same if same.corrected <= position][-1]
        return block.read + min(position - block.corrected, block.length)

    def _until(self, position: int) -> int:
        block = next(same for same in self._same if same.corrected + same.length >= position)
        return block.read + max(position - block.corrected, 0)


def _blocks(corrected: str, read: str) -> list[_Same]:
    """What is the same, in order, from an empty stretch at the beginning to one at the end.

    A correction changes little, so what agrees at both ends is left out of the comparison, which is slow.
    """
    before = _agreeing(corrected, read)
    behind = _agreeing(corrected[before:][::-1], read[before:][::-1])
    between = _compared(corrected[before : len(corrected) - behind], read[before : len(read) - behind])
    inside = (_Same(before + same.corrected, before + same.read, same.length) for same in between)
    return [_Same(0, 0, before), *inside, _Same(len(corrected) - behind, len(read) - behind, behind)]


def _compared(corrected: str, read: str) -> list[_Same]:
    if max(len(corrected), len(read)) > _LONGEST_COMPARED:
        return []
    matcher = SequenceMatcher(None, corrected, read, autojunk=False)
    return [_Same(one.a, one.b, one.size) for one in matcher.get_matching_blocks() if one.size]


def _agreeing(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))
