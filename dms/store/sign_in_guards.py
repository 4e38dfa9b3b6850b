"""What stands before an account: failures by name, second factors with their recovery codes, invitations, identities.

Invariant: of codes that let somebody in, only digests are kept; the secret of a second factor is kept as it is, for
nothing less can check a code, and lies in the encrypted catalogue alone.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.sign_in import Invitation, SecondFactor, SignInFailures
from dms.store.account_tables import invitation, recovery_code, second_factor, sign_in_failure, user_identity
from dms.store.engine import inserted_id


class SignInFailureCounts:
    """Failures by the name that was typed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> SignInFailures | None:
        """What is counted against a folded name."""
        row = self._connection.execute(select(sign_in_failure).where(sign_in_failure.c.name == name)).first()
        return SignInFailures(**row._mapping) if row else None

    def all(self) -> dict[str, SignInFailures]:
        """Everything that is counted, by folded name."""
        return {row.name: SignInFailures(**row._mapping) for row in self._connection.execute(select(sign_in_failure))}

    def note(self, failures: SignInFailures) -> None:
        """Replace what is counted against a name."""
        self.forget(failures.name)
        self._connection.execute(
            sign_in_failure.insert().values(
                name=failures.name,
                count=failures.count,
                failed_at=failures.failed_at,
                waits_until_at=failures.waits_until_at,
            )
        )

    def forget(self, name: str) -> bool:
        """Count nothing against the name any more; whether anything was."""
        return bool(self._connection.execute(sign_in_failure.delete().where(sign_in_failure.c.name == name)).rowcount)

    def forget_before(self, moment: datetime) -> None:
        """Drop what failed last before this moment."""
        self._connection.execute(sign_in_failure.delete().where(sign_in_failure.c.failed_at < moment))


