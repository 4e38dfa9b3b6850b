"""Which characters OCR takes for each other, and how much of a phrase may be misread.

The table holds folded characters only (`dms.search.analysis`), one class a line; a character is in one class at most.
Sources: the confusable Latin letters and digits of Unicode Technical Standard 39 as far as they fold differently;
the pairs of 形近字 that the proof-readers' standard GB/T 14706 and school dictionaries warn of; and the pairs that
recognition networks confuse on scans, written down when they were met.
"""

from collections.abc import Mapping
from types import MappingProxyType

LOOK_ALIKES = (
    "未末朱",
    "己已巳",
    "日曰",
    "干千于",
    "0o〇",
    "1li",
    "5s",
    "8b",
)
"""Each string is a class of folded characters that stand for each other."""

LONGER_PHRASE = 8
SHORTEST_BORNE = 4


def misread_borne(length: int) -> int:
    """How many characters of a tolerant phrase of this many may be wrong, missing or extra, look-alikes aside."""
    if length < SHORTEST_BORNE:
        return 0
    return 1 if length < LONGER_PHRASE else 2


def _classes() -> dict[str, str]:
    return {character: one for one in LOOK_ALIKES for character in one}


ALIKE: Mapping[str, str] = MappingProxyType(_classes())
"""Each character of the table to its whole class, itself among it."""

KEY: Mapping[int, int] = MappingProxyType({ord(character): ord(one[0]) for character, one in ALIKE.items()})
"""For `str.translate`: each character of the table to the first of its class, so that alike texts become the same."""
