import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.search.aligning import Alignment


@pytest.mark.parametrize(
    ("corrected", "read", "asked", "stands"),
    [
        ("应付违约金", "应付违约金", "违约金", "违约金"),
        ("应付违约金五元", "应付违钓金五元", "违约金", "违钓金"),
        ("应付违约金五元", "应付违约五元", "违约金", "违约"),
        ("应付违约金五元", "应付违 约 金五元", "违约金", "违 约 金"),
        ("应付违约金五元", "应付五元", "违约金", "付五"),
        ("应付违约金五元", "应付迟纳会五元", "违约金", "迟纳会"),
        ("违约金", "", "违约金", ""),
        ("违约金", "金", "违约", "金"),
    ],
)
def test_a_corrected_stretch_leads_to_where_it_was_read(corrected, read, asked, stands):
    start = corrected.index(asked)
    first, behind = Alignment(corrected, read).stretch(start, start + len(asked))
    assert read[first:behind] == stands


TEXT = st.text(st.sampled_from("违约金甲"), max_size=12)


@given(TEXT.filter(len), TEXT, st.data())
def test_every_stretch_leads_somewhere_on_the_page(corrected, read, data):
    start = data.draw(st.integers(0, len(corrected) - 1))
    end = data.draw(st.integers(start + 1, len(corrected)))
    first, behind = Alignment(corrected, read).stretch(start, end)
    assert 0 <= first <= behind <= len(read)
    assert first < behind or not read
