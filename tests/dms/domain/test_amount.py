from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.amount import (
    AmountForm,
    canonical_amount,
    find_amounts,
    in_capitals,
    parse_amount,
    parse_capitals,
    repaired_capitals,
)

amounts = st.decimals(min_value=0, max_value=10**12, places=2)

CAPITALS = [
    ("whole yuan", "叁拾柒万贰仟贰佰捌拾元整", "372280.00"),
    ("with 圆 and 正", "玖佰圆正", "900.00"),
    ("with 角 and 分", "壹拾贰万叁仟肆佰伍拾陆元柒角捌分", "123456.78"),
    ("with 零 before 分", "陆佰元零伍分", "600.05"),
    ("角 without 整", "贰拾元伍角", "20.50"),
    ("角 alone", "伍角整", "0.50"),
    ("分 alone", "叁分", "0.03"),
    ("leading 拾", "拾万元整", "100000.00"),
    ("hundred million", "壹亿零叁拾万元整", "100300000.00"),
    ("万亿", "壹万亿元整", "1000000000000.00"),
    ("traditional characters", "貳億參仟萬圓整", "230000000.00"),
    ("everyday numerals", "三十七万二千元", "372000.00"),
    ("两", "两万元", "20000.00"),
    ("without 元 but with 整", "伍佰万整", "5000000.00"),
    ("nought", "零元整", "0.00"),
    ("blanks between the characters", "壹 佰 元 整", "100.00"),
    ("a decimal point before 万", "四十三点八万元", "438000.00"),
    ("a decimal point before 元", "十二点五元", "12.50"),
    ("printed places of a voucher", "肆万零仟零佰贰拾零元零角零分", "40020.00"),
]
BROKEN_CAPITALS = [
    "壹贰叁元",
    "佰元整",
    "壹佰拾元整",
    "壹佰仟元",
    "万元整",
    "元整",
    "整",
    "",
    "合同",
    "壹亿亿元",
    "壹万贰拾仟元",
    "三点万元",
    "一点二三四元",
    "点五元",
    "三点一点五元",
]
FIGURES = [
    ("with sign and thousands", "¥372,280.00", "372280.00"),
    ("full-width sign", "￥372,280.00", "372280.00"),
    ("sign read as Y", "Y130,077.00", "130077.00"),
    ("sign read as 羊", "羊29,892.00", "29892.00"),
    ("comma read as point", "¥372.280.00", "372280.00"),
    ("point read as comma", "372,280,00元", "372280.00"),
    ("blanks for thousands", "372 280.00元", "372280.00"),
    ("blank after the comma", "372, 280.00元", "372280.00"),
    ("three digits after a point are thousands of money", "¥438.000", "438000.00"),
    ("plain", "372280元", "372280.00"),
    ("one decimal", "372280.5元", "372280.50"),
    ("ten thousands", "43.8万元", "438000.00"),
    ("hundred millions", "3.5亿元", "350000000.00"),
    ("ten thousands with three decimals", "12.345万元", "123450.00"),
    ("RMB", "RMB 8,888.00", "8888.00"),
    ("with 人民币", "人民币2,270.00元", "2270.00"),
    ("credit note", "-¥1,000.00", "-1000.00"),
]
NO_MONEY = ["2022-07-07", "XS-2024-7851", "13%", "CGY130", "GB/T"]


@pytest.mark.parametrize(("how", "text", "amount"), CAPITALS, ids=[case[0] for case in CAPITALS])
def test_capitals_are_read_by_their_grammar(how: str, text: str, amount: str) -> None:
    assert parse_capitals(text) == Decimal(amount)


@pytest.mark.parametrize("text", BROKEN_CAPITALS)
def test_capitals_that_break_the_grammar_are_no_amount(text: str) -> None:
    assert parse_capitals(text) is None


@pytest.mark.parametrize(("how", "text", "amount"), FIGURES, ids=[case[0] for case in FIGURES])
def test_figures_are_read_in_spite_of_misread_separators(how: str, text: str, amount: str) -> None:
    read = parse_amount(text)
    assert read is not None
    assert canonical_amount(read) == amount


@pytest.mark.parametrize("text", NO_MONEY)
def test_dates_numbers_and_shares_are_not_money(text: str) -> None:
    assert not [found for found in find_amounts(text) if found.marked]


@given(amounts)
def test_an_amount_written_in_capitals_reads_back_as_itself(amount: Decimal) -> None:
    assert parse_capitals(in_capitals(amount)) == amount
    assert parse_amount(f"人民币{in_capitals(amount)}") == amount


@given(amounts)
def test_an_amount_written_in_figures_reads_back_as_itself(amount: Decimal) -> None:
    assert parse_amount(f"¥{amount:,.2f}") == amount
    assert parse_amount(canonical_amount(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000", "壹拾万元整"),
        ("100010000", "壹亿零壹万元整"),
        ("0", "零元整"),
        ("0.06", "陆分"),
    ],
)
def test_capitals_follow_the_rules_for_vouchers(amount: str, written: str) -> None:
    assert in_capitals(Decimal(amount)) == written


@pytest.mark.parametrize("amount", ["-0.01", "10000000000000000"])
def test_what_has_no_capitals_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="between 0"):
        in_capitals(Decimal(amount))


def test_figures_and_capitals_are_found_with_their_places() -> None:
    text = "总价款人民币捌拾万零玖仟伍佰捌拾元整（¥809,580.00）"
    found = find_amounts(text)
    assert [text[f.start : f.end] for f in found] == ["捌拾万零玖仟伍佰捌拾元整", "¥809,580.00"]
    assert [f.form for f in found] == [AmountForm.CAPITALS, AmountForm.FIGURES]
    assert {f.amount for f in found} == {Decimal("809580.00")}


def test_a_misread_capital_is_interpreted_and_said() -> None:
    (found,) = find_amounts("叁万伍任元整")
    assert (found.amount, found.plain) == (Decimal("35000.00"), False)


def test_the_rest_after_a_character_that_is_no_numeral_is_not_taken_for_the_amount() -> None:
    assert find_amounts("壹拾叁万零国拾柒元整") == ()


def test_doubtful_separators_are_said() -> None:
    plain = {text: [f.plain for f in find_amounts(text)] for text in ("¥1,000.00", "¥1.000.00", "¥1.000")}
    assert plain == {"¥1,000.00": [True], "¥1.000.00": [False], "¥1.000": [False]}


def test_what_looks_like_a_capital_numeral_is_replaced_by_it() -> None:
    assert repaired_capitals("叁万伍任元鳌") == "叁万伍仟元整"
