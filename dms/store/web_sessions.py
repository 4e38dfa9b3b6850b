"""The browsers in which people are signed in.

Invariant: of what a browser shows to be let in, only the digest is kept; a session is ended, never taken up again.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from dms.domain.sign_in import WebSession
from dms.store.account_tables import web_session as table
from dms.store.engine import inserted_id

_WITH_DIGEST = select(table).where(table.c.token_digest == bindparam("digest"))


class WebSessions:
    """Sessions, by the digest of their token, by number or by account."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        user_id: int,
        token_digest: str,
        epoch: int,
        at: datetime,
        address: str,
        device: str,
        means: str,
    ) -> int:
        """The number of a session that begins now."""
        values = {
            "user_id": user_id, "token_digest": token_digest, "epoch": epoch, "began_at": at, "seen_at": at,
            "address": address, "device": device, "means": means, "ended_at": None, "ended_by": "",
        }  # fmt: skip
        return inserted_id(self._connection.execute(table.insert().values(**values)))

    def with_digest(self, token_digest: str) -> WebSession | None:
        """The session of this token, ended or not."""
        row = self._connection.execute(_WITH_DIGEST, {"digest": token_digest}).first()
        return _session(row) if row else None

    def find(self, session_id: int) -> WebSession | None:
        """The session with this number, ended or not."""
        row = self._connection.execute(select(table).where(table.c.id == session_id)).first()
        return _session(row) if row else None

    def of_user(self, user_id: int, *, limit: int = 50) -> list[WebSession]:
        """The newest sessions of an account, ended ones included, the latest seen first."""
        query = select(table).where(table.c.user_id == user_id).order_by(table.c.seen_at.desc(), table.c.id.desc())
        return [_session(row) for row in self._connection.execute(query.limit(limit))]

    def open_of(self, user_id: int) -> list[WebSession]:
        """The sessions of an account that nobody ended; some may have ended by themselves."""
        query = select(table).where(table.c.user_id == user_id, table.c.ended_at.is_(None)).order_by(table.c.id)
        return [_session(row) for row in self._connection.execute(query)]

    def note_seen(self, session_id: int, *, at: datetime, address: str) -> None:
        """Say that the session made a request."""
        self._connection.execute(table.update().where(table.c.id == session_id).values(seen_at=at, address=address))

    def renew(self, session_id: int, *, epoch: int) -> None:
        """Let a session live on into a new epoch of its account."""
        self._connection.execute(table.update().where(table.c.id == session_id).values(epoch=epoch))

    def end(self, session_id: int, *, at: datetime, by: str) -> bool:
        """End a session; whether it was not ended before."""
        unended = table.update().where(table.c.id == session_id, table.c.ended_at.is_(None))
        return bool(self._connection.execute(unended.values(ended_at=at, ended_by=by)).rowcount)

    def end_all(self, user_id: int, *, at: datetime, by: str, but: int | None = None) -> int:
        """End every session of an account, but for one where it is named; how many there were."""
        unended = table.update().where(table.c.user_id == user_id, table.c.ended_at.is_(None))
        if but is not None:
            unended = unended.where(table.c.id != but)
        return self._connection.execute(unended.values(ended_at=at, ended_by=by)).rowcount

    def forget_before(self, moment: datetime) -> int:
        """Drop the sessions that were seen last before this moment; the journal keeps who signed in."""
        return self._connection.execute(table.delete().where(table.c.seen_at < moment)).rowcount


def _session(row: Row[Any]) -> WebSession:
    return WebSession(
        id=row.id,
        user_id=row.user_id,
        epoch=row.epoch,
        began_at=row.began_at,
        seen_at=row.seen_at,
        address=row.address,
        device=row.device,
        means=row.means,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
