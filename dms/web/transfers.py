"""Hand-overs: the list of batches, one batch with its list and its check, the overdue ones, the accession register."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.domain.item import CopyKind, ItemMedium, ItemState
from dms.domain.transfer import TransferState
from dms.errors import DmsError
from dms.filing import ItemWish, known_departments, list_items
from dms.filing.transferring import (
    TransferWish,
    accession_register,
    begin_transfer,
    change_transfer,
    check_lines,
    deadline_rules,
    list_papers,
    list_transfers,
    list_unscanned,
    overdue_transfers,
    show_transfer,
    state_deadline_rule,
    tie_paper,
    unlist,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.transfer_form import (
    TypedLine,
    TypedTransfer,
    line_typed,
    line_typed_in,
    rule_typed,
    ticks_typed,
    transfer_as_typed,
    transfer_typed,
    transfer_typed_in,
)

blueprint = Blueprint("transfers", __name__, url_prefix="/transfers")

TRANSFERS_PER_PAGE = 50
PAPERS_PER_PAGE = 50
_LISTABLE = (ItemState.REVIEW, ItemState.FILED)


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str:
    """The batches, by ``state``, ``year`` and ``department`` where that is asked."""
    paging = paging_asked(TRANSFERS_PER_PAGE)
    state = next((each for each in TransferState if each.value == request.args.get("state")), None)
    wish = TransferWish(
        states=frozenset({state} if state else ()),
        year=request.args.get("year", type=int),
        department=request.args.get("department") or None,
        limit=paging.limit,
        offset=paging.offset,
    )
    found = list_transfers(actor(), wish, archive=archive())
    overdue = overdue_transfers(actor(), archive=archive())
    return render_template(
        "pages/transfers/index.html", found=found, wish=wish, state=state, states=list(TransferState), paging=paging,
        overdue_count=len(overdue),
    )  # fmt: skip


@blueprint.get("/overdue")
@needs(Permission.CONSULT)
def overdue() -> str:
    """The batches that were not accepted in time, the longest overdue first."""
    return render_template("pages/transfers/overdue.html", transfers=overdue_transfers(actor(), archive=archive()))


@blueprint.get("/register")
@needs(Permission.CONSULT)
def register() -> str:
    """The accession register, of one ``year`` where that is asked."""
    paging = paging_asked(TRANSFERS_PER_PAGE)
    year = request.args.get("year", type=int)
    found = accession_register(actor(), archive=archive(), year=year, limit=paging.limit, offset=paging.offset)
    years = list_transfers(actor(), TransferWish(limit=0), archive=archive()).years
    return render_template("pages/transfers/register.html", found=found, year=year, years=years, paging=paging)


@blueprint.get("/new")
@needs(Permission.RECEIVE)
def new() -> str:
    """The form for a new batch."""
    actor().require(Permission.RECEIVE)
    return _form(TypedTransfer(from_person=actor().name), transfer_id=None, refusal=None)


@blueprint.post("/new")
@needs(Permission.RECEIVE)
def begin() -> Response | tuple[str, int]:
    """Begin a batch; the form again with the reason where that is refused."""
    typed = transfer_typed_in(request.form)
    try:
        batch = begin_transfer(actor(), transfer_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, transfer_id=None, refusal=refusal), status_of(refusal)
    return redirect(url_for("transfers.show", transfer_id=batch.id))


@blueprint.get("/<int:transfer_id>")
@needs(Permission.CONSULT)
def show(transfer_id: int) -> str:
    """One batch: its facts, its list, its signatures, and what may be done next."""
    return page_of(transfer_id)


@blueprint.get("/<int:transfer_id>/edit")
@needs(Permission.RECEIVE)
def edit(transfer_id: int) -> str:
    """The form for changing a batch."""
    actor().require(Permission.RECEIVE)
    batch = show_transfer(actor(), transfer_id, archive=archive()).batch
    return _form(transfer_as_typed(batch), transfer_id=transfer_id, refusal=None)


@blueprint.post("/<int:transfer_id>/edit")
@needs(Permission.RECEIVE)
def change(transfer_id: int) -> Response | tuple[str, int]:
    """Change what is stated about a batch; the form again with the reason where that is refused."""
    typed = transfer_typed_in(request.form)
    try:
        change_transfer(actor(), transfer_id, transfer_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, transfer_id=transfer_id, refusal=refusal), status_of(refusal)
    flash(_("移交信息已保存。"), "success")
    return redirect(url_for("transfers.show", transfer_id=transfer_id))


@blueprint.post("/<int:transfer_id>/lines")
@needs(Permission.RECEIVE)
def add_line(transfer_id: int) -> Response | tuple[str, int]:
    """Put a paper on the list that nobody scanned yet."""
    typed = line_typed_in(request.form)
    return _done(
        transfer_id,
        lambda: list_unscanned(actor(), transfer_id, [line_typed(typed)], archive=archive()),
        typed=typed,
        anchor="add-line",
    )


@blueprint.get("/<int:transfer_id>/papers")
@needs(Permission.RECEIVE)
def choose(transfer_id: int) -> str:
    """The papers that may be put on the list, of one ``customer`` and ``state`` where that is asked."""
    actor().require(Permission.RECEIVE)
    paging = paging_asked(PAPERS_PER_PAGE)
    shown = show_transfer(actor(), transfer_id, archive=archive())
    state = next((each for each in _LISTABLE if each.value == request.args.get("state")), _LISTABLE[0])
    code = "".join(request.args.get("customer", "").split(maxsplit=1)[:1])
    wish = ItemWish(customer_code=code or None, states=frozenset({state}), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/transfers/papers.html", shown=shown, state=state, states=_LISTABLE, customer=code, paging=paging,
        found=list_items(actor(), wish, archive=archive()), listed=set(shown.item_ids.values()),
    )  # fmt: skip


@blueprint.post("/<int:transfer_id>/papers")
@needs(Permission.RECEIVE)
def add_papers(transfer_id: int) -> Response | tuple[str, int]:
    """Put the chosen papers on the list, and those named by id or reference code."""
    named = [*request.form.getlist("items"), *request.form.get("references", "").split()]
    return _done(transfer_id, lambda: list_papers(actor(), transfer_id, named, archive=archive()))


@blueprint.post("/<int:transfer_id>/lines/<int:line_id>/remove")
@needs(Permission.RECEIVE)
def remove_line(transfer_id: int, line_id: int) -> Response | tuple[str, int]:
    """Take a line off the list."""
    return _done(transfer_id, lambda: unlist(actor(), transfer_id, line_id, archive=archive()))


@blueprint.post("/<int:transfer_id>/lines/<int:line_id>/tie")
@needs(Permission.CONFIRM)
def tie_line(transfer_id: int, line_id: int) -> Response | tuple[str, int]:
    """Say which scanned paper a typed line has become."""
    named = request.form.get("item", "")
    return _done(transfer_id, lambda: tie_paper(actor(), transfer_id, line_id, named, archive=archive()))


@blueprint.post("/<int:transfer_id>/check")
@needs(Permission.MANAGE_CUSTOMERS)
def check(transfer_id: int) -> Response | tuple[str, int]:
    """Keep what the check on receipt says about each line."""
    lines = show_transfer(actor(), transfer_id, archive=archive()).lines
    ticks = ticks_typed(request.form, lines)
    return _done(transfer_id, lambda: check_lines(actor(), transfer_id, ticks, archive=archive()))


@blueprint.get("/deadlines")
@needs(Permission.CONSULT)
def deadlines() -> str:
    """The deadline rules, and the form for one more."""
    return _deadlines(refusal=None)


@blueprint.post("/deadlines")
@needs(Permission.MANAGE_CUSTOMERS)
def state_deadline() -> Response | tuple[str, int]:
    """Add a deadline rule, or replace the one with its code."""
    try:
        state_deadline_rule(actor(), rule_typed(request.form), archive=archive())
    except DmsError as refusal:
        return _deadlines(refusal=refusal), status_of(refusal)
    flash(_("移交期限已保存。"), "success")
    return redirect(url_for("transfers.deadlines"))


def page_of(transfer_id: int, *, refusal: DmsError | None = None, typed: TypedLine | None = None) -> str:
    """The page of one batch, with what was refused where anything was."""
    return render_template(
        "pages/transfers/show.html",
        shown=show_transfer(actor(), transfer_id, archive=archive()),
        refusal=refusal,
        typed=typed or TypedLine(),
        copy_kinds=[(kind.value, label(kind)) for kind in CopyKind],
        media=[(medium.value, label(medium)) for medium in ItemMedium],
    )


def _done(
    transfer_id: int, act: Callable[[], object], *, typed: TypedLine | None = None, anchor: str = "list"
) -> Response | tuple[str, int]:
    """Back at the list after the act; the page with the reason where that was refused."""
    try:
        count = act()
    except DmsError as refusal:
        return page_of(transfer_id, refusal=refusal, typed=typed), status_of(refusal)
    if isinstance(count, int):
        flash(ngettext("已列入 %(num)d 件。", "已列入 %(num)d 件。", count), "success")
    return redirect(url_for("transfers.show", transfer_id=transfer_id, _anchor=anchor))


def _form(typed: TypedTransfer, *, transfer_id: int | None, refusal: DmsError | None) -> str:
    asking = actor()
    known = known_departments(asking, archive=archive()) if asking.may(Permission.MANAGE_CUSTOMERS) else []
    return render_template(
        "pages/transfers/form.html",
        typed=typed,
        transfer_id=transfer_id,
        refusal=refusal,
        rules=deadline_rules(asking, archive=archive()),
        departments=sorted({*known, *(asking.departments or ())}),
    )


def _deadlines(*, refusal: DmsError | None) -> str:
    rules = deadline_rules(actor(), archive=archive())
    return render_template("pages/transfers/deadlines.html", rules=rules, refusal=refusal, typed=request.form)
