import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulators.criteria import (
    all_of,
    amounts,
    any_of,
    chain,
    contract,
    customer,
    days,
    grades,
    mentioned_amounts,
    mentioned_days,
    near,
    recorded_amounts,
    recorded_days,
    states,
    title,
    tolerant,
    types,
    word,
    years,
)

from dms.domain.criterion import (
    EVERYTHING,
    NOTHING,
    AllOf,
    Fact,
    FactIs,
    FactRange,
    Not,
    Phrase,
    TextPart,
)
from dms.domain.document_type import DocumentType
from dms.search.query import MAX_QUERY_CHARACTERS, MAX_TERMS, Frame, parse_query

UNDERSTOOD = [
    # words and phrases
    ("违约金", word("违约金")),
    ("违约金 定金", all_of(word("违约金"), word("定金"))),
    ("违约金　定金", all_of(word("违约金"), word("定金"))),
    ("  违约金  ", word("违约金")),
    ("違約金", word("违约金")),
    ("HT-2023-00871", word("ht202300871")),
    ("ＨＴ－２０２３", word("ht2023")),
    ('"违约金 定金"', word("违约金定金")),
    ("“违约金 定金”", word("违约金定金")),
    ("「违约金 定金」", word("违约金定金")),
    ("『违约金 定金』", word("违约金定金")),
    ("＂违约金 定金＂", word("违约金定金")),
    ("”违约金 定金“", word("违约金定金")),
    ('"违约金 定金”', word("违约金定金")),
    ('"以下称“甲方”）与"', word("以下称甲方与")),
    ('“5" 钢管”', word("5钢管")),
    ('"a AND b"', word("aandb")),
    ('"客户:江苏"', word("客户江苏")),
    ("“违约金”和“定金”", all_of(word("违约金"), word("和"), word("定金"))),
    ("（2024）苏买第12号", word("2024苏买第12号")),
    ("安徽（苏州）有限公司 合同", all_of(word("安徽苏州有限公司"), word("合同"))),
    ("合同编号：HT-2023-00871", word("ht202300871")),
    ("甲方：江苏", word("甲方江苏")),
    ("10:30", word("1030")),
    # amounts and dates as words
    ("¥438,000.00", any_of(word("¥438000.00"), mentioned_amounts("438000", "438000"))),
    ("2023年5月18日", any_of(word("2023年5月18日"), mentioned_days("2023-05-18", "2023-05-18"))),
    ("违约金 2023-05-18", all_of(word("违约金"), any_of(word("20230518"), mentioned_days("2023-05-18", "2023-05-18")))),
    ("甲 OR 2023年5月18日", any_of(word("甲"), word("2023年5月18日"), mentioned_days("2023-05-18", "2023-05-18"))),
    ('"2023年5月18日"', word("2023年5月18日")),
    ("题名:2023年5月18日", title("2023年5月18日")),
    ("NOT 2023年5月18日", Not(word("2023年5月18日"))),
    ("2023", word("2023")),
    ("２０２３", word("2023")),
    # wildcards
    ("合同*", word("合同")),
    ("*合同?", word("合同")),
    ("合?同", chain("合", "同", gaps=[(1, 1)])),
    ("合*同", chain("合", "同", gaps=[30])),
    ("HT-2023-???71", chain("ht2023", "71", gaps=[(3, 3)])),
    ("a??b*c", chain("a", "b", "c", gaps=[(2, 2), 30])),
    ("a?*?b", chain("a", "b", gaps=[(2, 32)])),
    ("a**b", chain("a", "b", gaps=[30])),
    ("?a?-?b*", chain("a", "b", gaps=[(2, 2)])),
    ("4.?5", chain(("4", "4."), "5", gaps=[(1, 1)])),
    ("4?.5", chain("4", ("5", ".5"), gaps=[(1, 1)])),
    ("4?.?5", chain("4", "5", gaps=[(2, 3)])),
    ("是否违约？如何", word("是否违约如何")),
    ("甲＊乙", word("甲乙")),
    ('"合?同*书"', word("合同书")),
    ("客户:江*公司", chain("江", "公司", gaps=[30], part=TextPart.CUSTOMER)),
    ("NOT 合?同", Not(chain("合", "同", gaps=[(1, 1)]))),
    ("违约金 *", word("违约金")),
    ("违约金 OR ?*", word("违约金")),
    # near each other
    ("a NEAR/5 b", near("a", "b", gaps=[5])),
    ("a NEAR b", near("a", "b", gaps=[20])),
    ("甲 近/5 乙", near("甲", "乙", gaps=[5])),
    ("甲 近／５ 乙", near("甲", "乙", gaps=[5])),
    ("甲 近 乙", near("甲", "乙", gaps=[20])),
    ("a NEAR/0 b", near("a", "b", gaps=[0])),
    ("a BEFORE/5 b", chain("a", "b", gaps=[5])),
    ("甲 先/5 乙", chain("甲", "乙", gaps=[5])),
    ("甲 先 乙", chain("甲", "乙", gaps=[20])),
    ("a NEAR/5 b NEAR/7 c", near("a", "b", "c", gaps=[5, 7])),
    ("a BEFORE/5 b 先/7 c", chain("a", "b", "c", gaps=[5, 7])),
    ("a NEAR/5 b BEFORE/7 c", all_of(near("a", "b", gaps=[5]), chain("b", "c", gaps=[7]))),
    ('"违约 责任" NEAR/5 "赔 偿"', near("违约责任", "赔偿", gaps=[5])),
    ("(a OR b) NEAR/5 (c OR d OR e)", near(("a", "b"), ("c", "d", "e"), gaps=[5])),
    ("（甲 或 乙）近/5（丙 或 丁）", near(("甲", "乙"), ("丙", "丁"), gaps=[5])),
    ("(a OR A) NEAR/5 b", near("a", "b", gaps=[5])),
    ("((a)) NEAR/5 b", near("a", "b", gaps=[5])),
    ("x a NEAR/5 b", all_of(word("x"), near("a", "b", gaps=[5]))),
    ("x OR a NEAR/5 b", any_of(word("x"), near("a", "b", gaps=[5]))),
    ("NOT a NEAR/5 b", Not(near("a", "b", gaps=[5]))),
    ("正文:(a NEAR/5 b)", near("a", "b", gaps=[5], part=TextPart.BODY)),
    ("正文:a NEAR/5 b", near("a", "b", gaps=[5], part=TextPart.BODY)),
    ("a?b BEFORE/5 c", chain("a", "b", "c", gaps=[(1, 1), 5])),
    (
        "a?b NEAR/5 c",
        any_of(chain("a", "b", "c", gaps=[(1, 1), 5]), chain("c", "a", "b", gaps=[5, (1, 1)])),
    ),
    ("(a BEFORE/3 b) BEFORE/5 c", chain("a", "b", "c", gaps=[3, 5])),
    ("near before 近年 先后", all_of(word("near"), word("before"), word("近年"), word("先后"))),
    # bearing with what was misread
    ("违约金~", tolerant("违约金")),
    ("违约金～", tolerant("违约金")),
    ('"违约金 定金"~', tolerant("违约金定金")),
    ("“违约金 定金”~ 甲", all_of(tolerant("违约金定金"), word("甲"))),
    ("题名:补充协议~", tolerant("补充协议", TextPart.TITLE)),
    ("NOT 违约金~", Not(word("违约金"))),
    ("NOT (a OR 违约金~)", Not(any_of(word("a"), word("违约金")))),
    ("违~约金", word("违约金")),
    ("违约金~2", word("违约金2")),
    ("违?金~", chain("违", "金", gaps=[(1, 1)])),
    ("a~ NEAR/5 b", near("a", "b", gaps=[5])),
    # operators
    ("a AND b", all_of(word("a"), word("b"))),
    ("甲 与 乙", all_of(word("甲"), word("乙"))),
    ("甲 且 乙", all_of(word("甲"), word("乙"))),
    ("a OR b", any_of(word("a"), word("b"))),
    ("甲 或 乙", any_of(word("甲"), word("乙"))),
    ("NOT a", Not(word("a"))),
    ("非 甲", Not(word("甲"))),
    ("a NOT b", all_of(word("a"), Not(word("b")))),
    ("甲 非 乙", all_of(word("甲"), Not(word("乙")))),
    ("a AND NOT b", all_of(word("a"), Not(word("b")))),
    ("a OR NOT b", any_of(word("a"), Not(word("b")))),
    ("a OR b OR c", any_of(word("a"), word("b"), word("c"))),
    ("a b OR c", all_of(word("a"), any_of(word("b"), word("c")))),
    ("a AND b OR c", any_of(all_of(word("a"), word("b")), word("c"))),
    ("(a OR b) c", all_of(any_of(word("a"), word("b")), word("c"))),
    ("（甲 或 乙） 丙", all_of(any_of(word("甲"), word("乙")), word("丙"))),
    ("NOT (a OR b)", Not(any_of(word("a"), word("b")))),
    ("NOT (a b) c", all_of(Not(all_of(word("a"), word("b"))), word("c"))),
    ("((a OR b) (c OR d))", all_of(any_of(word("a"), word("b")), any_of(word("c"), word("d")))),
    ("(a OR b) AND c OR d", any_of(all_of(any_of(word("a"), word("b")), word("c")), word("d"))),
    ("and or not", all_of(word("and"), word("or"), word("not"))),
    ("与会 或许 非常", all_of(word("与会"), word("或许"), word("非常"))),
    ("a\nAND\tb", all_of(word("a"), word("b"))),
    # fields with text
    ("客户:江苏", customer("江苏")),
    ("客户：江苏", customer("江苏")),
    ("客户： 江苏", customer("江苏")),
    ("customer:Kingstone", customer("kingstone")),
    ("Customer:C0001", customer("c0001")),
    ("合同:HT-2023-00871", contract("ht202300871")),
    ("信用代码:91320594MA1WK3X20B", word("91320594ma1wk3x20b")),
    ("uscc:91320594MA1W", word("91320594ma1w")),
    ("合同：（2024）苏买第12号", contract("2024苏买第12号")),
    ("contract:HT-2023", contract("ht2023")),
    ("题名:补充协议", title("补充协议")),
    ('title:"补充 协议"', title("补充协议")),
    ("正文:违约金", Phrase("违约金", TextPart.BODY)),
    ("客户:(江苏 OR 安徽)", any_of(customer("江苏"), customer("安徽"))),
    ("NOT 客户:江苏", Not(customer("江苏"))),
    ("客户:江苏 违约金", all_of(customer("江苏"), word("违约金"))),
    # types and series
    ("类型:合同", types("contract")),
    ("类型:contract", types("contract")),
    ("type:invoice", types("invoice")),
    ("类型：发票", types("invoice")),
    ("类型:补充协议", types("amendment")),
    ("类型:协议", types("amendment", "termination")),
    ("类目:交易状况", FactIs(Fact.SERIES, ("3",))),
    ("series:1", FactIs(Fact.SERIES, ("1",))),
    # states and grades
    ("状态:已归档", states("filed")),
    ("state:filed", states("filed")),
    ("状态：待核对", states("review")),
    ("密级:一级", grades(1, 1)),
    ("密级：１", grades(1, 1)),
    ("grade:2", grades(2, 2)),
    ("密级:一级至二级", grades(1, 2)),
    ("密级:[一级 TO 二级]", grades(1, 2)),
    ("密级:>=2", grades(2, None)),
    # years
    ("年度:2023", years(2023, 2023)),
    ("年度：２０２３", years(2023, 2023)),
    ("年份:2023年", years(2023, 2023)),
    ("年度:2021..2023", years(2021, 2023)),
    ("年度:2021-2023", years(2021, 2023)),
    ("年度:2021至2023", years(2021, 2023)),
    ("年度:2023..2021", years(2021, 2023)),
    ("年度:[2021 TO 2023]", years(2021, 2023)),
    ("年度:[2021 to 2023]", years(2021, 2023)),
    ("年度：［2021 至 2023］", years(2021, 2023)),
    ("year:>=2021", years(2021, None)),
    ("year:>2021", years(2022, None)),
    ("year:<2021", years(None, 2020)),
    ("年度:2021..", years(2021, None)),
    ("年度:[TO 2021]", years(None, 2021)),
    ("年度:[2021 TO]", years(2021, None)),
    ("日期:【2023-05 至 2023-08】", days("2023-05-01", "2023-08-31")),
    ("年度:(2021 OR 2023)", any_of(years(2021, 2021), years(2023, 2023))),
    ("NOT 年度:2023", Not(years(2023, 2023))),
    # amounts
    ("金额:438000", amounts("438000.00", "438000.00")),
    ("金额:438,000.00", amounts("438000.00", "438000.00")),
    ("金额:[10000 TO 50000]", amounts("10000.00", "50000.00")),
    ("金额:>=10000", amounts("10000.00", None)),
    ("金额：＞10000", amounts("10000.01", None)),
    ("金额: >= 10万", amounts("100000.00", None)),
    ("金额>=10万", amounts("100000.00", None)),
    ("金额 > 10000", amounts("10000.01", None)),
    ("金额=438000", amounts("438000.00", "438000.00")),
    ("NOT 登记金额<10000", Not(recorded_amounts(None, "9999.99"))),
    ("金额:10万..50万", amounts("100000.00", "500000.00")),
    ("amount:<=1.5亿元", amounts(None, "150000000.00")),
    ("登记金额:438000", recorded_amounts("438000.00", "438000.00")),
    ("recorded_amount:>=10000", recorded_amounts("10000.00", None)),
    ("文中金额:10万..50万", mentioned_amounts("100000.00", "500000.00")),
    ("text_amount:<10000", mentioned_amounts(None, "9999.99")),
    ("NOT 金额:438000", Not(recorded_amounts("438000.00", "438000.00"))),
    ("NOT 文中金额:438000", Not(mentioned_amounts("438000.00", "438000.00"))),
    # dates
    ("日期:2023-05-18", days("2023-05-18", "2023-05-18")),
    ("日期:2023年5月18日", days("2023-05-18", "2023-05-18")),
    ("日期:2023-05", days("2023-05-01", "2023-05-31")),
    ("日期:2024-02", days("2024-02-01", "2024-02-29")),
    ("日期>=2024-02", days("2024-02-01", None)),
    ("日期:2023", days("2023-01-01", "2023-12-31")),
    ("日期:2023-05..2023-08", days("2023-05-01", "2023-08-31")),
    ("date:>2023-05", days("2023-06-01", None)),
    ("登记日期:2023", recorded_days("2023-01-01", "2023-12-31")),
    ("文中日期:2023-05", mentioned_days("2023-05-01", "2023-05-31")),
    ("NOT 日期:2023", Not(recorded_days("2023-01-01", "2023-12-31"))),
    ("页数:>10", FactRange(Fact.PAGES, 11, None)),
    # punctuation beside words
    ("违约金 ， 定金", all_of(word("违约金"), word("定金"))),
    ("违约金 OR 。", word("违约金")),
    ("客户:。 违约金", word("违约金")),
]

