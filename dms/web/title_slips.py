"""Slips of title documents: composing one, and the signatures of three parties."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.titles import (
    SlipStated,
    TitleSlipStateUnfit,
    begin_slip,
    check_titles,
    hand_titles_over,
    list_safes,
    list_slips,
    list_title,
    return_titles,
    show_slip,
    sign_checked,
    take_titles_over,
    title_kinds,
    unlist_title,
    withdraw_slip,
)
from dms.domain.actor import Actor, Permission
from dms.domain.title_slip import SlipState
from dms.errors import DmsError
from dms.filing import known_departments
from dms.web.current import actor, archive
from dms.web.customer_choice import chosen_customer
from dms.web.declaring import needs
from dms.web.errors import AddressUnknown
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.title_form import TypedTitle, checks_typed, said, title_typed, title_typed_in
from dms.web.title_signing import signed_by_me

blueprint = Blueprint("title_slips", __name__, url_prefix="/titles/slips")

SLIPS_PER_PAGE = 50
Outcome = Response | tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step is called, what it means, what it asks for, and how it is done."""

    title: LazyString
    meaning: LazyString
    button: LazyString
    done: LazyString
    permission: Permission
    states: frozenset[SlipState]
    act: Callable[[Actor, int], object]
    is_signed: bool = False
    """Whether the person gives his own password."""
    asks_for_safe: bool = False
    asks_for_reason: bool = False


_OPEN = frozenset({SlipState.DRAFT, SlipState.RETURNED})
_STEPS: dict[str, Step] = {
    "hand-over": Step(
        title=lazy_gettext("移交权证"),
        meaning=lazy_gettext("签字后清单固定下来并编号，由档案员复核、权证管理员接收；要修改须先退回。"),
        button=lazy_gettext("签字移交"),
        done=lazy_gettext("已移交，等待档案员复核。"),
        permission=Permission.RECEIVE,
        states=_OPEN,
        act=lambda asking, slip: hand_titles_over(asking, slip, archive=archive()),
        is_signed=True,
    ),
    "confirm": Step(
        title=lazy_gettext("复核签字"),
        meaning=lazy_gettext("签字表示每一项的证名、权证号、份数都与实物核对一致。"),
        button=lazy_gettext("签字"),
        done=lazy_gettext("已复核签字，等待权证管理员接收。"),
        permission=Permission.CONFIRM,
        states=frozenset({SlipState.HANDED_OVER}),
        act=lambda asking, slip: sign_checked(asking, slip, archive=archive()),
        is_signed=True,
    ),
    "take-over": Step(
        title=lazy_gettext("接收权证"),
        meaning=lazy_gettext("签字后记入权证台账，不能撤回；随后开柜存入保险柜。"),
        button=lazy_gettext("签字接收"),
        done=lazy_gettext("已接收并记入台账，请开柜存入。"),
        permission=Permission.KEEP_TITLES,
        states=frozenset({SlipState.CHECKED}),
        act=lambda asking, slip: take_titles_over(asking, slip, said("safe"), archive=archive()),
        is_signed=True,
        asks_for_safe=True,
    ),
    "return": Step(
        title=lazy_gettext("退回改正"),
        meaning=lazy_gettext("移交人改正后重新签字移交，届时从头核对。"),
        button=lazy_gettext("退回"),
        done=lazy_gettext("已退回移交人。"),
        permission=Permission.CONSULT,
        states=frozenset({SlipState.HANDED_OVER, SlipState.CHECKED}),
        act=lambda asking, slip: return_titles(asking, slip, said("reason"), archive=archive()),
        asks_for_reason=True,
    ),
    "withdraw": Step(
        title=lazy_gettext("撤销移交单"),
        meaning=lazy_gettext("撤销后不能恢复；记录保留，单号不再使用。"),
        button=lazy_gettext("撤销"),
        done=lazy_gettext("已撤销。"),
        permission=Permission.RECEIVE,
        states=_OPEN,
        act=lambda asking, slip: withdraw_slip(asking, slip, said("reason"), archive=archive()),
        asks_for_reason=True,
    ),
}


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str:
    """The slips, by ``state`` where that is asked."""
    paging = paging_asked(SLIPS_PER_PAGE)
    state = next((each for each in SlipState if each.value == request.args.get("state")), None)
    found = list_slips(
        actor(), states=[state] if state else (), limit=paging.limit, offset=paging.offset, archive=archive()
    )
    return render_template("pages/titles/slips.html", found=found, state=state, states=list(SlipState), paging=paging)


@blueprint.get("/new")
@needs(Permission.RECEIVE)
def new() -> str:
    """The form for a new slip."""
    return _new_form(refusal=None)


