"""A list on paper: plain lines, headings that repeat, sums, struck lines, signatures."""

import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader
from sample_forms import LETTERHEAD

from dms.errors import Bilingual
from dms.printing import Signed
from dms.printing.errors import ListTooLong
from dms.printing.listing import MOST_ROWS, Column, Listing, Row, RowKind, Showing, listing_pdf, total, written

COLUMNS = (
    Column(name=Bilingual("序号", "No."), width_mm=12),
    Column(name=Bilingual("部门", "Department"), showing=Showing.SHEET),
    Column(name=Bilingual("题名", "Title")),
    Column(name=Bilingual("张数", "Sheets"), width_mm=20),
)


def listing(*rows: Row, **others: object) -> Listing:
    return Listing(title=Bilingual("试验清单", "A trial"), letterhead=LETTERHEAD, columns=COLUMNS, rows=rows, **others)


def line(number: int, title: str = "合同") -> Row:
    return Row(cells=(number, "销售部", title, 2))


def text_of(printed: Listing) -> list[str]:
    return [page.extract_text().replace("\n", "|") for page in PdfReader(io.BytesIO(listing_pdf(printed))).pages]


def test_columns_of_the_spreadsheet_alone_do_not_stand_on_paper():
    (page,) = text_of(listing(line(1)))
    assert "合同" in page
    assert "销售部" not in page


def test_a_heading_is_repeated_where_its_lines_go_on_overleaf():
    pages = text_of(listing(Row(kind=RowKind.GROUP, cells=("第一组",)), *map(line, range(1, 120))))
    assert len(pages) > 2
    assert all("第一组" in page and "题名" in page for page in pages)


def test_from_the_second_page_on_the_top_says_which_list_it_is():
    fact = (Bilingual("档号", "Code"), "Q001-1")
    first, second, *_ = text_of(listing(*map(line, range(1, 120)), facts=(fact,)))
    assert "试验清单 Q001-1" in second
    assert "试验清单 Q001-1" not in first


def test_a_sum_stands_under_its_column_and_its_name_before_it():
    (page,) = text_of(listing(line(1), total("合计 1 件", 4, {3: 77})))
    assert page.index("合计 1 件") < page.index("77")


def test_a_list_of_nothing_says_so():
    (page,) = text_of(listing(nothing=Bilingual("资料齐全。", "Nothing is missing.")))
    assert "资料齐全。" in page


def test_places_to_sign_stay_together_with_their_dates():
    (page,) = text_of(
        listing(
            line(1), signatures=(Signed(role="移交人", name="张三", signed_on=date(2026, 1, 8)), Signed(role="接收人"))
        )
    )
    assert "移交人：张三" in page
    assert "2026-01-08" in page
    assert "接收人：" in page


def test_a_list_that_nobody_could_read_on_paper_is_refused_with_the_way_out():
    with pytest.raises(ListTooLong) as refused:
        listing_pdf(listing(*map(line, range(MOST_ROWS + 1))))
    assert "10001" in refused.value.message.zh
    assert "XLSX" in refused.value.remedy.zh


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        (0, "0"),
        (1234, "1234"),
        (Decimal("1234567.5"), "1,234,567.50"),
        (date(2025, 3, 4), "2025-03-04"),
        ("=1", "=1"),
    ],
)
def test_cells_are_written_as_an_archivist_reads_them(cell, shown):
    assert written(cell) == shown
