"""Whole papers, from text to proposals; the papers themselves stand in the folder ``papers``."""

import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.proposal import FieldName
from dms.ingest.understanding import (
    Directory,
    Doubt,
    Known,
    KnownContract,
    KnownCustomer,
    MatchKind,
    Reason,
    understand,
)

OURS = "江苏新纪元装备制造股份有限公司"
SUPPLIER = KnownCustomer(code="C001", name="苏州瑞泰精密机械有限公司", uscc="914403001922038216")
RENAMED = KnownCustomer(code="C002", name="南通崇川线缆股份有限公司", former_names=("南通崇川线缆厂",))
SHOP = KnownCustomer(code="C003", name="老张五金", uscc=None)
DIRECTORY = Directory(
    [SUPPLIER, RENAMED, SHOP],
    [KnownContract(number="CG-2016-4121", title="液压缸采购", customer_code="C001")],
)
CONTRACT = """
产品购销合同
合同编号：CG-2016-4121
甲方（买方）：江苏新纪元装备制造股份有限公司
乙方（卖方）：苏州瑞泰精密机械有限公司
签订日期：2016年11月16日
总价款人民币叁拾柒万贰仟贰佰捌拾元整（¥372,280.00），含13%增值税。
"""


@dataclass(frozen=True)
class Paper:
    name: str
    text: str
    own: tuple[str, ...]
    want: dict[str, str]


