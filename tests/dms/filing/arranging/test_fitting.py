"""Patterns that go together: every code can be formed, and none is taken for a code of another kind."""

from itertools import product
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.domain.reference_code import NUMBERING_STYLES, RUNNING_FIELD, CodeKind, ReferencePattern
from dms.filing.arranging import FIELDS_OF, PatternsClash
from dms.filing.arranging.fitting import KnownWords, check_given, check_patterns

WORDS = KnownWords(
    fonds="Q001", category="KH", series=frozenset({"1", "2", "A1"}), terms=frozenset({"Y", "D30", "D10"})
)
DEFAULT = MappingProxyType({kind: pattern.text for kind, pattern in NUMBERING_STYLES["volume"].patterns.items()})
BOX_LIKE = "{fonds}-H·{year}-{volume:4}"


def patterns(**texts):
    stated = DEFAULT | {CodeKind(kind): text for kind, text in texts.items()}
    return {kind: ReferencePattern.parse(kind, text) for kind, text in stated.items()}


@pytest.mark.parametrize("style", NUMBERING_STYLES)
def test_every_style_that_is_shipped_goes_together(style):
    check_patterns(NUMBERING_STYLES[style].patterns, WORDS)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"volume": "{fonds}-{item:3}-{volume:3}"}, id="a volume has no item number"),
        pytest.param({"box": "{fonds}-{customer}-{box:4}"}, id="a box has no customer"),
        pytest.param({"item": "{fonds}-{volume:3}-{item:3}"}, id="an item that tells the number of its volume only"),
        pytest.param({"page": "{fonds}-{year}-{item:4}-{page:4}"}, id="a page that tells the number of its item only"),
        pytest.param({"page": "{fonds}-{year}-P-{page:6}"}, id="a page of nothing"),
        pytest.param({"box": "{fonds}-X·{year}-{box:4}", "transfer": "{fonds}-X·{year}-{batch:4}"}, id="two books"),
        pytest.param(
            {"box": "{fonds}-KH·{year}-{box}", "accession": "{fonds}-{category}·{year}-{batch}"}, id="by value"
        ),
    ],
)
def test_patterns_that_do_not_go_together_are_refused(texts):
    with pytest.raises(PatternsClash):
        check_patterns(patterns(**texts), WORDS)


def test_what_is_known_tells_codes_apart_that_are_written_alike():
    volume = "{fonds}-{category}·{year}-{volume:4}"
    texts = {"volume": volume, "item": f"{volume}-{{item:3}}", "page": f"{volume}-{{item:3}}-{{page:4}}"}
    check_patterns(patterns(**texts), WORDS)
    with pytest.raises(PatternsClash):
        check_patterns(patterns(**texts), KnownWords(fonds="Q001", category="H"))


def test_a_page_may_be_numbered_within_its_volume():
    check_patterns(patterns(page=DEFAULT[CodeKind.VOLUME] + "-P-{page:4}"), WORDS)


def test_codes_given_before_are_not_to_be_taken_for_those_of_another_kind():
    given_before = {CodeKind.VOLUME: ["Q001-H·2025-0001"]}
    with pytest.raises(PatternsClash, match="Q001-H·2025-0001"):
        check_given(patterns(), WORDS, lambda kind: given_before.get(kind, []), may_name=lambda kind, code: True)
    with pytest.raises(PatternsClash) as told:
        check_given(patterns(), WORDS, lambda kind: given_before.get(kind, []), may_name=lambda kind, code: False)
    assert "2025-0001" not in str(told.value)
    given_before = {CodeKind.VOLUME: ["Q001-KH·C0001·1·2025-001", "旧档 7"], CodeKind.BOX: ["Q001-H·2025-0001"]}
    check_given(patterns(), WORDS, lambda kind: given_before.get(kind, []), may_name=lambda kind, code: True)


FIXED = ("H", "KH", "1", "D30", "2025", "X1")


@st.composite
def any_pattern(draw, kind):
    """A pattern of the kind, whatever stands in it."""
    names = draw(st.lists(st.sampled_from(sorted(FIELDS_OF[kind] - {RUNNING_FIELD[kind]})), unique=True, max_size=3))
    fixed = draw(st.lists(st.sampled_from(FIXED), max_size=1))
    levels = draw(st.permutations([*(f"{{{name}}}" for name in names), *fixed, f"{{{RUNNING_FIELD[kind]}:2}}"]))
    marks = draw(st.lists(st.sampled_from("-·"), min_size=len(levels) - 1, max_size=len(levels) - 1))
    text = levels[0] + "".join(mark + level for mark, level in zip(marks, levels[1:], strict=True))
    return ReferencePattern.parse(kind, text)


VALUES = {
    "fonds": ["Q001"],
    "category": ["KH"],
    "series": ["1", "A1"],
    "term": ["Y", "D30"],
    "year": [2025],
    "customer": ["H", "1", "2025", "D30", "X1"],
    "department": ["H", "KH", "01"],
} | {name: [1, 2025] for name in RUNNING_FIELD.values()}
"""Few values, chosen to be mistaken for each other, so that every code of a pattern can be formed."""


def every_code(pattern):
    names = pattern.field_names
    return {pattern.code(dict(zip(names, row, strict=True))) for row in product(*(VALUES[name] for name in names))}


@settings(max_examples=300, deadline=None)
@given(any_pattern(CodeKind.VOLUME), any_pattern(CodeKind.BOX))
def test_where_patterns_are_accepted_no_code_of_one_kind_is_ever_given_for_another(one, other):
    # Items and pages are out of the way.
    texts = {
        "volume": one.text,
        "box": other.text,
        "item": "I-I-I-I-I-I-{item}",
        "page": f"{one.text}-P-P-P-P-{{page}}",
    }
    try:
        check_patterns(patterns(**texts), WORDS)
    except PatternsClash:
        return
    assert every_code(one).isdisjoint(every_code(other))
