from hypothesis import given, settings
from hypothesis import strategies as st

from dms.search.analysis import folded
from dms.search.marking import MAX_MATCHES, Mark, MarkedPages


def test_a_mark_covers_exactly_the_match_with_what_stands_inside_it():
    marked = MarkedPages(["（违 约\n金），违約金"], ["违约金"])
    assert marked.on_page(0) == [Mark(0, 1, 6, "违约金"), Mark(0, 8, 11, "违约金")]


def test_matches_that_overlap_are_all_marked():
    assert [(mark.start, mark.end) for mark in MarkedPages(["哈哈哈"], ["哈哈"]).on_page(0)] == [(0, 2), (1, 3)]


def test_a_match_over_three_pages_is_marked_on_each():
    marked = MarkedPages(["甲违", " 约 ", "", "金乙"], ["违约金"])
    assert marked.pages == (0, 1, 3)
    assert list(marked.marks(10)) == [Mark(0, 1, 2, "违约金"), Mark(1, 1, 2, "违约金"), Mark(3, 0, 1, "违约金")]


def test_half_of_a_ligature_marks_the_whole():
    assert MarkedPages(["ofﬁce"], ["fi"]).on_page(0) == [Mark(0, 2, 3, "fi")]


def test_first_pages_tell_where_each_phrase_stands_first():
    marked = MarkedPages(["甲", "乙甲", "乙"], ["甲", "乙", "丙"])
    assert marked.first_pages() == {"甲": 0, "乙": 1}
    assert marked.phrases() == {"甲", "乙"}


def test_the_number_of_matches_is_bounded():
    marked = MarkedPages(["哈" * (MAX_MATCHES + 10)], ["哈"])
    assert len(marked.on_page(0)) == MAX_MATCHES


def test_nothing_to_mark_is_no_trouble():
    assert MarkedPages([], ["甲"]).pages == ()
    assert MarkedPages(["甲"], []).pages == ()
    assert MarkedPages(["", " "], ["甲"]).pages == ()


WRITING = st.text(st.sampled_from("违约约金A a1２，-\n　é\u200b"), max_size=40)


@given(page=WRITING, phrase=st.text(st.sampled_from("违约金a12é"), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_every_stretch_that_is_marked_folds_to_the_phrase_and_none_is_left_out(page, phrase):
    stretches = [page[mark.start : mark.end] for mark in MarkedPages([page], [phrase]).marks(MAX_MATCHES)]
    assert {folded(stretch) for stretch in stretches} <= {phrase}
    plain = folded(page)
    assert len(stretches) == sum(plain.startswith(phrase, position) for position in range(len(plain)))