class SecondFactors:
    """Second factors, one at most for an account, and the recovery codes beside it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user_id: int) -> SecondFactor | None:
        """The factor of an account, perhaps not confirmed yet."""
        row = self._connection.execute(select(second_factor).where(second_factor.c.user_id == user_id)).first()
        return SecondFactor(**row._mapping) if row else None

    def confirmed(self, user_id: int) -> SecondFactor | None:
        """The factor that an account is asked for."""
        factor = self.get(user_id)
        return factor if factor is not None and factor.confirmed_at is not None else None

    def holders(self) -> frozenset[int]:
        """The accounts that have a confirmed factor."""
        confirmed = select(second_factor.c.user_id).where(second_factor.c.confirmed_at.is_not(None))
        return frozenset(self._connection.execute(confirmed).scalars())

    def begin(self, user_id: int, secret: str, *, at: datetime) -> None:
        """Keep a new secret, not confirmed yet, in the place of the present one and its recovery codes."""
        self.remove(user_id)
        self._connection.execute(
            second_factor.insert().values(user_id=user_id, secret=secret, begun_at=at, confirmed_at=None, last_step=0)
        )

    def confirm(self, user_id: int, *, at: datetime) -> None:
        """Ask for the factor from now on."""
        self._change(user_id, confirmed_at=at)

    def note_step(self, user_id: int, step: int) -> None:
        """The period whose code was taken; it and earlier ones are good for nothing any more."""
        self._change(user_id, last_step=step)

    def remove(self, user_id: int) -> bool:
        """Take factor and recovery codes away; whether there was a factor."""
        self._connection.execute(recovery_code.delete().where(recovery_code.c.user_id == user_id))
        removed = self._connection.execute(second_factor.delete().where(second_factor.c.user_id == user_id))
        return bool(removed.rowcount)

    def state_recovery_codes(self, user_id: int, digests: Iterable[str]) -> None:
        """Replace the recovery codes of an account."""
        self._connection.execute(recovery_code.delete().where(recovery_code.c.user_id == user_id))
        rows = [{"user_id": user_id, "digest": digest, "used_at": None} for digest in digests]
        self._connection.execute(recovery_code.insert(), rows)

    def use_recovery_code(self, user_id: int, digest: str, *, at: datetime) -> bool:
        """Spend a recovery code; whether there was one to spend."""
        spent = recovery_code.update().where(
            recovery_code.c.user_id == user_id, recovery_code.c.digest == digest, recovery_code.c.used_at.is_(None)
        )
        return bool(self._connection.execute(spent.values(used_at=at)).rowcount)

    def recovery_codes_left(self, user_id: int) -> int:
        """How many were not spent yet."""
        left = select(func.count()).where(recovery_code.c.user_id == user_id, recovery_code.c.used_at.is_(None))
        return self._connection.execute(left).scalar_one()

    def _change(self, user_id: int, **values: object) -> None:
        self._connection.execute(second_factor.update().where(second_factor.c.user_id == user_id).values(**values))


class Invitations:
    """Invitations, by the digest of their code or by account."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, user_id: int, code_digest: str, made_by: str, made_at: datetime, ends_at: datetime) -> Invitation:
        """The new invitation."""
        number = inserted_id(
            self._connection.execute(
                invitation.insert().values(
                    user_id=user_id, code_digest=code_digest, made_by=made_by, made_at=made_at, ends_at=ends_at
                )
            )
        )
        return _invitation(self._connection.execute(select(invitation).where(invitation.c.id == number)).one())

    def with_digest(self, code_digest: str) -> Invitation | None:
        """The invitation of this code, open or not."""
        row = self._connection.execute(select(invitation).where(invitation.c.code_digest == code_digest)).first()
        return _invitation(row) if row else None

    def open_ones(self, now: datetime) -> dict[int, Invitation]:
        """The invitations that still open an account, by account."""
        unused = select(invitation).where(
            invitation.c.used_at.is_(None), invitation.c.withdrawn_at.is_(None), invitation.c.ends_at > now
        )
        return {row.user_id: _invitation(row) for row in self._connection.execute(unused.order_by(invitation.c.id))}

    def use(self, invitation_id: int, *, at: datetime) -> None:
        """Close an invitation because its person came."""
        self._connection.execute(invitation.update().where(invitation.c.id == invitation_id).values(used_at=at))

    def withdraw(self, user_id: int, *, at: datetime) -> int:
        """Close every invitation of an account that is not closed; how many there were."""
        unused = invitation.update().where(
            invitation.c.user_id == user_id, invitation.c.used_at.is_(None), invitation.c.withdrawn_at.is_(None)
        )
        return self._connection.execute(unused.values(withdrawn_at=at)).rowcount


class UserIdentities:
    """As whom a sign-in service of the company knows an account."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def user_of(self, issuer: str, subject: str) -> int | None:
        """The account that is tied to an identity."""
        where = (user_identity.c.issuer == issuer, user_identity.c.subject == subject)
        return self._connection.execute(select(user_identity.c.user_id).where(*where)).scalar()

    def of_user(self, user_id: int) -> list[tuple[str, str]]:
        """Issuer and subject of every identity of an account."""
        query = select(user_identity.c.issuer, user_identity.c.subject).where(user_identity.c.user_id == user_id)
        return [(row.issuer, row.subject) for row in self._connection.execute(query.order_by(user_identity.c.issuer))]

    def tie(self, issuer: str, subject: str, *, user_id: int, at: datetime) -> None:
        """Tie an identity, which no account has, to this one."""
        row = {"issuer": issuer, "subject": subject, "user_id": user_id, "linked_at": at}
        self._connection.execute(user_identity.insert().values(**row))

    def untie(self, user_id: int) -> int:
        """Take every identity from an account; how many there were."""
        return self._connection.execute(user_identity.delete().where(user_identity.c.user_id == user_id)).rowcount


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        user_id=row.user_id,
        made_by=row.made_by,
        made_at=row.made_at,
        ends_at=row.ends_at,
        used_at=row.used_at,
        withdrawn_at=row.withdrawn_at,
    )
