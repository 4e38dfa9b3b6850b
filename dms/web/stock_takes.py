"""Stock-takes of safes: planned, counted blind, compared, explained, signed by two."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.titles import (
    begin_count,
    cancel_stock_take,
    explain_differences,
    hand_count_in,
    list_safes,
    list_stock_takes,
    plan_stock_take,
    show_stock_take,
    sign_stock_take,
)
from dms.domain.actor import Permission
from dms.domain.clock import local_day
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.title_form import BESIDES, count_typed, day_typed, explanations_typed, said
from dms.web.title_signing import signed_by_both

blueprint = Blueprint("stock_takes", __name__, url_prefix="/titles/stock-takes")

TAKES_PER_PAGE = 50
Outcome = Response | tuple[str, int]


@blueprint.get("")
@needs(Permission.KEEP_TITLES)
def index() -> str:
    """The stock-takes, and the form for one more."""
    return _index(refusal=None)


@blueprint.post("")
@needs(Permission.KEEP_TITLES)
def plan() -> Outcome:
    """Plan a stock-take; the page again with the reason where that is refused."""
    try:
        planned_on = day_typed(said("planned_on"), "盘点日期", "day") or local_day(archive().now())
        take = plan_stock_take(actor(), said("safe"), planned_on, archive=archive())
    except DmsError as refusal:
        return _index(refusal=refusal), status_of(refusal)
    flash(_("已计划盘点 %(number)s。", number=take.number), "success")
    return redirect(url_for("stock_takes.show", take_id=take.id))


@blueprint.get("/<int:take_id>")
@needs(Permission.KEEP_TITLES)
def show(take_id: int) -> str:
    """One stock-take and its next step."""
    return _page(take_id)


@blueprint.post("/<int:take_id>/begin")
@needs(Permission.KEEP_TITLES)
def begin(take_id: int) -> Outcome:
    """Begin to count."""
    return _done(take_id, lambda: begin_count(actor(), take_id, archive=archive()), _("开始盘点，账面数已封存。"))


@blueprint.post("/<int:take_id>/count")
@needs(Permission.KEEP_TITLES)
def count(take_id: int) -> Outcome:
    """Hand in what was counted, and compare."""

    def act() -> None:
        lines = show_stock_take(actor(), take_id, archive=archive()).lines
        hand_count_in(actor(), take_id, count_typed(lines), archive=archive())

    return _done(take_id, act, _("已与账面比对。"))


@blueprint.post("/<int:take_id>/explain")
@needs(Permission.KEEP_TITLES)
def explain(take_id: int) -> Outcome:
    """Keep why lines differ."""

    def act() -> None:
        lines = show_stock_take(actor(), take_id, archive=archive()).lines
        explain_differences(actor(), take_id, explanations_typed(lines), archive=archive())

    return _done(take_id, act, _("说明已保存。"))


@blueprint.post("/<int:take_id>/sign")
@needs(Permission.KEEP_TITLES)
def sign(take_id: int) -> Outcome:
    """Sign by two, and close it for good."""

    def act() -> None:
        counter, witness = signed_by_both()
        sign_stock_take(counter, witness, take_id, remark=said("remark"), archive=archive())

    return _done(take_id, act, _("盘点已签字。"))


@blueprint.post("/<int:take_id>/cancel")
@needs(Permission.KEEP_TITLES)
def cancel(take_id: int) -> Outcome:
    """Give the stock-take up, with the reason."""
    return _done(take_id, lambda: cancel_stock_take(actor(), take_id, said("reason"), archive=archive()), _("已取消。"))


def _index(*, refusal: DmsError | None) -> str:
    paging = paging_asked(TAKES_PER_PAGE)
    total, takes = list_stock_takes(actor(), limit=paging.limit, offset=paging.offset, archive=archive())
    return render_template(
        "pages/titles/stock_takes.html",
        total=total,
        takes=takes,
        safes=list_safes(actor(), archive=archive()),
        paging=paging,
        today=local_day(archive().now()),
        typed=request.form,
        refusal=refusal,
    )


def _page(take_id: int, *, refusal: DmsError | None = None) -> str:
    return render_template(
        "pages/titles/stock_take.html",
        shown=show_stock_take(actor(), take_id, archive=archive()),
        typed=request.form,
        besides=range(1, BESIDES + 1),
        refusal=refusal,
    )


def _done(take_id: int, act: Callable[[], object], told: str) -> Outcome:
    try:
        act()
    except DmsError as refusal:
        return _page(take_id, refusal=refusal), status_of(refusal)
    flash(told, "success")
    return redirect(url_for("stock_takes.show", take_id=take_id))
