from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dms.domain.criterion import Chain, Gap, Mention, MentionKind, Phrase, TextPart
from dms.search.analysis import folded
from dms.search.marking import Mark, MarkedPages, MarkedText
from dms.search.matching import MOST_ON_PAGE


def _marked(texts, *phrases):
    return MarkedText(texts, [Phrase(phrase) for phrase in phrases])


def _stretches(marked):
    return [marked.texts[mark.page][mark.start : mark.end] for mark in marked.marks(MOST_ON_PAGE)]


def test_a_mark_covers_exactly_the_match_with_what_stands_inside_it():
    assert _marked(["（违 约\n金），违約金"], "违约金").on_page(0) == [Mark(0, 1, 6, 0), Mark(0, 8, 11, 0)]


def test_matches_that_overlap_are_all_marked():
    assert [(mark.start, mark.end) for mark in _marked(["哈哈哈"], "哈哈").on_page(0)] == [(0, 2), (1, 3)]


def test_a_match_over_three_pages_is_marked_on_each():
    marked = _marked(["甲违", " 约 ", "", "金乙"], "违约金")
    assert marked.pages == (0, 1, 3)
    assert list(marked.marks(10)) == [Mark(0, 1, 2, 0), Mark(1, 1, 2, 0), Mark(3, 0, 1, 0)]


def test_a_value_that_a_page_end_cuts_is_marked_on_both_pages():
    asked = Mention(MentionKind.AMOUNT, 43_800_000, 43_800_000)
    marked = MarkedText(["总价肆拾叁万 ", "", "\n捌仟元整。"], [asked])
    assert list(marked.marks(10)) == [Mark(0, 2, 6, 0), Mark(2, 1, 5, 0)]


def test_a_date_that_lacks_its_last_character_before_a_page_end_is_marked_once_there():
    day = date(2023, 5, 18).toordinal()
    marked = MarkedText(["签于2023年5月18", "日"], [Mention(MentionKind.DAY, day, day)])
    assert list(marked.marks(10)) == [Mark(0, 2, 11, 0), Mark(1, 0, 1, 0)]


def test_half_of_a_ligature_marks_the_whole():
    assert _marked(["ofﬁce"], "fi").on_page(0) == [Mark(0, 2, 3, 0)]


def test_first_pages_tell_where_each_term_stands_first():
    assert _marked(["甲", "乙甲", "乙"], "甲", "乙", "丙").first_pages == {0: 0, 1: 1}


def test_every_page_with_a_match_is_told_however_many_matches_there_are():
    marked = _marked(["哈" * (MOST_ON_PAGE + 10), "哈" * 10, "无", "哈"], "哈")
    assert marked.pages == (0, 1, 3)
    assert [len(marked.on_page(page)) for page in marked.pages] == [MOST_ON_PAGE, 10, 1]
    assert len(list(marked.marks(7))) == 7


def test_no_more_marks_are_looked_for_than_are_needed():
    marked = MarkedText(["甲乙甲乙甲乙"], [Phrase("甲"), Phrase("乙")], 2)
    assert [(mark.start, mark.term) for mark in marked.on_page(0)] == [(0, 0), (1, 1), (2, 0), (3, 1)]


def test_nothing_to_mark_is_no_trouble():
    assert _marked([], "甲").pages == ()
    assert _marked(["甲"]).pages == ()
    assert _marked(["", " "], "甲").pages == ()


def test_what_is_looked_for_in_the_facts_alone_is_not_marked_on_pages():
    parts = [TextPart.TITLE, TextPart.FACTS, TextPart.CUSTOMER, TextPart.CONTRACT, TextPart.BODY]
    assert set(MarkedText(["甲"], [Phrase("甲", part) for part in parts]).first_pages) == {4}


def test_a_tolerated_match_is_marked_as_such():
    marked = MarkedText(["逾期违约全，逾期违约金"], [Phrase("逾期违约金", tolerant=True)])
    assert [(mark.start, mark.end, mark.exact) for mark in marked.on_page(0)] == [(0, 5, False), (6, 11, True)]


def test_the_links_of_a_chain_are_marked_without_the_gap():
    marked = MarkedText(["违约方应当", "全部赔偿"], [Chain((("违约",), ("赔偿",)), (Gap(0, 10),))])
    assert _stretches(marked) == ["违约", "赔偿"]


def test_a_mentioned_amount_is_marked_as_it_is_written():
    wanted = Mention(MentionKind.AMOUNT, 43_800_000, 43_800_000)
    marked = MarkedText(["合同总价438,000.00元", "计人民币43.8万元", "另付438元"], [wanted])
    assert marked.pages == (0, 1)
    assert all("438" in stretch.replace(".", "") for stretch in _stretches(marked))


def test_a_mentioned_day_is_marked_beside_a_phrase():
    day = date(2023, 5, 18).toordinal()
    wanted = [Phrase("签订"), Mention(MentionKind.DAY, day, day)]
    assert _stretches(MarkedText(["双方于2023年5月18日签订"], wanted)) == ["2023年5月18日", "签订"]


def test_a_corrected_page_is_shown_as_corrected_where_that_bears_a_match():
    marked = MarkedPages(["违钓金", "违约金", "违约金"], [Phrase("违约金")], {0: "违约金", 2: "定金"})
    assert marked.pages == (0, 1, 2)
    assert [marked.is_corrected(page) for page in range(3)] == [True, False, False]
    assert marked.shown(0).texts[0] == "违约金"
    assert list(marked.only_as_corrected()) == [Mark(0, 0, 3, 0)]
    assert marked.first_pages == {0: 0}


def test_a_match_that_a_correction_completes_is_marked_on_the_next_page_too():
    marked = MarkedPages(["应付违", "金五元"], [Phrase("违约金")], {0: "应付违约"})
    assert list(marked.only_as_corrected()) == [Mark(0, 2, 4, 0), Mark(1, 0, 1, 0)]
    assert marked.pages == (0, 1)


def test_pages_that_nobody_corrected_have_no_marks_of_their_own():
    assert list(MarkedPages(["违约金"], [Phrase("违约金")]).only_as_corrected()) == []


WRITING = st.text(st.sampled_from("违约约金A a1２，-\n　é\u200b"), max_size=40)


@given(page=WRITING, phrase=st.text(st.sampled_from("违约金a12é"), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_every_stretch_that_is_marked_folds_to_the_phrase_and_none_is_left_out(page, phrase):
    stretches = _stretches(_marked([page], phrase))
    assert {folded(stretch) for stretch in stretches} <= {phrase}
    plain = folded(page)
    assert len(stretches) == sum(plain.startswith(phrase, position) for position in range(len(plain)))
