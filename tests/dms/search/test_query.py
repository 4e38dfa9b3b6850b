from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.domain.criterion import EVERYTHING, NOTHING, AllOf, AnyOf, Fact, FactIs, FactRange, Not, Phrase, TextPart
from dms.domain.document_type import DocumentType
from dms.search.query import MAX_QUERY_CHARACTERS, MAX_TERMS, Frame, parse_query


def _w(folded):
    return Phrase(folded)


def _customer(folded):
    return Phrase(folded, TextPart.CUSTOMER)


def _contract(folded):
    return Phrase(folded, TextPart.CONTRACT)


def _title(folded):
    return Phrase(folded, TextPart.TITLE)


def _all(*parts):
    return AllOf(parts)


def _any(*parts):
    return AnyOf(parts)


def _years(low, high):
    return FactRange(Fact.YEAR, low, high)


def _amounts(low, high):
    return FactRange(Fact.AMOUNT, low and Decimal(low), high and Decimal(high))


def _days(low, high):
    return FactRange(Fact.DOC_DATE, low and date.fromisoformat(low), high and date.fromisoformat(high))


def _type(*codes):
    return FactIs(Fact.TYPE, codes)


UNDERSTOOD = [
    # words and phrases
    ("违约金", _w("违约金")),
    ("违约金 定金", _all(_w("违约金"), _w("定金"))),
    ("违约金　定金", _all(_w("违约金"), _w("定金"))),
    ("  违约金  ", _w("违约金")),
    ("違約金", _w("违约金")),
    ("HT-2023-00871", _w("ht202300871")),
    ("ＨＴ－２０２３", _w("ht2023")),
    ('"违约金 定金"', _w("违约金定金")),
    ("“违约金 定金”", _w("违约金定金")),
    ("「违约金 定金」", _w("违约金定金")),
    ("『违约金 定金』", _w("违约金定金")),
    ("＂违约金 定金＂", _w("违约金定金")),
    ("”违约金 定金“", _w("违约金定金")),
    ('"违约金 定金”', _w("违约金定金")),
    ('"以下称“甲方”）与"', _w("以下称甲方与")),
    ('“5" 钢管”', _w("5钢管")),
    ('"a AND b"', _w("aandb")),
    ('"客户:江苏"', _w("客户江苏")),
    ("“违约金”和“定金”", _all(_w("违约金"), _w("和"), _w("定金"))),
    ("（2024）苏买第12号", _w("2024苏买第12号")),
    ("安徽（苏州）有限公司 合同", _all(_w("安徽苏州有限公司"), _w("合同"))),
    ("合同编号：HT-2023-00871", _w("合同编号ht202300871")),
    ("甲方：江苏", _w("甲方江苏")),
    ("10:30", _w("1030")),
    ("¥438,000.00", _w("¥438000.00")),
    ("合同*", _w("合同")),
    ("合?同", _w("合同")),
    # operators
    ("a AND b", _all(_w("a"), _w("b"))),
    ("甲 与 乙", _all(_w("甲"), _w("乙"))),
    ("甲 且 乙", _all(_w("甲"), _w("乙"))),
    ("a OR b", _any(_w("a"), _w("b"))),
    ("甲 或 乙", _any(_w("甲"), _w("乙"))),
    ("NOT a", Not(_w("a"))),
    ("非 甲", Not(_w("甲"))),
    ("a NOT b", _all(_w("a"), Not(_w("b")))),
    ("甲 非 乙", _all(_w("甲"), Not(_w("乙")))),
    ("a AND NOT b", _all(_w("a"), Not(_w("b")))),
    ("a OR NOT b", _any(_w("a"), Not(_w("b")))),
    ("a OR b OR c", _any(_w("a"), _w("b"), _w("c"))),
    ("a b OR c", _all(_w("a"), _any(_w("b"), _w("c")))),
    ("a AND b OR c", _any(_all(_w("a"), _w("b")), _w("c"))),
    ("(a OR b) c", _all(_any(_w("a"), _w("b")), _w("c"))),
    ("（甲 或 乙） 丙", _all(_any(_w("甲"), _w("乙")), _w("丙"))),
    ("NOT (a OR b)", Not(_any(_w("a"), _w("b")))),
    ("NOT (a b) c", _all(Not(_all(_w("a"), _w("b"))), _w("c"))),
    ("((a OR b) (c OR d))", _all(_any(_w("a"), _w("b")), _any(_w("c"), _w("d")))),
    ("(a OR b) AND c OR d", _any(_all(_any(_w("a"), _w("b")), _w("c")), _w("d"))),
    ("and or not", _all(_w("and"), _w("or"), _w("not"))),
    ("与会 或者 非常", _all(_w("与会"), _w("或者"), _w("非常"))),
    ("a\nAND\tb", _all(_w("a"), _w("b"))),
    # fields with text
    ("客户:江苏", _customer("江苏")),
    ("客户：江苏", _customer("江苏")),
    ("客户： 江苏", _customer("江苏")),
    ("customer:Kingstone", _customer("kingstone")),
    ("Customer:C0001", _customer("c0001")),
    ("合同:HT-2023-00871", _contract("ht202300871")),
    ("合同：（2024）苏买第12号", _contract("2024苏买第12号")),
    ("contract:HT-2023", _contract("ht2023")),
    ("题名:补充协议", _title("补充协议")),
    ('title:"补充 协议"', _title("补充协议")),
    ("正文:违约金", Phrase("违约金", TextPart.BODY)),
    ("客户:(江苏 OR 安徽)", _any(_customer("江苏"), _customer("安徽"))),
    ("NOT 客户:江苏", Not(_customer("江苏"))),
    ("客户:江苏 违约金", _all(_customer("江苏"), _w("违约金"))),
    # types and series
    ("类型:合同", _type("contract")),
    ("类型:contract", _type("contract")),
    ("type:invoice", _type("invoice")),
    ("类型：发票", _type("invoice")),
    ("类型:补充协议", _type("amendment")),
    ("类型:协议", _type("amendment", "termination")),
    ("类目:交易状况", FactIs(Fact.SERIES, ("3",))),
    ("series:1", FactIs(Fact.SERIES, ("1",))),
    # years
    ("年度:2023", _years(2023, 2023)),
    ("年度：２０２３", _years(2023, 2023)),
    ("年份:2023年", _years(2023, 2023)),
    ("年度:2021..2023", _years(2021, 2023)),
    ("年度:2021-2023", _years(2021, 2023)),
    ("年度:2021至2023", _years(2021, 2023)),
    ("年度:2023..2021", _years(2021, 2023)),
    ("年度:[2021 TO 2023]", _years(2021, 2023)),
    ("年度:[2021 to 2023]", _years(2021, 2023)),
    ("年度：［2021 至 2023］", _years(2021, 2023)),
    ("year:>=2021", _years(2021, None)),
    ("year:>2021", _years(2022, None)),
    ("year:<2021", _years(None, 2020)),
    ("年度:2021..", _years(2021, None)),
    ("年度:[TO 2021]", _years(None, 2021)),
    ("年度:[2021 TO]", _years(2021, None)),
    ("日期:【2023-05 至 2023-08】", _days("2023-05-01", "2023-08-31")),
    ("年度:(2021 OR 2023)", _any(_years(2021, 2021), _years(2023, 2023))),
    ("NOT 年度:2023", Not(_years(2023, 2023))),
    # amounts
    ("金额:438000", _amounts("438000.00", "438000.00")),
    ("金额:438,000.00", _amounts("438000.00", "438000.00")),
    ("金额:[10000 TO 50000]", _amounts("10000.00", "50000.00")),
    ("金额:>=10000", _amounts("10000.00", None)),
    ("金额：＞10000", _amounts("10000.01", None)),
    ("金额: >= 10万", _amounts("100000.00", None)),
    ("金额:10万..50万", _amounts("100000.00", "500000.00")),
    ("amount:<=1.5亿元", _amounts(None, "150000000.00")),
    # dates
    ("日期:2023-05-18", _days("2023-05-18", "2023-05-18")),
    ("日期:2023年5月18日", _days("2023-05-18", "2023-05-18")),
    ("日期:2023-05", _days("2023-05-01", "2023-05-31")),
    ("日期:2024-02", _days("2024-02-01", "2024-02-29")),
    ("日期:2023", _days("2023-01-01", "2023-12-31")),
    ("日期:2023-05..2023-08", _days("2023-05-01", "2023-08-31")),
    ("date:>2023-05", _days("2023-06-01", None)),
    ("页数:>10", FactRange(Fact.PAGES, 11, None)),
    # punctuation beside words
    ("违约金 ， 定金", _all(_w("违约金"), _w("定金"))),
    ("违约金 OR 。", _w("违约金")),
    ("客户:。 违约金", _w("违约金")),
]

