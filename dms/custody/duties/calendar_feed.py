"""A person's duties as a calendar (RFC 5545) at a secret address, for the calendar program that he uses anyway.

What always holds:
- The secret is 256 random bits and is shown once; the catalogue keeps its SHA-256 alone, enough to know it again.
- A new address ends the one before; an account that is locked or closed has none.
- The calendar tells what its owner may know at the moment it is read (I5), and nobody else's duties.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dms.archive import Archive
from dms.custody.duties.errors import FeedUnknown, SettlerNotAPerson
from dms.custody.duties.knowing import actor_of
from dms.custody.duties.looking_up import DutyShown, own_duties
from dms.custody.duties.wording import KIND_NAMES
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.store import UnitOfWork

if TYPE_CHECKING:
    import icalendar

SECRET_BYTES: Final = 32
AHEAD: Final = timedelta(days=92)
LONGEST_SECRET: Final = 64


def make_feed(actor: Actor, *, archive: Archive) -> str:
    """The new secret of the actor's calendar; it cannot be shown again."""
    if actor.user_id is None:
        raise SettlerNotAPerson
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with archive.begin() as work:
        wish = work.notice_wishes.of(actor.user_id)
        stated = replace(wish, feed_digest=_digest(secret), feed_made_at=archive.now(), feed_read_on=None)
        work.notice_wishes.state(stated)
        archive.record(work, actor, "duty_feed_made", actor.name)
    return secret


def revoke_feed(actor: Actor, *, archive: Archive) -> None:
    """End the actor's calendar; nothing happens where he has none."""
    if actor.user_id is None:
        raise SettlerNotAPerson
    with archive.begin() as work:
        wish = work.notice_wishes.of(actor.user_id)
        if wish.feed_digest is None:
            return
        work.notice_wishes.state(replace(wish, feed_digest=None, feed_made_at=None, feed_read_on=None))
        archive.record(work, actor, "duty_feed_revoked", actor.name)


def read_feed(untrusted_secret: str, *, language: str = "zh", archive: Archive) -> bytes:
    """The calendar with this secret, as ``text/calendar``; raises `FeedUnknown`.

    The first reading of a day is journaled; calendar programs come back every few minutes.
    """
    digest = _digest(untrusted_secret[:LONGEST_SECRET])
    today = local_day(archive.now())
    with archive.looking() as view:
        reader = _reader(digest, archive=archive, view=view)
        wish = view.notice_wishes.with_feed(digest)
        duties = own_duties(reader, until_on=today + AHEAD, archive=archive, view=view)
        company = next(iter(view.scheme.own_names()), "")
    if wish is not None and wish.feed_read_on != today:
        with archive.begin() as work:
            work.notice_wishes.state(replace(wish, feed_read_on=today))
            archive.record(work, reader, "duty_feed_read", reader.name)
    return _calendar(duties, company, language, archive=archive)


def _reader(digest: str, *, archive: Archive, view: UnitOfWork) -> Actor:
    wish = view.notice_wishes.with_feed(digest)
    user = None if wish is None else view.users.get(wish.user_id)
    if user is None or user.disabled or user.closed_at is not None:
        raise FeedUnknown
    return actor_of(user, view=view, at=archive.now())


def _calendar(duties: Iterable[DutyShown], company: str, language: str, *, archive: Archive) -> bytes:
    import icalendar  # loaded when a calendar is read: no other command or page needs it

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Anjuan//Duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{company} 档案待办".strip() if language == "zh" else f"{company} archive duties")
    for shown in duties:
        calendar.add_component(_event(shown, language, archive=archive))
    return bytes(calendar.to_ical())


def _event(shown: DutyShown, language: str, *, archive: Archive) -> "icalendar.Event":
    import icalendar

    duty = shown.duty
    event = icalendar.Event()
    event.add("uid", _digest(f"{duty.kind.value} {duty.subject}")[:32] + "@anjuan")
    event.add("dtstamp", archive.now())
    event.add("dtstart", duty.due_on)
    event.add("dtend", duty.due_on + timedelta(days=1))
    event.add("summary", f"{KIND_NAMES[duty.kind].in_language(language)}：{duty.what.in_language(language)}")
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL")
    return event


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
