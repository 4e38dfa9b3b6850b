"""Reports count what is there, as far as the asker sees; what is handed in is kept byte by byte."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from simulators.people import AUDITOR, CLEARED_ARCHIVIST, person
from simulators.scanner import add_customer, file_paper

from dms.custody.reporting import (
    PeriodNotOver,
    RecipientMissing,
    ReporterNotPerson,
    ReportNotKept,
    ReportWish,
    duties,
    hand_in_report,
    make_report,
    print_guide,
    print_report,
    report_json,
    reports_handed_in,
    show_guide,
    take_handed_in,
    write_guide,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import CustomerFacts, CustomerGrade, CustomerNature
from dms.domain.printed import PrintAs
from dms.domain.report import FondsGuide, ReportName, first_half, period_due, whole_year
from dms.filing import register_customer

YEAR = whole_year(2025)
MANAGER = replace(person(Role.DEPARTMENT_MANAGER, user_id=120), departments=frozenset({"销售部"}))


def contract(work, number, customer_code, **facts):
    customer = work.customers.with_code(customer_code)
    stated = ContractFacts(number=number, title=f"合同{number}", customer_id=customer.id, **facts)
    work.contracts.add(stated, number_folded=number)


@pytest.fixture
def company(archive):
    register_customer(
        OPERATOR,
        CustomerFacts(code="S1", name="滨江机械", department="销售部", nature=CustomerNature.GOVERNMENT),
        archive=archive,
    )
    register_customer(
        OPERATOR,
        CustomerFacts(code="P1", name="皖北钢铁", department="采购部", grade=CustomerGrade.IMPORTANT),
        archive=archive,
    )
    with archive.begin() as work:
        contract(work, "A1", "S1", signed_on=date(2025, 2, 1), amount=Decimal("100.50"))
        contract(work, "A2", "S1", signed_on=date(2025, 8, 1), amount=Decimal("50"))
        contract(work, "A3", "P1", signed_on=date(2025, 3, 1))
        closed = {"state": ContractState.PERFORMED, "performed_on": date(2025, 5, 1)}
        contract(work, "A4", "P1", signed_on=date(2024, 3, 1), amount=Decimal("9"), **closed)
    return archive


def wish(name, period=YEAR, **more):
    return ReportWish(name=name, period=period, **more)


def lines(table):
    return {str(row[0].zh if hasattr(row[0], "zh") else row[0]): row[1:] for row in table.rows}


def test_contracts_are_counted_by_class_department_and_month(company):
    report = make_report(OPERATOR, wish(ReportName.CONTRACTS), archive=company)
    moved, nature, _, grade, department, month = report.tables
    assert lines(moved) == {
        "采购部": (1, 1, 1, 1, Decimal(0), 0),
        "销售部": (0, 2, 0, 2, Decimal("150.50"), 0),
    }
    assert lines(nature)["政府机关"][:3] == (2, Decimal("150.50"), 0)
    assert lines(grade)["重要"][:3] == (1, Decimal(0), 1)
    assert lines(department)["销售部"][0] == 2
    assert lines(month)["8月"][:2] == (1, Decimal("50.00"))
    assert month.totals[1] == 3


def test_the_first_half_leaves_the_second_one_out(company):
    report = make_report(OPERATOR, wish(ReportName.CONTRACTS, first_half(2025)), archive=company)
    assert report.tables[-1].totals[1] == 2
    assert len(report.tables[-1].rows) == 6


def test_a_manager_counts_his_department_alone(company):
    report = make_report(MANAGER, wish(ReportName.CONTRACTS), archive=company)
    assert set(lines(report.tables[0])) == {"销售部"}
    years = make_report(MANAGER, wish(ReportName.CUSTOMER_YEARS), archive=company)
    assert [row[0] for row in years.tables[0].rows] == ["S1"]


def test_holdings_accruals_and_use_are_counted(archive):
    add_customer(archive)
    file_paper(archive, "采购合同\f第二页")
    report = make_report(OPERATOR, wish(ReportName.ARCHIVE, whole_year(archive.now().year)), archive=archive)
    accrued, held = report.tables[0], report.tables[1]
    assert accrued.totals[1:] == (1, 2, 2)
    assert held.totals[1:] == (0, 1, 1, 2, 2)
    assert lines(report.tables[5])["数字化率"] == ("100.0%",)


@pytest.mark.parametrize("name", list(ReportName))
def test_every_report_prints_as_pdf_and_workbook_and_says_the_same(company, name):
    asked = wish(name, missing={"销售部": 4})
    report = make_report(OPERATOR, asked, archive=company)
    pdf = print_report(OPERATOR, asked, PrintAs.PDF, archive=company)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert report.title.zh in text
    book = load_workbook(BytesIO(print_report(OPERATOR, asked, PrintAs.XLSX, archive=company).content))
    assert len(book.sheetnames) == len(report.tables)
    assert report_json(report)["tables"][0]["rows"] is not None


def test_the_inspection_names_what_each_department_lacks(company):
    asked = wish(ReportName.INSPECTION, missing={"销售部": 4, "财务部": 1})
    [table] = make_report(OPERATOR, asked, archive=company).tables
    assert lines(table)["销售部"] == (2, 2, 0, 0, 4, 0, 0)
    assert lines(table)["财务部"][4] == 1


def test_a_report_handed_in_is_kept_as_it_was(company, clock):
    clock.advance(datetime(2026, 1, 8, 3, 0, tzinfo=UTC) - clock.now())
    kept = hand_in_report(CLEARED_ARCHIVIST, wish(ReportName.CONTRACTS), "总经理办公室", archive=company)
    with company.begin() as work:
        contract(work, "A9", "S1", signed_on=date(2025, 9, 9), amount=Decimal("1"))
    taken = take_handed_in(CLEARED_ARCHIVIST, kept.id, archive=company)
    assert hashlib.sha256(taken.content).hexdigest() == kept.digest
    assert [each.recipient for each in reports_handed_in(CLEARED_ARCHIVIST, archive=company)] == ["总经理办公室"]
    assert reports_handed_in(MANAGER, archive=company) == ()
    with pytest.raises(ReportNotKept):
        take_handed_in(MANAGER, kept.id, archive=company)


def test_nobody_hands_in_without_a_name_a_recipient_or_the_end_of_the_period(company, clock):
    clock.advance(datetime(2025, 12, 31, 3, 0, tzinfo=UTC) - clock.now())
    with pytest.raises(PeriodNotOver):
        hand_in_report(CLEARED_ARCHIVIST, wish(ReportName.CONTRACTS), "办公室", archive=company)
    with pytest.raises(RecipientMissing):
        hand_in_report(CLEARED_ARCHIVIST, wish(ReportName.CONTRACTS), " ", archive=company)
    with pytest.raises(ReporterNotPerson):
        hand_in_report(OPERATOR, wish(ReportName.CONTRACTS), "办公室", archive=company)


def test_reports_fall_due_in_january_and_july_until_they_are_handed_in(company, clock):
    def owed(on):
        with company.looking() as view:
            return [(duty.subject, duty.due_on) for duty in duties(view, on=on)]

    assert owed(date(2026, 1, 5)) == [
        ("report/contracts-2025-12-31", date(2026, 1, 9)),
        ("report/archive-2025-12-31", date(2026, 1, 9)),
    ]
    assert ("report/contracts-2026-06-30", date(2026, 7, 10)) in owed(date(2026, 7, 1))
    clock.advance(datetime(2026, 1, 5, 3, 0, tzinfo=UTC) - clock.now())
    hand_in_report(CLEARED_ARCHIVIST, wish(ReportName.CONTRACTS), "办公室", archive=company)
    assert [subject for subject, _ in owed(date(2026, 1, 5))] == ["report/archive-2025-12-31"]
    assert period_due(date(2026, 1, 5)) == whole_year(2025)
    assert period_due(date(2026, 7, 5)) == first_half(2026)


def test_the_guide_keeps_its_versions_and_prints_with_its_holdings(company):
    stated = FondsGuide(version=0, creator_history="公司成立于1998年。\n2010年更名。")
    written = write_guide(CLEARED_ARCHIVIST, stated, archive=company)
    assert written.version == 1
    assert write_guide(CLEARED_ARCHIVIST, stated, archive=company).version == 1
    assert show_guide(OPERATOR, archive=company).guide.creator_history.startswith("公司成立")
    text = PdfReader(BytesIO(print_guide(OPERATOR, archive=company).content)).pages[0].extract_text()
    assert "全宗构成者沿革" in text
    with company.looking() as view:
        assert len(view.fonds_guides.versions()) == 1


def test_whoever_may_not_read_reports_is_refused(company):
    for act in (make_report, lambda *a, archive: print_report(*a, PrintAs.PDF, archive=archive)):
        with pytest.raises(ActionForbidden):
            act(AUDITOR, wish(ReportName.CONTRACTS), archive=company)
