from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.domain.criterion import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    Chain,
    Fact,
    FactIs,
    FactRange,
    Gap,
    Mention,
    MentionKind,
    Not,
    Phrase,
    TextPart,
)
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


def _recorded_amounts(low, high):
    return FactRange(Fact.AMOUNT, low and Decimal(low), high and Decimal(high))


def _mentioned_amounts(low, high):
    return Mention(
        MentionKind.AMOUNT, int(Decimal(low) * 100) if low else 0, int(Decimal(high) * 100) if high else 10**18
    )


def _amounts(low, high):
    return _any(_recorded_amounts(low, high), _mentioned_amounts(low, high))


def _recorded_days(low, high):
    return FactRange(Fact.DOC_DATE, low and date.fromisoformat(low), high and date.fromisoformat(high))


def _mentioned_days(low, high):
    first = date.fromisoformat(low) if low else date.min
    last = date.fromisoformat(high) if high else date.max
    return Mention(MentionKind.DAY, first.toordinal(), last.toordinal())


def _days(low, high):
    return _any(_recorded_days(low, high), _mentioned_days(low, high))


def _chain(*links, gaps, ordered=True, part=TextPart.ANYWHERE):
    """Links are words, or several words for several alternatives; gaps are numbers, or low and high."""
    alternatives = tuple((link,) if isinstance(link, str) else link for link in links)
    return Chain(alternatives, tuple(Gap(0, gap) if isinstance(gap, int) else Gap(*gap) for gap in gaps), ordered, part)


def _near(*links, gaps, part=TextPart.ANYWHERE):
    return _chain(*links, gaps=gaps, ordered=False, part=part)


def _states(*codes):
    return FactIs(Fact.STATE, codes)


