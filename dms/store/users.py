"""Accounts in the catalogue."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from dms.domain.actor import Role
from dms.domain.user import User
from dms.store.engine import inserted_id
from dms.store.tables import user as table

_WITH_ID = select(table).where(table.c.id == bindparam("id"))


class Users:
    """Accounts, found by id or by sign-in name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        name: str,
        display_name: str,
        password_hash: str,
        roles: frozenset[Role],
        clearance: int,
        departments: frozenset[str] | None = None,
    ) -> int:
        """The id of the new account; the caller has checked that the name is free."""
        result = self._connection.execute(
            table.insert().values(
                name=name,
                display_name=display_name,
                password_hash=password_hash,
                roles=sorted(roles),
                clearance=clearance,
                departments=_stored(departments),
                disabled=False,
                session_epoch=1,
            )
        )
        return inserted_id(result)

    def get(self, user_id: int) -> User | None:
        """The account with this id."""
        row = self._connection.execute(_WITH_ID, {"id": user_id}).first()
        return _user(row) if row else None

    def with_name(self, name: str) -> User | None:
        """The account with this sign-in name, upper and lower case alike."""
        # SQLite folds the case of ASCII letters only; any other name is compared as it is written.
        same = or_(table.c.name == name, func.lower(table.c.name) == name.lower())
        row = self._connection.execute(select(table).where(same)).first()
        return _user(row) if row else None

    def all(self) -> list[User]:
        """Every account, by name."""
        return [_user(row) for row in self._connection.execute(select(table).order_by(table.c.name))]

    def change_password(self, user_id: int, password_hash: str) -> None:
        """Set a new password and end every session of the account."""
        self._change(user_id, password_hash=password_hash, session_epoch=table.c.session_epoch + 1)

    def set_departments(self, user_id: int, departments: frozenset[str] | None) -> None:
        """Set whose customers' papers the account may see; None for all."""
        self._change(user_id, departments=_stored(departments))

    def set_home_department(self, user_id: int, name: str) -> None:
        """Set the department that the person belongs to; empty for none."""
        self._change(user_id, home_department=name)

    def set_roles(self, user_id: int, roles: frozenset[Role]) -> None:
        """Set what the person is in the company."""
        self._change(user_id, roles=sorted(roles))

    def set_clearance(self, user_id: int, clearance: int) -> None:
        """Set the most secret grade that the account may see."""
        self._change(user_id, clearance=clearance)

    def set_email(self, user_id: int, email: str) -> None:
        """Set where mail reaches the person; empty for nowhere. The caller has checked that nobody else has it."""
        self._change(user_id, email=email)

    def with_email(self, email: str) -> User | None:
        """The account that this address belongs to, upper and lower case alike."""
        row = self._connection.execute(select(table).where(func.lower(table.c.email) == email.lower())).first()
        return _user(row) if row and email else None

    def close(self, user_id: int, password_hash: str, *, at: datetime) -> None:
        """Close the account of somebody who left: locked, with a password that nobody knows, its sessions ended."""
        self.change_password(user_id, password_hash)
        self._change(user_id, disabled=True, closed_at=at)

    def disable(self, user_id: int) -> None:
        """Lock the account and end its sessions; accounts are never deleted, the journal names them."""
        self._change(user_id, disabled=True, session_epoch=table.c.session_epoch + 1)

    def enable(self, user_id: int) -> None:
        """Unlock the account; one that was closed is open again."""
        self._change(user_id, disabled=False, closed_at=None)

    def _change(self, user_id: int, **values: object) -> None:
        self._connection.execute(table.update().where(table.c.id == user_id).values(**values))


def _stored(departments: frozenset[str] | None) -> list[str] | None:
    return None if departments is None else sorted(departments)


def _user(row: Row[Any]) -> User:
    return User(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        password_hash=row.password_hash,
        roles=frozenset(Role(role) for role in row.roles),
        clearance=row.clearance,
        departments=None if row.departments is None else frozenset(row.departments),
        disabled=row.disabled,
        session_epoch=row.session_epoch,
        home_department=row.home_department,
        email=row.email,
        closed_at=row.closed_at,
    )
