"""Snippets: the stretches of an item's text that show why it was found, cut by Whoosh's fragmenter."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from whoosh.analysis import Token
from whoosh.highlight import Fragment, PinpointFragmenter

from dms.search.analysis import fold
from dms.search.marking import Mark, MarkedPages
from dms.search.result import Snippet, SnippetPart

MAX_SNIPPETS = 3
SURROUND_CHARACTERS = 28
"""Shown before and behind a hit."""
MAX_FRAGMENT_CHARACTERS = 90
"""Hits that stand closer together than this share a snippet."""
LEAD_CHARACTERS = 90

_fragmenter = PinpointFragmenter(maxchars=MAX_FRAGMENT_CHARACTERS, surround=SURROUND_CHARACTERS, charlimit=None)


def body_snippets(marked: MarkedPages, texts: Sequence[str], numbers: Sequence[int]) -> tuple[Snippet, ...]:
    """At most `MAX_SNIPPETS` snippets in page order that show as many of the different phrases as possible.

    `texts` and `numbers` are the texts and the page numbers of the marked pages.
    """
    candidates: list[tuple[int, Fragment]] = []
    needed = _needed_pages(marked)
    for page in dict.fromkeys([*needed, *marked.pages[:MAX_SNIPPETS]]):
        if page in needed or len(candidates) < MAX_SNIPPETS:
            marks = list(map(_token, marked.on_page(page)))
            candidates += [(page, fragment) for fragment in _fragmenter.fragment_matches(texts[page], marks)]
    candidates.sort(key=lambda candidate: (candidate[0], candidate[1].startchar))
    return tuple(_snippet(fragment, numbers[page]) for page, fragment in _most_telling(candidates))


def lead_snippet(texts: Sequence[str], numbers: Sequence[int]) -> tuple[Snippet, ...]:
    """The beginning of the first page that bears text, unmarked; nothing if no page does."""
    for text, number in zip(texts, numbers, strict=True):
        if text.strip():
            lead = text.strip()[:LEAD_CHARACTERS]
            return (Snippet(number, _parts(lead, [False] * len(lead))),)
    return ()


def fact_snippets(texts: Iterable[str], phrases: Sequence[str]) -> tuple[Snippet, ...]:
    """The facts, such as the title, in which some of the folded phrases stand, whole and marked."""
    snippets: list[Snippet] = []
    for text in dict.fromkeys(texts):
        flags = _flags(text, phrases)
        if any(flags):
            snippets.append(Snippet(None, _parts(text, flags)))
    return tuple(snippets[:MAX_SNIPPETS])


def _needed_pages(marked: MarkedPages) -> list[int]:
    """The pages on which some phrase stands for the first time, as many as there can be snippets."""
    return sorted(set(marked.first_pages().values()))[:MAX_SNIPPETS]


def _token(mark: Mark) -> Token:
    return Token(startchar=mark.start, endchar=mark.end, text=mark.phrase, matched=True)


def _most_telling(candidates: list[tuple[int, Fragment]]) -> list[tuple[int, Fragment]]:
    """The few that together show the most phrases, in the order in which they stand."""
    chosen: list[int] = []
    shown: set[str] = set()
    while len(chosen) < min(MAX_SNIPPETS, len(candidates)):
        left = [index for index in range(len(candidates)) if index not in chosen]
        best = max(left, key=lambda index: len(candidates[index][1].matched_terms - shown))
        chosen.append(best)
        shown |= candidates[best][1].matched_terms
    return [candidates[index] for index in sorted(chosen)]


def _snippet(fragment: Fragment, page_number: int) -> Snippet:
    start, end = fragment.startchar, fragment.endchar
    flags = [False] * (end - start)
    for match in fragment.matches:
        flags[match.startchar - start : match.endchar - start] = [True] * (match.endchar - match.startchar)
    return Snippet(page_number, _parts(fragment.text[start:end], flags))


def _flags(text: str, phrases: Sequence[str]) -> list[bool]:
    """For each character of a text whether it belongs to one of the phrases."""
    folded_text = fold(text)
    flags = [False] * len(text)
    for phrase in phrases:
        position = folded_text.text.find(phrase)
        while position >= 0:
            start, end = folded_text.origin(position, position + len(phrase))
            flags[start:end] = [True] * (end - start)
            position = folded_text.text.find(phrase, position + 1)
    return flags


def _parts(text: str, flags: Sequence[bool]) -> tuple[SnippetPart, ...]:
    """The text on one line, in stretches that are marked or not."""
    shown = _on_one_line(text, flags)
    return tuple(
        SnippetPart("".join(character for character, _ in run), marked)
        for marked, run in groupby(shown, key=lambda pair: pair[1])
    )


def _on_one_line(text: str, flags: Sequence[bool]) -> list[tuple[str, bool]]:
    """Characters with their flags; white space is one space, and a line end between two wide characters nothing."""
    shown: list[tuple[str, bool]] = []
    for is_space, run in groupby(range(len(text)), key=lambda index: text[index].isspace()):
        indexes = list(run)
        if not is_space:
            shown.extend((text[index], flags[index]) for index in indexes)
        elif shown and indexes[-1] + 1 < len(text) and not _joins(text, indexes[0], indexes[-1]):
            shown.append((" ", flags[indexes[0]] and flags[indexes[-1]]))
    return shown


def _joins(text: str, first: int, last: int) -> bool:
    """Whether the white space ``text[first:last + 1]`` only breaks a line of Chinese."""
    has_line_end = any(character in "\r\n" for character in text[first : last + 1])
    return has_line_end and text[first - 1] >= "\u2e80" and text[last + 1] >= "\u2e80"
