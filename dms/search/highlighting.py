"""Snippets: the stretches of an item's text that show why it was found, cut by Whoosh's fragmenter."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from whoosh.analysis import Token
from whoosh.highlight import Fragment, PinpointFragmenter

from dms.domain.criterion import Wanted
from dms.search.marking import Mark, MarkedPages
from dms.search.matching import Matcher, Run
from dms.search.result import Snippet, SnippetPart
from dms.search.tracing import TracedText

MAX_SNIPPETS = 5
SURROUND_CHARACTERS = 28
"""Shown before and behind a hit."""
MAX_FRAGMENT_CHARACTERS = 90
"""Hits that stand closer together than this share a snippet."""
LEAD_CHARACTERS = 90
_MARKS_OF_A_PAGE = 48
_MARKS_OF_A_TERM = 12

_SPACE = re.compile(r"\s+")
_STRETCH = re.compile(rb"\x00+|\x01+")

_fragmenter = PinpointFragmenter(maxchars=MAX_FRAGMENT_CHARACTERS, surround=SURROUND_CHARACTERS, charlimit=None)


class _Candidate(NamedTuple):
    """A stretch that might be shown, with the index of its page."""

    page: int
    fragment: Fragment

    def telling(self, shown: set[int]) -> tuple[int, bool, int]:
        """The more the better: terms not shown yet, whether any stands exactly, terms."""
        terms = self.fragment.matched_terms
        return len(terms - shown), any(match.exact for match in self.fragment.matches), len(terms)


def marks_needed(terms: int) -> int:
    """Of each of so many terms, how many marks have to be known of one page to choose snippets from."""
    return max(1, min(_MARKS_OF_A_TERM, _MARKS_OF_A_PAGE // max(1, terms)))


def body_snippets(marked: MarkedPages, numbers: Sequence[int]) -> tuple[Snippet, ...]:
    """At most `MAX_SNIPPETS` snippets in page order that show as many of the different terms as possible.

    `numbers` are the page numbers of the marked pages.
    """
    candidates: list[_Candidate] = []
    needed = sorted(set(marked.first_pages.values()))[:MAX_SNIPPETS]
    for page in dict.fromkeys([*needed, *marked.pages[:MAX_SNIPPETS]]):
        if page in needed or len(candidates) < MAX_SNIPPETS:
            candidates += _candidates(marked, page)
    candidates.sort(key=lambda candidate: (candidate.page, candidate.fragment.startchar))
    return tuple(
        _snippet(fragment, numbers[page], corrected=marked.is_corrected(page))
        for page, fragment in _most_telling(candidates)
    )


def lead_snippet(texts: Sequence[str], numbers: Sequence[int]) -> tuple[Snippet, ...]:
    """The beginning of the first page that bears text, unmarked; nothing if no page does."""
    for text, number in zip(texts, numbers, strict=True):
        if text.strip():
            lead = text.strip()[:LEAD_CHARACTERS]
            return (Snippet(number, _parts(lead, bytearray(len(lead)))),)
    return ()


def fact_snippets(texts: Iterable[str], wanted: Sequence[Wanted]) -> tuple[Snippet, ...]:
    """The facts, such as the title, in which some of what is wanted stands, whole and marked."""
    snippets: list[Snippet] = []
    for text in dict.fromkeys(texts):
        flags = _flags(text, wanted)
        if any(flags):
            snippets.append(Snippet(None, _parts(text, flags)))
    return tuple(snippets[:MAX_SNIPPETS])


def _candidates(marked: MarkedPages, page: int) -> list[_Candidate]:
    shown = marked.shown(page)
    marks = list(map(_token, shown.on_page(page)))
    return [_Candidate(page, fragment) for fragment in _fragmenter.fragment_matches(shown.texts[page], marks)]


def _token(mark: Mark) -> Token:
    return Token(startchar=mark.start, endchar=mark.end, text=mark.term, exact=mark.exact)


def _most_telling(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The few that together show the most terms, in the order in which they stand."""
    left = list(range(len(candidates)))
    chosen: list[int] = []
    shown: set[int] = set()
    while left and len(chosen) < MAX_SNIPPETS:
        best = max(left, key=lambda index: candidates[index].telling(shown))
        left.remove(best)
        chosen.append(best)
        shown |= candidates[best].fragment.matched_terms
    return [candidates[index] for index in sorted(chosen)]


def _snippet(fragment: Fragment, page_number: int, *, corrected: bool) -> Snippet:
    start, end = fragment.startchar, fragment.endchar
    flags = bytearray(end - start)
    for match in fragment.matches:
        _set(flags, match.startchar - start, match.endchar - start)
    return Snippet(page_number, _parts(fragment.text[start:end], flags), corrected)


def _flags(text: str, wanted: Sequence[Wanted]) -> bytearray:
    """For each character of a text whether it belongs to something wanted."""
    traced, flags = TracedText(text), bytearray(len(text))
    matcher = Matcher(Run(traced.text, (len(traced.text),)))
    for one in wanted:
        for match in matcher.matches(one):
            _set(flags, *traced.origin(match.start, match.end))
    return flags


def _set(flags: bytearray, start: int, end: int) -> None:
    flags[start:end] = b"\x01" * (end - start)


def _parts(text: str, flags: bytearray) -> tuple[SnippetPart, ...]:
    """The text on one line, in stretches that are marked or not."""
    shown, marks = _on_one_line(text, flags)
    stretches = (match.span() for match in _STRETCH.finditer(marks))
    return tuple(SnippetPart(shown[start:end], bool(marks[start])) for start, end in stretches)


def _on_one_line(text: str, flags: bytearray) -> tuple[str, bytes]:
    """The text with its flags; white space is one space, and a line end between two wide characters nothing."""
    pieces, marks, behind = [], bytearray(), 0
    for space in _SPACE.finditer(text):
        start, end = space.span()
        pieces.append(text[behind:start])
        marks += flags[behind:start]
        if start and end < len(text) and not _joins(text, start, end):
            pieces.append(" ")
            marks.append(flags[start] & flags[end - 1])
        behind = end
    return "".join([*pieces, text[behind:]]), bytes(marks + flags[behind:])


def _joins(text: str, start: int, end: int) -> bool:
    """Whether the white space ``text[start:end]`` only breaks a line of Chinese."""
    has_line_end = any(character in "\r\n" for character in text[start:end])
    return has_line_end and text[start - 1] >= "\u2e80" and text[end] >= "\u2e80"
