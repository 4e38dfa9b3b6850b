from typing import Any

import pytest

from dms.ingest.understanding.counterparty import Counterparty, choose_counterparty, is_own
from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.directory import Directory, KnownCustomer
from dms.ingest.understanding.known import NOTHING_KNOWN, Known
from dms.ingest.understanding.paper import prepare
from dms.ingest.understanding.party import find_parties

A, B = "江苏甲机械有限公司", "苏州乙电子有限公司"


def chosen(read: Any, cues: Cues, text: str, code: str, known: Known = NOTHING_KNOWN) -> Counterparty | None:
    paper = prepare(read(text))
    return choose_counterparty(paper, find_parties(paper, cues.of(code), cues), known, cues.of(code), cues)


BY_ROLE = [
    ("contract: the second party", "contract", f"甲方：{A}\n乙方：{B}", B),
    ("contract: the seller, though first party", "contract", f"甲方（卖方）：{B}\n乙方（买方）：{A}", B),
    ("lease: who lets", "contract", f"出租方：{B}\n承租方：{A}", B),
    ("authorization: who authorises", "authorization", f"致：{A}\n委托单位：{B}", B),
    ("delivery: who delivers", "delivery_voucher", f"收货单位：{A} 供货单位：{B}", B),
    ("acceptance: who supplied", "acceptance_record", f"使用单位：{A}\n供应商：{B}", B),
    ("receipt: who is paid", "receipt", f"今收到：{A}\n收款单位：{B}", B),
    ("licence: whom it names", "licence", f"名称：{B}\n登记机关：南京市市场监督管理局", B),
    ("guarantee: the debtor", "guarantee", f"债权人：{A}\n保证人：丙地控股有限公司\n债务人：{B}", B),
    ("judgment: the defendant", "judgment", f"原告：{A}\n被告：{B}", B),
    ("voucher: the company, not its clerk", "delivery_voucher", f"发货人：李四\n收货单位：{B}", B),
    ("contract: a person may be a party", "contract", f"甲方：{A}\n乙方：欧阳振华", "欧阳振华"),
    ("certificate: never who certifies", "capability_proof", f"获证组织：{B}\n认证机构：北京恒信认证有限公司", B),
]


@pytest.mark.parametrize(("what", "code", "text", "name"), BY_ROLE, ids=[case[0] for case in BY_ROLE])
def test_without_other_knowledge_the_role_decides(
    what: str, code: str, text: str, name: str, read: Any, cues: Cues
) -> None:
    found = chosen(read, cues, f"标题\n{text}", code)
    assert found is not None
    assert found.value == name


@pytest.mark.parametrize(("what", "code", "text", "name"), BY_ROLE[:9], ids=[case[0] for case in BY_ROLE[:9]])
def test_where_the_role_would_choose_ourselves_the_other_one_is_taken(
    what: str, code: str, text: str, name: str, read: Any, cues: Cues
) -> None:
    found = chosen(read, cues, f"标题\n{text}", code, Known(own_names=(B,)))
    assert found is None or found.value != B


@pytest.mark.parametrize(
    ("what", "name", "own"),
    [
        ("as it stands", A, True),
        ("one character misread", "江苏申机械有限公司", True),
        ("the rest after a stray blank", "新纪元装备制造股份有限公司", True),
        ("another company", B, False),
        ("a bare legal form", "有限公司", False),
    ],
)
def test_our_own_name_is_recognised(what: str, name: str, own: bool) -> None:
    known = Known(own_names=(A, "江苏新纪元装备制造股份有限公司"))
    assert is_own(name, known) is own


def test_the_better_spelling_of_two_is_taken_and_the_dispute_is_said(read: Any, cues: Cues) -> None:
    text = f"合同\n甲方：{A}\n乙方：苏州乙电孑有限公司\n乙方（盖章）：{B}\n乙方账户：{B}"
    found = chosen(read, cues, text, "contract")
    assert found is not None
    assert (found.value, found.disputed) == (B, True)


def test_our_own_licence_names_no_other_party(read: Any, cues: Cues) -> None:
    assert chosen(read, cues, f"营业执照\n名称：{A}", "licence", Known(own_names=(A,))) is None


def test_the_claimed_customer_is_taken_where_both_parties_are_known(read: Any, cues: Cues) -> None:
    directory = Directory([KnownCustomer(code="a", name=A), KnownCustomer(code="b", name=B)])
    for code, name in (("a", A), ("b", B)):
        known = Known(directory=directory, claimed_customer_code=code)
        found = chosen(read, cues, f"合同\n甲方：{A}\n乙方：{B}", "contract", known)
        assert found is not None
        assert (found.value, found.claimed) == (name, True)
