"""Reference codes are made by a pattern, read back by it, and never two alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.reference_code import (
    NUMBERING_STYLES,
    RUNNING_FIELD,
    CodeFieldUnfit,
    CodeKind,
    PatternUnusable,
    ReferencePattern,
)

D4 = "{fonds}-{category}·{customer}·{series}·{year}-{volume:3}"
FIELDS = {"fonds": "Q001", "category": "KH", "customer": "C0123", "series": "3", "year": 2025, "term": "D30",
          "department": "XS", "volume": 2, "item": 15, "page": 7, "box": 3, "batch": 4}  # fmt: skip
PATTERNS = [pattern for style in NUMBERING_STYLES.values() for pattern in style.patterns.values()]
WORDS = st.text("ABCXYZabc019_.", min_size=1, max_size=8)
NUMBERS = st.integers(0, 10**9 - 1)


def values() -> st.SearchStrategy[dict[str, str | int]]:
    numbers = dict.fromkeys({"year", *RUNNING_FIELD.values()}, NUMBERS)
    return st.fixed_dictionaries(dict.fromkeys(FIELDS, WORDS) | numbers)


@pytest.mark.parametrize(
    ("style", "kind", "code"),
    [
        ("volume", CodeKind.VOLUME, "Q001-KH·C0123·3·2025-002"),
        ("volume", CodeKind.ITEM, "Q001-KH·C0123·3·2025-002-015"),
        ("volume", CodeKind.PAGE, "Q001-KH·C0123·3·2025-002-015-0007"),
        ("volume", CodeKind.TRANSFER, "Q001-YJ·2025-0004"),
        ("volume_with_term", CodeKind.ITEM, "Q001-KH·C0123·3·2025·D30-002-015"),
        ("by_item", CodeKind.ITEM, "Q001-KH·2025-D30-XS-0015"),
        ("da13", CodeKind.VOLUME, "Q001-KH·3·2025·D30·C0123-002"),
        ("collective", CodeKind.VOLUME, "Q001-KH·3·2025-0002"),
    ],
)
def test_the_shipped_styles_write_what_the_standards_show(style, kind, code):
    assert NUMBERING_STYLES[style].patterns[kind].code(FIELDS) == code


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: f"{pattern.kind.value} {pattern.text}")
@given(fields=values())
def test_what_a_pattern_writes_it_reads_back(pattern, fields):
    parts = pattern.fields(pattern.code(fields))
    told = {name: int(parts[name]) if isinstance(fields[name], int) else parts[name].lstrip("0") for name in parts}
    stated = {name: fields[name] if isinstance(fields[name], int) else fields[name].lstrip("0") for name in parts}
    assert told == stated
    assert pattern.number(pattern.code(fields)) == fields[pattern.running_field]


@given(one=values(), other=values())
def test_two_codes_are_alike_only_where_scope_and_number_are(one, other):
    pattern = ReferencePattern.parse(CodeKind.VOLUME, D4)
    same = (pattern.counter_scope(one), one["volume"]) == (pattern.counter_scope(other), other["volume"])
    assert (pattern.code(one) == pattern.code(other)) == same


def test_a_number_counts_within_everything_else_of_its_code():
    pattern = ReferencePattern.parse(CodeKind.VOLUME, D4)
    assert pattern.counter_scope(FIELDS) == "Q001-KH·C0123·3·2025-*"
    assert pattern.counter_scope({**FIELDS, "volume": 99, "term": "Y"}) == pattern.counter_scope(FIELDS)
    assert pattern.counter_scope({**FIELDS, "year": 2026}) != pattern.counter_scope(FIELDS)


def test_customers_share_the_numbers_of_collective_volumes():
    pattern = NUMBERING_STYLES["collective"].patterns[CodeKind.VOLUME]
    assert pattern.counter_scope({**FIELDS, "customer": "C9"}) == pattern.counter_scope(FIELDS)


def test_a_number_may_outgrow_its_width():
    pattern = ReferencePattern.parse(CodeKind.VOLUME, D4)
    assert pattern.number(pattern.code({**FIELDS, "volume": 12345})) == 12345


@pytest.mark.parametrize("code", ["", "Q001", "Q001-KH·C0123·3·2025-02", "Q001-KH·C0123·3·2025-002-1", "Q001 KH"])
def test_a_code_of_another_pattern_is_not_read(code):
    assert ReferencePattern.parse(CodeKind.VOLUME, D4).fields(code) is None


def test_a_dash_inside_a_value_does_not_part_levels():
    assert ReferencePattern.parse(CodeKind.VOLUME, D4).code({**FIELDS, "customer": "C-1·2"}).count("-") == 2


@pytest.mark.parametrize("value", ["", "客户", "C 1", "C/1", "Ｃ１", "C*", "①"])
def test_what_may_not_stand_in_a_code_is_refused(value):
    with pytest.raises(CodeFieldUnfit):
        ReferencePattern.parse(CodeKind.VOLUME, D4).code({**FIELDS, "customer": value})


@pytest.mark.parametrize("year", ["二〇二五", "2025a", -1, 10**9])
def test_a_number_must_be_one(year):
    with pytest.raises(CodeFieldUnfit):
        ReferencePattern.parse(CodeKind.VOLUME, D4).code({**FIELDS, "year": year})


def test_a_value_that_is_not_stated_is_refused():
    with pytest.raises(CodeFieldUnfit):
        ReferencePattern.parse(CodeKind.VOLUME, D4).code({"fonds": "Q001"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{fonds}-{year}",
        "{fonds}-{fonds}-{volume}",
        "{fonds}-{colour}-{volume}",
        "{fonds}{volume}",
        "{fonds}V{volume}",
        "{fonds}/{volume}",
        "全宗-{volume}",
        "{fonds} {volume}",
        "{fonds}--{volume",
        "{fonds}-{volume:0}",
    ],
)
def test_a_pattern_that_could_not_be_read_back_is_refused(text):
    with pytest.raises(PatternUnusable):
        ReferencePattern.parse(CodeKind.VOLUME, text)
