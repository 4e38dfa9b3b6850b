"""Identity numbers 居民身份证号码 in running text: where they stand, and the text with them made unreadable.

What always holds:
- A masked text is as long as the text itself, character by character: places in one are places in the other.
- What is masked stays masked however it is written or OCR broke it: white space or dashes between the digits,
  full-width digits, a small x.

GB 11643-1999: six digits of an administrative area, eight of the day of birth, three of order, one check character
(ISO 7064 MOD 11-2); before 1999 fifteen digits, without century and check. Passports and telephone numbers are left.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

MASK: Final = "*"
_SHOWN_AHEAD: Final = 3
_SHOWN_BEHIND: Final = 4
_PROVINCES: Final = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83}
)
_EARLIEST_BIRTH_YEAR: Final = 1880
_LATEST_BIRTH_YEAR: Final = 2099
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS: Final = "10X98765432"
_TO_ASCII: Final = {0xFF10 + digit: str(digit) for digit in range(10)} | dict.fromkeys(map(ord, "xXｘＸ×"), "X")
_LONG, _SHORT = 18, 15
_DIGIT: Final = "[0-9\uff10-\uff19]"
_DASHES: Final = "－‐‑–—-"
_BETWEEN: Final = rf"[ \t\r\n\u3000{_DASHES}]{{0,2}}"
"""What stands between two digits: a blank, the end of a line, the dash that parts area, birth and order."""
_RUN: Final = re.compile(
    rf"(?<![0-9A-Za-z]){_DIGIT}(?:{_BETWEEN}{_DIGIT}){{13,16}}(?:{_BETWEEN}[0-9\uff10-\uff19xXｘＸ×])?"
)
_LABELLED: Final = re.compile(
    rf"身份证(?:明)?(?:号码|编号|号|证号)?[^0-9\uff10-\uff19一-鿿]{{0,6}}"
    rf"(?P<number>[0-9OoIlｘxX\uff10-\uff19](?:{_BETWEEN}[0-9OoIlBSZxXｘ\uff10-\uff19]){{13,18}})"
)
"""After its name a number is one even where a digit was misread; letters that digits are misread as count."""


@dataclass(frozen=True, slots=True, order=True)
class IdentityNumber:
    """An identity number in a text: characters ``[start, end)``, and the number itself without what stands between."""

    start: int
    end: int
    number: str


def identity_numbers(text: str) -> tuple[IdentityNumber, ...]:
    """The identity numbers of a text, in order, none over another."""
    if not any(character.isdigit() for character in text):
        return ()
    found: dict[int, IdentityNumber] = {}
    for match in _LABELLED.finditer(text):
        start, end = match.span("number")
        found[start] = IdentityNumber(start, end, _plain(match["number"]))
    for one in _by_structure(text):
        if not any(one.start < known.end and known.start < one.end for known in found.values()):
            found[one.start] = one
    return tuple(sorted(found.values()))


def masked(text: str, mask: str = MASK) -> str:
    """The text with the middle of every identity number replaced by a character, just as long."""
    numbers = identity_numbers(text)
    if not numbers:
        return text
    characters = list(text)
    for place in (place for one in numbers for place in hidden_places(text, one)):
        characters[place] = mask
    return "".join(characters)


def hidden_places(text: str, one: IdentityNumber) -> Iterator[int]:
    """The places in the text of those characters of a number that are not to be read; white space and dashes stay."""
    written = [place for place in range(one.start, one.end) if not _is_between(text[place])]
    yield from written[_SHOWN_AHEAD : len(written) - _SHOWN_BEHIND]


def masked_number(number: str) -> str:
    """An identity number by itself, with its middle unreadable, whatever it looks like."""
    if len(number) <= _SHOWN_AHEAD + _SHOWN_BEHIND:
        return MASK * len(number)
    return number[:_SHOWN_AHEAD] + MASK * (len(number) - _SHOWN_AHEAD - _SHOWN_BEHIND) + number[-_SHOWN_BEHIND:]


def plain_number(text: str) -> str:
    """What a person typed as an identity number, without blanks and hyphens, its x large; not checked."""
    return _plain(text)


def is_identity_number(number: str) -> bool:
    """Whether the plain number has the parts of one: area, day of birth, and with 18 characters its check character."""
    return _has_structure(number) and (len(number) == _SHORT or check_character(number) == number[-1])


def check_character(number: str) -> str:
    """The check character that belongs to the first 17 digits (ISO 7064 MOD 11-2)."""
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_CHARACTERS[weighed % len(_CHECK_CHARACTERS)]


def _by_structure(text: str) -> Iterator[IdentityNumber]:
    for match in _RUN.finditer(text):
        places = [place for place in range(*match.span()) if not _is_between(text[place])]
        behind = text[match.end() : match.end() + 1]
        for length in (_LONG, _SHORT):
            chosen = places[:length]
            number = _plain("".join(text[place] for place in chosen))
            ends = len(places) == length and not (behind.isascii() and behind.isalnum())
            # OCR may misread the check character; area and day of birth do not fit by chance in one of 5,000 numbers.
            if (ends or _breaks_off(text, places, length)) and _has_structure(number):
                yield IdentityNumber(chosen[0], chosen[-1] + 1, number)
                break


def _breaks_off(text: str, places: list[int], length: int) -> bool:
    """Whether a blank or a dash parts the first so many characters from what follows, another number then."""
    return len(places) > length and places[length] - places[length - 1] > 1


def _has_structure(number: str) -> bool:
    if len(number) not in (_LONG, _SHORT) or not number[:-1].isdigit() or not number.isascii():
        return False
    if len(number) == _SHORT and not number.isdigit():
        return False
    born = number[6:14] if len(number) == _LONG else f"19{number[6:12]}"
    return int(number[:2]) in _PROVINCES and _is_day_of_birth(born)


def _is_day_of_birth(digits: str) -> bool:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return _EARLIEST_BIRTH_YEAR <= born_on.year <= _LATEST_BIRTH_YEAR


def _plain(text: str) -> str:
    return "".join(character for character in text if not _is_between(character)).translate(_TO_ASCII)


def _is_between(character: str) -> bool:
    return character.isspace() or character in _DASHES
