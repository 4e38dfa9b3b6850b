"""Lines of Chinese print: where they break, how they are justified.

Closing marks never begin a line (they may hang over its end by one character), opening marks never end one, and a
number or a Latin word is never cut.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ImageFont

from demo_papers.ink import written_width_px
from demo_papers.markup import MarkKind, pieces

_TOKEN = re.compile(r"[A-Za-z0-9.,%\-/&'¥№*#+:()~×²≤≥]+|.", re.DOTALL)
_NEVER_FIRST = set("，。；：、？！）》〉」』”’％—…")
_NEVER_LAST = set("（《〈「『“‘¥")


@dataclass(frozen=True, slots=True)
class Token:
    """What stays together on a line: a character, a number, a word, a mark."""

    kind: MarkKind
    text: str
    width_px: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line ready to be drawn: its tokens, and the space put after each of them."""

    tokens: tuple[Token, ...]
    extra_px: float

    @property
    def width_px(self) -> float:
        """The width of the tokens alone."""
        return sum(token.width_px for token in self.tokens)

    @property
    def text(self) -> str:
        """What a reader finds printed or filled in."""
        return "".join(t.text for t in self.tokens if t.kind in (MarkKind.PRINT, MarkKind.FILLED))


def tokens(text: str, font: ImageFont.FreeTypeFont) -> Iterator[Token]:
    """The tokens of one line of markup, measured in a font; seals take no room."""
    for piece in pieces(text):
        match piece.kind:
            case MarkKind.PRINT:
                yield from (Token(piece.kind, part, font.getlength(part)) for part in _TOKEN.findall(piece.text))
            case MarkKind.FILLED:
                yield Token(piece.kind, piece.text, written_width_px(piece.text, font.size * 1.12))
            case MarkKind.SIGNATURE:
                yield Token(piece.kind, piece.text, font.size * 1.6 * len(piece.text))
            case MarkKind.SEAL:
                yield Token(piece.kind, piece.text, 0.0)


def broken(text: str, font: ImageFont.FreeTypeFont, width_px: float, indent_px: float) -> list[SetLine]:
    """The lines of a paragraph; all but the last are justified to the width."""
    rows: list[list[Token]] = [[]]
    room = width_px - indent_px
    for token in tokens(text, font):
        if token.width_px > room and rows[-1] and token.text not in _NEVER_FIRST:
            rows.append(_carried_over(rows[-1]))
            room = width_px - sum(t.width_px for t in rows[-1])
        rows[-1].append(token)
        room -= token.width_px
    justified = [_justified(row, width_px - (indent_px if i == 0 else 0)) for i, row in enumerate(rows[:-1])]
    return [*justified, SetLine(tuple(rows[-1]), 0.0)]


def _carried_over(row: list[Token]) -> list[Token]:
    return [row.pop()] if row[-1].text in _NEVER_LAST else []


def _justified(row: list[Token], width_px: float) -> SetLine:
    missing = width_px - sum(t.width_px for t in row)
    gaps = max(1, len(row) - 1)
    return SetLine(tuple(row), missing / gaps)