LITERAL = [
    ('"违约金', word("违约金")),
    ('违约金" 定金', all_of(word("违约金"), word("定金"))),
    ("「违约金", word("违约金")),
    ("(违约金", word("违约金")),
    ("违约金)", word("违约金")),
    ("（违约金 定金", all_of(word("违约金"), word("定金"))),
    (")(", NOTHING),
    ("AND", word("and")),
    ("与", word("与")),
    ("违约金 AND", all_of(word("违约金"), word("and"))),
    ("OR 违约金", all_of(word("or"), word("违约金"))),
    ("a AND AND b", all_of(word("a"), word("and"), word("b"))),
    ("NOT", word("not")),
    ("NOT NOT a", all_of(word("not"), Not(word("a")))),
    ("(NOT)", word("not")),
    ("NEAR/5 a", all_of(word("near5"), word("a"))),
    ("a 近", all_of(word("a"), word("近"))),
    ("a NEAR NOT b", all_of(word("a"), word("near"), Not(word("b")))),
    ("(a b) NEAR/5 c", all_of(word("a"), word("b"), word("near5"), word("c"))),
    ("a NEAR/5 类型:发票", all_of(word("a"), word("near5"), types("invoice"))),
    ("题名:a NEAR/5 客户:b", all_of(title("a"), word("near5"), customer("b"))),
    ("(a?b OR c) NEAR/5 d", all_of(any_of(chain("a", "b", gaps=[(1, 1)]), word("c")), word("near5"), word("d"))),
    ("a NEAR/5 。", all_of(word("a"), word("near5"))),
    (" NEAR/1 ".join("abcdefghi"), all_of(*(word(one) for one in " near1 ".join("abcdefghi").split()))),
    ("客户:", word("客户")),
    ("状态:已销毁", word("状态已销毁")),
    ("密级:四级", word("密级四级")),
    ("密级:4", word("密级4")),
    ("密级:1..4", word("密级1..4".replace(".", ""))),
    ("[2021 TO 2023]", all_of(word("2021"), word("to"), word("2023"))),
    ("客户: AND b", all_of(word("客户"), word("b"))),
    ("年度:abc", word("年度abc")),
    ("年度:[a TO b]", word("年度a..b".replace(".", ""))),
    ("日期:2023-13", word("日期202313")),
    ("类型:火星文", word("类型火星文")),
    ("金额:很多", word("金额很多")),
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
