"""Finding the exact places of a query's phrases in the pages of one item.

Invariant: a place covers exactly the characters that match, from the first to the last, whatever white space and
punctuation stands between them; a match across a page end gives one place on each page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dms.search.analysis import FoldedText, fold, fold_pages

MAX_MATCHES = 5000
"""Matches looked at in one item; a single character may stand on its pages far more often than anyone can look at."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Characters ``[start, end)`` of the page with this index, and the folded phrase that stands there."""

    page: int
    start: int
    end: int
    phrase: str


class MarkedPages:
    """The pages of one item with the matches of some folded phrases."""

    def __init__(self, texts: Sequence[str], phrases: Sequence[str]) -> None:
        self._texts = texts
        self._pages = fold_pages(texts)
        self._folded: dict[int, FoldedText] = {}
        matches = sorted(_matches(self._pages.text, phrases))[:MAX_MATCHES]
        self._matches = [part for match in matches for part in self._by_page(*match)]

    @property
    def pages(self) -> tuple[int, ...]:
        """The indexes of the pages that bear a match, in order."""
        return tuple(dict.fromkeys(page for page, *_ in self._matches))

    def phrases(self) -> frozenset[str]:
        """The phrases that stand on some page."""
        return frozenset(phrase for *_, phrase in self._matches)

    def first_pages(self) -> dict[str, int]:
        """The index of the first page on which each phrase stands."""
        return {phrase: page for page, _, _, phrase in reversed(self._matches)}

    def on_page(self, page: int) -> list[Mark]:
        """The marks on one page, in order."""
        return sorted(self._mark(*match) for match in self._matches if match[0] == page)

    def marks(self, limit: int) -> Iterator[Mark]:
        """The first `limit` marks of the item, in order."""
        return (self._mark(*match) for match in self._matches[:limit])

    def _by_page(self, start: int, end: int, phrase: str) -> Iterator[tuple[int, int, int, str]]:
        """A match as its stretches on the pages that it touches, counted in the folded text of each page."""
        for page in range(self._pages.page_at(start), self._pages.page_at(end - 1) + 1):
            first, behind = self._pages.page_start(page), self._pages.ends[page]
            if first < behind:
                yield page, max(start, first) - first, min(end, behind) - first, phrase

    def _mark(self, page: int, start: int, end: int, phrase: str) -> Mark:
        if page not in self._folded:
            self._folded[page] = fold(self._texts[page])
        return Mark(page, *self._folded[page].origin(start, end), phrase)


def _matches(text: str, phrases: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for phrase in phrases:
        position, count = text.find(phrase), 0
        while position >= 0 and count < MAX_MATCHES:
            yield position, position + len(phrase), phrase
            position, count = text.find(phrase, position + 1), count + 1
