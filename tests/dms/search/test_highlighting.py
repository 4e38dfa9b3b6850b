import pytest

from dms.domain.criterion import Chain, Gap, Mention, MentionKind, Phrase
from dms.search.highlighting import (
    LEAD_CHARACTERS,
    MAX_SNIPPETS,
    body_snippets,
    fact_snippets,
    lead_snippet,
    marks_needed,
)
from dms.search.marking import MarkedPages


def _snippets(texts, phrases, corrected=None):
    wanted = [Phrase(one) if isinstance(one, str) else one for one in phrases]
    return body_snippets(MarkedPages(texts, wanted, corrected), list(range(1, len(texts) + 1)))


def _shown(snippet):
    return "".join(f"[{text}]" if marked else text for text, marked in snippet.parts)


@pytest.mark.parametrize(
    ("text", "phrase", "shown"),
    [
        ("应付违约金百分之五", "违约金", "应付[违约金]百分之五"),
        ("应付违约\n金百分之五", "违约金", "应付[违约金]百分之五"),
        ("违约\n\n金\n", "违约金", "[违约金]"),
        ("违 约 金", "违约金", "[违 约 金]"),
        ("the Seller\nshall pay", "sellershall", "the [Seller shall] pay"),
        ("应付 违约金 百分之五", "违约金", "应付 [违约金] 百分之五"),
        ("编号：CG-2016-\n4121。", "cg20164121", "编号：[CG-2016- 4121]。"),
        ("违約金", "违约金", "[违約金]"),
        ("（违约）金", "违约金", "（[违约）金]"),
        ("哈哈哈", "哈哈", "[哈哈哈]"),
        ("表头\n甲方", "甲方", "表头[甲方]"),
        ("Total\n总计 5%", "5%", "Total 总计 [5%]"),
    ],
)
def test_the_mark_lies_exactly_on_the_hit(text, phrase, shown):
    assert [_shown(snippet) for snippet in _snippets([text], [phrase])] == [shown]


def test_a_snippet_keeps_to_the_neighbourhood_of_its_hit():
    [snippet] = _snippets(["前" * 500 + "违约金" + "后" * 500], ["违约金"])
    assert snippet.text == "前" * 28 + "违约金" + "后" * 28


def test_hits_close_together_share_a_snippet():
    [snippet] = _snippets(["甲方应付违约金，乙方应退定金"], ["违约金", "定金"])
    assert _shown(snippet) == "甲方应付[违约金]，乙方应退[定金]"


def test_every_phrase_is_shown_before_one_is_shown_twice():
    texts = [("违约金" + "一" * 200) * 8, "无", "甲方退还定金"]
    snippets = _snippets(texts, ["违约金", "定金"])
    assert len(snippets) == MAX_SNIPPETS
    assert [snippet.page for snippet in snippets] == [1, 1, 1, 1, 3]
    assert "[定金]" in _shown(snippets[4])


def test_snippets_stand_in_the_order_of_the_pages():
    snippets = _snippets(["定金", "违约金", "货款"], ["货款", "违约金", "定金"])
    assert [_shown(snippet) for snippet in snippets] == ["[定金]", "[违约金]", "[货款]"]


def test_facts_are_shown_whole_and_without_a_page():
    [snippet] = fact_snippets(["江苏华信化工有限公司", "别的", "江苏华信化工有限公司"], [Phrase("华信")])
    assert (snippet.page, _shown(snippet)) == (None, "江苏[华信]化工有限公司")


def test_the_lead_is_the_beginning_of_the_first_page_that_bears_text():
    [snippet] = lead_snippet(["", " \n", "\n合同\n编号 " + "字" * 500], [1, 2, 5])
    assert snippet.page == 5
    assert snippet.text.startswith("合同编号 字")
    assert len(snippet.text) <= LEAD_CHARACTERS
    assert lead_snippet(["", " "], [1, 2]) == ()


def test_the_best_stretches_of_a_long_page_are_shown_though_they_stand_late():
    page = "违约金" + ("前" * 200 + "违约金") * 9 + "后" * 200 + "违约金和定金"
    snippets = _snippets([page], ["违约金", "定金"])
    assert "[违约金]和[定金]" in _shown(snippets[-1])


def test_what_stands_exactly_is_shown_before_what_is_only_alike():
    alike = ["逾期违约会"] * 6
    snippets = _snippets([*alike[:2], "逾期违约金"], [Phrase("逾期违约金", tolerant=True)])
    assert [_shown(snippet) for snippet in snippets] == ["[逾期违约会]", "[逾期违约会]", "[逾期违约金]"]
    [_, *_, last] = _snippets([("逾期违约会" + "前" * 200) * 8 + "逾期违约金"], [Phrase("逾期违约金", tolerant=True)])
    assert "[逾期违约金]" in _shown(last)


def test_both_ends_of_a_chain_are_marked_in_one_snippet():
    [snippet] = _snippets(["违约方应当全部赔偿"], [Chain((("违约",), ("赔偿",)), (Gap(0, 10),))])
    assert _shown(snippet) == "[违约]方应当全部[赔偿]"


def test_an_amount_is_shown_as_it_is_written():
    [snippet] = _snippets(["合同总价438,000.00元整"], [Mention(MentionKind.AMOUNT, 43_800_000, 43_800_000)])
    assert "438,000.00" in "".join(text for text, marked in snippet.parts if marked)


def test_a_corrected_page_is_quoted_as_corrected_and_says_so():
    snippets = _snippets(["应付违钓金", "应付违约金"], ["违约金"], {0: "应付违约金"})
    assert [(_shown(snippet), snippet.corrected) for snippet in snippets] == [
        ("应付[违约金]", True),
        ("应付[违约金]", False),
    ]


def test_a_title_is_marked_where_it_is_only_alike():
    [snippet] = fact_snippets(["末来合同"], [Phrase("未来合同", tolerant=True)])
    assert _shown(snippet) == "[末来合同]"


def test_the_more_terms_are_looked_for_the_fewer_marks_of_each_are_needed():
    assert [marks_needed(terms) for terms in (0, 1, 4, 5, 24, 64)] == [12, 12, 12, 9, 2, 1]
