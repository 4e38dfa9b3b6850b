"""The lists of volumes hold every line once, in the order of the shelf, and their sums are right."""

from dataclasses import replace
from datetime import date

import pytest
from sample_forms import CATALOGUE, CODE, CONTENTS, ITEMS, NOTE, catalogue_line, contents_line

from dms.printing.listing import Listing, Row, RowKind
from dms.printing.volume_facts import CatalogueLevel, ContentsLine, LineKind, VolumeCatalogue
from dms.printing.volume_lists import (
    catalogue_listing,
    contents_listing,
    filing_note_listing,
    item_listing,
    page_range,
)


def of_kind(listing: Listing, *kinds: RowKind) -> list[Row]:
    return [row for row in listing.rows if row.kind in kinds]


def told(listing: Listing) -> dict[str, str]:
    return {name.zh: value for name, value in listing.facts}


def test_the_contents_list_sets_annexes_and_cross_references_after_the_numbered_papers():
    rows = contents_listing(CONTENTS).rows
    assert [row.cells[0] for row in rows[:30]] == list(range(1, 31))
    assert [row.cells[0] for row in rows[30:] if row.kind is RowKind.GROUP] == [
        "附件（不编号）　Annexes without a number",
        "互见　See also",
    ]
    assert [(row.cells[3], row.cells[8]) for row in rows[30:] if row.kind is RowKind.LINE] == [
        ("技术参数图册", "附件"),
        ("框架采购合同", "互见；见 Q001-KH·C0123·3·2024-001-002"),
    ]


def test_a_paper_that_was_moved_out_is_struck_through_and_says_where_it_went():
    (struck,) = of_kind(contents_listing(CONTENTS), RowKind.STRUCK)
    assert struck.cells[0] == 7
    assert struck.cells[8] == "移出；移至 Q001-KH·C0124·3·2025-001-004"


def test_a_destroyed_paper_leaves_a_line():
    gone = replace(contents_line(1), kind=LineKind.DESTROYED, remark="清册 2036-01")
    (row,) = of_kind(contents_listing(replace(CONTENTS, lines=(gone,))), RowKind.STRUCK)
    assert row.cells[8] == "已销毁；清册 2036-01"


def test_the_sum_under_the_contents_counts_what_is_there():
    (note,) = contents_listing(CONTENTS).notes
    assert note.startswith("本卷现存 29 件，共 128 页、70 张。")


def test_an_undated_paper_says_so_in_the_place_of_its_date():
    rows = contents_listing(CONTENTS).rows
    assert rows[4].cells[4] == "[日期不详]"
    assert rows[5].cells[4] == date(2025, 3, 4)


def test_a_corrected_issue_bears_its_number_beside_the_title():
    assert contents_listing(CONTENTS).edition == "更正版 2"
    assert contents_listing(replace(CONTENTS, reissue=0)).edition == ""


@pytest.mark.parametrize(
    ("first", "last", "written"), [(None, None, ""), (3, 3, "3"), (3, None, "3"), (3, 7, "3–7"), (None, 4, "")]
)
def test_pages_are_written_from_to(first, last, written):
    assert page_range(first, last) == written


@pytest.mark.parametrize(
    ("pages", "sheets", "written"), [(None, None, ""), (4, None, "4/—"), (None, 2, "—/2"), (4, 2, "4/2")]
)
def test_pages_and_sheets_are_two_counts(pages, sheets, written):
    line = ContentsLine(number=1, title="甲", pages=pages, sheets=sheets)
    assert contents_listing(replace(CONTENTS, lines=(line,))).rows[0].cells[6] == written


def test_the_filing_note_as_a_list_holds_every_line_and_says_what_the_volume_holds():
    listing = filing_note_listing(NOTE)
    assert [row.cells[1:4] for row in listing.rows] == [
        ("补充", "", "补充1件，见续卷 Q001-KH·C0123·3·2025-003-001。"),
        ("移出", "007", "移至他卷。"),
    ]
    assert told(listing)["档号"] == CODE
    assert told(listing)["件数"] == "37"
    assert [place.role for place in listing.signatures] == ["立卷人", "检查人"]


