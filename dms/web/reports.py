"""统计报表: reports as pages with charts, on paper and as spreadsheets; what was handed in; the guide to the fonds."""

from datetime import date
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.archive import Archive
from dms.custody.reporting import (
    ReportWish,
    hand_in_report,
    make_report,
    print_guide,
    print_report,
    reports_handed_in,
    show_guide,
    take_handed_in,
    write_guide,
)
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.printed import PrintAs, Printed
from dms.domain.report import FondsGuide, ReportName, ReportPeriod, first_half, period_due, whole_year
from dms.errors import DmsError
from dms.filing import known_departments
from dms.filing.ledger import MissingWish, papers_missing
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.errors import AddressUnknown
from dms.web.refusals import status_of
from dms.web.report_charts import chart_of, shown_cell

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

HALF = "half"
YEARS_OFFERED = 12
_BY_DEPARTMENT = frozenset({ReportName.CONTRACTS, ReportName.CUSTOMER_YEARS, ReportName.CUSTOMER_CLASSES})


@blueprint.get("")
@needs(Permission.READ_REPORTS)
def index() -> str:
    """The reports to choose from, and those that were handed in."""
    return render_template(
        "pages/reports/index.html",
        names=list(ReportName),
        period=period_due(_today()),
        handed_in=reports_handed_in(actor(), archive=archive()),
    )


@blueprint.get("/<report_name>")
@needs(Permission.READ_REPORTS)
def show(report_name: str) -> str:
    """One report as a page; ``year``, ``part``, ``department`` and ``customer`` choose."""
    return _page(_wish(report_name), refusal=None)


@blueprint.get("/<report_name>/document.<ending>")
@needs(Permission.READ_REPORTS)
def document(report_name: str, ending: str) -> Response:
    """The report as a document to keep."""
    if ending not in set(PrintAs):
        raise AddressUnknown
    return _given(print_report(actor(), _wish(report_name), PrintAs(ending), archive=archive()))


@blueprint.post("/<report_name>/hand-in")
@needs(Permission.READ_REPORTS)
def hand_in(report_name: str) -> Response | tuple[str, int]:
    """Hand the report in: its bytes are kept; the page again with the reason where that is refused."""
    wish = _wish(report_name)
    try:
        kept = hand_in_report(actor(), wish, request.form.get("recipient", ""), archive=archive())
    except DmsError as refusal:
        return _page(wish, refusal=refusal), status_of(refusal)
    flash(_("已报送并存查，编号 %(number)d。", number=kept.id), "success")
    return redirect(url_for("reports.index", _anchor="handed-in"))


@blueprint.get("/handed-in/<int:report_id>.pdf")
@needs(Permission.READ_REPORTS)
def handed_in(report_id: int) -> Response:
    """A report as it was handed in."""
    return _given(take_handed_in(actor(), report_id, archive=archive()))


@blueprint.get("/fonds-guide")
@needs(Permission.READ_REPORTS)
def guide() -> str:
    """The guide to the fonds, with its form for whoever may write it."""
    return _guide_page(None, refusal=None)


@blueprint.post("/fonds-guide")
@needs(Permission.MANAGE_RETENTION)
def write() -> Response | tuple[str, int]:
    """Write the guide anew; the form again with the reason where that is refused."""
    stated = FondsGuide(
        version=0,
        creator_history=request.form.get("creator_history", ""),
        custody_history=request.form.get("custody_history", ""),
        contents=request.form.get("contents", ""),
        use=request.form.get("use", ""),
    )
    try:
        write_guide(actor(), stated, archive=archive())
    except DmsError as refusal:
        return _guide_page(stated, refusal=refusal), status_of(refusal)
    flash(_("全宗指南已保存。"), "success")
    return redirect(url_for("reports.guide"))


@blueprint.get("/fonds-guide.pdf")
@needs(Permission.READ_REPORTS)
def guide_document() -> Response:
    """The guide as PDF."""
    return _given(print_guide(actor(), archive=archive()))


def missing_by_department(asking: Actor, *, archive: Archive) -> dict[str, int]:
    """How many papers each department is to bring, as the inspection report wants it."""
    return dict(papers_missing(asking, MissingWish(limit=0), archive=archive).by_department)


def _page(wish: ReportWish, *, refusal: DmsError | None) -> str:
    report = make_report(actor(), wish, archive=archive())
    today = _today()
    return render_template(
        "pages/reports/show.html",
        report=report,
        wish=wish,
        by_department=wish.name in _BY_DEPARTMENT,
        by_customer=wish.name is ReportName.CUSTOMER_YEARS,
        arguments=_arguments(wish),
        years=[today.year - back for back in range(YEARS_OFFERED)],
        departments=known_departments(actor(), archive=archive()),
        is_over=today > wish.period.last_on,
        chart_of=chart_of,
        shown=shown_cell,
        refusal=refusal,
    )


def _guide_page(typed: FondsGuide | None, *, refusal: DmsError | None) -> str:
    shown = show_guide(actor(), archive=archive())
    return render_template(
        "pages/reports/guide.html", shown=shown, typed=typed or shown.guide, cell=shown_cell, refusal=refusal
    )


def _wish(report_name: str) -> ReportWish:
    if report_name not in set(ReportName):
        raise AddressUnknown
    name = ReportName(report_name)
    stated = request.values
    department = stated.get("department") or None if name in _BY_DEPARTMENT else None
    customer = "".join(stated.get("customer", "").split()) or None if name is ReportName.CUSTOMER_YEARS else None
    missing = missing_by_department(actor(), archive=archive()) if name is ReportName.INSPECTION else {}
    return ReportWish(name=name, period=_period(), department=department, customer_code=customer, missing=missing)


def _period() -> ReportPeriod:
    year = request.values.get("year", type=int)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return period_due(_today())
    return first_half(year) if request.values.get("part") == HALF else whole_year(year)


def _arguments(wish: ReportWish) -> dict[str, str | int | None]:
    return {
        "year": wish.period.year,
        "part": HALF if wish.period.is_half else None,
        "department": wish.department,
        "customer": wish.customer_code,
    }


def _today() -> date:
    return local_day(archive().now())


def _given(printed: Printed) -> Response:
    answer = send_file(
        BytesIO(printed.content),
        mimetype=printed.media_type,
        as_attachment=True,
        download_name=printed.suggested_name,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
