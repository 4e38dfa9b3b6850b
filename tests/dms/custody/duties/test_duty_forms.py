"""Duties and reviews on paper and as spreadsheets."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from duty_parts import SALES, add_licence, add_staff, on_day

from dms.custody.duties import DutyScope, DutyWish, print_duties, print_overview
from dms.custody.reviewing import ReviewReportWish, ReviewStated, print_reviews, record_review
from dms.domain.actor import ActionForbidden
from dms.domain.customer import CustomerGrade
from dms.domain.printed import PrintAs
from dms.domain.review import RiskReason

TODAY = date(2026, 3, 2)


@pytest.fixture
def staff(archive, clock):
    staff = add_staff(archive)
    add_licence(archive, TODAY + timedelta(days=3))
    on_day(clock, TODAY + timedelta(days=9))
    return staff


def text_of(document):
    pdf = pypdfium2.PdfDocument(document.content)
    return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def cells_of(document):
    sheet = openpyxl.load_workbook(BytesIO(document.content)).active
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_a_list_of_duties_says_the_same_on_paper_and_in_the_spreadsheet(archive, staff):
    paper = print_duties(staff.clerk, DutyWish(), PrintAs.PDF, archive=archive)
    sheet = print_duties(staff.clerk, DutyWish(), PrintAs.XLSX, archive=archive)
    assert paper.suggested_name == "待办事项清单-2026-03-11.pdf"
    assert "更新营业执照" in text_of(paper)
    assert any("更新营业执照" in str(cell) for cell in cells_of(sheet))


def test_the_overview_sums_up_and_is_signed(archive, staff):
    text = text_of(print_overview(staff.in_charge, PrintAs.PDF, archive=archive))
    assert all(word in text for word in (SALES, "有效期将满 1", "督办人", "合计"))
    with pytest.raises(ActionForbidden):
        print_overview(staff.clerk, PrintAs.PDF, archive=archive)
    assert SALES in cells_of(print_overview(staff.in_charge, PrintAs.XLSX, archive=archive))


def test_a_print_is_journaled_with_its_digest(archive, staff):
    print_duties(staff.head, DutyWish(scope=DutyScope.ALL), PrintAs.PDF, archive=archive)
    with archive.looking() as view:
        entry = next(view.journal.entries(newest_first=1))
    assert entry.action == "duties_printed"
    assert len(entry.details["sha256"]) == 64


def test_the_review_report_tells_results_risks_and_who_is_watched(archive, staff):
    stated = ReviewStated(
        grade=CustomerGrade.SPECIAL, risks=(RiskReason.LAWSUIT,), is_watched=True, opinion="对方涉诉，货款另作安排"
    )
    record_review(staff.clerk, "C0001", stated, archive=archive)
    wish = ReviewReportWish(first_on=date(2026, 3, 1), last_on=date(2026, 3, 31))
    text = text_of(print_reviews(staff.head, wish, PrintAs.PDF, archive=archive))
    assert all(word in text for word in ("涉诉或被执行", "特殊", "另作观察：C0001", "结果变动 1 次", "2026-04-13"))
    outside = print_reviews(staff.buyer, wish, PrintAs.PDF, archive=archive)
    assert "C0001" not in text_of(outside)
    of_one = ReviewReportWish(first_on=TODAY, last_on=TODAY, customer_code="C0001")
    assert "小王" in cells_of(print_reviews(staff.head, of_one, PrintAs.XLSX, archive=archive))
