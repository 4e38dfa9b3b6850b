"""The small markup of the sources: one block a line, marks such as seals and handwriting in braces.

``# title`` · ``#! large title`` · ``^^ heading`` · ``^ centred`` · ``> right`` · ``- flush left`` ·
``! article heading`` · ``|a|b|`` table row · ``|: 10 20`` column widths in mm (begins a table;
``|: + 10 20`` one without a head row) · ``---`` rule · ``~ 5`` gap in mm ·
``===`` new page · ``@directive arguments`` · anything else is an indented paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a line of the source becomes on paper."""

    TITLE = "#"
    LARGE_TITLE = "#!"
    HEADING = "^^"
    CENTRED = "^"
    RIGHT = ">"
    FLUSH = "-"
    ARTICLE = "!"
    WIDTHS = "|:"
    ROW = "|"
    RULE = "---"
    GAP = "~"
    NEW_PAGE = "==="
    DIRECTIVE = "@"
    PARAGRAPH = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the source: its kind and the rest of the line."""

    kind: BlockKind
    text: str


class MarkKind(StrEnum):
    """What is put on the paper besides print; only `FILLED` belongs to the text of the page."""

    PRINT = ""
    SEAL = "印"
    SIGNATURE = "签"
    FILLED = "手"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one line, printed or written or stamped."""

    kind: MarkKind
    text: str


_LONGEST_PREFIX_FIRST = sorted((kind for kind in BlockKind if kind.value), key=lambda kind: -len(kind.value))
_MARK = re.compile(r"\{(印|签|手):([^}]*)\}")


def parse(source: str) -> list[Block]:
    """The blocks of a source text, in order; empty lines are skipped."""
    return [_block(line) for line in source.splitlines() if line.strip()]


def _block(line: str) -> Block:
    for kind in _LONGEST_PREFIX_FIRST:
        if line.startswith(kind.value):
            return Block(kind, line[len(kind.value) :].strip(" "))
    return Block(BlockKind.PARAGRAPH, line)


def pieces(text: str) -> Iterator[Piece]:
    """The runs of one line, in order."""
    position = 0
    for match in _MARK.finditer(text):
        if match.start() > position:
            yield Piece(MarkKind.PRINT, text[position : match.start()])
        yield Piece(MarkKind(match[1]), match[2])
        position = match.end()
    if position < len(text):
        yield Piece(MarkKind.PRINT, text[position:])


def printed(text: str) -> str:
    """The text that a reader of the page should find: print and filled-in words, without seals and signatures."""
    return "".join(p.text for p in pieces(text) if p.kind in (MarkKind.PRINT, MarkKind.FILLED))
