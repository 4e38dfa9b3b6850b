from typing import Any

import pytest

from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.paper import prepare
from dms.ingest.understanding.party import ADDRESSEE, IN_TEXT, SIGNED, find_parties

A, B = "江苏甲机械有限公司", "苏州乙电子有限公司"

LAYOUTS = [
    ("lines", f"甲方：{A}\n乙方：{B}"),
    ("cells in one row", f"甲方：{A} 乙方：{B}"),
    ("cells without a gap", f"甲方：{A}乙方：{B}"),
    ("without colons", f"甲方 {A}\n乙方 {B}"),
    ("values on the next line", f"甲方：\n{A}\n乙方：\n{B}"),
    ("second role in brackets", f"甲方（买方）：{A}\n乙方（卖方）：{B}"),
    ("full name in brackets", f"甲方（全称）：{A}\n乙方（全称）：{B}"),
    ("with the word name", f"甲方单位名称：{A}\n乙方单位名称：{B}"),
    ("short form after the name", f"{A}（以下简称“甲方”）\n{B}（以下简称乙方）"),
    ("spaced out", f"甲 方 ： {A}\n乙 方 ： {B}"),
    ("signature table", f"甲方 乙方\n单位名称：{A} 单位名称：{B}"),
    ("signature table without labels", f"甲方（盖章） 乙方（盖章）\n{A} {B}"),
    ("seal between label and name", f"甲方：\n财 章\n{A}\n乙方：{B}"),
    ("broken name", f"甲方：江苏甲机械\n有限公司\n乙方：{B}"),
]


def parties(read: Any, cues: Cues, text: str, code: str = "contract") -> list[tuple[str, str]]:
    return [(p.role, p.name.value) for p in find_parties(prepare(read(text)), cues.of(code), cues)]


@pytest.mark.parametrize(("layout", "text"), LAYOUTS, ids=[case[0] for case in LAYOUTS])
def test_both_parties_are_found_in_every_layout(layout: str, text: str, read: Any, cues: Cues) -> None:
    found = parties(read, cues, f"采购合同\n{text}\n第一条 标的")
    assert {("甲方", A), ("乙方", B)} <= set(found)
    assert not {("甲方", B), ("乙方", A)} & set(found)


def test_the_second_role_is_kept(read: Any, cues: Cues) -> None:
    (party, *_) = find_parties(prepare(read(f"乙方（卖方）：{B}")), cues.of("contract"), cues)
    assert (party.role, party.also) == ("乙方", "卖方")
    assert party.role_passage is not None
    assert party.role_passage.as_read == "乙方（卖方）"


def test_a_misread_role_of_four_characters_is_recognised(read: Any, cues: Cues) -> None:
    assert ("收款单位", B) in parties(read, cues, f"收款收据\n收款单立：{B}", "receipt")


@pytest.mark.parametrize("text", [f"致：{A}", f"{A}：", f"尊敬的{A}："])
def test_who_a_letter_is_written_to_is_its_addressee(text: str, read: Any, cues: Cues) -> None:
    found = parties(read, cues, f"催款函\n{text}\n请付款。", "correspondence")
    assert (ADDRESSEE, A) in found or ("致", A) in found


def test_who_stands_below_a_letter_has_signed_it(read: Any, cues: Cues) -> None:
    found = parties(read, cues, f"催款函\n{A}：\n请付款。\n淄博博山水泵厂（盖章）\n2020年1月1日", "correspondence")
    assert (SIGNED, "淄博博山水泵厂") in found


def test_companies_without_a_role_are_mentions(read: Any, cues: Cues) -> None:
    assert (IN_TEXT, B) in parties(read, cues, f"请示\n拟与{B}签订合同，妥否，请批示。", "approval")


def test_several_names_behind_one_label_all_have_the_role(read: Any, cues: Cues) -> None:
    found = parties(read, cues, f"会议纪要\n出席单位：{A}、建湖液压机具厂", "negotiation_record")
    assert {("出席单位", A), ("出席单位", "建湖液压机具厂")} <= set(found)
