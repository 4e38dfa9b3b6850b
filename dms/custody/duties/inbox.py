"""The inbox: what a person was told, read or unread, and how he wishes to be told.

Invariant (I5): what he may not know of any more is told by kind and number alone, whatever he was told at the time.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.custody.duties.errors import SettlerNotAPerson
from dms.custody.duties.knowing import may_know
from dms.custody.duties.wording import told_apart
from dms.domain.actor import Actor
from dms.domain.reminder import Reminder
from dms.store import NoticeWish, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One page of an inbox, the newest first."""

    total: int
    unread_count: int
    reminders: tuple[Reminder, ...]


def inbox(actor: Actor, *, archive: Archive, limit: int = 50, offset: int = 0, unread_only: bool = False) -> Inbox:
    """What the actor was told; raises `SettlerNotAPerson` for one without an account."""
    user_id = _person(actor)
    with archive.looking() as view:
        total, found = view.reminders.inbox(user_id, unread_only=unread_only, limit=limit, offset=offset)
        return Inbox(
            total=total,
            unread_count=view.reminders.unread_count(user_id),
            reminders=tuple(_as_known(actor, each, view=view) for each in found),
        )


def read_reminders(actor: Actor, ids: Collection[int] | None = None, *, archive: Archive) -> int:
    """How many of the actor's own reminders are read from now on: these, or all of them for None."""
    user_id = _person(actor)
    with archive.begin() as work:
        return work.reminders.read(user_id, at=archive.now(), ids=ids)


def notice_wish(actor: Actor, *, archive: Archive) -> NoticeWish:
    """How the actor wishes to be told."""
    user_id = _person(actor)
    with archive.looking() as view:
        return view.notice_wishes.of(user_id)


def wish_for_mail(actor: Actor, *, by_mail: bool, archive: Archive) -> NoticeWish:
    """The actor's wish: to be told by e-mail, too, or not any more."""
    user_id = _person(actor)
    with archive.begin() as work:
        wish = replace(work.notice_wishes.of(user_id), by_mail=by_mail)
        work.notice_wishes.state(wish)
        archive.record(work, actor, "notice_wish_stated", actor.name, by_mail=int(wish.by_mail))
    return wish


def _as_known(actor: Actor, reminder: Reminder, *, view: UnitOfWork) -> Reminder:
    if may_know(actor, reminder.duty, view=view) is not False:
        return reminder
    apart = told_apart(reminder.duty)
    # Whoever is above was told by kind and number from the start, with the names of those who owe it.
    what = reminder.duty.what if apart.zh in reminder.duty.what.zh else apart
    return replace(reminder, duty=replace(reminder.duty, what=what, subject=""))


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise SettlerNotAPerson
    return actor.user_id