LITERAL = [
    ('"违约金', _w("违约金")),
    ('违约金" 定金', _all(_w("违约金"), _w("定金"))),
    ("「违约金", _w("违约金")),
    ("(违约金", _w("违约金")),
    ("违约金)", _w("违约金")),
    ("（违约金 定金", _all(_w("违约金"), _w("定金"))),
    (")(", NOTHING),
    ("AND", _w("and")),
    ("与", _w("与")),
    ("违约金 AND", _all(_w("违约金"), _w("and"))),
    ("OR 违约金", _all(_w("or"), _w("违约金"))),
    ("a AND AND b", _all(_w("a"), _w("and"), _w("b"))),
    ("NOT", _w("not")),
    ("NOT NOT a", _all(_w("not"), Not(_w("a")))),
    ("(NOT)", _w("not")),
    ("客户:", _w("客户")),
    ("[2021 TO 2023]", _all(_w("2021"), _w("to"), _w("2023"))),
    ("客户: AND b", _all(_w("客户"), _w("b"))),
    ("年度:abc", _w("年度abc")),
    ("年度:[a TO b]", _w("年度a..b".replace(".", ""))),
    ("日期:2023-13", _w("日期202313")),
    ("类型:火星文", _w("类型火星文")),
    ("金额:很多", _w("金额很多")),
]


