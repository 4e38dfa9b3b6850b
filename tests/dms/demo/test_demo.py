"""The sample archive is whole, agrees with itself, and opens with the libraries that will read it."""

import io
import re

import pypdfium2
import pytest
from PIL import Image, ImageSequence

from dms.demo import DemoPaper, demo_company, demo_customers, demo_papers
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES
from dms.domain.proposal import FieldName

PAPERS = demo_papers()
BY_NAME = {paper.original_filename: paper for paper in PAPERS}
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = "零壹贰叁肆伍陆柒捌玖"
TRADITIONAL_NAME = "廈門嶼盛精密刀具有限公司"

each_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.original_filename)


def page_count(paper: DemoPaper) -> int:
    if paper.original_bytes.startswith(b"%PDF"):
        return len(pypdfium2.PdfDocument(paper.original_bytes))
    with Image.open(io.BytesIO(paper.original_bytes)) as scan:
        return sum(1 for _ in ImageSequence.Iterator(scan))


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


def all_text(paper: DemoPaper) -> str:
    return without_space("".join(paper.page_texts))


def capitals(amount: str) -> str:
    """A whole amount below a hundred million in capitals, as a cashier writes it."""
    number, words, pending_zero = int(float(amount)), "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if pending_zero else "") + DIGITS[digit] + ["", "拾", "佰", "仟"][place % 4]
        pending_zero = digit == 0
        if place == 4 and number >= 10_000:
            words, pending_zero = words + "万", False
    return words + "元整"


def date_forms(day: str) -> set[str]:
    year, month, date = (int(part) for part in day.split("-"))
    ten = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

    def spoken(number: int) -> str:
        tens = {0: "", 1: "十"}.get(number // 10, ten[number // 10] + "十")
        return tens + ten[number % 10]

    spelled = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    return {
        day,
        f"{year}年{month}月{date}日",
        f"{year}年{month:02}月{date:02}日",
        f"{spelled}年{spoken(month)}月{spoken(date)}日",
    }


def test_every_credit_code_has_a_valid_check_character():
    for code in [demo_company().uscc, *(customer.uscc for customer in demo_customers())]:
        total = sum(CODE_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(code[:17]))
        assert len(code) == 18
        assert CODE_ALPHABET[(31 - total % 31) % 31] == code[17], code


def test_the_customers_differ_in_province_and_kind_and_one_had_another_name():
    customers = demo_customers()
    assert len({customer.province for customer in customers}) == len(customers) == 5
    assert {customer.kind for customer in customers} == {"制造商", "经销商", "服务商"}
    assert any(customer.former_names for customer in customers)


def test_the_papers_are_small_enough_to_travel_in_the_package():
    assert sum(len(paper.original_bytes) for paper in PAPERS) <= 2_500_000


def test_no_paper_is_there_twice():
    assert len({paper.original_bytes for paper in PAPERS}) == len(PAPERS) == len(BY_NAME)


@each_paper
def test_a_paper_opens_and_has_as_many_pages_as_are_told_of_it(paper):
    assert page_count(paper) == len(paper.page_texts) == len(paper.turned_degrees)


@each_paper
def test_a_paper_has_a_known_type_and_a_known_customer_named_on_it(paper):
    customer = next(c for c in demo_customers() if c.code == paper.customer_code)
    assert paper.document_type in {kind.code for kind in DEFAULT_DOCUMENT_TYPES}
    assert paper.fields[FieldName.CUSTOMER_NAME] in {customer.name, *customer.former_names, TRADITIONAL_NAME}


@each_paper
def test_what_is_told_of_a_paper_stands_on_it(paper):
    text = all_text(paper)
    for name in (FieldName.TITLE, FieldName.CONTRACT_NO, FieldName.CUSTOMER_NAME, FieldName.USCC):
        assert without_space(paper.fields.get(name, "")) in text, name
    assert any(form in text for form in date_forms(paper.fields[FieldName.DOC_DATE]))


@each_paper
def test_an_amount_stands_there_in_figures_and_its_capitals_agree(paper):
    amount = paper.fields.get(FieldName.AMOUNT)
    if amount is None:
        return
    text = all_text(paper)
    assert f"{float(amount):,.2f}" in text
    assert capitals(amount) in text


def test_one_contract_has_all_its_companions():
    companions = {p.document_type for p in PAPERS if p.fields.get(FieldName.CONTRACT_NO) == "HT-2023-00871"}
    assert companions >= {
        "negotiation_record", "contract", "authorization", "identity_proof", "amendment", "delivery_voucher",
        "acceptance_record", "receipt", "invoice", "correspondence", "termination",
    }  # fmt: skip


def test_pages_lie_in_all_four_directions_and_one_side_is_blank():
    assert {degrees for paper in PAPERS for degrees in paper.turned_degrees} == {0, 90, 180, 270}
    assert [text for paper in PAPERS for text in paper.page_texts].count("") == 1


def test_the_years_reach_from_2021_to_2025():
    assert {paper.year for paper in PAPERS} == {2021, 2022, 2023, 2024, 2025}


def test_a_sentence_of_the_contract_crosses_the_end_of_a_page():
    first, second, third = BY_NAME["HT-2023-00871 设备采购合同.pdf"].page_texts
    bodies = [without_space(text).split("第1页")[0].split("第2页")[0] for text in (first, second, third)]
    assert not bodies[0].endswith("。") or not bodies[1].endswith("。")
    assert "可向乙方所在地有管辖权的人民法院提起诉讼" in "".join(bodies)


def test_the_text_of_the_born_digital_contract_copies_out_right():
    paper = BY_NAME["衡服2024-033 年度维保服务合同.pdf"]
    copied = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper.original_bytes)]
    for expected, got in zip(paper.page_texts, copied, strict=True):
        lines = [without_space(line) for line in expected.splitlines() if "签章" not in line]
        assert [line for line in lines if line not in without_space(got)] == []


def test_the_scanned_papers_carry_no_text_of_their_own():
    for name in ("HT-2023-00871 设备采购合同.pdf", "2022衡销12-经销框架协议.pdf"):
        document = pypdfium2.PdfDocument(BY_NAME[name].original_bytes)
        assert "".join(page.get_textpage().get_text_bounded() for page in document).strip() == ""


def test_the_tiff_is_black_and_white_in_group_4_coding():
    with Image.open(io.BytesIO(BY_NAME["2021087安装合同.tif"].original_bytes)) as scan:
        assert (scan.mode, scan.info["compression"]) == ("1", "group4")