@blueprint.post("/new")
@needs(Permission.RECEIVE)
def begin() -> Outcome:
    """Begin a slip; the form again with the reason where that is refused."""
    try:
        customer = chosen_customer(actor(), said("customer"), archive=archive())
        stated = SlipStated(
            customer_code=customer.code if customer else said("customer"),
            contract_no=said("contract_no"),
            from_department=said("from_department"),
            remark=said("remark"),
        )
        slip = begin_slip(actor(), stated, archive=archive())
    except DmsError as refusal:
        return _new_form(refusal=refusal), status_of(refusal)
    return redirect(url_for("title_slips.show", slip_id=slip.id))


@blueprint.get("/<int:slip_id>")
@needs(Permission.CONSULT)
def show(slip_id: int) -> str:
    """One slip: its facts, its list, its signatures, and what may be done next."""
    return _page(slip_id)


@blueprint.post("/<int:slip_id>/lines")
@needs(Permission.RECEIVE)
def add_line(slip_id: int) -> Outcome:
    """Put a title document on the slip."""
    typed = title_typed_in(request.form)
    try:
        list_title(actor(), slip_id, title_typed(typed), archive=archive())
    except DmsError as refusal:
        return _page(slip_id, refusal=refusal, typed=typed), status_of(refusal)
    flash(_("已列入。"), "success")
    return redirect(url_for("title_slips.show", slip_id=slip_id, _anchor="list"))


@blueprint.post("/<int:slip_id>/lines/<int:line_id>/remove")
@needs(Permission.RECEIVE)
def remove_line(slip_id: int, line_id: int) -> Outcome:
    """Take a title document off the slip."""
    return _done(slip_id, lambda: unlist_title(actor(), slip_id, line_id, archive=archive()), _("已删去。"))


@blueprint.post("/<int:slip_id>/check")
@needs(Permission.CONFIRM, Permission.KEEP_TITLES)
def check(slip_id: int) -> Outcome:
    """Keep what the party whose turn it is found of each line."""
    lines = show_slip(actor(), slip_id, archive=archive()).lines
    found = checks_typed(lines)
    return _done(slip_id, lambda: check_titles(actor(), slip_id, found, archive=archive()), _("核对结果已保存。"))


@blueprint.get("/<int:slip_id>/<step>")
@needs(Permission.CONSULT)
def ask_step(slip_id: int, step: str) -> str:
    """Ask before the step is taken, with what it needs."""
    return _step_form(slip_id, _step(step), refusal=None)


@blueprint.post("/<int:slip_id>/<step>")
@needs(Permission.CONSULT)
def take_step(slip_id: int, step: str) -> Outcome:
    """Take the step; its form again with the reason where that is refused."""
    chosen = _step(step)
    try:
        actor().require(chosen.permission)
        asking = signed_by_me() if chosen.is_signed else actor()
        chosen.act(asking, slip_id)
    except DmsError as refusal:
        return _step_form(slip_id, chosen, refusal=refusal), status_of(refusal)
    flash(str(chosen.done), "success")
    return redirect(url_for("title_slips.show", slip_id=slip_id))


def _page(slip_id: int, *, refusal: DmsError | None = None, typed: TypedTitle | None = None) -> str:
    return render_template(
        "pages/titles/slip.html",
        shown=show_slip(actor(), slip_id, archive=archive()),
        kinds=title_kinds(actor(), archive=archive()),
        refusal=refusal,
        typed=typed or TypedTitle(),
    )


def _new_form(*, refusal: DmsError | None) -> str:
    asking = actor()
    known = known_departments(asking, archive=archive()) if asking.may(Permission.MANAGE_CUSTOMERS) else []
    return render_template(
        "pages/titles/new_slip.html",
        refusal=refusal,
        typed=request.form or request.args,
        departments=sorted({*known, *(asking.departments or ())}),
    )


def _step(name: str) -> Step:
    if name not in _STEPS:
        raise AddressUnknown
    return _STEPS[name]


def _step_form(slip_id: int, step: Step, *, refusal: DmsError | None) -> str:
    asking = actor()
    asking.require(step.permission)
    shown = show_slip(asking, slip_id, archive=archive())
    if shown.slip.state not in step.states:
        raise TitleSlipStateUnfit(shown.slip.state)
    return render_template(
        "pages/titles/slip_step.html",
        shown=shown,
        step=step,
        refusal=refusal,
        typed=request.form,
        safes=list_safes(asking, archive=archive()) if step.asks_for_safe else (),
    )


def _done(slip_id: int, act: Callable[[], object], told: str) -> Outcome:
    try:
        act()
    except DmsError as refusal:
        return _page(slip_id, refusal=refusal), status_of(refusal)
    flash(told, "success")
    return redirect(url_for("title_slips.show", slip_id=slip_id, _anchor="list"))
