"""待办: one's own duties, the department's, everybody's; a month at a glance; who owes what."""

from datetime import date, timedelta
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.archive import is_working_day
from dms.custody.duties import (
    DutyOrder,
    DutyScope,
    DutyTiming,
    DutyWish,
    duties_in_month,
    duty_overview,
    list_duties,
    print_duties,
    print_overview,
    settle_duty,
)
from dms.domain.actor import Permission
from dms.domain.clock import local_day
from dms.domain.duty import DutyKind
from dms.domain.printed import PrintAs, Printed
from dms.web.current import actor, archive
from dms.web.declaring import for_everyone_signed_in, needs
from dms.web.errors import AddressUnknown
from dms.web.paging import paging_asked

blueprint = Blueprint("duties", __name__, url_prefix="/duties")

DUTIES_PER_PAGE = 50
SHOWN_OF_A_DAY = 3
MONTHS_EITHER_WAY = 13


@blueprint.get("")
@for_everyone_signed_in
def index() -> str:
    """The duties of a ``scope``, by ``kind``, ``timing``, ``department`` and ``order`` where that is asked."""
    paging = paging_asked(DUTIES_PER_PAGE)
    wish = _wish(limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/duties/index.html",
        found=list_duties(actor(), wish, archive=archive()),
        wish=wish,
        scopes=_scopes(),
        timings=list(DutyTiming),
        orders=list(DutyOrder),
        paging=paging,
    )


@blueprint.get("/list.<ending>")
@for_everyone_signed_in
def take_list(ending: str) -> Response:
    """What the page lists, as a document to keep."""
    return given_out(print_duties(actor(), _wish(limit=None), _printed_as(ending), archive=archive()))


@blueprint.get("/month")
@for_everyone_signed_in
def month() -> str:
    """The duties of one ``month`` of a ``scope``, day by day."""
    today = local_day(archive().now())
    first_on = _month_asked(today)
    scope = _scope()
    return render_template(
        "pages/duties/month.html",
        first_on=first_on,
        weeks=_weeks(first_on),
        by_day=duties_in_month(actor(), first_on, scope, archive=archive()),
        is_working_day=is_working_day,
        before_on=(first_on - timedelta(days=1)).replace(day=1),
        after_on=(first_on + timedelta(days=31)).replace(day=1),
        today=today,
        scope=scope,
        scopes=_scopes(),
        shown_of_a_day=SHOWN_OF_A_DAY,
    )


@blueprint.get("/overview")
@needs(Permission.OVERSEE_DUTIES)
def overview() -> str:
    """Who owes what, how late, by department."""
    return render_template(
        "pages/duties/overview.html",
        lines=duty_overview(actor(), archive=archive()),
        today=local_day(archive().now()),
    )


@blueprint.get("/overview.<ending>")
@needs(Permission.OVERSEE_DUTIES)
def take_overview(ending: str) -> Response:
    """The overview as a document to keep."""
    return given_out(print_overview(actor(), _printed_as(ending), archive=archive()))


@blueprint.post("/settle")
@needs(Permission.CONSULT)
def settle() -> Response:
    """Say that something was handed in."""
    note = request.form.get("note", "")
    duty = settle_duty(actor(), request.form.get("subject", ""), note, archive=archive())
    flash(_("已办结：%(what)s", what=duty.what.zh), "success")
    return redirect(url_for("duties.index"))


def given_out(printed: Printed) -> Response:
    """A document as an attachment."""
    return send_file(
        BytesIO(printed.content),
        mimetype=printed.media_type,
        as_attachment=True,
        download_name=printed.suggested_name,
    )


def _wish(*, limit: int | None, offset: int = 0) -> DutyWish:
    kind = next((each for each in DutyKind if each.value == request.args.get("kind")), None)
    return DutyWish(
        scope=_scope(),
        kinds=frozenset({kind} if kind else ()),
        timing=next((each for each in DutyTiming if each.value == request.args.get("timing")), None),
        department=request.args.get("department") or None,
        order=next((each for each in DutyOrder if each.value == request.args.get("order")), DutyOrder.DUE_FIRST),
        limit=limit,
        offset=offset,
    )


def _scope() -> DutyScope:
    return next((each for each in DutyScope if each.value == request.args.get("scope")), DutyScope.MINE)


def _scopes() -> list[DutyScope]:
    overseeing = actor().may(Permission.OVERSEE_DUTIES)
    return [each for each in DutyScope if overseeing or each is not DutyScope.ALL]


def _printed_as(ending: str) -> PrintAs:
    if ending not in set(PrintAs):
        raise AddressUnknown
    return PrintAs(ending)


def _month_asked(today: date) -> date:
    """The first day of the month that the address asks for; this month where it says nothing sensible."""
    try:
        asked = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    furthest = timedelta(days=31 * MONTHS_EITHER_WAY)
    return asked if abs(asked - today) <= furthest else today.replace(day=1)


def _weeks(first_on: date) -> list[list[date]]:
    """The days of the weeks that a month touches, Mondays first."""
    monday = first_on - timedelta(days=first_on.weekday())
    last_on = (first_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    count = ((last_on - monday).days // 7) + 1
    return [[monday + timedelta(days=7 * week + day) for day in range(7)] for week in range(count)]
