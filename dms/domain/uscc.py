"""统一社会信用代码, the unified social credit code (GB 32100-2015): form, check characters, repair of misread letters.

What always holds:
- A code has 18 characters out of 31: no I, O, S, V or Z; places 3 to 8 are digits; place 18 checks the first 17.
- Places 9 to 17 are the organisation code, which carries a check character of its own (GB 11714-1997).
- A character that may stand where it was read is replaced only when both checks then hold; with one check alone an
  invented code would be "repaired" into another one every few times.
"""

from collections.abc import Collection, Iterator
from itertools import product

from dms.domain.glyph import fold_case

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18

_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION = slice(8, 16)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DIGIT_PLACES = range(2, 8)

_LOOK_ALIKES = {
    "I": "1", "O": "0DQ", "S": "58", "V": "UY", "Z": "27",
    "0": "DQ", "D": "0", "Q": "0", "8": "B", "B": "8", "6": "G", "G": "6", "L": "1", "1": "L",
}  # fmt: skip
_DIGIT_LOOK_ALIKES = {
    "I": "1", "L": "1", "T": "7", "O": "0", "D": "0", "Q": "0", "U": "0", "Z": "2", "S": "5", "B": "8", "G": "6",
    "A": "4", "Y": "7",
}  # fmt: skip

_MOST_COMBINATIONS = 4096
"""A code with more open places than this allows is not a reading that anyone could repair."""


def normalised(text: str) -> str:
    """The characters of a code as printed, without spaces, dashes and lower case."""
    return "".join(c for c in fold_case(text) if c.isalnum())


def check_character(first_17: str) -> str:
    """The 18th character that belongs to the first 17; `ValueError` for a character outside `ALPHABET`."""
    total = sum(weight * ALPHABET.index(c) for weight, c in zip(_WEIGHTS, first_17, strict=True))
    return ALPHABET[-total % 31]


def is_well_formed(code: str) -> bool:
    """Whether length, alphabet and the digits of the administrative division are those of a code."""
    in_alphabet = len(code) == LENGTH and all(c in ALPHABET for c in code)
    return in_alphabet and code[2:8].isdigit()


def is_valid(code: str) -> bool:
    """Whether the code is well formed and its check character is right."""
    return is_well_formed(code) and check_character(code[:17]) == code[17]


def has_valid_organisation_code(code: str) -> bool:
    """Whether places 9 to 17 of a well-formed code are an organisation code with a right check character."""
    if not is_well_formed(code):
        return False
    values = (int(c, 36) for c in code[_ORGANISATION])
    remainder = 11 - sum(w * v for w, v in zip(_ORGANISATION_WEIGHTS, values, strict=True)) % 11
    return code[16] == {10: "X", 11: "0"}.get(remainder, str(remainder))


def look_alike_key(code: str) -> str:
    """A key that is equal for two codes that differ only in characters which a reader confuses."""
    return normalised(code).translate(str.maketrans("IOQDSZBGL", "100052861"))


def forced_places(read: str) -> frozenset[int]:
    """The places (from 0) where the character as read cannot stand in any code."""
    outside = {i for i, c in enumerate(read) if c not in ALPHABET}
    return frozenset(outside | {i for i in _DIGIT_PLACES if i < len(read) and not read[i].isdigit()})


def with_forced_places_repaired(read: str) -> str:
    """The reading with each impossible character replaced by the likeliest one that may stand there.

    Unchanged where nothing is impossible. The result says nothing about the check character.
    """
    forced = forced_places(read)
    return "".join(_stand_ins(read, i)[0] if i in forced else c for i, c in enumerate(read))


def unique_repair(read: str, *, doubtful: Collection[int] = ()) -> str | None:
    """The one valid code that the reading can have been, or None where there is none or more than one.

    `read` is `normalised`; `doubtful` are places (from 0) that were read with low confidence. Places that cannot be
    right are always replaced, doubtful ones may be; if nothing can be found so, one place that looks right may be
    replaced provided that the organisation code then checks as well.
    """
    if len(read) != LENGTH:
        return None
    if is_valid(read):
        return read
    forced = forced_places(read)
    found = set(_valid_combinations(read, forced, frozenset(doubtful) - forced))
    if not found:
        found = {code for code in _one_place_changed(read, forced) if has_valid_organisation_code(code)}
    return found.pop() if len(found) == 1 else None


def _stand_ins(read: str, place: int) -> str:
    table = _DIGIT_LOOK_ALIKES if place in _DIGIT_PLACES else _LOOK_ALIKES
    return table.get(read[place], read[place])


def _valid_combinations(read: str, forced: frozenset[int], open_places: frozenset[int]) -> Iterator[str]:
    """All valid codes with the forced places replaced and the open ones kept or replaced."""
    choices = [
        _stand_ins(read, i) if i in forced else c + (_stand_ins(read, i) if i in open_places else "")
        for i, c in enumerate(read)
    ]
    size = 1
    for options in choices:
        size *= len(options)
    if size <= _MOST_COMBINATIONS:
        yield from (code for code in map("".join, product(*choices)) if is_valid(code))


def _one_place_changed(read: str, forced: frozenset[int]) -> Iterator[str]:
    for place in set(range(LENGTH)) - forced:
        yield from _valid_combinations(read, forced, frozenset({place}))
