"""Whether patterns for reference codes can be used together: every code formed, and none taken for another.

What always holds:
- P1 A pattern names only what a thing of its kind has: a volume has no item number.
- P2 Whatever names the number of its volume (or item) names everything that this number counts within; else two volumes
  would be meant by one code.
- P3 No code of one kind reads as a code of another kind, of the patterns in force or of codes that were given before.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from dms.domain.reference_code import RUNNING_FIELD, CodeKind, ReferencePattern
from dms.errors import Bilingual
from dms.filing.arranging.errors import PatternsClash

KIND_NAMES: Mapping[CodeKind, Bilingual] = MappingProxyType(
    {
        CodeKind.VOLUME: Bilingual("案卷", "volumes"),
        CodeKind.ITEM: Bilingual("件", "items"),
        CodeKind.PAGE: Bilingual("页", "pages"),
        CodeKind.BOX: Bilingual("盒", "boxes"),
        CodeKind.TRANSFER: Bilingual("移交批次", "hand-overs"),
        CodeKind.ACCESSION: Bilingual("接收登记", "accessions"),
    }
)
_OF_PAPERS = frozenset({"fonds", "category", "customer", "series", "year", "term", "department", "volume"})
_OF_BOOKS = frozenset({"fonds", "category", "year"})
FIELDS_OF: Mapping[CodeKind, frozenset[str]] = MappingProxyType(
    {
        CodeKind.VOLUME: _OF_PAPERS,
        CodeKind.ITEM: _OF_PAPERS | {"item"},
        CodeKind.PAGE: _OF_PAPERS | {"item", "page"},
        CodeKind.BOX: _OF_BOOKS | {"box"},
        CodeKind.TRANSFER: _OF_BOOKS | {"department", "batch"},
        CodeKind.ACCESSION: _OF_BOOKS | {"batch"},
    }
)
"""What a pattern of each kind may name (P1)."""
_ABOVE = ((CodeKind.ITEM, CodeKind.VOLUME), (CodeKind.PAGE, CodeKind.ITEM), (CodeKind.PAGE, CodeKind.VOLUME))
_FIELD = re.compile(r"\{([a-z]+)(?::([1-9]))?\}")
_MARK = re.compile(r"[-·]")
_LEVELS = str.maketrans("-·", "..")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWords:
    """What is known to stand for some fields, and so tells codes apart that are written alike."""

    fonds: str
    category: str
    series: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()


def check_patterns(patterns: Mapping[CodeKind, ReferencePattern], words: KnownWords) -> None:
    """Raise `PatternsClash` unless the patterns, one of every kind, can be used together (P1 to P3)."""
    for kind, pattern in patterns.items():
        _check_fields(kind, pattern)
    for lower, upper in _ABOVE:
        _check_names_whole(patterns[lower], patterns[upper])
    page = set(patterns[CodeKind.PAGE].field_names)
    if page.isdisjoint({"volume", "item"}):
        raise PatternsClash(Bilingual("页号没有写明属于哪一卷或哪一件", "a page tells neither its volume nor its item"))
    for one, other in combinations(patterns.values(), 2):
        if _read_alike(one, other, words):
            raise PatternsClash(_mistaken(one.kind, other.kind))


def check_given(
    patterns: Mapping[CodeKind, ReferencePattern],
    words: KnownWords,
    codes_of: Callable[[CodeKind], Collection[str]],
    *,
    may_name: Callable[[CodeKind, str], bool],
) -> None:
    """Raise `PatternsClash` where a code that was given reads as one of another kind by these patterns (P3).

    `codes_of` answers the codes of a kind that were ever given, `may_name` whether the person may be told of one.
    """
    readers = {kind: _with_words(pattern, words) for kind, pattern in patterns.items()}
    for given_kind in CodeKind:
        others = [reader for kind, reader in readers.items() if kind is not given_kind]
        for code in codes_of(given_kind):
            mistaken = next((reader.kind for reader in others if reader.fields(code)), None)
            if mistaken is not None:
                what = _mistaken(given_kind, mistaken)
                named = f" {code}" if may_name(given_kind, code) else ""
                raise PatternsClash(Bilingual(f"{what.zh}（以前给出的{named}）", f"{what.en} (given before{named})"))


def _check_fields(kind: CodeKind, pattern: ReferencePattern) -> None:
    foreign = [name for name in pattern.field_names if name not in FIELDS_OF[kind]]
    if foreign:
        name = KIND_NAMES[kind]
        raise PatternsClash(
            Bilingual(f"{name.zh}的编号不能含字段 {foreign[0]}", f"{name.en} have no field {foreign[0]}")
        )


def _check_names_whole(lower: ReferencePattern, upper: ReferencePattern) -> None:
    """P2."""
    names = set(lower.field_names)
    lacking = [name for name in upper.field_names if name not in names]
    if RUNNING_FIELD[upper.kind] in names and lacking:
        low, up = KIND_NAMES[lower.kind], KIND_NAMES[upper.kind]
        raise PatternsClash(
            Bilingual(
                f"{low.zh}的编号写了{up.zh}的流水号，却没有写 {lacking[0]}，无法判断是哪一{up.zh}",
                f"codes of {low.en} give a number of {up.en} without {lacking[0]}, so nobody can tell which is meant",
            )
        )


def _mistaken(kind: CodeKind, other: CodeKind) -> Bilingual:
    one, two = KIND_NAMES[kind], KIND_NAMES[other]
    return Bilingual(f"{one.zh}与{two.zh}的编号可能相同", f"codes of {one.en} can be taken for codes of {two.en}")


def _with_words(pattern: ReferencePattern, words: KnownWords) -> ReferencePattern:
    """The pattern in which fonds and category stand as they are."""
    known = {"fonds": words.fonds.translate(_LEVELS), "category": words.category}
    text = _FIELD.sub(
        lambda field: known[field[1]].zfill(int(field[2] or 0)) if field[1] in known else field[0], pattern.text
    )
    return ReferencePattern.parse(pattern.kind, text)


def _read_alike(one: ReferencePattern, other: ReferencePattern, words: KnownWords) -> bool:
    """Whether some code is of both patterns: levels of the same number and marks, each of which can be the same."""
    texts = [_with_words(pattern, words).text for pattern in (one, other)]
    if _MARK.findall(texts[0]) != _MARK.findall(texts[1]):
        return False
    levels = zip(*(_MARK.split(text) for text in texts), strict=True)
    return all(_may_be_equal(left, right, words) for left, right in levels)


def _may_be_equal(left: str, right: str, words: KnownWords) -> bool:
    values = [_values(level, words) for level in (left, right)]
    stated = [each for each in values if isinstance(each, frozenset)]
    if len(stated) == 2:
        return not stated[0].isdisjoint(stated[1])
    tests = [each for each in values if not isinstance(each, frozenset)]
    return not stated or any(tests[0](word) for word in stated[0])


def _values(level: str, words: KnownWords) -> frozenset[str] | Callable[[str], bool]:
    """What may stand at a level: one of these words, or whatever passes this test."""
    field = _FIELD.fullmatch(level)
    if field is None:
        return frozenset({level})
    name = field[1]
    stated = {"series": words.series, "term": words.terms}.get(name)
    if stated:
        return frozenset(word.translate(_LEVELS) for word in stated)
    if name == "year":
        return lambda word: bool(_YEAR.fullmatch(word))
    return str.isdecimal if name in RUNNING_FIELD.values() else lambda word: True


def fields_named(patterns: Mapping[CodeKind, ReferencePattern]) -> Iterator[str]:
    """Every field that any of the patterns names."""
    for pattern in patterns.values():
        yield from pattern.field_names
