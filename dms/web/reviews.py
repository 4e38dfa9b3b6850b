"""客户复核: who is due, the form for one customer with what to look at, its history, and the report."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.reviewing import (
    ReviewReportWish,
    ReviewStated,
    ReviewWish,
    list_reviews_due,
    print_reviews,
    record_review,
    review_standing,
)
from dms.domain.actor import Permission
from dms.domain.clock import local_day
from dms.domain.customer import CustomerGrade
from dms.domain.printed import PrintAs
from dms.domain.review import Outlook, RiskReason
from dms.errors import DmsError
from dms.filing import frame
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.duties import given_out
from dms.web.errors import AddressUnknown
from dms.web.labels import label
from dms.web.paging import Paging, paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("reviews", __name__)

CUSTOMERS_PER_PAGE = 50
REVIEWS_PER_PAGE = 10
WITHIN_DAYS = (0, 14, 31)


@blueprint.get("/reviews")
@needs(Permission.REVIEW_CUSTOMERS)
def index() -> str:
    """The customers by the day of their next review; ``within``, ``watched``, ``department``, ``grade`` and ``q``."""
    paging = paging_asked(CUSTOMERS_PER_PAGE)
    wish = _wish(paging)
    return render_template(
        "pages/reviews/index.html",
        found=list_reviews_due(actor(), wish, archive=archive()),
        wish=wish,
        within=WITHIN_DAYS,
        grades=list(CustomerGrade),
        paging=paging,
        report_from=local_day(archive().now()) - timedelta(days=62),
    )


@blueprint.get("/reviews/report.<ending>")
@needs(Permission.REVIEW_CUSTOMERS)
def report(ending: str) -> Response:
    """The reviews of the days ``from`` to ``to``, or of one ``customer``, as a document to keep."""
    if ending not in set(PrintAs):
        raise AddressUnknown
    today = local_day(archive().now())
    wish = ReviewReportWish(
        first_on=_day_asked("from", today - timedelta(days=62)),
        last_on=_day_asked("to", today),
        customer_code=request.args.get("customer", ""),
    )
    return given_out(print_reviews(actor(), wish, PrintAs(ending), archive=archive()))


@blueprint.get("/customers/<code>/review")
@needs(Permission.CONSULT)
def form(code: str) -> str:
    """How a customer stands, what was found before, and the form for a review."""
    return _page(code, refusal=None)


@blueprint.post("/customers/<code>/review")
@needs(Permission.REVIEW_CUSTOMERS)
def record(code: str) -> Response | tuple[str, int]:
    """Record a review; the form again with the reason where that is refused."""
    try:
        review = record_review(actor(), code, _stated(), archive=archive())
    except DmsError as refusal:
        return _page(code, refusal=refusal), status_of(refusal)
    flash(_("复核结果已保存：%(grade)s。", grade=label(review.grade)), "success")
    return redirect(url_for("reviews.form", code=code))


def _page(code: str, *, refusal: DmsError | None) -> str:
    paging = paging_asked(REVIEWS_PER_PAGE)
    standing = review_standing(actor(), code, archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/reviews/form.html",
        standing=standing,
        typed=request.form,
        refusal=refusal,
        grades=[(grade.value, label(grade)) for grade in CustomerGrade],
        outlooks=[(outlook.value, label(outlook)) for outlook in Outlook],
        risks=[(risk.value, label(risk)) for risk in RiskReason],
        type_names={kind.code: kind for kind in frame(actor(), archive=archive()).types},
        paging=paging,
        today=local_day(archive().now()),
    )


def _stated() -> ReviewStated:
    form = request.form
    return ReviewStated(
        grade=next((each for each in CustomerGrade if each.value == form.get("grade")), CustomerGrade.ORDINARY),
        outlook=next((each for each in Outlook if each.value == form.get("outlook")), Outlook.STEADY),
        risks=tuple(RiskReason(each) for each in form.getlist("risks") if each in set(RiskReason)),
        is_watched=bool(form.get("is_watched")),
        opinion=form.get("opinion", ""),
    )


def _wish(paging: Paging) -> ReviewWish:
    grade = next((each for each in CustomerGrade if each.value == request.args.get("grade")), None)
    within = request.args.get("within", type=int)
    return ReviewWish(
        due_within_days=within if within in WITHIN_DAYS else None,
        watched_only=bool(request.args.get("watched")),
        department=request.args.get("department") or None,
        grades=frozenset({grade} if grade else ()),
        words=request.args.get("q", "").strip(),
        limit=paging.limit,
        offset=paging.offset,
    )


def _day_asked(name: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return otherwise
