"""The intake tray: what was read beside the page, to be confirmed, corrected or rejected, and then the next."""

from collections.abc import Mapping

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms import filing
from dms.domain.actor import LOWEST_GRADE, Permission
from dms.domain.customer import CustomerFacts
from dms.domain.item import CopyKind, Item, ItemMedium, ItemState, PartySide
from dms.errors import DmsError, Kind
from dms.filing import Frame, PaperInTray, ProposedYear
from dms.web.confirmation import TypedConfirmation, checked, filled_beforehand, typed_in
from dms.web.current import actor, archive, localized, wants_json
from dms.web.customer_choice import customer_as_typed, customer_choices
from dms.web.declaring import needs
from dms.web.doubts import CUSTOMER_UNKNOWN, doubts_in_words, field_in_words, reason_in_words, uncertain_fields
from dms.web.labels import grade_label, label
from dms.web.navigation import same_site_path
from dms.web.offers import Offer, offers_for, with_accepted
from dms.web.page_view import marks_of, page_list, page_shown_first, view_if_whole
from dms.web.refusals import STATUS, status_of
from dms.web.year_proposals import with_year_by_rule, year_by_rule, year_in_words, year_offer

blueprint = Blueprint("tray", __name__, url_prefix="/tray")

PAPERS_ON_A_PAGE = 24
_TO_BE_DECIDED = frozenset({ItemState.REVIEW, ItemState.FILED})
_UNDO_KEY = "undo"


@blueprint.get("")
@needs(Permission.CONFIRM)
def index() -> str:
    """What lies in the tray."""
    number = max(1, request.args.get("page", 1, type=int))
    offset = (number - 1) * PAPERS_ON_A_PAGE
    return render_template(
        "pages/tray/index.html",
        tray=filing.tray(actor(), archive=archive(), limit=PAPERS_ON_A_PAGE, offset=offset),
        frame=filing.frame(actor(), archive=archive()),
        number=number,
        papers_on_a_page=PAPERS_ON_A_PAGE,
        doubts_in_words=doubts_in_words,
        uncertain_fields=uncertain_fields,
        undo=session.pop(_UNDO_KEY, None),
    )


@blueprint.get("/progress")
@needs(Permission.CONFIRM)
def progress() -> Response:
    """How many papers wait, how far those under way have come, and which are in trouble."""
    found = filing.tray(actor(), archive=archive(), limit=1)
    return jsonify(
        waiting_count=found.waiting_count,
        under_way=[_how_far(item) for item in found.under_way],
        troubled=[item.id for item in found.troubled],
    )


@blueprint.get("/next", endpoint="next")
@needs(Permission.CONFIRM)
def next_paper() -> BaseResponse:
    """Go on to the paper after ``after``; to the tray itself when nothing waits."""
    coming = filing.next_in_tray(actor(), after=request.args.get("after"), archive=archive())
    if coming is None:
        return redirect(url_for(".index"))
    return redirect(url_for(".paper", item_id=coming.id))


@blueprint.get("/<item_id>")
@needs(Permission.CONFIRM)
def paper(item_id: str) -> BaseResponse:
    """One paper with its form; a filed one to be corrected, any other that does not wait goes to its own page."""
    found = filing.paper_in_tray(actor(), item_id, archive=archive())
    if found.item.state not in _TO_BE_DECIDED:
        return redirect(url_for("items.show", item_id=item_id))
    typed = filled_beforehand(found)
    typed = with_year_by_rule(found.item, typed, year_by_rule(actor(), item_id, typed, archive=archive()))
    return make_response(_form_page(found, typed, {}))


@blueprint.get("/<item_id>/year")
@needs(Permission.CONFIRM)
def year(item_id: str) -> Response:
    """The year that the rule gives for what the form says so far, and why, while it is being filled in."""
    proposed = year_by_rule(actor(), item_id, typed_in(request.args), archive=archive())
    return jsonify(year=str(proposed.year.year) if proposed else "", note=year_in_words(proposed))


@blueprint.post("/<item_id>/confirm")
@needs(Permission.CONFIRM)
def confirm(item_id: str) -> BaseResponse:
    """File the paper as stated and go on to the next; or the form again with what is wrong at each field."""
    typed = typed_in(request.form)
    if request.form.get("accept"):
        return _with_accepted_offer(item_id, typed, request.form["accept"])
    verdict = checked(actor(), typed, archive=archive())
    if verdict.confirmation is None:
        return _again(item_id, typed, verdict.problems, STATUS[Kind.REFUSED_INPUT])
    seen = ItemState.FILED if request.form.get("seen") == ItemState.FILED else ItemState.REVIEW
    try:
        filed = filing.confirm(actor(), item_id, verdict.confirmation, archive=archive(), seen=seen)
    except DmsError as refusal:
        return _again(item_id, typed, {"": localized(refusal.message)}, status_of(refusal))
    return _after_correction(filed) if seen is ItemState.FILED else _on_to_the_next(filed, _("已归档"))


