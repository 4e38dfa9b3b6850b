"""Finding the exact places of what a query looks for in the pages of one item.

Invariants:
- A place covers exactly the characters that match, from the first to the last, whatever white space and punctuation
  stands between them; a match across a page end gives one place on each page.
- Every page that bears a match is told, however many there are.
- Where a person corrected pages, the text as read and the text as corrected are each looked through whole, as the
  index holds them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from dms.domain.criterion import Mention, TextPart, Wanted
from dms.domain.personal_data import MASK, masked
from dms.search.matching import MOST_ON_PAGE, Match, Matcher, Run
from dms.search.mentioning import Mentioned, MentionedAcross, mentions_across, mentions_asked_for
from dms.search.tracing import TracedPages

_MENTIONS_KEPT = 5000
"""Pages; a list of twenty papers shows a hundred."""


_BLOT = "\ue000"
"""Of private use: it stands in no query, and folding neither drops nor changes it."""


def blotted(text: str) -> str:
    """The text with identity numbers made such that nothing in them matches, just as long."""
    return masked(text, _BLOT)


def without_blots(text: str) -> str:
    """A blotted text as it is shown."""
    return text.replace(_BLOT, MASK)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Characters ``[start, end)`` of the page with this index, and which of what is wanted, by index, stands there."""

    page: int
    start: int
    end: int
    term: int
    exact: bool = True
    """Whether nothing misread was borne with."""


def stands_on_pages(one: Wanted) -> bool:
    """Whether it is looked for on the pages, and not in the facts alone."""
    return isinstance(one, Mention) or one.part in (TextPart.ANYWHERE, TextPart.BODY)


@lru_cache(maxsize=_MENTIONS_KEPT)
def _asked_for(text: str, asked: tuple[Mention, ...]) -> tuple[Mentioned, ...]:
    """What a page names of what is asked for; kept, for who looks for amounts turns pages and comes back."""
    return tuple(mentions_asked_for(text, asked))


def _terms_met(found: Mentioned | MentionedAcross, wanted: Mapping[int, Mention]) -> Iterator[int]:
    """Which of what is asked for, by index, a value lies in."""
    for term, one in wanted.items():
        if found.kind is one.kind and one.low <= found.low and found.high <= one.high:
            yield term


