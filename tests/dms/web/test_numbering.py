"""Reference codes in the browser: patterns with a look ahead, the register, gaps and the check."""

import re

import pytest

from dms.domain.actor import OPERATOR, Role
from dms.domain.reference_code import CodeKind
from dms.filing.arranging import numbering

VOLUME = "{fonds}-{category}·{series}·{year}-{volume:4}"
ITEM = VOLUME + "-{item:4}"


@pytest.fixture
def gap(archive):
    """The third number is given, the two before it are not."""
    with archive.begin() as work:
        pattern = work.numbers.pattern(CodeKind.VOLUME)
        work.numbers.register(pattern, "Q001-KH·C0123·3·2025-003", "volume:9", archive.now())


def in_force(archive, kind=CodeKind.VOLUME):
    return numbering(OPERATOR, archive=archive).patterns[kind].text


def test_the_next_codes_are_shown_before_anything_is_saved(office, archive):
    before = in_force(archive)
    page = office.get("/arrangement/numbering").text
    assert "Q001-KH·C0001·1·2026-001-002" in page
    piece = office.get("/arrangement/numbering/preview?volume={fonds}-{category}·{year}-{volume:5}").text
    assert "Q001-KH·2026-00002" in piece
    assert "<html" not in piece
    assert in_force(archive) == before


def test_a_ready_made_style_fills_the_form_and_is_saved(office, archive):
    page = office.get("/arrangement/numbering?style=by_item").text
    assert "尚未保存" in page
    patterns = dict(re.findall(r'name="(\w+)" value="(\{[^"]*)"', page))
    assert office.post("/arrangement/numbering", patterns).status_code == 302
    assert numbering(OPERATOR, archive=archive).style_code == "by_item"
    assert office.get("/arrangement/numbering?style=no_such").status_code == 404


def test_patterns_that_clash_stay_in_the_form_with_the_reason(office, archive):
    before = in_force(archive)
    answer = office.post("/arrangement/numbering", {"volume": VOLUME, "category": "KU"})
    assert answer.status_code == 422
    assert f'value="{VOLUME}"' in answer.text
    clash = office.post("/arrangement/numbering", {"item": "{fonds}-{volume:3}-{item:3}"})
    assert clash.status_code == 409
    broken = office.post("/arrangement/numbering", {"volume": "卷{volume}"})
    assert broken.status_code == 422
    assert in_force(archive) == before


def test_the_departments_are_given_codes(office, archive):
    office.post("/new-customer", {"name": "合肥远山商贸有限公司", "department": "销售部"})
    form = {"department-0-name": "销售部", "department-0-code": "xs", "category": "ht"}
    assert office.post("/arrangement/numbering", form).status_code == 302
    present = numbering(OPERATOR, archive=archive)
    assert (present.departments, present.category) == ({"销售部": "XS"}, "HT")
    assert 'value="XS"' in office.get("/arrangement/numbering").text


def test_the_register_tells_what_bears_each_number(office, archive, gap):
    with archive.begin() as work:
        work.numbers.void("Q001-KH·C0123·3·2025-003", "误编", archive.now())
    page = office.get("/arrangement/numbers?q=2025-003").text
    assert "Q001-KH·C0123·3·2025-003" in page
    assert "误编" in page
    assert "没有符合的编号" in office.get("/arrangement/numbers?q=2024").text
    assert "还没有给出编号" in office.get("/arrangement/numbers?kind=item").text


def test_a_gap_is_explained_on_the_page(office, gap):
    page = office.get("/arrangement/gaps").text
    assert page.count('name="reason"') == 2
    form = {"kind": "volume", "scope": "Q001-KH·C0123·3·2025-*", "number": "1", "reason": "旧卷遗失"}
    assert office.post("/arrangement/gaps", form).status_code == 302
    assert office.get("/arrangement/gaps").text.count('name="reason"') == 1
    assert office.post("/arrangement/gaps", form).status_code == 404
    assert "旧卷遗失" in office.get("/arrangement/numbers").text


def test_the_check_says_what_does_not_agree(office, archive, gap):
    page = office.get("/arrangement/check").text
    assert "有 1 处不符" in page
    assert "已给出，却没有案卷或件使用" in page
    with archive.begin() as work:
        work.numbers.void("Q001-KH·C0123·3·2025-003", "误编", archive.now())
    page = office.get("/arrangement/check").text
    assert "一一相符" in page
    assert "另有 2 个空号" in page


def test_who_may_only_look_changes_nothing(desk):
    desk.sign_in_as(Role.LAWYER)
    assert "保存格式" not in desk.get("/arrangement/numbering").text
    assert desk.post("/arrangement/numbering", {"volume": VOLUME, "item": ITEM}).status_code == 403
    assert desk.post("/arrangement/gaps", {"reason": "x"}).status_code == 403
    assert desk.get("/arrangement/check").status_code == 403
