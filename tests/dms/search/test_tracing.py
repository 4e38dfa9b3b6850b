import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.search.analysis import fold, fold_pages, folded
from dms.search.tracing import TracedPages, TracedText

odd_texts = st.text(st.sampled_from("违约金A.1９．。，- \n　…㎡éﬁ\u0301\u200b\x00\x01"), max_size=40) | st.text(
    max_size=30
)


@pytest.mark.parametrize(
    ("text", "stretch", "origin"),
    [
        ("合同（第 3 版）", "3版", "3 版"),
        ("编号：ＣＧ－2０", "g20", "Ｇ－2０"),
        ("价款 438,000.00 元。", "438000.00元", "438,000.00 元"),
        ("完。共3.5页.止", "3.5页止", "3.5页.止"),
        ("违約\n\n金", "违约金", "违約\n\n金"),
        ("oﬃce", "fi", "ﬃ"),
        ("面积30㎡整", "m2整", "㎡整"),
        ("e\u0301t", "é", "e\u0301"),
    ],
)
def test_a_stretch_leads_back_to_what_stands_on_the_page(text, stretch, origin):
    traced = TracedText(text)
    start = traced.text.index(stretch)
    first, last = traced.origin(start, start + len(stretch))
    assert text[first:last] == origin


@given(st.text(st.sampled_from("违約金A.1９．。，- \n　…㎡éﬁ\u0301\u200b\x00\x01"), max_size=40) | st.text(max_size=30))
@settings(max_examples=400, deadline=None)
def test_every_character_comes_from_where_the_slow_way_says(text):
    traced, slow = TracedText(text), fold(text)
    assert traced.text == slow.text == folded(text)
    places = range(len(slow.text))
    assert [traced.origin(place, place + 1) for place in places] == [slow.origin(place, place + 1) for place in places]


@given(st.lists(odd_texts, max_size=5))
@settings(max_examples=400, deadline=None)
def test_pages_fold_as_the_index_holds_them_and_each_character_leads_to_its_page(texts):
    traced, held = TracedPages(texts), fold_pages(texts)
    assert (traced.text, traced.ends) == (held.text, held.ends)
    for page, text in enumerate(texts):
        for place in range(held.page_start(page), held.ends[page]):
            start, end = traced.origin(page, place, place + 1)
            assert 0 <= start < end <= len(text)
            assert held.text[place] in folded(text[start:end]) + "."
