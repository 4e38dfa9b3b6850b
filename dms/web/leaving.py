"""Leavers: what a person holds, the list that passes it on under three signatures, and the closing of the account."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms.custody import list_users
from dms.custody.leaving import (
    HandOverFactInvalid,
    HandOverWish,
    close_account,
    draw_up_hand_over,
    leaver_list,
    leaver_standing,
    list_hand_overs,
    show_hand_over,
    sign_hand_over,
    withdraw_hand_over,
)
from dms.domain.actor import Permission
from dms.domain.leaving import Passing
from dms.domain.printed import MEDIA_TYPES, PrintAs
from dms.errors import Bilingual, DmsError
from dms.web.current import actor, archive
from dms.web.declaring import for_everyone_signed_in, needs
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.second_person import proved_person

blueprint = Blueprint("leaving", __name__)

PAGE_SIZE = 30


@blueprint.get("/users/<name>/leaving")
@needs(Permission.MANAGE_USERS)
def of_person(name: str) -> str:
    """What a person holds, the form for the list, and the way to close the account."""
    return _person_page(name, refusal=None)


@blueprint.post("/users/<name>/leaving")
@needs(Permission.MANAGE_USERS)
def draw_up(name: str) -> BaseResponse | tuple[str, int]:
    """Draw the list up; the form again with the reason where that is refused."""
    try:
        wish = HandOverWish(
            successor=request.form.get("successor", ""),
            reason=request.form.get("reason", ""),
            leaves_on=_day(request.form.get("leaves_on", "")),
        )
        drawn_up = draw_up_hand_over(actor(), name, wish, archive=archive())
    except DmsError as refusal:
        return _person_page(name, refusal=refusal), status_of(refusal)
    flash(_("交接清单已开列，请三方签字。"), "success")
    return redirect(url_for("leaving.show", hand_over_id=drawn_up.id))


@blueprint.get("/users/<name>/close")
@needs(Permission.MANAGE_USERS)
def ask_closing(name: str) -> str:
    """Ask before an account is closed."""
    return render_template("pages/leaving/close.html", standing=leaver_standing(actor(), name, archive=archive()))


@blueprint.post("/users/<name>/close")
@needs(Permission.MANAGE_USERS)
def close(name: str) -> BaseResponse | tuple[str, int]:
    """Close the account of somebody who holds nothing any more."""
    try:
        user = close_account(actor(), name, archive=archive())
    except DmsError as refusal:
        return _person_page(name, refusal=refusal), status_of(refusal)
    flash(_("账号 %(name)s 已注销。", name=user.name), "success")
    return redirect(url_for("users.index"))


@blueprint.get("/hand-overs")
@for_everyone_signed_in
def index() -> str:
    """The hand-overs that concern whoever asks."""
    paging = paging_asked(PAGE_SIZE)
    total, found = list_hand_overs(actor(), limit=paging.limit, offset=paging.offset, archive=archive())
    return render_template(
        "pages/leaving/index.html", hand_overs=found, page=paging.page, pages_total=paging.pages_total(total)
    )


@blueprint.get("/hand-overs/<int:hand_over_id>")
@for_everyone_signed_in
def show(hand_over_id: int) -> str:
    """One list, with its signatures and, while it is open, the place to sign."""
    return _list_page(hand_over_id, refusal=None)


@blueprint.post("/hand-overs/<int:hand_over_id>/sign")
@for_everyone_signed_in
def sign(hand_over_id: int) -> BaseResponse | tuple[str, int]:
    """Put the signature of the person whose name and password stand in the form under the list."""
    try:
        show_hand_over(actor(), hand_over_id, archive=archive())
        signer = proved_person(request.form.get("name", "").strip(), request.form.get("password", ""))
        sign_hand_over(signer, hand_over_id, for_the_leaver=bool(request.form.get("for_the_leaver")), archive=archive())
    except DmsError as refusal:
        return _list_page(hand_over_id, refusal=refusal), status_of(refusal)
    flash(_("%(name)s 已签字。", name=signer.name), "success")
    return redirect(url_for("leaving.show", hand_over_id=hand_over_id))


@blueprint.post("/hand-overs/<int:hand_over_id>/withdraw")
@needs(Permission.MANAGE_USERS)
def withdraw(hand_over_id: int) -> BaseResponse:
    """Give a list up that not everyone has signed."""
    withdraw_hand_over(actor(), hand_over_id, archive=archive())
    flash(_("交接清单已撤销。"), "success")
    return redirect(url_for("leaving.show", hand_over_id=hand_over_id))


@blueprint.get("/hand-overs/<int:hand_over_id>/list.<any(pdf, xlsx):form>")
@for_everyone_signed_in
def take_list(hand_over_id: int, form: str) -> Response:
    """The list on paper or as a spreadsheet."""
    wanted = PrintAs(form)
    content = leaver_list(actor(), hand_over_id, wanted, archive=archive())
    headers = {"Content-Disposition": f"attachment; filename=hand-over-{hand_over_id}.{wanted}"}
    return Response(content, content_type=MEDIA_TYPES[wanted], headers=headers)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise HandOverFactInvalid(
            Bilingual(f"交接期限“{typed[:20]}”不是一个日期。", f"“{typed[:20]}” is no day."),
            Bilingual("请按 2026-12-31 的样子填写。", "Write it like 2026-12-31."),
        ) from error


def _person_page(name: str, *, refusal: DmsError | None) -> str:
    standing = leaver_standing(actor(), name, archive=archive())
    others = [
        (user.name, f"{user.display_name} ({user.name})" if user.display_name != user.name else user.name)
        for user in list_users(actor(), archive=archive())
        if user.id != standing.user.id and not user.disabled
    ]
    return render_template(
        "pages/leaving/person.html",
        refusal=refusal,
        standing=standing,
        passing=[thing for thing in standing.things if thing.passing is Passing.PASSES_ON],
        to_settle=[thing for thing in standing.things if thing.passing is Passing.TO_SETTLE],
        successor_choices=others,
    )


def _list_page(hand_over_id: int, *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/leaving/show.html", shown=show_hand_over(actor(), hand_over_id, archive=archive()), refusal=refusal
    )
