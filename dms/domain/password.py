"""Which passwords are too easy to guess.

What always holds:
- Length and what is left when everything obvious is taken away decide; no mixture of kinds of characters is asked for,
  and no password ever grows too old (NIST SP 800-63B, 3.1.1).
- Figures count for nothing: in a password they are years, birthdays, telephone and identity numbers.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

MIN_PASSWORD_CHARACTERS = 10
MAX_PASSWORD_CHARACTERS = 200
"""Bounded, for hashing a password of megabytes would be a cheap way to keep the server busy."""
LEAST_OWN_LETTERS = 5
"""Different letters that must be left when everything obvious is taken away; a Han character is worth two."""
SHORTEST_RUN = 3
SHORTEST_NAME = 2
_LIST = Path(__file__).parent / "common_passwords.toml"
_HAN = re.compile(r"[\u3400-\u9fff]")
_READINGS = tuple(
    str.maketrans({"0": "o", "1": one, "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": one})
    for one in "il"
)
"""Figures and signs that stand for letters; a one is read both ways."""


class Weakness(StrEnum):
    """What is wrong with a password."""

    LENGTH = "length"
    NAME = "name"
    """It holds the name of its owner or of the company."""
    COMMON = "common"
    """Next to nothing of it is its owner's own."""


def weakness_of(password: str, *, names: Iterable[str] = ()) -> Weakness | None:
    """What is wrong with the password of somebody of these names, or None where it will do."""
    if not MIN_PASSWORD_CHARACTERS <= len(password) <= MAX_PASSWORD_CHARACTERS:
        return Weakness.LENGTH
    folded = folded_password(password).casefold()
    if any(name in folded for name in map(_plain, names) if len(name) >= SHORTEST_NAME):
        return Weakness.NAME
    readings = (folded, *(folded.translate(reading) for reading in _READINGS))
    return Weakness.COMMON if min(map(_own_letters, readings)) < LEAST_OWN_LETTERS else None


def folded_password(password: str) -> str:
    """The password as it is hashed: the same characters however the keyboard sends them."""
    return unicodedata.normalize("NFKC", password)


def _plain(name: str) -> str:
    return folded_password(name).casefold().strip()


def _own_letters(folded: str) -> int:
    own = {letter for letter in _obvious().sub(" ", folded) if letter.isalpha()}
    return sum(2 if _HAN.match(letter) else 1 for letter in own)


@cache
def _obvious() -> re.Pattern[str]:
    """Everything that people put into passwords, the longest first, so that a part never hides the whole."""
    listed = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    stretches = {stretch for run in listed["runs"] for stretch in (*_stretches(run), *_stretches(run[::-1]))}
    pieces = sorted({*listed["words"], *listed["chinese"], *stretches}, key=lambda piece: (-len(piece), piece))
    return re.compile("|".join(map(re.escape, pieces)) + r"|(.)\1{2,}|\d+")


def _stretches(run: str) -> Iterable[str]:
    lengths = range(SHORTEST_RUN, len(run) + 1)
    return (run[start : start + length] for length in lengths for start in range(len(run) - length + 1))
