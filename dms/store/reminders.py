"""Reminders that were given, and what each person wishes to be told and where.

Invariant: one row for each person, duty, owner, day and step; giving it again changes nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from dms.domain.duty import Duty, DutyKind
from dms.domain.reminder import Reminder
from dms.errors import Bilingual
from dms.store.duty_tables import notice_wish as wish_table
from dms.store.duty_tables import reminder as table

_UNREAD = (
    select(func.count()).select_from(table).where(table.c.user_id == bindparam("of_user"), table.c.read_at.is_(None))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWish:
    """How one person wishes to be told."""

    user_id: int
    by_mail: bool = False
    """Whether he is told by e-mail, too, at the address of his account."""
    feed_digest: str | None = None
    """SHA-256 (hex) of the secret in the address of his calendar; None where he has none."""
    feed_made_at: datetime | None = None
    feed_read_on: date | None = None
    """The last day on which somebody read it."""


class Reminders:
    """The inboxes, by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, reminder: Reminder) -> bool:
        """Whether it was new; a reminder that was given before is not given again."""
        duty = reminder.duty
        values = {
            "user_id": reminder.user_id,
            "kind": duty.kind.value,
            "subject": duty.subject,
            "owner": duty.person,
            "due_on": duty.due_on,
            "step": reminder.step,
            "told_on": reminder.told_on,
            "told_at": reminder.told_at,
            "what_zh": duty.what.zh,
            "what_en": duty.what.en,
        }
        return self._connection.execute(insert(table).values(**values).on_conflict_do_nothing()).rowcount > 0

    def is_given(self, duty: Duty, step: str) -> bool:
        """Whether anybody was told of this step already; a step is told to everybody whom it concerns at once."""
        same = (table.c.kind == duty.kind.value) & (table.c.subject == duty.subject) & (table.c.owner == duty.person)
        query = select(table.c.id).where(same, table.c.due_on == duty.due_on, table.c.step == step).limit(1)
        return self._connection.execute(query).first() is not None

    def given(self, kind: DutyKind, subject: str) -> list[Reminder]:
        """Everything that anybody was told of one duty, the oldest first."""
        query = select(table).where(table.c.kind == kind.value, table.c.subject == subject).order_by(table.c.id)
        return [_reminder(row) for row in self._connection.execute(query)]

    def unread_count(self, user_id: int) -> int:
        """How much of his inbox a person has not read."""
        return self._connection.execute(_UNREAD, {"of_user": user_id}).scalar_one()

    def inbox(
        self, user_id: int, *, unread_only: bool = False, limit: int, offset: int = 0
    ) -> tuple[int, list[Reminder]]:
        """How much there is in an inbox, and one page of it, the newest first."""
        conditions = [table.c.user_id == user_id, *([table.c.read_at.is_(None)] if unread_only else [])]
        total = self._connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()
        query = select(table).where(*conditions).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [_reminder(row) for row in self._connection.execute(query)]

    def told_on(self, user_id: int, on: date) -> list[Reminder]:
        """What a person was told on one day, in order."""
        query = select(table).where(table.c.user_id == user_id, table.c.told_on == on).order_by(table.c.id)
        return [_reminder(row) for row in self._connection.execute(query)]

    def told_to(self, on: date) -> list[int]:
        """The ids of everybody who was told anything on one day."""
        query = select(table.c.user_id).where(table.c.told_on == on).distinct().order_by(table.c.user_id)
        return list(self._connection.execute(query).scalars())

    def read(self, user_id: int, *, at: datetime, ids: Collection[int] | None = None) -> int:
        """How many unread reminders of a person are read from now on: these, or all of them for None."""
        unread = (table.c.user_id == user_id) & table.c.read_at.is_(None)
        chosen = unread if ids is None else unread & table.c.id.in_(list(ids))
        return self._connection.execute(table.update().where(chosen).values(read_at=at)).rowcount


class NoticeWishes:
    """How each person wishes to be told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, user_id: int) -> NoticeWish:
        """What a person wishes; nothing by e-mail and no calendar until he says so."""
        row = self._connection.execute(select(wish_table).where(wish_table.c.user_id == user_id)).first()
        return _wish(row) if row else NoticeWish(user_id=user_id)

    def state(self, wish: NoticeWish) -> None:
        """Replace what a person wishes."""
        values = {name: getattr(wish, name) for name in NoticeWish.__dataclass_fields__}
        kept = {name: value for name, value in values.items() if name != "user_id"}
        statement = insert(wish_table).values(**values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=kept))

    def with_feed(self, feed_digest: str) -> NoticeWish | None:
        """Whose calendar has this secret in its address."""
        row = self._connection.execute(select(wish_table).where(wish_table.c.feed_digest == feed_digest)).first()
        return _wish(row) if row else None

    def by_mail(self) -> list[int]:
        """The ids of everybody who wishes to be told by e-mail."""
        query = select(wish_table.c.user_id).where(wish_table.c.by_mail.is_(True))
        return list(self._connection.execute(query).scalars())


def _wish(row: Row[Any]) -> NoticeWish:
    return NoticeWish(**row._mapping)


def _reminder(row: Row[Any]) -> Reminder:
    duty = Duty(
        kind=DutyKind(row.kind),
        subject=row.subject,
        what=Bilingual(row.what_zh, row.what_en),
        due_on=row.due_on,
        person=row.owner,
    )
    return Reminder(
        id=row.id,
        user_id=row.user_id,
        duty=duty,
        step=row.step,
        told_on=row.told_on,
        told_at=row.told_at,
        read_at=row.read_at,
    )
