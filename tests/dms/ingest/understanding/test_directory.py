import time

import pytest

from dms.ingest.understanding import Directory, KnownContract, KnownCustomer
from dms.ingest.understanding.directory import differ_by_one, name_key

NAME = "苏州瑞泰精密机械有限公司"
DIRECTORY = Directory(
    [
        KnownCustomer(code="1", name=NAME, former_names=("苏州瑞泰机械厂",), uscc="914403001922038216"),
        KnownCustomer(code="2", name="苏州金鼎精密机械有限公司"),
        KnownCustomer(code="3", name="西门子（中国）有限公司"),
        KnownCustomer(code="4", name="王小明"),
        KnownCustomer(code="5", name="常州天宁电缆一厂"),
        KnownCustomer(code="6", name="常州天宁电缆二厂"),
    ],
    [
        KnownContract(number="XS-2024-0551", title="", customer_code="1"),
        KnownContract(number="CG〔2021〕087号", title="", customer_code="1"),
        KnownContract(number="A-1", title="", customer_code="1"),
        KnownContract(number="A-1", title="", customer_code="2"),
    ],
)


@pytest.mark.parametrize(
    ("what", "read"),
    [
        ("as it stands", "西门子（中国）有限公司"),
        ("half-width brackets", "西门子(中国)有限公司"),
        ("blanks", "西门子（中国） 有限公司"),
        ("traditional characters of the fold", "西門子（中國）有限公司"),
    ],
)
def test_a_name_is_found_however_it_is_set(what: str, read: str) -> None:
    found = DIRECTORY.by_name(read)
    assert found is not None
    assert found.code == "3"


@pytest.mark.parametrize(
    ("what", "read"),
    [
        ("first character", "办州瑞泰精密机械有限公司"),
        ("middle character", "苏州瑞秦精密机械有限公司"),
        ("legal form", "苏州瑞泰精密机械有限公可"),
        ("last half", "苏州瑞泰精密机槭有限公司"),
        ("one missing", "苏州瑞泰精机械有限公司"),
        ("one too many", "苏州瑞泰精密的机械有限公司"),
        ("first missing", "州瑞泰精密机械有限公司"),
        ("last missing", "苏州瑞泰精密机械有限公"),
    ],
)
def test_a_name_with_one_wrong_character_is_similar(what: str, read: str) -> None:
    assert DIRECTORY.by_name(read) is None
    found = DIRECTORY.by_similar_name(read)
    assert found is not None
    assert found.code == "1"


@pytest.mark.parametrize(
    ("what", "read"),
    [
        ("two wrong characters", "苏州瑞秦精蜜机械有限公司"),
        ("another company", "苏州新城精密机械有限公司"),
        ("a person differs too easily", "王小朋"),
        ("two customers are as near", "常州天宁电缆三厂"),
    ],
)
def test_what_is_not_nearly_one_customer_is_nobody(what: str, read: str) -> None:
    assert DIRECTORY.by_similar_name(read) is None


def test_former_names_and_credit_codes_lead_to_the_customer() -> None:
    by_former, by_code = DIRECTORY.by_former_name("苏州瑞泰机械厂"), DIRECTORY.by_uscc("9144 0300 1922 038216")
    assert by_former is by_code is DIRECTORY.customer("1")
    assert DIRECTORY.customer(None) is None


def test_contracts_are_found_by_any_spelling_of_their_number() -> None:
    assert [c.number for c in DIRECTORY.contracts("xs—2024—0551")] == ["XS-2024-0551"]
    assert [c.number for c in DIRECTORY.contracts("CG[2021]087号")] == ["CG〔2021〕087号"]
    assert len(DIRECTORY.contracts("A-1")) == 2


def test_contracts_read_alike_differ_in_look_alikes_never_in_a_digit() -> None:
    assert [c.number for c in DIRECTORY.contracts_read_alike("XS-2O24-O551")] == ["XS-2024-0551"]
    assert list(DIRECTORY.contracts_read_alike("XS-2024-0552")) == []


def test_twenty_thousand_customers_are_matched_without_looking_at_each() -> None:
    firsts, seconds = "瑞金新天华宏远大永恒", "泰鼎城宇光达盛隆昌兴"
    names = (f"苏州{a}{b}{n:03d}精密机械有限公司" for a in firsts for b in seconds for n in range(200))
    directory = Directory(KnownCustomer(code=str(i), name=name) for i, name in enumerate(names))
    started = time.perf_counter()
    found = directory.by_similar_name("苏州瑞泰007精蜜机械有限公司")
    assert found is not None
    assert time.perf_counter() - started < 0.05


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("甲乙", "甲丙", True),
        ("甲乙", "甲", True),
        ("甲乙", "丙甲乙", True),
        ("甲乙", "甲乙", False),
        ("甲乙", "丙丁", False),
    ],
)
def test_one_edit_is_one_edit(first: str, second: str, near: bool) -> None:
    assert differ_by_one(first, second) is near
    assert differ_by_one(second, first) is near


def test_the_key_of_a_name_ignores_how_it_is_set() -> None:
    assert name_key("上海 ABC（集团）有限公司") == name_key("上海abc(集团)有限公司")