@pytest.mark.parametrize(("query", "criterion"), UNDERSTOOD, ids=[repr(query) for query, _ in UNDERSTOOD])
def test_a_query_means(query, criterion):
    assert parse_query(query).criterion == criterion


@pytest.mark.parametrize(("query", "criterion"), LITERAL, ids=[repr(query) for query, _ in LITERAL])
def test_what_cannot_be_understood_is_read_literally_and_says_so(query, criterion):
    parsed = parse_query(query)
    assert parsed.criterion == criterion
    assert parsed.read_literally
    assert any("字面" in note.zh and "literally" in note.en for note in parsed.explanation.notes)


def test_what_was_understood_does_not_claim_to_be_literal():
    assert [query for query, _ in UNDERSTOOD if parse_query(query).read_literally] == []


@pytest.mark.parametrize("query", ["", "   ", "\n\t　"])
def test_an_empty_query_asks_for_everything(query):
    parsed = parse_query(query)
    assert parsed.criterion == EVERYTHING
    assert parsed.explanation.notes == ()


@pytest.mark.parametrize(
    "query", ["。", "，。！", "()", '""', "“”", "...", "NOT 。", "- - -", "\u200b", "客户:。", "\x00"]
)
def test_a_query_of_punctuation_finds_nothing_and_says_so(query):
    parsed = parse_query(query)
    assert parsed.criterion == NOTHING
    assert "标点" in parsed.explanation.notes[0].zh


def test_the_explanation_reads_as_a_sentence_in_both_languages():
    meaning = parse_query("违约金 (客户:江苏 OR 年度:2021..2023) NOT 类型:发票").explanation.meaning
    assert meaning.zh == "“违约金” 且 （客户含“江苏” 或 年度 2021 至 2023） 且 排除 类型为“发票”"
    assert meaning.en == "“违约金” and (customer has “江苏” or year 2021 to 2023) and not type is “Invoice”"


def test_the_explanation_lists_the_single_conditions():
    terms = parse_query("金额:>=10万 NOT (甲 OR 乙)").explanation.terms
    assert [term.zh for term in terms] == ["金额 100,000.00 起", "排除 “甲”", "排除 “乙”"]


def test_a_word_that_holds_nothing_is_passed_over_with_a_note():
    notes = parse_query("违约金 。").explanation.notes
    assert [note.zh for note in notes] == ["“。”没有可查找的文字，已略过。"]


def test_a_query_beyond_the_bound_is_cut_and_says_so():
    parsed = parse_query("合" * 10_000)
    assert parsed.criterion == Phrase("合" * MAX_QUERY_CHARACTERS)
    assert str(MAX_QUERY_CHARACTERS) in parsed.explanation.notes[0].en


def test_a_pasted_passage_of_many_words_is_one_phrase():
    words = [f"word{index}" for index in range(MAX_TERMS + 1)]
    assert parse_query(" ".join(words)).criterion == Phrase("".join(words))
    assert isinstance(parse_query(" ".join(words[:-1])).criterion, AllOf)


def test_types_and_series_are_those_of_the_archive():
    frame = Frame(types=[DocumentType(code="weighing", zh="过磅单", en="Weighing slip", series="3")])
    assert parse_query("类型:过磅单", frame).criterion == FactIs(Fact.TYPE, ("weighing",))
    assert parse_query("类型:过磅单").read_literally


SIGNS = (
    *(
        "(",
        ")",
        "（",
        "）",
        '"',
        "“",
        "”",
        "「",
        "」",
        "[",
        "]",
        "{",
        "}",
        "*",
        "?",
        "~",
        "^2",
        "\\",
        "'",
        "-",
        "+",
        "<",
        ">=",
    ),
    *("AND", "OR", "NOT", "TO", "..", "与", "或", "非", "客户", "年度:", ":", "：", "合同", "a", "1", "é", "😀"),
    *(" ", "\n", "\x00", "\ud800"),
)
ODD = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


@given(query=ODD | st.text(max_size=80))
@settings(max_examples=600, deadline=None)
def test_nothing_that_can_be_typed_is_an_error(query):
    parsed = parse_query(query)
    parsed.explanation.meaning.zh.encode("utf-8", "surrogatepass")
