"""Terms: the rules by version, the approved schedule, what is due, and why a paper is kept until its day."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.keeping import (
    MOST_LISTED,
    DueWish,
    approve_schedule,
    due_list,
    due_of,
    print_due,
    print_schedule,
    retention_overview,
    state_rule_version,
)
from dms.domain.actor import Permission
from dms.domain.clock import local_day
from dms.domain.day import parse_day
from dms.domain.printed import PrintAs
from dms.domain.retention import RetentionTrigger, RetentionVocabulary
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.holds import form_to_keep
from dms.web.keeping_form import TypedRule, lines_typed, rule_as_typed, rule_typed, rule_typed_in, schedule_typed
from dms.web.labels import label
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("retention", __name__, url_prefix="/retention")

PAPERS_PER_PAGE = 100
_SEES_DUE = (Permission.APPRAISE, Permission.MANAGE_RETENTION, Permission.READ_REPORTS)
_HELD = {"held": True, "free": False}


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str:
    """The rules in force, their versions, and the schedules."""
    return render_template("pages/retention/index.html", found=retention_overview(actor(), archive=archive()))


@blueprint.get("/rule")
@needs(Permission.MANAGE_RETENTION)
def rule() -> str:
    """The form for the next version of the rule ``code``, or for a new one."""
    found = retention_overview(actor(), archive=archive())
    known = next((each for each in found.rules if each.code == request.args.get("code")), None)
    return _rule_form(rule_as_typed(known) if known else TypedRule(), is_known=known is not None, refusal=None)


@blueprint.post("/rule")
@needs(Permission.MANAGE_RETENTION)
def state_rule() -> Response | tuple[str, int]:
    """State a version of a rule; the form again with the reason where that is refused."""
    typed = rule_typed_in(request.form)
    try:
        stated = state_rule_version(actor(), rule_typed(typed), archive=archive())
    except DmsError as refusal:
        return _rule_form(typed, is_known=bool(request.form.get("known")), refusal=refusal), status_of(refusal)
    flash(
        _("%(code)s 第 %(version)d 版已生效，期满日将重新核算。", code=stated.code, version=stated.version), "success"
    )
    return redirect(url_for("retention.index"))


@blueprint.get("/schedule")
@needs(Permission.CONSULT)
def schedule() -> str:
    """The schedule in the ``version`` asked for, else the newest one, or the draft."""
    found = retention_overview(actor(), archive=archive())
    version = request.args.get("version", type=int)
    chosen = next((each for each in found.schedules if each.version == version), None)
    newest = found.schedules[0] if found.schedules else None
    return render_template("pages/retention/schedule.html", found=found, chosen=chosen or newest)


@blueprint.get("/schedule/new")
@needs(Permission.MANAGE_RETENTION)
def draft() -> str:
    """The form for the next version, as it was approved."""
    return _schedule_form(refusal=None)


@blueprint.post("/schedule/new")
@needs(Permission.MANAGE_RETENTION)
def approve() -> Response | tuple[str, int]:
    """Enter an approved version; the form again with the reason where that is refused."""
    found = retention_overview(actor(), archive=archive())
    try:
        stated = approve_schedule(actor(), schedule_typed(request.form, found.draft), archive=archive())
    except DmsError as refusal:
        return _schedule_form(refusal=refusal), status_of(refusal)
    flash(_("第 %(version)d 版目录已登记。", version=stated.version), "success")
    return redirect(url_for("retention.schedule"))


@blueprint.get("/schedule.<ending>")
@needs(Permission.CONSULT)
def export_schedule(ending: str) -> Response:
    """The schedule in the ``version`` asked for as a document, the draft where none is."""
    if ending not in set(PrintAs):
        abort(404)
    version = request.args.get("version", type=int)
    return form_to_keep(print_schedule(actor(), version, PrintAs(ending), archive=archive()))


@blueprint.get("/due")
@needs(*_SEES_DUE)
def due() -> str:
    """What is due by the day ``on``, today where none is asked for."""
    paging = paging_asked(PAPERS_PER_PAGE)
    wish = _wish(limit=paging.limit, offset=paging.offset)
    try:
        found = due_list(actor(), wish, archive=archive())
        refusal = None
    except DmsError as refused:
        found, refusal = due_list(actor(), DueWish(by_on=wish.by_on, limit=paging.limit), archive=archive()), refused
    return render_template(
        "pages/retention/due.html",
        found=found,
        wish=wish,
        held=request.args.get("held", ""),
        rules=retention_overview(actor(), archive=archive()).rules if actor().may(Permission.CONSULT) else (),
        paging=paging,
        refusal=refusal,
    )


@blueprint.get("/due.<ending>")
@needs(*_SEES_DUE)
def export_due(ending: str) -> Response:
    """What is due, as a document to take away."""
    if ending not in set(PrintAs):
        abort(404)
    return form_to_keep(print_due(actor(), _wish(), PrintAs(ending), archive=archive()))


@blueprint.get("/papers/<item_id>")
@needs(Permission.CONSULT)
def paper(item_id: str) -> str:
    """Until when one paper is kept, why, how its day moved, and what holds it."""
    return render_template("pages/retention/paper.html", shown=due_of(actor(), item_id, archive=archive()))


def _wish(*, limit: int = MOST_LISTED, offset: int = 0) -> DueWish:
    asked = parse_day(request.args.get("on", ""))
    return DueWish(
        by_on=asked or _today(),
        customer_code=request.args.get("customer", "").strip(),
        rule_code=request.args.get("rule", "").strip(),
        held=_HELD.get(request.args.get("held", "")),
        limit=limit,
        offset=offset,
    )


def _today() -> date:
    return local_day(archive().now())


def _rule_form(typed: TypedRule, *, is_known: bool, refusal: DmsError | None) -> str:
    rules = retention_overview(actor(), archive=archive()).rules
    return render_template(
        "pages/retention/rule.html",
        typed=typed,
        is_known=is_known,
        refusal=refusal,
        triggers=[(trigger.value, label(trigger)) for trigger in RetentionTrigger],
        vocabularies=[(each.value, label(each)) for each in RetentionVocabulary],
        equivalents=[
            (each.code, f"{each.code} {each.zh}") for each in rules if each.vocabulary.value != typed.vocabulary
        ],
    )


def _schedule_form(*, refusal: DmsError | None) -> str:
    found = retention_overview(actor(), archive=archive())
    lines = tuple(lines_typed(request.form, found.draft))
    return render_template(
        "pages/retention/schedule_form.html", found=found, lines=lines, typed=request.form, refusal=refusal
    )
