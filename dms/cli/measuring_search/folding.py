"""How texts are compared, said a second time, so that a mistake in the product's own folding comes to light here.

It knows the characters of the corpus only: NFKC and case folding, the traditional characters that the corpus prints,
the characters that one word is written with as well as with others, and nothing kept but letters, digits, symbols,
``% ‰ # @ &`` and a decimal point between digits.
"""

import re
import unicodedata
from collections.abc import Sequence

from dms.cli.measuring_search.corpus import TRADITIONAL

_KEPT_SIGNS = frozenset("%‰#@&.")
_SIMPLIFIED = {traditional: simplified for simplified, traditional in TRADITIONAL.items()}
_WRITTEN_ALSO = {
    "帐": "账",
    "瞭": "了",
    "馀": "余",
    "锺": "钟",
    "厰": "厂",
    "倣": "仿",
    "砲": "炮",
    "靑": "青",
    "値": "值",
}
_STRAY_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)", re.ASCII)


class _Plain(dict[int, str]):
    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = "".join(map(_as_compared, filter(_is_kept, plain)))
        return self[code]


_PLAIN = _Plain()


def _as_compared(character: str) -> str:
    simplified = _SIMPLIFIED.get(character, character)
    return _WRITTEN_ALSO.get(simplified, simplified)


def _is_kept(character: str) -> bool:
    return character in _KEPT_SIGNS or unicodedata.category(character)[0] in "LNS"


def plain(text: str) -> str:
    """A text without what is not compared."""
    return _STRAY_POINT.sub("", text.translate(_PLAIN))


def plain_pages(texts: Sequence[str]) -> str:
    """The pages of one item, one after the other."""
    return plain("\n".join(texts))