class MarkedText:
    """One text of an item, page by page, with the matches of what is wanted."""

    def __init__(self, texts: Sequence[str], wanted: Sequence[Wanted], most_on_page: int = MOST_ON_PAGE) -> None:
        self.texts = texts
        self._matches: dict[int, list[tuple[int, Match]]] = {}
        self._mentioned: dict[int, list[Mark]] = {}
        self._look_for_texts(wanted, most_on_page)
        self._look_for_mentions({term: one for term, one in enumerate(wanted) if isinstance(one, Mention)})

    @cached_property
    def _traced(self) -> TracedPages:
        """Only where text is looked for; who asks for amounts alone does not wait until pages are folded."""
        return TracedPages(self.texts)

    @cached_property
    def _run(self) -> Run:
        return Run(self._traced.text, self._traced.ends)

    def show_blots(self) -> None:
        """Show what was blotted as masked; every mark stays, for the text is just as long."""
        self.texts = [without_blots(text) for text in self.texts]

    @cached_property
    def pages(self) -> tuple[int, ...]:
        """The indexes of the pages that bear a match, in order."""
        return tuple(sorted(self._matches.keys() | self._mentioned.keys()))

    @cached_property
    def first_pages(self) -> Mapping[int, int]:
        """The index of the first page on which each term stands that stands anywhere."""
        return {term: page for page in reversed(self.pages) for term in self._terms_on(page)}

    def on_page(self, page: int) -> list[Mark]:
        """The marks on one page, in order."""
        marks = [self._mark(page, term, match) for term, match in self._matches.get(page, ())]
        return sorted([*marks, *self._mentioned.get(page, ())])

    def marks(self, limit: int) -> Iterator[Mark]:
        """The first `limit` marks of the item, in order."""
        return islice((mark for page in self.pages for mark in self.on_page(page)), limit)

    def _look_for_texts(self, wanted: Sequence[Wanted], most_on_page: int) -> None:
        sought = {term: one for term, one in enumerate(wanted) if stands_on_pages(one) and not isinstance(one, Mention)}
        if not sought:
            return
        matcher = Matcher(self._run, most_on_page=most_on_page)
        for term, one in sought.items():
            self._lay(term, matcher.matches(one))

    def _lay(self, term: int, matches: Iterable[Match]) -> None:
        """Note matches on the pages that they touch."""
        ends, page = self._run.ends, 0
        for match in matches:
            if not (ends[page] > match.start and (page == 0 or ends[page - 1] <= match.start)):
                page = self._run.page_at(match.start)
            self._matches.setdefault(page, []).append((term, match))
            if match.end > ends[page]:
                self._lay_beyond(term, match, page)

    def _lay_beyond(self, term: int, match: Match, first: int) -> None:
        for page in range(first + 1, self._run.page_at(match.end - 1) + 1):
            if self._run.page_start(page) < self._run.ends[page]:
                self._matches.setdefault(page, []).append((term, match))

    def _look_for_mentions(self, wanted: Mapping[int, Mention]) -> None:
        for page, text in enumerate(self.texts if wanted else ()):
            marks = [
                Mark(page, found.start, found.end, term)
                for found in _asked_for(text, tuple(wanted.values()))
                for term in _terms_met(found, wanted)
            ]
            if marks:
                self._mentioned[page] = marks
        for across in mentions_across(self.texts) if wanted else ():
            for term in _terms_met(across, wanted):
                self._lay_across(across, term)

    def _lay_across(self, across: MentionedAcross, term: int) -> None:
        """Note a value that a page end cuts on both pages, but where a piece of it counts already."""
        before, behind = self.texts[across.page], self.texts[across.next_page]
        pieces = (
            Mark(across.page, across.start, len(before.rstrip()), term),
            Mark(across.next_page, len(behind) - len(behind.lstrip()), across.end, term),
        )
        for piece in pieces:
            marks = self._mentioned.setdefault(piece.page, [])
            if not any(mark.term == term and mark.start < piece.end and piece.start < mark.end for mark in marks):
                marks.append(piece)

    def _terms_on(self, page: int) -> Iterator[int]:
        yield from (term for term, _ in self._matches.get(page, ()))
        yield from (mark.term for mark in self._mentioned.get(page, ()))

    def _mark(self, page: int, term: int, match: Match) -> Mark:
        part = max(match.start, self._run.page_start(page)), min(match.end, self._run.ends[page])
        return Mark(page, *self._traced.origin(page, *part), term, match.exact)


class MarkedPages:
    """The pages of one item with the matches of what is wanted, as read and, where persons did, as corrected."""

    def __init__(
        self,
        texts: Sequence[str],
        wanted: Sequence[Wanted],
        corrected: Mapping[int, str] | None = None,
        *,
        most_on_page: int = MOST_ON_PAGE,
    ) -> None:
        self.as_read = MarkedText(texts, wanted, most_on_page)
        self._changed = corrected or {}
        present = [self._changed.get(page, text) for page, text in enumerate(texts)]
        self.as_corrected = MarkedText(present, wanted, most_on_page) if self._changed else self.as_read

    def show_blots(self) -> None:
        """Show what was blotted as masked, in both texts."""
        self.as_read.show_blots()
        if self.as_corrected is not self.as_read:
            self.as_corrected.show_blots()

    @property
    def pages(self) -> tuple[int, ...]:
        """The indexes of the pages that bear a match in either text, in order."""
        if self.as_corrected is self.as_read:
            return self.as_read.pages
        return tuple(sorted({*self.as_read.pages, *self.as_corrected.pages}))

    @property
    def first_pages(self) -> Mapping[int, int]:
        """The index of the first page on which each term stands, preferably as corrected."""
        return {**self.as_read.first_pages, **self.as_corrected.first_pages}

    def shown(self, page: int) -> MarkedText:
        """The text from which a page is shown: the corrected one, unless only the other bears a match there."""
        return self.as_corrected if page in self.as_corrected.pages else self.as_read

    def is_corrected(self, page: int) -> bool:
        """Whether a page is shown as a person corrected it."""
        return page in self._changed and self.shown(page) is self.as_corrected

    def only_as_corrected(self) -> Iterator[Mark]:
        """The marks in the corrected text that are not marks in the text as read too, in order.

        On a page that was corrected every mark is one, because it counts in another text.
        """
        for page in self.as_corrected.pages if self._changed else ():
            known = () if page in self._changed else self.as_read.on_page(page)
            yield from (mark for mark in self.as_corrected.on_page(page) if mark not in known)
