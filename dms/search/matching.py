"""Where the phrases and chains of a query stand in one run of folded text.

Invariants:
- A run holds a match exactly where the index says that it holds the text: the same substring, the same number of
  misread characters (edit distance after look-alikes are made the same), the same gaps.
- Of tolerant matches that overlap the one that reads best is kept.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dms.domain.criterion import Chain, Gap, Mention, Phrase, Wanted
from dms.domain.likeness import KEY, misread_borne

MOST_ON_PAGE = 1000
"""Matches of one text on one page; nobody looks at more."""


class Match(NamedTuple):
    """Characters ``[start, end)`` of the run; `exact` unless something was borne with."""

    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A run of folded text; `ends` tells where its pages end, the last one with the text."""

    text: str
    ends: tuple[int, ...]

    def page_at(self, position: int) -> int:
        """The index of the page on which the character at `position` stands."""
        return bisect_right(self.ends, position)

    def page_start(self, page: int) -> int:
        """Where the page with this index starts."""
        return self.ends[page - 1] if page else 0

    def page_end(self, position: int) -> int:
        """Where the page ends on which the character at `position` stands."""
        return self.ends[self.page_at(position)]


class Matcher:
    """One run of text, looked through for one thing after the other.

    Of one text only so many matches are told of a page as are asked for, and those that reach into the next one.
    """

    def __init__(self, run: Run, *, most_on_page: int = MOST_ON_PAGE) -> None:
        self._run = run
        self._most_on_page = most_on_page

    def matches(self, wanted: Wanted) -> Iterator[Match]:
        """The stretches that match, a chain's link by link; of a `Mention`, which is no folded text, none."""
        match wanted:
            case Phrase(folded, tolerant=True):
                return iter(self._tolerated(folded))
            case Phrase(folded):
                return self._exact(folded)
            case Chain():
                return (Match(*place, exact=True) for place in self._of_chain(wanted))
            case Mention():
                return iter(())

    def _exact(self, folded: str) -> Iterator[Match]:
        return (Match(start, start + len(folded), exact=True) for start in self._starts(self._run, folded))

    def _tolerated(self, folded: str) -> list[Match]:
        alike = [(start, start + len(folded)) for start in self._starts(self._alike, alike_key(folded))]
        near = _near_misses(self._alike.text, alike_key(folded), alike) if misread_borne(len(folded)) else []
        text = self._run.text
        return [Match(start, end, exact=text[start:end] == folded) for start, end in [*alike, *near]]

    def _starts(self, run: Run, folded: str) -> Iterator[int]:
        position, count, page_end = run.text.find(folded), 0, 0
        while position >= 0:
            yield position
            last = position + len(folded) - 1
            if last >= page_end:
                count, page_end = 0, run.page_end(last)
            count += 1
            following = position + 1 if count < self._most_on_page else max(position + 1, page_end - len(folded) + 1)
            position = run.text.find(folded, following)

    @cached_property
    def _alike(self) -> Run:
        return Run(alike_key(self._run.text), self._run.ends)

    def _of_chain(self, chain: Chain) -> Iterator[tuple[int, int]]:
        links = [_Places.of(self._run.text, alternatives) for alternatives in chain.links]
        for index, gap in enumerate(chain.gaps):
            before, link = links[index], links[index + 1]
            follows = link.behind(before, gap) | (link.before(before, gap) & (not chain.ordered))
            links[index + 1] = link.only(follows)
        for index, gap in reversed(list(enumerate(chain.gaps))):
            link, behind = links[index], links[index + 1]
            goes_on = link.before(behind, gap) | (link.behind(behind, gap) & (not chain.ordered))
            links[index] = link.only(goes_on)
        yield from sorted({place for link in links for place in link.pairs()})


def alike_key(text: str) -> str:
    """The folded text with each character made the first of those that look like it; of the same length."""
    units: NDArray[np.uint16] = _ALIKE_UNITS[np.frombuffer(text.encode(_UNITS), dtype="<u2")]
    return units.tobytes().decode(_UNITS)


_UNITS = "utf-16-le"
_ALIKE_UNITS = np.arange(1 << 16, dtype="<u2")
"""Every unit to the one that stands for it; the table of look-alikes holds none that takes two."""
_ALIKE_UNITS[list(KEY)] = list(KEY.values())