def _grades(low, high):
    return FactRange(Fact.GRADE, low, high)


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
    # amounts and dates as words
    ("¥438,000.00", _any(_w("¥438000.00"), _mentioned_amounts("438000", "438000"))),
    ("2023年5月18日", _any(_w("2023年5月18日"), _mentioned_days("2023-05-18", "2023-05-18"))),
    ("违约金 2023-05-18", _all(_w("违约金"), _any(_w("20230518"), _mentioned_days("2023-05-18", "2023-05-18")))),
    ("甲 OR 2023年5月18日", _any(_w("甲"), _w("2023年5月18日"), _mentioned_days("2023-05-18", "2023-05-18"))),
    ('"2023年5月18日"', _w("2023年5月18日")),
    ("题名:2023年5月18日", _title("2023年5月18日")),
    ("NOT 2023年5月18日", Not(_w("2023年5月18日"))),
    ("2023", _w("2023")),
    ("２０２３", _w("2023")),
    # wildcards
    ("合同*", _w("合同")),
    ("*合同?", _w("合同")),
    ("合?同", _chain("合", "同", gaps=[(1, 1)])),
    ("合*同", _chain("合", "同", gaps=[30])),
    ("HT-2023-???71", _chain("ht2023", "71", gaps=[(3, 3)])),
    ("a??b*c", _chain("a", "b", "c", gaps=[(2, 2), 30])),
    ("a?*?b", _chain("a", "b", gaps=[(2, 32)])),
    ("a**b", _chain("a", "b", gaps=[30])),
    ("?a?-?b*", _chain("a", "b", gaps=[(2, 2)])),
    ("4.?5", _chain(("4", "4."), "5", gaps=[(1, 1)])),
    ("4?.5", _chain("4", ("5", ".5"), gaps=[(1, 1)])),
    ("4?.?5", _chain("4", "5", gaps=[(2, 3)])),
    ("是否违约？如何", _w("是否违约如何")),
    ("甲＊乙", _w("甲乙")),
    ('"合?同*书"', _w("合同书")),
    ("客户:江*公司", _chain("江", "公司", gaps=[30], part=TextPart.CUSTOMER)),
    ("NOT 合?同", Not(_chain("合", "同", gaps=[(1, 1)]))),
    ("违约金 *", _w("违约金")),
    ("违约金 OR ?*", _w("违约金")),
    # near each other
    ("a NEAR/5 b", _near("a", "b", gaps=[5])),
    ("a NEAR b", _near("a", "b", gaps=[20])),
    ("甲 近/5 乙", _near("甲", "乙", gaps=[5])),
    ("甲 近／５ 乙", _near("甲", "乙", gaps=[5])),
    ("甲 近 乙", _near("甲", "乙", gaps=[20])),
    ("a NEAR/0 b", _near("a", "b", gaps=[0])),
    ("a BEFORE/5 b", _chain("a", "b", gaps=[5])),
    ("甲 先/5 乙", _chain("甲", "乙", gaps=[5])),
    ("甲 先 乙", _chain("甲", "乙", gaps=[20])),
    ("a NEAR/5 b NEAR/7 c", _near("a", "b", "c", gaps=[5, 7])),
    ("a BEFORE/5 b 先/7 c", _chain("a", "b", "c", gaps=[5, 7])),
    ("a NEAR/5 b BEFORE/7 c", _all(_near("a", "b", gaps=[5]), _chain("b", "c", gaps=[7]))),
    ('"违约 责任" NEAR/5 "赔 偿"', _near("违约责任", "赔偿", gaps=[5])),
    ("(a OR b) NEAR/5 (c OR d OR e)", _near(("a", "b"), ("c", "d", "e"), gaps=[5])),
    ("（甲 或 乙）近/5（丙 或 丁）", _near(("甲", "乙"), ("丙", "丁"), gaps=[5])),
    ("(a OR A) NEAR/5 b", _near("a", "b", gaps=[5])),
    ("((a)) NEAR/5 b", _near("a", "b", gaps=[5])),
    ("x a NEAR/5 b", _all(_w("x"), _near("a", "b", gaps=[5]))),
    ("x OR a NEAR/5 b", _any(_w("x"), _near("a", "b", gaps=[5]))),
    ("NOT a NEAR/5 b", Not(_near("a", "b", gaps=[5]))),
    ("正文:(a NEAR/5 b)", _near("a", "b", gaps=[5], part=TextPart.BODY)),
    ("正文:a NEAR/5 b", _near("a", "b", gaps=[5], part=TextPart.BODY)),
    ("a?b BEFORE/5 c", _chain("a", "b", "c", gaps=[(1, 1), 5])),
    (
        "a?b NEAR/5 c",
        _any(_chain("a", "b", "c", gaps=[(1, 1), 5]), _chain("c", "a", "b", gaps=[5, (1, 1)])),
    ),
    ("(a BEFORE/3 b) BEFORE/5 c", _chain("a", "b", "c", gaps=[3, 5])),
    ("near before 近年 先后", _all(_w("near"), _w("before"), _w("近年"), _w("先后"))),
    # bearing with what was misread
    ("违约金~", Phrase("违约金", tolerant=True)),
    ("违约金～", Phrase("违约金", tolerant=True)),
    ('"违约金 定金"~', Phrase("违约金定金", tolerant=True)),
    ("“违约金 定金”~ 甲", _all(Phrase("违约金定金", tolerant=True), _w("甲"))),
    ("题名:补充协议~", Phrase("补充协议", TextPart.TITLE, tolerant=True)),
    ("NOT 违约金~", Not(_w("违约金"))),
    ("NOT (a OR 违约金~)", Not(_any(_w("a"), _w("违约金")))),
    ("违~约金", _w("违约金")),
    ("违约金~2", _w("违约金2")),
    ("违?金~", _chain("违", "金", gaps=[(1, 1)])),
    ("a~ NEAR/5 b", _near("a", "b", gaps=[5])),
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
    ("信用代码:91320594MA1WK3X20B", _customer("91320594ma1wk3x20b")),
    ("uscc:91320594MA1W", _customer("91320594ma1w")),
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
    # states and grades
    ("状态:已归档", _states("filed")),
    ("state:filed", _states("filed")),
    ("状态：待核对", _states("review")),
    ("密级:一级", _grades(1, 1)),
    ("密级：１", _grades(1, 1)),
    ("grade:2", _grades(2, 2)),
    ("密级:一级至二级", _grades(1, 2)),
    ("密级:[一级 TO 二级]", _grades(1, 2)),
    ("密级:>=2", _grades(2, None)),
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
    ("登记金额:438000", _recorded_amounts("438000.00", "438000.00")),
    ("recorded_amount:>=10000", _recorded_amounts("10000.00", None)),
    ("文中金额:10万..50万", _mentioned_amounts("100000.00", "500000.00")),
    ("text_amount:<10000", _mentioned_amounts(None, "9999.99")),
    ("NOT 金额:438000", Not(_recorded_amounts("438000.00", "438000.00"))),
    ("NOT 文中金额:438000", Not(_mentioned_amounts("438000.00", "438000.00"))),
    # dates
    ("日期:2023-05-18", _days("2023-05-18", "2023-05-18")),
    ("日期:2023年5月18日", _days("2023-05-18", "2023-05-18")),
    ("日期:2023-05", _days("2023-05-01", "2023-05-31")),
    ("日期:2024-02", _days("2024-02-01", "2024-02-29")),
    ("日期:2023", _days("2023-01-01", "2023-12-31")),
    ("日期:2023-05..2023-08", _days("2023-05-01", "2023-08-31")),
    ("date:>2023-05", _days("2023-06-01", None)),
    ("登记日期:2023", _recorded_days("2023-01-01", "2023-12-31")),
    ("文中日期:2023-05", _mentioned_days("2023-05-01", "2023-05-31")),
    ("NOT 日期:2023", Not(_recorded_days("2023-01-01", "2023-12-31"))),
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
    ("NEAR/5 a", _all(_w("near5"), _w("a"))),
    ("a 近", _all(_w("a"), _w("近"))),
    ("a NEAR NOT b", _all(_w("a"), _w("near"), Not(_w("b")))),
    ("(a b) NEAR/5 c", _all(_w("a"), _w("b"), _w("near5"), _w("c"))),
    ("a NEAR/5 类型:发票", _all(_w("a"), _w("near5"), _type("invoice"))),
    ("题名:a NEAR/5 客户:b", _all(_title("a"), _w("near5"), _customer("b"))),
    ("(a?b OR c) NEAR/5 d", _all(_any(_chain("a", "b", gaps=[(1, 1)]), _w("c")), _w("near5"), _w("d"))),
    ("a NEAR/5 。", _all(_w("a"), _w("near5"))),
    (" NEAR/1 ".join("abcdefghi"), _all(*(_w(word) for word in " near1 ".join("abcdefghi").split()))),
    ("客户:", _w("客户")),
    ("状态:已销毁", _w("状态已销毁")),
    ("密级:四级", _w("密级四级")),
    ("密级:4", _w("密级4")),
    ("密级:1..4", _w("密级1..4".replace(".", ""))),
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


