import pytest
from simulators.criteria import all_of, any_of, customer, near, title, tolerant, word

from dms.domain.criterion import (
    AnyOf,
    Not,
    TextPart,
)
from dms.search.query import MAX_TERMS, Frame, parse_query

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
    ("43.8万元", "“43.8万元”（或金额 438,000.00，不论写法）", "“43.8万元” (or amount 438,000.00, however written)"),
    (
        "甲 2023年5月18日",
        "“甲” 且 “2023年5月18日”（或日期 2023-05-18，不论写法）",
        "“甲” and “2023年5月18日” (or date 2023-05-18, however written)",
    ),
    (
        "202305",
        "“202305”（或日期 2023-05-01 至 2023-05-31 或 金额 202,305.00，不论写法）",
        "“202305” (or date 2023-05-01 to 2023-05-31 or amount 202,305.00, however written)",
    ),
    (">=10万", "“>=10万”（或金额 100,000.00 起，不论写法）", "“>=10万” (or amount from 100,000.00, however written)"),
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
    assert parse_query("a?b?c?d?e?f?g?h?i").criterion == word("abcdefghi")


def test_a_distance_beyond_the_bound_is_taken_as_the_bound():
    assert parse_query("a NEAR/999999999999 b").criterion == near("a", "b", gaps=[1000])


@pytest.mark.parametrize(
    ("query", "criterion"),
    [
        ("违约金", tolerant("违约金")),
        ('"违约 金" 客户:江苏', all_of(tolerant("违约金"), tolerant("江苏", TextPart.CUSTOMER))),
        ("违约金 NOT 定金", all_of(tolerant("违约金"), Not(word("定金")))),
        ("NOT (a NOT b)", Not(all_of(word("a"), Not(word("b"))))),
        ("a NEAR/5 b", near("a", "b", gaps=[5])),
        ("年度:abc", tolerant("年度abc")),
        (" ".join("word" for _ in range(MAX_TERMS + 1)), tolerant("word" * (MAX_TERMS + 1))),
    ],
)
def test_atolerant_search_bears_with_what_was_misread_but_excludes_no_more(query, criterion):
    assert parse_query(query, tolerant=True).criterion == criterion


SYNONYMS = Frame(synonyms={"违约金": ("滞纳金", "罚 金"), "甲方": ("需方", "违约金"), "多": tuple(map(str, range(99)))})
_PENALTY = ("违约金", "滞纳金", "罚金")


@pytest.mark.parametrize(
    ("query", "criterion"),
    [
        ("违约金", any_of(*map(word, _PENALTY))),
        ("違約金 定金", all_of(any_of(*map(word, _PENALTY)), word("定金"))),
        ("违约金 OR 定金", any_of(*map(word, _PENALTY), word("定金"))),
        ("题名:违约金", any_of(*map(title, _PENALTY))),
        ("违约金~", any_of(*map(tolerant, _PENALTY))),
        ("违约金 NEAR/5 赔偿", near(_PENALTY, "赔偿", gaps=[5])),
        ("(违约金 OR 甲方) NEAR/5 赔偿", near((*_PENALTY, "甲方", "需方"), "赔偿", gaps=[5])),
        ('"违约金"', word("违约金")),
        ("NOT 违约金", Not(word("违约金"))),
        ("NOT (a NEAR/5 违约金)", Not(near("a", "违约金", gaps=[5]))),
        ("违约金条款", word("违约金条款")),
        ("违约金*", word("违约金")),
        ("客户:甲方", customer("甲方")),
        ("多", word("多")),
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
    assert parsed.criterion == near(("a", "b", "c"), "d", gaps=[5])
    assert len(parsed.synonyms_known) == 3