def catalogue(*lines: tuple[int, int, int, int], by: str = "customer series year") -> VolumeCatalogue:
    levels = tuple(CatalogueLevel(level) for level in by.split())
    return replace(CATALOGUE, lines=tuple(catalogue_line(*line) for line in lines), grouped_by=levels)


def headings(listing: Listing) -> list[tuple[int, str]]:
    return [(row.level, str(row.cells[0])) for row in of_kind(listing, RowKind.GROUP)]


def test_volumes_lie_under_their_customer_series_and_year():
    listing = catalogue_listing(catalogue((1, 1, 1, 2024), (1, 1, 1, 2025), (1, 3, 1, 2025), (2, 1, 1, 2025)))
    first, second = (catalogue_line(number, 1, 1).customer for number in (1, 2))
    assert headings(listing) == [
        (0, first),
        (1, "1 基本资料"),
        (2, "2024年"),
        (2, "2025年"),
        (1, "3 合同协议"),
        (2, "2025年"),
        (0, second),
        (1, "1 基本资料"),
        (2, "2025年"),
    ]
    assert [row.cells[0] for row in of_kind(listing, RowKind.LINE)] == [1, 2, 3, 4]


def test_a_heading_that_would_stand_over_everything_is_told_once_above():
    listing = catalogue_listing(catalogue((1, 1, 1, 2025), (1, 3, 1, 2025)))
    assert headings(listing) == [(0, "1 基本资料"), (0, "3 合同协议")]
    assert told(listing)["客户"] == catalogue_line(1, 1, 1).customer
    assert "年度" in told(listing)


def test_volumes_of_one_group_that_stand_apart_come_together():
    listing = catalogue_listing(catalogue((1, 1, 1, 2025), (2, 1, 1, 2025), (1, 1, 2, 2025), by="customer"))
    assert [row.cells[4] for row in of_kind(listing, RowKind.LINE)] == [
        "Q001-KH·C0001·1·2025-001",
        "Q001-KH·C0001·1·2025-002",
        "Q001-KH·C0002·1·2025-001",
    ]


def test_subtotals_of_the_outermost_groups_and_the_total_add_up():
    listing = catalogue_listing(catalogue((1, 1, 1, 2025), (1, 3, 1, 2025), (2, 1, 1, 2025)))
    (subtotal,) = of_kind(listing, RowKind.SUBTOTAL)
    (whole,) = of_kind(listing, RowKind.TOTAL)
    assert (subtotal.cells[0], subtotal.cells[7:10]) == ("小计 2 卷", (24, 176, 120))
    assert (whole.cells[0], whole.cells[7:10]) == ("合计 3 卷", (36, 264, 180))


def test_a_catalogue_without_groups_is_one_plain_list():
    listing = catalogue_listing(catalogue((1, 1, 1, 2025), (2, 1, 1, 2025), by=""))
    assert headings(listing) == []
    assert len(of_kind(listing, RowKind.LINE)) == 2


def test_dates_of_one_day_are_written_once():
    line = replace(catalogue_line(1, 1, 1), last_on=date(2025, 1, 6))
    (row,) = of_kind(catalogue_listing(replace(CATALOGUE, lines=(line,))), RowKind.LINE)
    assert row.cells[6] == "2025-01-06"


def test_catalogues_have_a_cover_sheet_that_says_whose_they_are():
    for listing in (catalogue_listing(CATALOGUE), item_listing(ITEMS)):
        cover = {name.zh: value for name, value in listing.cover}
        assert cover["全宗名称"] == CATALOGUE.letterhead.company
        assert cover["年度"] == "2025"
        assert cover["编制日期"] == "2026-01-20"


def test_the_item_list_has_the_columns_of_the_standard_in_their_order():
    assert [column.name.zh for column in item_listing(ITEMS).columns] == [
        *("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"),
    ]
    (whole,) = of_kind(item_listing(ITEMS), RowKind.TOTAL)
    assert whole.cells[7] == 4 * len(ITEMS.lines)