@blueprint.post("/<item_id>/reject")
@needs(Permission.CONFIRM)
def reject(item_id: str) -> BaseResponse:
    """Withdraw the paper, for a reason that must be given, and go on."""
    reason = " ".join(request.form.get("reason", "").split())
    if not reason:
        flash(_("没有退回：请说明原因。"), "warning")
        return redirect(_way_back(item_id))
    rejected = filing.reject(actor(), item_id, reason, archive=archive())
    return _on_to_the_next(rejected, _("已退回"))


@blueprint.post("/<item_id>/bring-back")
@needs(Permission.CONFIRM)
def bring_back(item_id: str) -> BaseResponse:
    """Take back a decision: the paper waits to be confirmed again, and is shown."""
    item = filing.bring_back(actor(), item_id, archive=archive())
    flash(_("已退回待核对：%(title)s", title=item.title), "success")
    return redirect(url_for(".paper", item_id=item.id))


@blueprint.get("/customers")
@needs(Permission.CONFIRM, Permission.RECEIVE)
def customers() -> Response:
    """What the customer field offers for the words ``q``."""
    return jsonify(customers=customer_choices(actor(), request.args.get("q", ""), archive=archive()))


@blueprint.post("/customers")
@needs(Permission.MANAGE_CUSTOMERS)
def register_customer() -> BaseResponse:
    """Register the customer that a paper names; answered in JSON, or by going back to the paper."""
    facts = CustomerFacts(
        code=request.form.get("code", "").strip(),
        name=request.form.get("name", "").strip(),
        uscc=request.form.get("uscc", "").strip() or None,
    )
    customer = filing.register_customer(actor(), facts, archive=archive())
    if wants_json():
        return make_response(jsonify(customer=customer_as_typed(customer)), 201)
    flash(_("已登记客户：%(customer)s", customer=customer_as_typed(customer)), "success")
    return redirect(same_site_path(request.form.get("back")) or url_for(".index"))


def _form_page(found: PaperInTray, typed: TypedConfirmation, problems: Mapping[str, str]) -> str:
    frame = filing.frame(actor(), archive=archive())
    item = found.item
    number = page_shown_first(request.values.get("page", type=int), found.pages)
    proposed = year_by_rule(actor(), item.id, typed, archive=archive())
    offers = _offers(found, typed, frame, proposed)
    doubts = doubts_in_words(item)
    if "customer" in offers and offers["customer"].text:
        doubts.pop(CUSTOMER_UNKNOWN, None)  # somebody may have registered it after the paper was read
    return render_template(
        "pages/tray/paper.html",
        paper=found,
        item=item,
        frame=frame,
        typed=typed,
        problems=problems,
        offers=offers,
        marks=marks_of(actor(), item.id, found.proposals, archive=archive()),
        doubts=doubts,
        field_in_words=field_in_words,
        reason_in_words=reason_in_words,
        year_words=year_in_words(proposed),
        sides=[(side.value, label(side)) for side in PartySide],
        media=[(medium.value, label(medium)) for medium in ItemMedium],
        copy_kinds=[(kind.value, label(kind)) for kind in CopyKind],
        grades=[(grade, grade_label(grade)) for grade in (1, 2, LOWEST_GRADE)],
        pages=page_list(found.pages),
        view=view_if_whole(actor(), item.id, number, (), archive=archive()) if found.pages else None,
        number=number,
        undo=session.pop(_UNDO_KEY, None),
    )


def _offers(
    found: PaperInTray, typed: TypedConfirmation, frame: Frame, proposed: ProposedYear | None
) -> dict[str, Offer]:
    return offers_for(actor(), found, frame, archive=archive()) | year_offer(found.item, typed, proposed)


def _again(item_id: str, typed: TypedConfirmation, problems: Mapping[str, str], status: int) -> BaseResponse:
    found = filing.paper_in_tray(actor(), item_id, archive=archive())
    return make_response(_form_page(found, typed, problems), status)


def _with_accepted_offer(item_id: str, typed: TypedConfirmation, field: str) -> BaseResponse:
    """The form again with one proposal accepted, for browsers without a script."""
    found = filing.paper_in_tray(actor(), item_id, archive=archive())
    proposed = year_by_rule(actor(), item_id, typed, archive=archive())
    offers = _offers(found, typed, filing.frame(actor(), archive=archive()), proposed)
    return make_response(_form_page(found, with_accepted(typed, field, offers), {}))


def _on_to_the_next(decided: Item, what: str) -> BaseResponse:
    session[_UNDO_KEY] = {"id": decided.id, "title": decided.title, "what": what}
    return redirect(same_site_path(request.form.get("back")) or url_for(".next", after=decided.id))


def _after_correction(filed: Item) -> BaseResponse:
    flash(_("已更正：%(title)s", title=filed.title), "success")
    return redirect(url_for("items.show", item_id=filed.id))


def _way_back(item_id: str) -> str:
    return same_site_path(request.form.get("back")) or url_for(".paper", item_id=item_id)


def _how_far(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "state": item.state.value,
        "pages_read": item.pages_read,
        "pages_total": item.pages_total,
    }