MEANINGS = [
    ("违约金~", "“违约金”（容错）", "“违约金” (even if misread)"),
    ("违?金", "形如“违?金”", "like “违?金”"),
    ("题名:补*协议", "题名中形如“补*协议”", "in the title: like “补*协议”"),
    ("a NEAR/5 b", "“a”与“b”相距不超过 5 字", "“a” within 5 characters of “b”"),
    ("a NEAR/0 b", "“a”与“b”紧挨着", "“a” right beside “b”"),
    ("a BEFORE b", "“a”之后 20 字以内有“b”", "“a” followed within 20 characters by “b”"),
    ("a BEFORE/0 b", "“a”之后紧接着“b”", "“a” directly followed by “b”"),
    (
        "a NEAR/5 (b OR c) NEAR/7 d",
        "“a”与（“b”或“c”）相距不超过 5 字，（“b”或“c”）与“d”相距不超过 7 字",
        "“a” within 5 characters of (“b” or “c”), (“b” or “c”) within 7 characters of “d”",
    ),
    (
        "正文:(a BEFORE/5 b) NEAR/7 c",
        "正文中（“a”之后 5 字以内有“b”）与“c”相距不超过 7 字",
        "in the text: (“a” followed within 5 characters by “b”) within 7 characters of “c”",
    ),
    (
        "a NEAR/5 b BEFORE/7 c",
        "“a”与“b”相距不超过 5 字 且 “b”之后 7 字以内有“c”",
        "“a” within 5 characters of “b” and “b” followed within 7 characters by “c”",
    ),
    ("43.8万元", "“43.8万元”（不论写法）", "“43.8万元” (however written)"),
    ("甲 2023年5月18日", "“甲” 且 “2023年5月18日”（不论写法）", "“甲” and “2023年5月18日” (however written)"),
    ("密级:一级至二级", "密级 一级 至 二级", "grade 1 to 2"),
    ("状态:待核对", "状态为“待核对”", "state is “waiting to be confirmed”"),
    ("金额:<5", "金额至 4.99 止", "amount up to 4.99"),
    ("登记金额:5", "登记金额 5.00", "recorded amount 5.00"),
    ("文中日期:2023-05", "文中日期 2023-05-01 至 2023-05-31", "date in the text 2023-05-01 to 2023-05-31"),
    ("NOT 金额:5", "排除 登记金额 5.00", "not recorded amount 5.00"),
]


@pytest.mark.parametrize(("query", "zh", "en"), MEANINGS)
def test_the_explanation_says_what_is_looked_for(query, zh, en):
    meaning = parse_query(query).explanation.meaning
    assert (meaning.zh, meaning.en) == (zh, en)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("合同*", "首尾的通配符"),
        ("违约金 ?*", "没有可查找的文字"),
        ("a?b?c?d?e?f?g?h?i", "通配符过多"),
        ("违?金~", "不作容错"),
        ("a~ NEAR/5 b", "不作容错"),
        ("NOT 违约金~", "以免多排除"),
        ("NOT 日期:2023", "只看登记的值"),
        ("43.8万元 NEAR/5 甲", "按所写的字"),
        ("a NEAR/2000 b", "1000 字"),
        ("(a b) NEAR/5 c", "相距条件的两边"),
        (" NEAR/1 ".join("abcdefghi"), "最多 8 段"),
    ],
)
def test_the_explanation_notes_what_has_another_effect_than_it_seems(query, note):
    notes = parse_query(query).explanation.notes
    assert any(note in one.zh for one in notes)
    assert all(one.en for one in notes)


