"""Which characters OCR takes for each other, and how much of a phrase may be misread.

The table is the data in look_alikes.toml beside this module, where its two sources stand: classes that were written
down by hand, and classes whose pictures were measured to be nearly the same. Invariants: folded characters only
(`dms.search.analysis`), a character is in one class at most, a class has two to five.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType


def _look_alikes() -> tuple[str, ...]:
    """The measured classes come last and replace those kept by hand that they enlarge."""
    table = tomllib.loads(files("dms.domain").joinpath("look_alikes.toml").read_text(encoding="utf-8"))
    grown = {frozenset(one) for one in table["measured"]}
    kept = (one for one in table["kept_by_hand"] if not any(set(one) < larger for larger in grown))
    return (*kept, *table["measured"])


LOOK_ALIKES = _look_alikes()
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
