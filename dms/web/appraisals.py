"""Appraisals: what is due, committees with their papers and opinions, and what they decided."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from dms.custody.appraising import (
    OF_APPRAISALS,
    DisposalPrint,
    PutBefore,
    begin_appraisal,
    change_appraisal,
    committee_candidates,
    decide_appraisal,
    due_papers,
    give_opinion,
    list_appraisals,
    print_appraisal_report,
    print_disposal,
    put_all_due_before,
    put_before,
    show_appraisal,
    submit_appraisal,
    take_out,
    withdraw_appraisal,
)
from dms.domain.actor import Permission
from dms.domain.appraisal import AppraisalState, Verdict
from dms.domain.clock import local_day
from dms.domain.printed import PrintAs, Printed
from dms.errors import DmsError
from dms.store import DueFilter
from dms.web.appraisal_form import (
    TypedAppraisal,
    appraisal_as_typed,
    appraisal_meant,
    appraisal_typed_in,
    said_in,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.errors import AddressUnknown
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("appraisals", __name__, url_prefix="/appraisals")

PER_PAGE = 50
_READERS = (Permission.APPRAISE, Permission.MANAGE_RETENTION, Permission.SIGN_DESTRUCTION)


@blueprint.get("")
@needs(*_READERS)
def index() -> str:
    """The appraisals, by ``state`` where that is asked."""
    paging = paging_asked(PER_PAGE)
    state = next((each for each in AppraisalState if each.value == request.args.get("state")), None)
    total, found = list_appraisals(
        actor(), archive=archive(), states=(state,) if state else (), limit=paging.limit, offset=paging.offset
    )
    return render_template(
        "pages/appraisals/index.html", found=found, total=total, state=state, states=list(AppraisalState),
        paging=paging, year=local_day(archive().now()).year,
    )  # fmt: skip


@blueprint.get("/report-<int:year>.<ending>")
@needs(*_READERS)
def report(year: int, ending: str) -> Response:
    """The report on the appraisals of a year."""
    return given(print_appraisal_report(actor(), year, _as(ending), archive=archive()))


@blueprint.get("/new")
@needs(Permission.MANAGE_RETENTION)
def new() -> str:
    """The form for a new committee."""
    return _form(TypedAppraisal(), case_id=None, refusal=None)


@blueprint.post("/new")
@needs(Permission.MANAGE_RETENTION)
def begin() -> Response | tuple[str, int]:
    """Begin an appraisal; the form again with the reason where that is refused."""
    typed = appraisal_typed_in(request.form)
    try:
        case = begin_appraisal(actor(), appraisal_meant(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, case_id=None, refusal=refusal), status_of(refusal)
    return redirect(url_for("appraisals.choose", case_id=case.id))


@blueprint.get("/<int:case_id>")
@needs(*_READERS)
def show(case_id: int) -> str:
    """One appraisal: its committee, its papers, what was said, and what may be done next."""
    return page_of(case_id)


@blueprint.get("/<int:case_id>/edit")
@needs(Permission.MANAGE_RETENTION)
def edit(case_id: int) -> str:
    """The form for changing a committee that was not asked yet."""
    case = show_appraisal(actor(), case_id, archive=archive(), limit=0).case
    return _form(appraisal_as_typed(case), case_id=case_id, refusal=None)


@blueprint.post("/<int:case_id>/edit")
@needs(Permission.MANAGE_RETENTION)
def change(case_id: int) -> Response | tuple[str, int]:
    """Change a committee; the form again with the reason where that is refused."""
    typed = appraisal_typed_in(request.form)
    try:
        change_appraisal(actor(), case_id, appraisal_meant(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, case_id=case_id, refusal=refusal), status_of(refusal)
    return redirect(url_for("appraisals.show", case_id=case_id))


@blueprint.get("/<int:case_id>/papers")
@needs(Permission.MANAGE_RETENTION)
def choose(case_id: int) -> str:
    """What is due, to be put before the committee."""
    paging = paging_asked(PER_PAGE)
    shown = show_appraisal(actor(), case_id, archive=archive(), limit=0)
    found = due_papers(actor(), archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template("pages/appraisals/papers.html", shown=shown, found=found, paging=paging)


@blueprint.post("/<int:case_id>/papers")
@needs(Permission.MANAGE_RETENTION)
def add_papers(case_id: int) -> Response | tuple[str, int]:
    """Put the chosen papers before the committee, or everything that is due."""

    def put() -> PutBefore:
        if request.form.get("which") == "all":
            return put_all_due_before(actor(), case_id, DueFilter(), archive=archive())
        return put_before(actor(), case_id, request.form.getlist("items"), archive=archive())

    try:
        done = put()
    except DmsError as refusal:
        return page_of(case_id, refusal=refusal), status_of(refusal)
    flash(ngettext("已列入 %(num)d 件。", "已列入 %(num)d 件。", done.papers), "success")
    if done.left_out:
        flash(
            ngettext(
                "%(num)d 件未列入：期限未满、冻结中或已在办理。", "%(num)d 件未列入：期限未满、冻结中或已在办理。",
                len(done.left_out),
            ),
            "warning",
        )  # fmt: skip
    return redirect(url_for("appraisals.show", case_id=case_id))


@blueprint.post("/<int:case_id>/lines/<int:line_id>/remove")
@needs(Permission.MANAGE_RETENTION)
def remove_line(case_id: int, line_id: int) -> Response | tuple[str, int]:
    """Take a paper out of a case that was not laid before its committee."""
    return _done(case_id, lambda: take_out(actor(), case_id, line_id, archive=archive()))


@blueprint.post("/<int:case_id>/submit")
@needs(Permission.MANAGE_RETENTION)
def submit(case_id: int) -> Response | tuple[str, int]:
    """Lay the papers before the committee."""
    return _done(case_id, lambda: submit_appraisal(actor(), case_id, archive=archive()), said=_("已提交鉴定小组。"))


@blueprint.get("/<int:case_id>/withdraw")
@needs(Permission.MANAGE_RETENTION)
def ask_withdraw(case_id: int) -> str:
    """Ask before an appraisal is given up."""
    shown = show_appraisal(actor(), case_id, archive=archive(), limit=0)
    return render_template("pages/appraisals/withdraw.html", shown=shown)


@blueprint.post("/<int:case_id>/withdraw")
@needs(Permission.MANAGE_RETENTION)
def withdraw(case_id: int) -> Response | tuple[str, int]:
    """Give an appraisal up, with the reason."""
    reason = request.form.get("reason", "")
    return _done(case_id, lambda: withdraw_appraisal(actor(), case_id, reason, archive=archive()), said=_("已撤销。"))


@blueprint.post("/<int:case_id>/opinions")
@needs(Permission.APPRAISE)
def say(case_id: int) -> Response | tuple[str, int]:
    """Keep what a member thinks, of the chosen papers or of all."""
    said = said_in(request.form)
    if said is None:
        flash(_("请先选择意见。"), "warning")
        return redirect(url_for("appraisals.show", case_id=case_id, _anchor="opinion"))
    lines = [int(each) for each in request.form.getlist("lines") if each.isdecimal()]
    return _done(
        case_id,
        lambda: give_opinion(actor(), case_id, said, line_ids=lines, archive=archive()),
        said=_("意见已记录。"),
    )


@blueprint.get("/<int:case_id>/decide")
@needs(Permission.APPRAISE)
def ask_decide(case_id: int) -> str:
    """What the chair decides: papers on which members differ, and the written report."""
    return _deciding(case_id, refusal=None)


@blueprint.post("/<int:case_id>/decide")
@needs(Permission.APPRAISE)
def decide(case_id: int) -> Response | tuple[str, int]:
    """Decide an appraisal; the page again with the reason where that is refused."""
    shown = show_appraisal(actor(), case_id, archive=archive())
    found = {each.line.id: said_in(request.form, f"-{each.line.id}") for each in shown.lines}
    decisions = {line_id: said for line_id, said in found.items() if said is not None}
    try:
        decide_appraisal(
            actor(), case_id, decisions=decisions, report=request.form.get("report", ""), archive=archive()
        )
    except DmsError as refusal:
        return _deciding(case_id, refusal=refusal), status_of(refusal)
    flash(_("已作出鉴定结论。"), "success")
    return redirect(url_for("appraisals.show", case_id=case_id))


@blueprint.get("/<int:case_id>/<form_name>.<ending>")
@needs(*_READERS)
def document(case_id: int, form_name: str, ending: str) -> Response:
    """A form of the appraisal to keep: ``opinion`` or ``extended``, as ``pdf`` or ``xlsx``."""
    what = next((each for each in OF_APPRAISALS if each.value == form_name), None)
    if what is None:
        raise AddressUnknown
    return given(print_disposal(actor(), DisposalPrint(what), case_id, _as(ending), archive=archive()))


def page_of(case_id: int, *, refusal: DmsError | None = None) -> str:
    """The page of one appraisal, with what was refused where anything was."""
    paging = paging_asked(PER_PAGE)
    shown = show_appraisal(actor(), case_id, archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/appraisals/show.html", shown=shown, refusal=refusal, paging=paging, verdicts=list(Verdict)
    )


def given(printed: Printed) -> Response:
    """A form as a download."""
    return send_file(
        BytesIO(printed.content), mimetype=printed.media_type, as_attachment=True,
        download_name=printed.suggested_name,
    )  # fmt: skip


def _as(ending: str) -> PrintAs:
    if ending not in set(PrintAs):
        raise AddressUnknown
    return PrintAs(ending)


def _done(case_id: int, act: Callable[[], object], *, said: str = "") -> Response | tuple[str, int]:
    try:
        act()
    except DmsError as refusal:
        return page_of(case_id, refusal=refusal), status_of(refusal)
    if said:
        flash(said, "success")
    return redirect(url_for("appraisals.show", case_id=case_id))


def _form(typed: TypedAppraisal, *, case_id: int | None, refusal: DmsError | None) -> str:
    candidates = committee_candidates(actor(), archive=archive())
    return render_template(
        "pages/appraisals/form.html", typed=typed, case_id=case_id, refusal=refusal, candidates=candidates
    )


def _deciding(case_id: int, *, refusal: DmsError | None) -> str:
    shown = show_appraisal(actor(), case_id, archive=archive())
    disputed = [each for each in shown.lines if each.agreed is None and each.in_the_way is None]
    agreed = [each for each in shown.lines if each.agreed is not None and each.in_the_way is None]
    return render_template(
        "pages/appraisals/decide.html", shown=shown, disputed=disputed, agreed=agreed, refusal=refusal,
        aside=[each for each in shown.lines if each.in_the_way is not None], typed=request.form,
        verdicts=[each for each in Verdict if each is not Verdict.DESTROY],
    )  # fmt: skip
