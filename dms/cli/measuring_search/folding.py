"""How texts are compared, said a second time, so that a mistake in the product's own folding comes to light here.

It knows the characters of the corpus only: NFKC and case folding, the traditional characters that the corpus prints,
and nothing kept but letters, digits, symbols, ``% ‰ # @ &`` and a decimal point between digits.
"""

import re
import unicodedata
from collections.abc import Sequence

from dms.cli.measuring_search.corpus import TRADITIONAL

_KEPT_SIGNS = frozenset("%‰#@&.")
_SIMPLIFIED = {traditional: simplified for simplified, traditional in TRADITIONAL.items()}
_STRAY_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)", re.ASCII)


class _Plain(dict[int, str]):
    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = "".join(_SIMPLIFIED.get(character, character) for character in plain if _is_kept(character))
        return self[code]


_PLAIN = _Plain()


def _is_kept(character: str) -> bool:
    return character in _KEPT_SIGNS or unicodedata.category(character)[0] in "LNS"


def plain(text: str) -> str:
    """A text without what is not compared."""
    return _STRAY_POINT.sub("", text.translate(_PLAIN))


def plain_pages(texts: Sequence[str]) -> str:
    """The pages of one item, one after the other."""
    return plain("\n".join(texts))
