"""The form in which text and query are compared: folded characters, with the way back to what stands on the page.

Invariants:
- Text and query go through the same folding, so whatever a person copies off a page is found on it.
- A text is found exactly where the folded query is a substring of the folded text: no misses, no extras.
- White space, line ends, punctuation, dashes and slashes fold to nothing, because OCR invents and loses them.
- The pages of an item follow each other without a gap, as if they were one text.

The form is NFKC and case folding (Unicode Standard Annex 15 and section 3.13), then traditional to simplified, one
character for one (OpenCC, ``t2s``), then only what carries meaning: letters, digits, symbols, and ``% ‰ # @ &``.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from opencc import OpenCC

_MEANINGFUL_PUNCTUATION = frozenset("%‰#@&")
_DASHES_AND_SLASHES = frozenset("~−∼⁄∕¦") | frozenset(map(chr, range(0x2500, 0x2580)))
"""Symbols by category, but on paper the same as the punctuation ``-`` and ``/``, or the lines of a table."""

_DECIMAL_POINT = "."
NO_DECIMAL_POINT = re.compile(r"\.(?:(?<![0-9]\.)|(?![0-9]))")
"""A full stop in a text that is folded but for its full stops; beginning with the point itself it is found fast."""

_HANGUL_FILLERS = frozenset("\u115f\u1160")
_COMPOSING_JAMO = (range(0x1161, 0x1176), range(0x11A8, 0x11C3))

# Text layers of PDF files and OCR models put radicals, which NFKC leaves alone, where the character itself is meant;
# and the geometric circle is how many people type the zero of 二〇二三.
_LOOK_ALIKES = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⺎⺝○◯",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙兀月〇〇",
        strict=True,
    )
)

_VARIANTS = dict(zip("帐瞭馀锺厰倣砲靑値", "账了余钟厂仿炮青值", strict=True))
"""Characters that one and the same word is written with, all of them simplified: 帐号 is 账号 on many papers."""

_to_simplified = OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text; ``origins[i]`` is the stretch ``(start, end)`` of the original that gave ``text[i]``."""

    text: str
    origins: Sequence[tuple[int, int]]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the non-empty stretch ``text[start:end]`` came from."""
        return self.origins[start][0], self.origins[end - 1][1]


def fold(text: str) -> FoldedText:
    """The folded text with the way back to `text`, for marking hits."""
    dotted = fold_but_for_stops(text)
    return _without_full_stops(dotted.text, list(dotted.origins))


def fold_but_for_stops(text: str) -> FoldedText:
    """The same with every full stop, that of a decimal number or not."""
    pieces = [_TABLE[ord(character)] for character in text]
    if _SEE_CLUSTER in pieces:
        clusters = list(_clusters(text))
        pieces = [_fold_cluster(text[start:end]) for start, end in clusters]
        origins = [cluster for cluster, piece in zip(clusters, pieces, strict=True) for _ in piece]
    else:
        origins = [(index, index + 1) for index, piece in enumerate(pieces) for _ in piece]
    return FoldedText("".join(pieces), origins)


def folded(text: str) -> str:
    """``fold(text).text``, much faster."""
    dotted = _folded_but_for_stops(text)
    return NO_DECIMAL_POINT.sub("", dotted) if _DECIMAL_POINT in dotted else dotted


def folded_alone(character: str) -> str | None:
    """What one character folds to, a full stop to itself; None where it folds with the one before it."""
    piece = _TABLE[ord(character)]
    return None if piece == _SEE_CLUSTER else piece


@dataclass(frozen=True, slots=True)
class FoldedPages:
    """The folded pages of one item, one after the other, so that a phrase is found across a page end."""

    text: str
    ends: tuple[int, ...]
    """Where in `text` each page ends."""

    def page_at(self, position: int) -> int:
        """The index of the page on which the folded character at `position` stands."""
        return bisect_right(self.ends, position)

    def page_start(self, index: int) -> int:
        """Where in `text` the page with this index starts."""
        return self.ends[index - 1] if index else 0


def fold_pages(texts: Sequence[str]) -> FoldedPages:
    """The pages of one item, folded; a point at the end of one may be the decimal point of the next."""
    pages = list(map(_folded_but_for_stops, texts))
    dotted, ends = "".join(pages), accumulate(map(len, pages))
    stops = [stop.start() for stop in NO_DECIMAL_POINT.finditer(dotted)] if _DECIMAL_POINT in dotted else []
    text = NO_DECIMAL_POINT.sub("", dotted) if stops else dotted
    return FoldedPages(text, tuple(end - bisect_left(stops, end) for end in ends))


def _folded_but_for_stops(text: str) -> str:
    translated = text.translate(_TABLE)
    if _SEE_CLUSTER in translated:
        return "".join(_fold_cluster(text[start:end]) for start, end in _clusters(text))
    return translated


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that normalise together: a character and what composes with it (accents, Hangul parts)."""
    start = 0
    for position in range(1, len(text)):
        if not _extends(text[position]):
            yield start, position
            start = position
    if text:
        yield start, len(text)


@lru_cache(maxsize=100_000)
def _extends(character: str) -> bool:
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first).startswith("M") or any(ord(first) in jamo for jamo in _COMPOSING_JAMO)


@lru_cache(maxsize=100_000)
def _fold_cluster(cluster: str) -> str:
    simplified = "".join(map(_simplified, _caseless(cluster)))
    return "".join(character for character in simplified if _is_kept(character))


def _caseless(text: str) -> str:
    """NFKC and case folding, repeated because each may undo the other."""
    for _ in range(3):
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return text


@lru_cache(maxsize=100_000)
def _simplified(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return ""  # half of a pair: no UTF-8 text can hold it, so no page does
    present = _LOOK_ALIKES.get(character, character)
    for _ in range(2):
        converted = str(_to_simplified.convert(present))
        present = converted if len(converted) == 1 else present
    return _VARIANTS.get(present, present)


def _is_kept(character: str) -> bool:
    if character in _MEANINGFUL_PUNCTUATION or character == _DECIMAL_POINT:
        return True
    if character in _DASHES_AND_SLASHES or character in _HANGUL_FILLERS:
        return False
    return _is_kept_category(unicodedata.category(character), character)


def _is_kept_category(category: str, character: str) -> bool:
    if category.startswith("M"):
        # Accents that composed are letters by now; what is left over, variation selectors too, changes no reading.
        return category != "Me" and not unicodedata.combining(character) and not _selects_variant(character)
    # Private and unassigned characters stay: rare names are written with them, and Unicode grows.
    return category[0] in "LN" or category in {"Sc", "Sm", "So", "Co", "Cn"}


def _selects_variant(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef" or character == "\u034f"


def _without_full_stops(text: str, origins: list[tuple[int, int]]) -> FoldedText:
    dropped = {match.start() for match in NO_DECIMAL_POINT.finditer(text)}
    if not dropped:
        return FoldedText(text, origins)
    kept = [index for index in range(len(text)) if index not in dropped]
    return FoldedText("".join(text[index] for index in kept), [origins[index] for index in kept])


_SEE_CLUSTER = "\x00"
"""Stands in a translation for a character that folds together with the one before it; folding never yields it."""


class _Translation(dict[int, str]):
    """What each single character folds to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        result = _SEE_CLUSTER if _extends(character) else _fold_cluster(character)
        self[code] = result
        return result


_TABLE = _Translation()
