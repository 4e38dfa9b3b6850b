"""Requests that title documents leave their safe: deciding them, taking out, bringing back, exchanging, losing."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.titles import (
    RequestWish,
    Returned,
    TitleDecision,
    bring_back,
    decide_title_request,
    exchange,
    list_title_requests,
    report_lost,
    show_title,
    show_title_request,
    take_out,
    title_kinds,
    withdraw_title_request,
)
from dms.domain.actor import Permission
from dms.domain.title_document import TitleCondition
from dms.domain.title_request import TitleRequestState
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.title_form import TypedTitle, said, title_typed, title_typed_in, whole
from dms.web.title_signing import signed_by_both, signed_by_me

blueprint = Blueprint("title_requests", __name__, url_prefix="/titles/requests")

REQUESTS_PER_PAGE = 50
WHICH = ("all", "mine", "waiting", "out", "late")
Outcome = Response | tuple[str, int]


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str:
    """The requests: ``which`` of them, all where nothing is asked."""
    paging = paging_asked(REQUESTS_PER_PAGE)
    which = request.args.get("which", "all")
    which = which if which in WHICH else "all"
    states = {"waiting": {TitleRequestState.ASKED, TitleRequestState.APPROVED}, "out": {TitleRequestState.OUT}}
    wish = RequestWish(
        states=frozenset(states.get(which, ())),
        mine=which == "mine",
        late=which == "late",
        limit=paging.limit,
        offset=paging.offset,
    )
    found = list_title_requests(actor(), wish, archive=archive())
    return render_template("pages/titles/requests.html", found=found, which=which, paging=paging)


@blueprint.get("/<int:request_id>")
@needs(Permission.CONSULT)
def show(request_id: int) -> str:
    """One request, and what may be done next."""
    return _page(request_id)


@blueprint.post("/<int:request_id>/decide")
@needs(Permission.DECIDE_REQUESTS)
def decide(request_id: int) -> Outcome:
    """Approve or refuse the request, with the person's own password."""
    decision = TitleDecision(approved=request.form.get("decision") == "approve", opinion=said("opinion"))
    told = _("已批准。") if decision.approved else _("已记为不批准。")
    return _done(
        request_id, lambda: decide_title_request(signed_by_me(), request_id, decision, archive=archive()), told
    )


@blueprint.post("/<int:request_id>/withdraw")
@needs(Permission.REQUEST_USE)
def withdraw(request_id: int) -> Outcome:
    """Withdraw one's own request."""
    return _done(request_id, lambda: withdraw_title_request(actor(), request_id, archive=archive()), _("已撤回申请。"))


@blueprint.post("/<int:request_id>/take-out")
@needs(Permission.KEEP_TITLES)
def take(request_id: int) -> Outcome:
    """Record that what was approved left the safe."""
    return _done(
        request_id,
        lambda: take_out(actor(), request_id, remark=said("remark"), archive=archive()),
        _("已出库，并记入台账。"),
    )


@blueprint.post("/<int:request_id>/bring-back")
@needs(Permission.KEEP_TITLES)
def bring(request_id: int) -> Outcome:
    """Record that it came back, and how."""

    def act() -> None:
        asked = request.form.get("condition", "")
        returned = Returned(
            quantity=whole(said("quantity"), "份数", "quantity"),
            condition=TitleCondition(asked) if asked in set(TitleCondition) else TitleCondition.SOUND,
            brought_by=said("brought_by"),
            remark=said("remark"),
        )
        bring_back(actor(), request_id, returned, archive=archive())

    return _done(request_id, act, _("已归还入库，并记入台账。"))


@blueprint.post("/<int:request_id>/exchange")
@needs(Permission.KEEP_TITLES)
def swap(request_id: int) -> Outcome:
    """Record which certificate came back in the place of the one that was out."""
    typed = title_typed_in(request.form)
    try:
        new = exchange(actor(), request_id, title_typed(typed).facts, archive=archive())
    except DmsError as refusal:
        return _page(request_id, refusal=refusal, typed=typed), status_of(refusal)
    flash(_("已换证入库，新台账号 %(number)s。", number=new.number), "success")
    return redirect(url_for("titles.show", title_id=new.id))


@blueprint.post("/<int:request_id>/lost")
@needs(Permission.KEEP_TITLES)
def lose(request_id: int) -> Outcome:
    """Record that what was out is lost, signed by two persons."""

    def act() -> None:
        custodian, witness = signed_by_both()
        report_lost(custodian, witness, request_id, said("report"), archive=archive())

    return _done(request_id, act, _("已登记遗失。"))


def _page(request_id: int, *, refusal: DmsError | None = None, typed: TypedTitle | None = None) -> str:
    asking = actor()
    found = show_title_request(asking, request_id, archive=archive())
    asked = found.requests[0]
    shown = show_title(asking, asked.title_id, archive=archive())
    outstanding = -sum(line.change for line in shown.movements if line.request_id == asked.id)
    facts = shown.title.facts
    return render_template(
        "pages/titles/request_shown.html",
        found=found,
        asked=asked,
        shown=shown,
        outstanding=outstanding,
        to_decide=asked.id in found.to_decide,
        kinds=title_kinds(asking, archive=archive()),
        conditions=[(each.value, label(each)) for each in TitleCondition],
        typed=typed
        or TypedTitle(kind_code=facts.kind_code, name=facts.name, right_holder=facts.right_holder, issuer=facts.issuer),
        refusal=refusal,
    )


def _done(request_id: int, act: Callable[[], object], told: str) -> Outcome:
    try:
        act()
    except DmsError as refusal:
        return _page(request_id, refusal=refusal), status_of(refusal)
    flash(told, "success")
    return redirect(url_for("title_requests.show", request_id=request_id))
