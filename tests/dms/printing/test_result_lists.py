"""A result on paper says what was asked, by whom and when, on every page, and leaves out none of its items."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from dms.errors import Bilingual
from dms.printing import ListedResult, ResultList, result_list_pdf
from dms.printing.result_lists import MOST_TAGGED, asked, list_rows, page_runs

RESULT = ListedResult(
    item_id="fd652cb3790225c2ec76",
    reference_code="",
    volume="C0001-3-2023",
    title="起重机购销合同",
    customer="C0001 铜陵衡岳起重机械有限公司",
    contract_no="HT-2023-00871",
    year=2023,
    type_name="合同",
    doc_on=date(2023, 5, 18),
    amount=Decimal("438000.00"),
    pages=12,
    pages_with_hits=(1, 3, 4, 5),
    grade=3,
    tolerated=False,
)
BARE = ListedResult(
    item_id="0d652cb3790225c2ec76",
    reference_code="",
    volume="",
    title="#strong[扫描.png] $x$",
    customer="",
    contract_no="",
    year=None,
    type_name="",
    doc_on=None,
    amount=None,
    pages=None,
    pages_with_hits=(),
    grade=1,
    tolerated=True,
)
LIST = ResultList(
    company="安徽皖江重工机械有限公司",
    fonds_code="Q001",
    query="违约金 NOT 发票",
    meaning=Bilingual("含有“违约金”，不含“发票”", "with “违约金”, without “发票”"),
    filters=(Bilingual("年度：2023", "year: 2023"),),
    order=Bilingual("按相关度", "by relevance"),
    notes=(),
    person="张法务",
    made_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    results=(RESULT, BARE),
)


def pages_of(printed: bytes) -> list[str]:
    return [page.extract_text().replace("\n", "") for page in PdfReader(io.BytesIO(printed)).pages]


def test_every_item_stands_in_the_list_under_its_number():
    (page,) = pages_of(result_list_pdf(LIST))
    for told in (
        "检索结果清单",
        "违约金 NOT 发票",
        RESULT.item_id,
        "起重机购销合同",
        "HT-2023-00871",
        "1, 3–5",
        "三级",
    ):
        assert told in page
    assert BARE.title in page
    assert "（容错）" in page


def test_a_paper_that_bears_a_reference_code_is_listed_by_it():
    code = "Q001-KH·C0001·3·2025-002-015"
    catalogued = replace(RESULT, reference_code=code)
    assert [row[1] for row in list_rows(replace(LIST, results=(catalogued, RESULT)))] == [code, RESULT.item_id]
    (page,) = pages_of(result_list_pdf(replace(LIST, results=(catalogued,))))
    assert code in page
    assert RESULT.item_id not in page


def test_every_page_is_marked_with_what_was_asked_by_whom_when_and_its_number():
    pages = pages_of(result_list_pdf(replace(LIST, results=(RESULT, BARE) * 60)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        for told in ("含有“违约金”，不含“发票”", "年度：2023", "检索人 张法务", "2026-03-02", "共 120 件"):
            assert told in page
        assert f"第 {number} 页" in page
        assert f"共 {len(pages)} 页" in page


def test_that_nothing_was_found_is_a_list_too():
    (page,) = pages_of(result_list_pdf(replace(LIST, results=())))
    assert "没有命中" in page
    assert "共 0 件" in page


def test_a_list_is_an_archival_pdf_and_the_same_list_the_same_bytes():
    printed = result_list_pdf(LIST)
    assert b"<pdfaid:part>2</pdfaid:part>" in printed
    assert printed == result_list_pdf(LIST)


def test_a_list_of_thousands_stays_small():
    assert len(result_list_pdf(replace(LIST, results=(RESULT,) * (MOST_TAGGED + 1)))) < 400_000


def test_a_query_that_is_longer_than_a_line_is_cut_at_the_top_and_whole_above_the_list():
    long = "违约金" * 100
    (page,) = pages_of(result_list_pdf(replace(LIST, query=long, meaning=Bilingual(long, long))))
    assert long in page
    assert "……" in page


def test_facts_that_nobody_stated_leave_their_cells_empty():
    assert [cell for cell in list(list_rows(LIST))[1] if cell not in ("", None)] == [
        2,
        BARE.item_id,
        BARE.title,
        "（容错）",
        "一级",
    ]


def test_without_a_query_the_filters_alone_were_asked():
    assert asked(replace(LIST, query="", meaning=Bilingual("", ""))) == "年度：2023"


@pytest.mark.parametrize(
    ("numbers", "written"), [((), ""), ((4,), "4"), ((1, 2), "1–2"), ((1, 3, 4, 5, 9), "1, 3–5, 9")]
)
def test_pages_in_a_row_are_written_as_one(numbers, written):
    assert page_runs(numbers) == written


def test_an_amount_is_written_as_money_and_a_missing_one_leaves_its_cell_empty():
    printed = "".join(pages_of(result_list_pdf(LIST)))
    assert "438,000.00" in printed
    assert [row[9] for row in list_rows(LIST)] == [Decimal("438000.00"), None]
