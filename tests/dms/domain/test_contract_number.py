import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.contract_number import (
    canonical_number,
    find_numbers,
    folded_number,
    look_alike_key,
    number_at,
    repaired_number,
)

NUMBERS = [
    "HT-2023-00871",
    "皖江采字2021第087号",
    "（2024）苏买第12号",
    "XS-2024-0551-B1",
    "皖江采字（2021）第087号",
    "CG〔2021〕087号",
    "HT20230087",
    "2023-HT-015",
    "WJ/CG/2021/087",
    "ZJ-CG-2023(087)",
    "2021年购字第015号",
    "苏购字[2023]15号",
    "XS_2021_0007",
]
LABELLED_ONLY = ["20210087", "2021-087", "苏购-2023-015", "第2021-015号", "京ABC合字第（2020）0012号", "（2021）0087"]
NO_NUMBERS = [
    ("a day", "2018-01-23"),
    ("a standard", "GB/T 6876-2012"),
    ("a model form", "GF-2000-0201"),
    ("a telephone number", "电话0512-68881234"),
    ("a number plate", "鄂E42899"),
    ("a serial number", "NO.9362112"),
    ("a case number", "（2022）苏0115民初4567号"),
    ("a notary's number", "（2021）苏宁证经字第1234号"),
    ("a clause", "第三条"),
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_contract_number_is_recognised_in_a_sentence(number: str) -> None:
    text = f"双方签订的{number}合同"
    found = [f for f in find_numbers(text) if f.value == canonical_number(number)]
    assert [text[f.start : f.end] for f in found] == [number]


@pytest.mark.parametrize("number", [*NUMBERS, *LABELLED_ONLY])
def test_a_contract_number_is_recognised_behind_its_label(number: str) -> None:
    text = f"合同编号：{number}\n签订日期：2021-03-04"
    found = number_at(text, 5)
    assert found is not None
    assert found.value == canonical_number(number)


@pytest.mark.parametrize(("what", "text"), NO_NUMBERS, ids=[case[0] for case in NO_NUMBERS])
def test_other_numbers_are_not_contract_numbers(what: str, text: str) -> None:
    assert find_numbers(text) == ()


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a day", "2022-07-07"),
        ("the next label", "签订日期2022-07-07"),
        ("nothing", ""),
        ("a word", "无"),
        ("见附件", "见附件2"),
    ],
)
def test_a_label_without_a_number_yields_none(what: str, text: str) -> None:
    assert number_at(text, 0) is None


@pytest.mark.parametrize(
    ("what", "printed", "number"),
    [
        ("the next cell", "XS-2018-1681日期：2018-01-23", "XS-2018-1681"),
        ("the word contract", "XS-2024-7851号合同预付款", "XS-2024-7851"),
        ("another label", "HT-2023-00871送货单号：SH2", "HT-2023-00871"),
        ("a day and a number", "XS-2018-1681日期2018年1月5号", "XS-2018-1681"),
        ("a day in the next column", "CG-2022-0152 2022-07-07", "CG-2022-0152"),
    ],
)
def test_a_number_ends_where_something_else_begins(what: str, printed: str, number: str) -> None:
    found = number_at(printed, 0)
    assert found is not None
    assert found.value == number


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("ｘｓ－２０２４－０５５１", "XS-2024-0551"),
        ("CG — 2022 — 0152", "CG-2022-0152"),
        ("(2024)苏买第12号", "（2024）苏买第12号"),
        ("XS-2024-7851号", "XS-2024-7851"),
        ("ZJ-CG-2023（087）", "ZJ-CG-2023(087)"),
        ("皖江采字2021第 087 号", "皖江采字2021第087号"),
    ],
)
def test_a_number_is_shown_in_one_way(printed: str, canonical: str) -> None:
    assert canonical_number(printed) == canonical


def test_numbers_are_compared_without_regard_to_brackets_dashes_and_case() -> None:
    variants = ["CG〔2021〕087号", "cg[2021]087号", "ＣＧ（2021）087号", "CG 【2021】 087号"]
    assert len({folded_number(v) for v in variants}) == 1


REPAIRS = [
    ("O in the year and in the number", "XS-2O24-O551", "XS-2024-0551"),
    ("l in the number", "HT-2021-l234", "HT-2021-1234"),
    ("Z in the year", "HT-Z024-1234", "HT-2024-1234"),
    ("S inside the number", "CG-2022-01S2", "CG-2022-0152"),
    ("a suffix is not a number", "XS-2024-0551-B1", "XS-2024-0551-B1"),
    ("a lettered number keeps its letter", "XS-2024-B001", "XS-2024-B001"),
    ("the first group is never touched", "XO-2024-0551", "XO-2024-0551"),
    ("too few digits to be plain", "XS-2024-OI1", "XS-2024-OI1"),
]


@pytest.mark.parametrize(("what", "read", "repaired"), REPAIRS, ids=[case[0] for case in REPAIRS])
def test_look_alikes_become_digits_only_where_only_digits_can_stand(what: str, read: str, repaired: str) -> None:
    assert repaired_number(read) == repaired


def test_numbers_that_a_reader_confuses_have_one_key_and_others_have_not() -> None:
    assert look_alike_key("XS-2O24-0SS1") == look_alike_key("XS-2024-0551")
    assert look_alike_key("XS-2024-0552") != look_alike_key("XS-2024-0551")


numbers = st.builds(
    "{}-{}-{:04d}".format, st.text("CGHTXS", min_size=2, max_size=4), st.integers(2000, 2040), st.integers(0, 9999)
)


@given(numbers)
def test_a_plain_number_is_left_alone_by_every_repair(number: str) -> None:
    assert repaired_number(number) == canonical_number(number) == number


@given(st.text(max_size=60))
def test_no_text_makes_the_search_fail(text: str) -> None:
    for found in find_numbers(text):
        assert 0 <= found.start < found.end <= len(text)
    number_at(text, 0)
