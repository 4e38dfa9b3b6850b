"""Finding labels on a page, and where the value of a label begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dms.ingest.understanding.paper import View

_AFTER = r"(?P<bracket>\((?:[^()\n]{0,14})\))?(?:[:;.·…_\-~]|\s(?=[:;]))*"
"""What may stand between a label and its value: (盖章), a colon in any reading of it, dots or a line to write on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label at ``[start, end)`` of a view; its value begins at `value`, perhaps on the next line."""

    word: str
    start: int
    end: int
    value: int
    bracket: str
    """The remark in brackets after the label, without them; may be empty."""
    colon: bool
    """Whether a colon, a gap or a line end parts label and value, so that it cannot be the beginning of a sentence."""


@lru_cache(maxsize=256)
def label_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds the longest of the words, as group ``word``, with what follows a label."""
    return re.compile(f"(?P<word>{alternatives(words)}){_AFTER}")


def alternatives(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def find_labels(view: View, words: tuple[str, ...]) -> Iterator[Label]:
    """The labels among the words, in the order of the text.

    A label of up to three characters has to begin a cell, or every 日期 inside 交货日期 would be one.
    """
    for match in label_pattern(words).finditer(view.text):
        if match["word"] == _TO and match.start() != view.line_bounds(match.start())[0]:
            continue
        leads = match.start() > 0 and view.text[match.start() - 1] in _LEADS
        if len(match["word"]) > 3 or leads or view.begins_cell(match.start()):
            yield _label(view, match)


_TO = "致"
"""Who a letter is written to; elsewhere than at the start of a line it begins a name (致远)."""
_LEADS = "于由经致与和及司厂"
"""What may stand right before a label: a word of a sentence (鉴于申请人:), or the name in the cell before it."""


def _label(view: View, match: re.Match[str]) -> Label:
    value = match.end()
    on_next_line = view.text[value : value + 1] == "\n"
    return Label(
        word=match["word"],
        start=match.start(),
        end=match.end("word"),
        value=value + on_next_line,
        bracket=(match["bracket"] or "")[1:-1],
        colon=on_next_line or value in view.gaps or match.end() > match.end("word"),
    )


@lru_cache(maxsize=256)
def misread_label_pattern(word: str) -> re.Pattern[str]:
    """A pattern for the word with exactly one character read as another one; for words of four characters and more."""
    spellings = (rf"{re.escape(word[:i])}[^\s:(){c}]{re.escape(word[i + 1 :])}" for i, c in enumerate(word))
    return re.compile(f"(?P<word>{'|'.join(spellings)}){_AFTER}")


def find_misread_labels(view: View, words: tuple[str, ...]) -> Iterator[Label]:
    """Labels of four characters and more that begin a cell and have one character misread."""
    for word in (w for w in words if len(w) >= 4):
        for match in misread_label_pattern(word).finditer(view.text):
            if view.begins_cell(match.start()):
                yield _label(view, match)