def papers() -> Iterator[Paper]:
    for path in sorted((Path(__file__).parent / "papers").glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["paper"]:
            yield Paper(table["name"], table["text"].strip(), tuple(table.get("own", ())), table["want"])


PAPERS = list(papers())
SCORED = ("type", "contract_no", "customer_name", "uscc", "doc_date", "amount")
NOT_SAID = {"identity_proof": {"customer_name"}}
"""An identity card names a person, who may or may not be taken for the other party."""


@pytest.mark.parametrize("paper", PAPERS, ids=[paper.name for paper in PAPERS])
def test_a_paper_is_understood_as_a_person_would_understand_it(paper: Paper, read: Any) -> None:
    understanding = understand(read(paper.text), Known(own_names=paper.own))
    asked = {*SCORED, *paper.want} - (NOT_SAID.get(paper.want["type"], set()) - set(paper.want))
    got = {name: understanding.value(FieldName(name)) for name in asked}
    assert got == {name: paper.want.get(name) for name in asked}


@pytest.mark.parametrize("paper", PAPERS, ids=[paper.name for paper in PAPERS])
def test_every_proposal_points_at_the_characters_it_was_read_from(paper: Paper, read: Any) -> None:
    pages = read(paper.text)
    proposals = understand(pages, Known(own_names=paper.own)).proposals
    assert len({proposal.field for proposal in proposals}) == len(proposals)
    for proposal in proposals:
        if proposal.place:
            text = pages[proposal.place.page - 1].text
            assert text[proposal.place.start : proposal.place.end] == proposal.as_read


def test_a_clear_contract_with_our_own_name_on_it_is_certain_throughout(read: Any) -> None:
    understanding = understand(read(CONTRACT), Known(own_names=(OURS,)))
    assert [proposal.field for proposal in understanding.proposals if not proposal.certain] == []
    assert understanding.doubts == ()
    assert understanding.value(FieldName.TITLE) == "苏州瑞泰精密机械有限公司 产品购销合同 CG-2016-4121"


def test_without_our_own_names_the_other_party_is_taken_by_its_role_and_left_to_a_person(read: Any) -> None:
    name = understand(read(CONTRACT)).proposal(FieldName.CUSTOMER_NAME)
    assert name is not None
    assert (name.value, name.certain, name.reason) == (SUPPLIER.name, False, Reason.OTHER_PARTY_BY_ROLE)


def test_a_known_customer_and_contract_are_matched(read: Any) -> None:
    understanding = understand(read(CONTRACT), Known(directory=DIRECTORY))
    assert understanding.customer_match is not None
    assert (understanding.customer_match.code, understanding.customer_match.how) == ("C001", MatchKind.NAME)
    assert understanding.contract_match is not None
    assert (understanding.contract_match.number, understanding.contract_match.how) == (
        "CG-2016-4121",
        MatchKind.NUMBER,
    )


def test_a_name_misread_by_one_character_becomes_the_known_one_and_keeps_what_was_read(read: Any) -> None:
    misread = CONTRACT.replace("苏州瑞泰", "苏州瑞秦")
    name = understand(read(misread), Known(directory=DIRECTORY)).proposal(FieldName.CUSTOMER_NAME)
    assert name is not None
    assert (name.value, name.as_read, name.certain) == (SUPPLIER.name, "苏州瑞秦精密机械有限公司", False)
    assert name.reason == Reason.NAME_AS_KNOWN


@pytest.mark.parametrize(
    ("what", "known", "added"),
    [
        ("the claim agrees", Known(directory=DIRECTORY, claimed_customer_code="C001"), ""),
        ("the credit code agrees", Known(directory=DIRECTORY), "统一社会信用代码：914403001922038216"),
    ],
)
def test_a_misread_name_is_certain_where_something_else_agrees(what: str, known: Known, added: str, read: Any) -> None:
    name = understand(read(CONTRACT.replace("瑞泰", "瑞秦") + added), known).proposal(FieldName.CUSTOMER_NAME)
    assert name is not None
    assert (name.value, name.certain) == (SUPPLIER.name, True)


def test_a_former_name_stays_on_the_paper_and_leads_to_the_customer(read: Any) -> None:
    text = CONTRACT.replace(SUPPLIER.name, "南通崇川线缆厂")
    understanding = understand(read(text), Known(directory=DIRECTORY))
    assert understanding.value(FieldName.CUSTOMER_NAME) == "南通崇川线缆厂"
    assert understanding.customer_match is not None
    assert (understanding.customer_match.code, understanding.customer_match.how) == ("C002", MatchKind.FORMER_NAME)


def test_a_claimed_customer_without_a_telling_name_is_looked_for_in_the_text(read: Any) -> None:
    text = "收款收据\n日期：2020-01-02\n今收到老 张五金交来货款¥300.00"
    understanding = understand(read(text), Known(directory=DIRECTORY, claimed_customer_code="C003"))
    name = understanding.proposal(FieldName.CUSTOMER_NAME)
    assert name is not None
    assert (name.value, name.as_read) == ("老张五金", "老 张五金")


def test_a_known_party_outranks_the_role(read: Any) -> None:
    text = CONTRACT.replace("乙方（卖方）：苏州瑞泰精密机械有限公司", "乙方（卖方）：常州某某商贸有限公司").replace(
        OURS, SUPPLIER.name
    )
    assert understand(read(text), Known(directory=DIRECTORY)).value(FieldName.CUSTOMER_NAME) == SUPPLIER.name


@pytest.mark.parametrize(
    ("known", "doubt"),
    [
        (Known(directory=DIRECTORY, claimed_customer_code="C002"), Doubt.CUSTOMER_DIFFERS_FROM_CLAIM),
        (Known(claimed_contract_no="CG-2016-9999"), Doubt.CONTRACT_DIFFERS_FROM_CLAIM),
        (Known(claimed_type="receipt"), Doubt.TYPE_DIFFERS_FROM_CLAIM),
    ],
)
def test_a_paper_that_contradicts_a_claim_raises_a_doubt_and_keeps_its_own_word(
    known: Known, doubt: Doubt, read: Any
) -> None:
    understanding = understand(read(CONTRACT), known)
    assert doubt in understanding.doubts
    assert understanding.value(FieldName.TYPE) == "contract"
    assert understanding.value(FieldName.CONTRACT_NO) == "CG-2016-4121"


def test_claims_that_the_paper_confirms_raise_no_doubt(read: Any) -> None:
    known = Known(
        directory=DIRECTORY,
        claimed_customer_code="C001",
        claimed_contract_no="cg-2016-4121",
        claimed_type="contract",
    )
    assert understand(read(CONTRACT), known).doubts == ()


def test_a_credit_code_of_another_customer_than_the_name_raises_a_doubt(read: Any) -> None:
    text = CONTRACT.replace(SUPPLIER.name, RENAMED.name) + "统一社会信用代码：914403001922038216"
    understanding = understand(read(text), Known(directory=DIRECTORY))
    assert Doubt.CREDIT_CODE_AND_NAME_DIFFER in understanding.doubts
    assert understanding.customer_match is None


def test_a_known_credit_code_beside_an_unknown_name_matches_and_raises_a_doubt(read: Any) -> None:
    text = CONTRACT.replace(SUPPLIER.name, "苏州瑞泰智能装备有限公司") + "统一社会信用代码：914403001922038216"
    understanding = understand(read(text), Known(directory=DIRECTORY))
    assert Doubt.CREDIT_CODE_AND_NAME_DIFFER in understanding.doubts
    assert understanding.customer_match is not None
    assert (understanding.customer_match.code, understanding.customer_match.how) == ("C001", MatchKind.USCC)


def test_a_paper_that_names_nobody_is_matched_through_its_contract(read: Any) -> None:
    understanding = understand(read("验收单\n合同编号：CG-2016-4121\n验收日期：2017-01-03"), Known(directory=DIRECTORY))
    assert understanding.customer_match is not None
    assert (understanding.customer_match.code, understanding.customer_match.how) == ("C001", MatchKind.CONTRACT)


def test_characters_under_a_seal_make_a_field_uncertain(read: Any) -> None:
    pages = read(CONTRACT, doubtful={"CG-2016-4121": 0.6, "2016年11月16日": 0.7})
    understanding = understand(pages, Known(own_names=(OURS,)))
    uncertain = {proposal.field: proposal.reason for proposal in understanding.proposals if not proposal.certain}
    assert uncertain[FieldName.CONTRACT_NO] == Reason.LOW_CONFIDENCE
    assert uncertain[FieldName.DOC_DATE] == Reason.LOW_CONFIDENCE
    assert FieldName.AMOUNT not in uncertain


def test_figures_and_capitals_that_differ_leave_the_capitals_to_a_person(read: Any) -> None:
    understanding = understand(read(CONTRACT.replace("372,280.00", "372,230.00")))
    amount = understanding.proposal(FieldName.AMOUNT)
    assert amount is not None
    assert (amount.value, amount.certain, amount.reason) == (
        "372280.00",
        False,
        Reason.FIGURES_AND_CAPITALS_DIFFER,
    )
    assert Doubt.FIGURES_AND_CAPITALS_DIFFER in understanding.doubts


def test_fields_on_a_later_page_are_found_there(read: Any) -> None:
    pages = read(
        "采购合同\n第一条 标的\f第二条 其他\n甲方：甲地贸易有限公司\n乙方：乙地制造有限公司\n签订日期：2020年1月2日"
    )
    day = understand(pages).proposal(FieldName.DOC_DATE)
    assert day is not None
    assert day.place is not None
    assert day.place.page == 2


@pytest.mark.parametrize("text", ["", "   \n  ", "\f\f"])
def test_a_blank_paper_says_nothing_and_is_doubted(text: str, read: Any) -> None:
    understanding = understand(read(text))
    assert understanding.proposals == ()
    assert understanding.doubts == (Doubt.NOTHING_READ,)


def test_no_pages_at_all_say_nothing() -> None:
    assert understand([]).doubts == (Doubt.NOTHING_READ,)


@given(
    st.text(
        alphabet=st.sampled_from("合同编号签订日期甲乙方公司有限元整壹万（）：:年月日-0123456789ABO \n，。"),
        max_size=300,
    )
)
def test_no_text_makes_understanding_fail(read: Any, text: str) -> None:
    pages = read(text)
    for proposal in understand(pages).proposals:
        if proposal.place:
            page = pages[proposal.place.page - 1].text
            assert page[proposal.place.start : proposal.place.end] == proposal.as_read
            assert 0.0 <= proposal.confidence <= 1.0


HOSTILE = [
    ("names without end", "公司" * 20_000),
    ("roles without end", "甲方：" * 8_000),
    ("labels without end", "合同编号" * 6_000),
    ("table heads without end", "甲方 乙方\n" * 4_000),
    ("lines without end", "\n" * 20_000 + "甲"),
    ("brackets without end", "（" * 9_000 + "公司" * 9_000),
    ("digits without end", "1," * 15_000),
]


@pytest.mark.parametrize(("what", "text"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_a_text_made_to_keep_us_busy_is_understood_in_a_moment(what: str, text: str, read: Any) -> None:
    pages = read(text)
    started = time.perf_counter()
    understand(pages)
    assert time.perf_counter() - started < 5.0
