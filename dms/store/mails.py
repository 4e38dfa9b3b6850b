"""The queue of letters, and the server that they go through."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.sqlite import insert

from dms.domain.mail import Letter, MailSecurity, MailServer, MailState
from dms.errors import Bilingual
from dms.store.duty_tables import mail as table
from dms.store.duty_tables import mail_server as server_table

_ONLY = 1
"""There is one mail server."""


class Mails:
    """Letters, one for each person and occasion."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(self, *, user_id: int, address: str, occasion: str, subject: str, body: str, at: datetime) -> bool:
        """Whether the letter was new; one person is written to once for one occasion."""
        statement = insert(table).values(
            user_id=user_id,
            address=address,
            occasion=occasion,
            subject=subject,
            body=body,
            queued_at=at,
            state=MailState.WAITING.value,
            tries=0,
            next_try_at=at,
            problem_zh="",
            problem_en="",
        )
        return self._connection.execute(statement.on_conflict_do_nothing()).rowcount > 0

    def due(self, at: datetime, *, limit: int) -> list[Letter]:
        """The next letters to be tried, those first that have waited longest."""
        query = select(table).where(table.c.next_try_at <= at).order_by(table.c.next_try_at, table.c.id).limit(limit)
        return [_letter(row) for row in self._connection.execute(query)]

    def has_due(self, at: datetime) -> bool:
        """Whether any letter is to be tried now."""
        return (
            self._connection.execute(select(table.c.id).where(table.c.next_try_at <= at).limit(1)).first() is not None
        )

    def sent(self, letter_id: int, *, at: datetime) -> None:
        """The letter went out; what it said is not kept."""
        self._change(letter_id, state=MailState.SENT.value, sent_at=at, next_try_at=None, body="", **_NO_PROBLEM)

    def failed(self, letter_id: int, problem: Bilingual, *, again_at: datetime | None) -> None:
        """The letter did not go out, and why; it is tried again at a moment, or given up where that is None."""
        values: dict[str, object] = {"problem_zh": problem.zh, "problem_en": problem.en, "next_try_at": again_at}
        if again_at is None:
            values |= {"state": MailState.GIVEN_UP.value, "body": ""}
        self._change(letter_id, tries=table.c.tries + 1, **values)

    def page(self, *, limit: int, offset: int = 0) -> tuple[int, list[Letter]]:
        """How many letters there were, and one page of them, the newest first."""
        total = self._connection.execute(select(func.count()).select_from(table)).scalar_one()
        query = select(table).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [_letter(row) for row in self._connection.execute(query)]

    def server(self) -> MailServer | None:
        """The server that letters go through; None where none was stated."""
        row = self._connection.execute(select(server_table)).first()
        if row is None:
            return None
        values = {name: getattr(row, name) for name in MailServer.__dataclass_fields__}
        return MailServer(**values | {"security": MailSecurity(row.security)})

    def state_server(self, server: MailServer | None) -> None:
        """Replace the server; None for none any more."""
        self._connection.execute(server_table.delete())
        if server is not None:
            values = {name: getattr(server, name) for name in MailServer.__dataclass_fields__}
            stated = values | {"id": _ONLY, "security": server.security.value}
            self._connection.execute(server_table.insert().values(**stated))

    def _change(self, letter_id: int, **values: object) -> None:
        self._connection.execute(table.update().where(table.c.id == letter_id).values(**values))


_NO_PROBLEM = {"problem_zh": "", "problem_en": ""}


def _letter(row: Row[Any]) -> Letter:
    values = {name: getattr(row, name) for name in Letter.__dataclass_fields__ if name != "problem"}
    problem = Bilingual(row.problem_zh, row.problem_en) if row.problem_zh else None
    return Letter(**values | {"state": MailState(row.state), "problem": problem})