def test_a_word_with_too_many_wildcards_is_looked_for_without_them():
    assert parse_query("a?b?c?d?e?f?g?h?i").criterion == _w("abcdefghi")


def test_a_distance_beyond_the_bound_is_taken_as_the_bound():
    assert parse_query("a NEAR/999999999999 b").criterion == _near("a", "b", gaps=[1000])


def _tolerant(folded, part=TextPart.ANYWHERE):
    return Phrase(folded, part, tolerant=True)


@pytest.mark.parametrize(
    ("query", "criterion"),
    [
        ("违约金", _tolerant("违约金")),
        ('"违约 金" 客户:江苏', _all(_tolerant("违约金"), _tolerant("江苏", TextPart.CUSTOMER))),
        ("违约金 NOT 定金", _all(_tolerant("违约金"), Not(_w("定金")))),
        ("NOT (a NOT b)", Not(_all(_w("a"), Not(_w("b"))))),
        ("a NEAR/5 b", _near("a", "b", gaps=[5])),
        ("年度:abc", _tolerant("年度abc")),
        (" ".join("word" for _ in range(MAX_TERMS + 1)), _tolerant("word" * (MAX_TERMS + 1))),
    ],
)
def test_a_tolerant_search_bears_with_what_was_misread_but_excludes_no_more(query, criterion):
    assert parse_query(query, tolerant=True).criterion == criterion


SYNONYMS = Frame(synonyms={"违约金": ("滞纳金", "罚 金"), "甲方": ("需方", "违约金"), "多": tuple(map(str, range(99)))})
_PENALTY = ("违约金", "滞纳金", "罚金")


@pytest.mark.parametrize(
    ("query", "criterion"),
    [
        ("违约金", _any(*map(_w, _PENALTY))),
        ("違約金 定金", _all(_any(*map(_w, _PENALTY)), _w("定金"))),
        ("违约金 OR 定金", _any(*map(_w, _PENALTY), _w("定金"))),
        ("题名:违约金", _any(*map(_title, _PENALTY))),
        ("违约金~", _any(*map(_tolerant, _PENALTY))),
        ("违约金 NEAR/5 赔偿", _near(_PENALTY, "赔偿", gaps=[5])),
        ("(违约金 OR 甲方) NEAR/5 赔偿", _near((*_PENALTY, "甲方", "需方"), "赔偿", gaps=[5])),
        ('"违约金"', _w("违约金")),
        ("NOT 违约金", Not(_w("违约金"))),
        ("NOT (a NEAR/5 违约金)", Not(_near("a", "违约金", gaps=[5]))),
        ("违约金条款", _w("违约金条款")),
        ("违约金*", _w("违约金")),
        ("客户:甲方", _customer("甲方")),
        ("多", _w("多")),
    ],
)
def test_a_word_finds_its_synonyms_where_that_was_asked_for(query, criterion):
    assert parse_query(query, SYNONYMS, synonyms=True).criterion == criterion


def test_synonyms_in_use_are_explained_and_others_offered():
    used = parse_query("违约金", SYNONYMS, synonyms=True)
    assert used.explanation.meaning.zh == "“违约金”（或同义词“滞纳金”、“罚 金”）"
    assert used.synonyms_known == ()
    offered = parse_query("違約金 NEAR/5 甲方 NOT 多", SYNONYMS)
    assert [known.zh for known in offered.synonyms_known] == ["違約金：滞纳金、罚 金", "甲方：需方、违约金"]
    assert offered.synonyms_known[0].en == "違約金: 滞纳金, 罚 金"


def test_synonyms_never_make_a_query_broader_than_its_bound():
    frame = Frame(synonyms={f"w{number}": tuple(f"w{number}s{other}" for other in range(20)) for number in range(9)})
    parsed = parse_query(" ".join(f"w{number}" for number in range(9)), frame, synonyms=True)
    texts = [part.parts if isinstance(part, AnyOf) else (part,) for part in parsed.criterion.parts]
    assert sum(map(len, texts)) <= MAX_TERMS
    assert any("同义词过多" in note.zh for note in parsed.explanation.notes)


def test_words_too_many_for_one_side_of_a_nearness_stand_without_synonyms():
    frame = Frame(synonyms={word: tuple(f"{word}{other}" for other in range(12)) for word in "abc"})
    parsed = parse_query("(a OR b OR c) NEAR/5 d", frame, synonyms=True)
    assert parsed.criterion == _near(("a", "b", "c"), "d", gaps=[5])
    assert len(parsed.synonyms_known) == 3


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
