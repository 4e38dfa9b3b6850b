import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.search.analysis import folded
from dms.search.wildcards import LONGEST_RUN, read_pattern


def _stands_in(pattern, text):
    """Whether the pattern stands in a folded text."""
    expression = "|".join(map(re.escape, pattern.links[0]))
    expression = f"(?:{expression})"
    for gap, link in zip(pattern.gaps, pattern.links[1:], strict=True):
        expression += f".{{{gap.low},{gap.high}}}(?:{'|'.join(map(re.escape, link))})"
    return re.search(expression, text, re.DOTALL) is not None


@pytest.mark.parametrize(
    ("written", "found", "passed_over"),
    [
        ("违?金", ["违约金", "违 约\n金", "没有违约金的"], ["违金", "违约罚金"]),
        ("交货*违约金", ["交货违约金", f"交货{'一' * LONGEST_RUN}违约金"], [f"交货{'一' * (LONGEST_RUN + 1)}违约金"]),
        ("HT-2023-???71", ["HT-2023-00871", "ht2023 0 0 8 7 1"], ["HT-2023-0871", "HT-2022-00871"]),
        ("4.?5", ["合计 4.25 元", "第4.中5"], ["4.125", "4.2"]),
        ("4?.25", ["43.25"], ["4.5", "425"]),
        ("438000.*元", ["438000.00元", "438000。元"], ["43800元"]),
        ("*合同?", ["合同"], ["合 约"]),
    ],
)
def test_a_word_with_wildcards_is_found(written, found, passed_over):
    pattern = read_pattern(written)
    assert [text for text in found if not _stands_in(pattern, folded(text))] == []
    assert [text for text in passed_over if _stands_in(pattern, folded(text))] == []


def test_nothing_fixed_is_no_pattern():
    assert read_pattern("*?-。").links == ()


@given(
    text=st.text(alphabet="合同甲1.2,- a", min_size=3, max_size=30).filter(lambda text: len(folded(text)) > 2),
    at=st.integers(min_value=1),
)
@settings(max_examples=400, deadline=None)
def test_one_character_of_a_text_may_be_unknown(text, at):
    position = 1 + at % (len(text) - 2)
    if not folded(text[position]):
        return
    pattern = read_pattern(f"{text[:position]}?{text[position + 1 :]}")
    assert not pattern.links or _stands_in(pattern, folded(text))
