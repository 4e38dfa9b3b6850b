"""The list of a result holds all of it, says how it came about, and leaves its digest in the journal."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from simulators.archives import founded_archive
from simulators.laid_papers import Paper, lay
from simulators.people import ADMINISTRATOR, CLEARED_ARCHIVIST, LAWYER
from simulators.scanner import COMPANY_NAME, add_customer, file_paper, scan

from dms.archive import Archive
from dms.domain.actor import OPERATOR, ActionForbidden, Actor
from dms.domain.customer import CustomerFacts
from dms.filing import change_customer
from dms.search import MAX_LIMIT, ExportForm, ResultTooLong, SearchRequest, SearchSort, export_results, search


@pytest.fixture
def archive(tmp_path) -> Iterator[Archive]:
    """An archive that was founded, with its fonds and its types."""
    opened = founded_archive(tmp_path / "archive")
    yield opened
    opened.close()


@pytest.fixture
def papers(archive):
    add_customer(archive)
    filed = file_paper(archive, "逾期付款的，每日支付违约金千分之五\f第二页 违约金上限")
    secret = file_paper(archive, "收购方案 违约金", grade=1, contract_no="KEEP-1")
    unfiled = scan(archive, "送货单 违约金")
    return {"filed": filed.id, "secret": secret.id, "unfiled": unfiled.id}


def listed(archive: Archive, request: SearchRequest, actor: Actor = OPERATOR) -> list[tuple[object, ...]]:
    """The rows of the spreadsheet below its head."""
    book = load_workbook(io.BytesIO(export_results(actor, request, ExportForm.XLSX, archive=archive)))
    rows = [tuple(cell.value for cell in row) for row in book.active.iter_rows()]
    head = next(place for place, row in enumerate(rows) if str(row[0]).startswith("序号"))
    return rows[head + 1 :]


def text_of(printed: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages).replace("\n", "")


def exports(archive: Archive):
    with archive.looking() as view:
        return [entry for entry in view.journal.entries() if entry.action == "search_exported"]


def test_a_list_says_where_each_paper_is_filed_and_on_which_pages_the_words_stand(archive, papers):
    rows = {row[1]: row for row in listed(archive, SearchRequest(query="违约金"))}
    assert set(rows) == set(papers.values())
    filed = rows[papers["filed"]]
    assert filed[2:6] == ("C0001-3-2024", "钢材采购合同", "C0001 合肥远山商贸有限公司", "HT-2024-001")
    assert filed[6:8] == (2024, "合同")
    assert filed[9:] == (438000, 2, "1–2", "三级")
    assert rows[papers["unfiled"]][2] is None


def test_the_order_of_the_list_is_that_of_the_search(archive, papers):
    for sort in SearchSort:
        request = SearchRequest(query="违约金", sort=sort)
        found = [hit.item_id for hit in search(OPERATOR, request, archive=archive).hits]
        assert [row[1] for row in listed(archive, request)] == found


def test_a_list_names_no_customer_that_one_may_not_know_of(archive, papers):
    change_customer(
        OPERATOR, "C0001", CustomerFacts(code="C0001", name=COMPANY_NAME, department="工程部"), archive=archive
    )
    request = SearchRequest(query="违约金", customer_code="C0001")
    told = []
    for departments in ({"工程部"}, {"销售部"}):
        lawyer = replace(LAWYER, departments=frozenset(departments))
        book = load_workbook(io.BytesIO(export_results(lawyer, request, ExportForm.XLSX, archive=archive)))
        told.append("".join(str(cell.value) for row in book.active.iter_rows() for cell in row))
    assert COMPANY_NAME in told[0] and COMPANY_NAME not in told[1]


def test_nobody_takes_out_a_list_of_what_one_may_not_know_of(archive, papers):
    request = SearchRequest(query="违约金")
    assert papers["secret"] not in {row[1] for row in listed(archive, request, LAWYER)}
    assert papers["secret"] in {row[1] for row in listed(archive, request, CLEARED_ARCHIVIST)}
    with pytest.raises(ActionForbidden):
        export_results(ADMINISTRATOR, request, ExportForm.PDF, archive=archive)
    assert "收购" not in text_of(export_results(LAWYER, request, ExportForm.PDF, archive=archive))


def test_a_printed_list_says_what_was_asked_by_whom(archive, papers):
    request = SearchRequest(
        query="违约金", customer_code="C0001", year=2024, state="filed", tolerant=True, within=("逾期付款",)
    )
    printed = text_of(export_results(LAWYER, request, ExportForm.PDF, archive=archive))
    filters = ("C0001 合肥远山商贸有限公司", "年度：2024", "状态：已归档", "容许识别误差", "在结果中检索：逾期付款")
    for told in ("违约金", *filters, "检索人 lawyer", "共 1 件"):
        assert told in printed


@pytest.mark.parametrize("form", ExportForm)
def test_the_journal_keeps_the_digest_of_what_was_handed_out(archive, papers, form):
    exported = export_results(LAWYER, SearchRequest(query="违约金", year=2024), form, archive=archive)
    (entry,) = exports(archive)
    assert (entry.actor, entry.details["form"], entry.details["total"]) == ("lawyer", form.value, 1)
    assert entry.details["sha256"] == hashlib.sha256(exported).hexdigest()
    assert entry.details["filters"] == "年度：2024"


def test_a_list_holds_what_many_answers_hold(archive):
    with archive.begin() as work:
        for number in range(MAX_LIMIT + 3):
            lay(work, Paper(pages=(f"第 {number} 份合同",)))
    rows = listed(archive, SearchRequest(query="合同", offset=2, limit=1))
    assert len({row[1] for row in rows}) == MAX_LIMIT + 3
    assert [row[0] for row in rows] == list(range(1, MAX_LIMIT + 4))


def test_a_list_that_nobody_would_read_is_not_made(archive, papers):
    with pytest.raises(ResultTooLong, match="3 papers"):
        export_results(OPERATOR, SearchRequest(query="违约金"), ExportForm.PDF, archive=archive, most=2)
    assert exports(archive) == []


def test_that_nothing_was_found_can_be_shown_too(archive):
    assert "没有命中" in text_of(export_results(OPERATOR, SearchRequest(query="没有"), ExportForm.PDF, archive=archive))
