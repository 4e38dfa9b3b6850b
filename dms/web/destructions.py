"""Destruction lists: drawing them up, looking at them, carrying them out piece by piece, and their forms."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.appraising import (
    OF_APPRAISALS,
    DisposalPrint,
    ListStep,
    approver_stated,
    candidates,
    carry_out_list,
    change_list,
    draw_up_list,
    list_appraisals,
    list_destructions,
    print_disposal,
    show_list,
    state_approver,
    take_off_list,
)
from dms.domain.actor import Permission
from dms.domain.appraisal import AppraisalState, Verdict
from dms.domain.destruction_list import ListState, Office
from dms.domain.printed import PrintAs
from dms.errors import DmsError
from dms.web.appraisal_form import TypedList, list_as_typed, list_meant, list_typed_in
from dms.web.appraisals import given
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.errors import AddressUnknown
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("destructions", __name__, url_prefix="/destructions")

PER_PAGE = 50
MOST_CASES = 200
LINES_A_REQUEST = 500
"""Destroyed before the page answers; what is left goes on with the next request."""
_READERS = (Permission.APPRAISE, Permission.MANAGE_RETENTION, Permission.SIGN_DESTRUCTION)
_OF_LISTS = frozenset(DisposalPrint) - OF_APPRAISALS


@blueprint.get("")
@needs(*_READERS)
def index() -> str:
    """The lists, by ``state`` where that is asked."""
    paging = paging_asked(PER_PAGE)
    state = next((each for each in ListState if each.value == request.args.get("state")), None)
    total, found = list_destructions(
        actor(), archive=archive(), states=(state,) if state else (), limit=paging.limit, offset=paging.offset
    )
    return render_template(
        "pages/destructions/index.html", found=found, total=total, state=state, states=list(ListState), paging=paging,
        approver=approver_stated(actor(), archive=archive()),
    )  # fmt: skip


@blueprint.get("/new")
@needs(Permission.MANAGE_RETENTION)
def new() -> str:
    """The form for a new list, out of the appraisal ``case`` or of all that are decided."""
    return _form(TypedList(), list_id=None, refusal=None)


@blueprint.post("/new")
@needs(Permission.MANAGE_RETENTION)
def draw_up() -> Response | tuple[str, int]:
    """Draw up a list; the form again with the reason where that is refused."""
    typed = list_typed_in(request.form)
    cases = [int(each) for each in request.form.getlist("cases") if each.isdecimal()]
    try:
        listed = draw_up_list(actor(), list_meant(typed), case_ids=cases, archive=archive())
    except DmsError as refusal:
        return _form(typed, list_id=None, refusal=refusal), status_of(refusal)
    return redirect(url_for("destructions.show", list_id=listed.id))


@blueprint.get("/approver")
@needs(Permission.MANAGE_RETENTION)
def ask_approver() -> str:
    """Who approves destruction lists."""
    return _approver(refusal=None)


@blueprint.post("/approver")
@needs(Permission.MANAGE_RETENTION)
def set_approver() -> Response | tuple[str, int]:
    """Name who approves destruction lists from now on."""
    try:
        state_approver(actor(), request.form.get("name", ""), archive=archive())
    except DmsError as refusal:
        return _approver(refusal=refusal), status_of(refusal)
    flash(_("已设定销毁批准人。"), "success")
    return redirect(url_for("destructions.index"))


@blueprint.get("/<int:list_id>")
@needs(*_READERS)
def show(list_id: int) -> str:
    """One list: its papers, its signatures, and what may be done next."""
    return page_of(list_id)


@blueprint.get("/<int:list_id>/edit")
@needs(Permission.MANAGE_RETENTION)
def edit(list_id: int) -> str:
    """The form for changing a list that is a draft or was returned."""
    shown = show_list(actor(), list_id, archive=archive(), limit=0)
    return _form(list_as_typed(shown.listed), list_id=list_id, refusal=None)


@blueprint.post("/<int:list_id>/edit")
@needs(Permission.MANAGE_RETENTION)
def change(list_id: int) -> Response | tuple[str, int]:
    """Change a list; the form again with the reason where that is refused."""
    typed = list_typed_in(request.form)
    try:
        change_list(actor(), list_id, list_meant(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, list_id=list_id, refusal=refusal), status_of(refusal)
    flash(_("清册已保存。"), "success")
    return redirect(url_for("destructions.show", list_id=list_id))


@blueprint.post("/<int:list_id>/lines/<int:line_id>/remove")
@needs(Permission.MANAGE_RETENTION)
def remove_line(list_id: int, line_id: int) -> Response | tuple[str, int]:
    """Take a paper off a list that is a draft or was returned."""
    reason = request.form.get("reason", "")
    return _done(list_id, lambda: take_off_list(actor(), list_id, line_id, reason, archive=archive()))


@blueprint.post("/<int:list_id>/continue")
@needs(Permission.CARRY_OUT_DESTRUCTION)
def go_on(list_id: int) -> Response | tuple[str, int]:
    """Go on with a list that is being carried out."""
    return _done(list_id, lambda: carry_out_list(actor(), list_id, archive=archive(), most_lines=LINES_A_REQUEST))


@blueprint.get("/<int:list_id>/<form_name>.<ending>")
@needs(*_READERS)
def document(list_id: int, form_name: str, ending: str) -> Response:
    """A form of the list to keep: ``list``, ``supervision`` or ``certificate``, as ``pdf`` or ``xlsx``."""
    what = next((each for each in _OF_LISTS if each.value == form_name), None)
    if what is None or ending not in set(PrintAs):
        raise AddressUnknown
    return given(print_disposal(actor(), what, list_id, PrintAs(ending), archive=archive()))


def page_of(list_id: int, *, refusal: DmsError | None = None) -> str:
    """The page of one list, with what was refused where anything was."""
    paging = paging_asked(PER_PAGE)
    shown = show_list(actor(), list_id, archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/destructions/show.html", shown=shown, refusal=refusal, paging=paging, offices=list(Office),
        ListStep=ListStep,
    )  # fmt: skip


def _done(list_id: int, act: Callable[[], object]) -> Response | tuple[str, int]:
    try:
        act()
    except DmsError as refusal:
        return page_of(list_id, refusal=refusal), status_of(refusal)
    return redirect(url_for("destructions.show", list_id=list_id))


def _form(typed: TypedList, *, list_id: int | None, refusal: DmsError | None) -> str:
    _total, decided = list_appraisals(actor(), archive=archive(), states=(AppraisalState.DECIDED,), limit=MOST_CASES)
    return render_template(
        "pages/destructions/form.html", typed=typed, list_id=list_id, refusal=refusal, offices=list(Office),
        people=candidates(actor(), Permission.SIGN_DESTRUCTION, archive=archive()),
        cases=[each for each in decided if each.counts.get(Verdict.DESTROY)],
        chosen=request.values.getlist("cases") or request.values.getlist("case"),
    )  # fmt: skip


def _approver(*, refusal: DmsError | None) -> str:
    return render_template(
        "pages/destructions/approver.html", refusal=refusal, present=approver_stated(actor(), archive=archive()),
        people=candidates(actor(), Permission.APPROVE_DESTRUCTION, archive=archive()),
    )  # fmt: skip
