"""提醒: the inbox, how one wishes to be told, and the calendar at a secret address."""

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms.custody.duties import (
    inbox,
    make_feed,
    notice_wish,
    read_feed,
    read_reminders,
    revoke_feed,
    wish_for_mail,
)
from dms.web.current import LANGUAGES, actor, archive, language, user
from dms.web.declaring import for_everyone_signed_in, for_strangers
from dms.web.paging import paging_asked

blueprint = Blueprint("reminders", __name__, url_prefix="/duties")

REMINDERS_PER_PAGE = 50
_SHOWN_ONCE = "duty_feed_secret"


@blueprint.get("/inbox")
@for_everyone_signed_in
def index() -> str:
    """What one was told, the newest first; ``unread`` leaves out what was read."""
    paging = paging_asked(REMINDERS_PER_PAGE)
    unread_only = bool(request.args.get("unread"))
    found = inbox(actor(), archive=archive(), limit=paging.limit, offset=paging.offset, unread_only=unread_only)
    return render_template("pages/duties/inbox.html", found=found, paging=paging, unread_only=unread_only)


@blueprint.post("/inbox/read")
@for_everyone_signed_in
def read() -> BaseResponse:
    """Mark reminders as read: those chosen, or all of them."""
    chosen = request.form.getlist("reminder", type=int)
    read_reminders(actor(), None if request.form.get("all") else chosen, archive=archive())
    return redirect(url_for("reminders.index"))


@blueprint.get("/notice")
@for_everyone_signed_in
def notice() -> str:
    """How one wishes to be told, and the address of the calendar where it was just made."""
    secret = session.pop(_SHOWN_ONCE, None)
    address = url_for("reminders.feed", secret=secret, lang=language(), _external=True) if secret else ""
    wish = notice_wish(actor(), archive=archive())
    return render_template("pages/duties/notice.html", wish=wish, address=address, email=user().email)


@blueprint.post("/notice")
@for_everyone_signed_in
def state_notice() -> BaseResponse:
    """Be told by e-mail, too, or not any more."""
    wish_for_mail(actor(), by_mail=bool(request.form.get("by_mail")), archive=archive())
    flash(_("提醒方式已保存。"), "success")
    return redirect(url_for("reminders.notice"))


@blueprint.post("/notice/feed")
@for_everyone_signed_in
def new_feed() -> BaseResponse:
    """Make a new address for the calendar, or end it."""
    if request.form.get("revoke"):
        revoke_feed(actor(), archive=archive())
        flash(_("日历订阅地址已停用。"), "success")
    else:
        # Signed, not sealed: the cookie is the person's own, and the page that shows the secret takes it out.
        session[_SHOWN_ONCE] = make_feed(actor(), archive=archive())
    return redirect(url_for("reminders.notice"))


@blueprint.get("/feed/<secret>.ics")
@for_strangers
def feed(secret: str) -> Response:
    """The calendar with this secret, for calendar programs."""
    asked = request.args.get("lang", LANGUAGES[0])
    calendar = read_feed(secret, language=asked if asked in LANGUAGES else LANGUAGES[0], archive=archive())
    return Response(calendar, content_type="text/calendar; charset=utf-8")
