import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.search.analysis import fold, fold_pages, folded
from dms.search.tracing import TracedPages

ALIKE = [
    ("full-width letters and digits", "ＣＧ－２０１６－４１２１", "CG-2016-4121"),
    ("case", "Kingstone TRADING", "kingstone trading"),
    ("spaces that OCR invents", "合 同 编 号", "合同编号"),
    ("ideographic spaces", "合　同", "合同"),
    ("line ends", "违约\n金", "违约金"),
    ("Windows line ends", "违约\r\n金", "违约金"),
    ("a zero-width space", "违约\u200b金", "违约金"),
    ("a byte-order mark", "\ufeff违约金", "违约金"),
    ("a soft hyphen", "con\u00adtract", "contract"),
    ("traditional and simplified", "買賣合同書", "买卖合同书"),
    ("a traditional character of the first plane and its simplified form of the second", "鋐", "𬭎"),
    ("punctuation of both widths", "甲方：江苏，", "甲方:江苏,"),
    ("any dash", "HT—2023–00871", "HT-2023-00871"),
    ("the minus sign and the hyphen", "HT−2023", "HT-2023"),
    ("wave dashes", "2021～2023", "2021~2023"),
    ("slashes", "2023/05/18", "20230518"),
    ("thousands separators", "438,000.00", "438000.00"),
    ("yen signs of both widths", "￥100", "¥100"),
    ("brackets of both widths", "（2024）苏", "(2024)苏"),
    ("circled digits", "①②", "12"),
    ("Roman numerals in one character", "Ⅳ", "IV"),
    ("square metres in one character", "㎡", "m2"),
    ("ligatures", "ﬁne oﬃce", "fine office"),
    ("accents composed or not", "cafe\u0301", "café"),
    ("sharp s", "Straße", "STRASSE"),
    ("final sigma", "ΟΔΟΣ", "οδος"),
    ("half-width kana", "ｶﾞｿﾘﾝ", "ガソリン"),
    ("Hangul parts", "\u1112\u1161\u11ab", "한"),
    ("radicals that stand for characters", "⻓⻋⻛⻅", "长车风见"),
    ("Kangxi radicals", "⼈⽇", "人日"),
    ("compatibility ideographs", "\uf9be", "料"),
    ("variation selectors", "葛\U000e0100城", "葛城"),
    ("the geometric circle for zero", "二○二三", "二〇二三"),
    ("vulgar fractions and their slash", "½", "1/2"),
]
DIFFERENT = [
    ("the decimal point between digits", "1.5", "15"),
    ("per cent", "5%", "5"),
    ("per mille and per cent", "5‰", "5%"),
    ("the at sign", "a@b", "ab"),
    ("the number sign", "#3", "3"),
    ("the ampersand", "R&D", "RD"),
    ("currency signs", "¥100", "$100"),
    ("plus", "C++", "C"),
    ("degrees", "45°", "45"),
    ("check marks", "☑是", "☐是"),
    ("one rare character and another", "𬭎", "𨱏"),
    ("private characters", "\ue000", "\ue001"),
]
NOTHING = [
    "",
    " \t\r\n\u3000",
    "，。、；：？！“”‘’（）《》【】…—",
    "...",
    "-_/\\*",
    "\x00\x07\x1b",
    "\u200b\u200d\ufeff",
    "\ud800",
]


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in ALIKE], ids=[case[0] for case in ALIKE])
def test_what_differs_in_writing_only_is_alike(first, second):
    assert folded(first) == folded(second) != ""


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in DIFFERENT], ids=[case[0] for case in DIFFERENT])
def test_what_differs_in_meaning_stays_different(first, second):
    assert folded(first) != folded(second)


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_folds_to_nothing(text):
    assert folded(text) == ""


def test_a_full_stop_is_a_decimal_point_only_between_two_digits():
    assert folded("第1.2条。共3. 款 .5 6. 1..2") == "第1.2条共3款56.12"


def test_each_folded_character_knows_where_it_came_from():
    text = "编号：Ｃ Ｇ\n-２0ﬁ"
    result = fold(text)
    assert result.text == "编号cg20fi"
    assert [text[start:end] for start, end in result.origins] == ["编", "号", "Ｃ", "Ｇ", "２", "0", "ﬁ", "ﬁ"]


def test_an_accent_belongs_to_the_place_of_its_letter():
    result = fold("xe\u0301y")
    assert result.text == "xéy"
    assert result.origin(1, 2) == (1, 3)


def test_pages_follow_each_other_without_a_gap_and_know_their_ends():
    pages = fold_pages(["甲方 违\n约", "", "金 乙方"])
    assert pages.text == "甲方违约金乙方"
    assert pages.ends == (4, 4, 7)
    assert [pages.page_at(position) for position in range(7)] == [0, 0, 0, 0, 2, 2, 2]


WRITING = st.text(
    st.sampled_from(
        "合同違約金责任鋐𬭎〇○AbＺ09１２%.。，、：:-－/ \n\r　\t（）“”¥￥ﬁ①é"
        "\u0301ｶﾞガ한\u200b\ufe0f\U000e0100#&@\ue000😀\ud800\x00⻓"
    ),
    max_size=60,
)


@given(WRITING)
@settings(max_examples=400, deadline=None)
def test_the_fast_and_the_exact_way_of_folding_agree(text):
    result = fold(text)
    assert folded(text) == result.text
    assert len(result.origins) == len(result.text)
    assert all(0 <= start < end <= len(text) for start, end in result.origins)
    assert list(result.origins) == sorted(result.origins)


@given(st.text(max_size=30))
@settings(max_examples=400, deadline=None)
def test_any_text_at_all_can_be_folded(text):
    result = folded(text)
    assert result == fold(text).text
    assert not any(character.isspace() or unicodedata.category(character)[0] in "ZC" for character in result
                   if unicodedata.category(character) not in {"Co", "Cn"})  # fmt: skip
    result.encode("utf-8")


@pytest.mark.parametrize(
    "pages",
    [
        ("总价1.", "3万元"),
        ("总价1", ".3万元"),
        ("总价1", ".", "3"),
        ("第1.", "条"),
        ("1.", "", " ", "5"),
        (".", "5"),
        ("一.", "3"),
        ("", ""),
        ("面积30㎡", ".5"),
    ],
)
def test_the_pages_of_an_item_fold_as_one_text(pages):
    whole = fold_pages(pages)
    assert whole.text == folded("\n".join(pages))
    assert len(whole.ends) == len(pages)


def test_a_number_that_a_page_end_cuts_at_its_point_is_marked_on_both_pages():
    traced = TracedPages(["总价1.", "3万元"])
    assert (traced.text, traced.ends) == ("总价1.3万元", (4, 7))
    assert traced.origin(0, 2, 4) == (2, 4)
    assert traced.origin(1, 4, 5) == (0, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [("帳號", "账号"), ("帐户", "賬戶"), ("瞭解", "了解"), ("馀额", "余额"), ("数値", "数值"), ("合│同", "合同")],
)
def test_words_that_are_written_in_several_ways_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)