Place = tuple[int, int]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Places:
    """Where one link of a chain may stand; several thousand times where it is a single common character."""

    starts: Numbers
    ends: Numbers

    @classmethod
    def of(cls, text: str, alternatives: Sequence[str]) -> "_Places":
        """Every place of any of the alternatives."""
        found = [(start, start + len(one)) for one in dict.fromkeys(alternatives) for start in _all_starts(text, one)]
        places = np.array(found, dtype=np.int64).reshape(-1, 2)
        return cls(places[:, 0], places[:, 1])

    def behind(self, others: "_Places", gap: Gap) -> NDArray[np.bool_]:
        """Which stand behind one of the others with the gap between."""
        return _any_between(np.sort(others.ends), self.starts - gap.high, self.starts - gap.low)

    def before(self, others: "_Places", gap: Gap) -> NDArray[np.bool_]:
        """Which stand before one of the others with the gap between."""
        return _any_between(np.sort(others.starts), self.ends + gap.low, self.ends + gap.high)

    def only(self, chosen: NDArray[np.bool_]) -> "_Places":
        """Those that are chosen."""
        return _Places(self.starts[chosen], self.ends[chosen])

    def pairs(self) -> Iterable[Place]:
        """First character, and the one behind the last, of each."""
        return zip(self.starts.tolist(), self.ends.tolist(), strict=True)


def _any_between(ascending: Numbers, low: Numbers, high: Numbers) -> NDArray[np.bool_]:
    """For each pair of bounds, both included, whether any of the numbers lies between them."""
    return np.searchsorted(ascending, low, side="left") < np.searchsorted(ascending, high, side="right")


def _all_starts(text: str, folded: str) -> Iterator[int]:
    position = text.find(folded)
    while position >= 0:
        yield position
        position = text.find(folded, position + 1)


class _Reading(NamedTuple):
    """A way to read a phrase where it does not stand whole, better before worse."""

    errors: int
    length_off: int
    start: int
    end: int


def _near_misses(text: str, phrase: str, alike: Sequence[Place]) -> list[Place]:
    """Where a phrase stands with some characters wrong, missing or extra, beside the places where it stands whole."""
    whole = {start for start, _ in alike}
    readings: set[_Reading] = set()
    for cut in _cuts(phrase, misread_borne(len(phrase)) + 1):
        for at in _all_starts(text, cut.piece):
            reading = None if at - len(cut.before) in whole else _reading(text, cut, at, misread_borne(len(phrase)))
            if reading:
                readings.add(reading)
    return _apart(sorted(readings), alike, bytearray(len(text)))


def _apart(readings: Iterable[_Reading], alike: Sequence[Place], taken: bytearray) -> list[Place]:
    """The best readings that overlap neither each other nor what stands whole; `taken` is noted down by the way."""
    for start, end in alike:
        taken[start:end] = b"\x01" * (end - start)
    kept: list[Place] = []
    for reading in readings:
        if taken.find(1, reading.start, reading.end) < 0:
            taken[reading.start : reading.end] = b"\x01" * (reading.end - reading.start)
            kept.append((reading.start, reading.end))
    return kept


@dataclass(frozen=True, slots=True)
class _Cut:
    """A piece of a phrase with what stands before it, reversed, and behind it."""

    before: str
    piece: str
    behind: str


@lru_cache(maxsize=256)
def _cuts(phrase: str, number: int) -> tuple[_Cut, ...]:
    """The phrase cut into so many pieces, of which one stands whole where fewer characters than that are misread.

    That is the pigeonhole principle; what is misread stands before that piece and behind it.
    """
    bounds = [len(phrase) * index // number for index in range(number + 1)]
    return tuple(_Cut(phrase[:start][::-1], phrase[start:end], phrase[end:]) for start, end in pairwise(bounds))


def _reading(text: str, cut: _Cut, at: int, borne: int) -> _Reading | None:
    """The best way to read the phrase around one of its pieces, which stands at `at`."""
    end = at + len(cut.piece)
    behind = _least(cut.behind, text[end : end + len(cut.behind) + borne], borne)
    if behind is None:
        return None
    left = borne - behind[0]
    before = _least(cut.before, text[max(0, at - len(cut.before) - left) : at][::-1], left)
    if before is None:
        return None
    off = abs(before[1] + behind[1] - len(cut.before) - len(cut.behind))
    return _Reading(before[0] + behind[0], off, at - before[1], end + behind[1])


def _least(pattern: str, text: str, borne: int) -> tuple[int, int] | None:
    """The fewest errors with which a text begins with a pattern, and how many characters of the text that takes.

    None for more than `borne`. What agrees is passed over first, which never costs an error (Ukkonen 1985); then the
    character is wrong, missing or extra.
    """
    if text.startswith(pattern):
        return 0, len(pattern)
    if not borne:
        return None
    same = next((index for index, pair in enumerate(zip(pattern, text, strict=False)) if pair[0] != pair[1]), len(text))
    here = text[same : same + 1]
    ways = [(_least(pattern[same + 1 :], text[same:], borne - 1), same)]
    if here:
        ways.insert(0, (_least(pattern[same + 1 :], text[same + 1 :], borne - 1), same + 1))
        ways.append((_least(pattern[same:], text[same + 1 :], borne - 1), same + 1))
    found = [(rest[0] + 1, passed + rest[1]) for rest, passed in ways if rest]
    return min(found, key=lambda one: one[0], default=None)
