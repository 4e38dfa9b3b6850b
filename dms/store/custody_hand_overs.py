"""The hand-overs of people who leave.

Invariant: a list and its signatures are added and never changed; only the state of a list goes on (triggers hold this).
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from dms.domain.leaving import (
    CustodyHandOver,
    HandOverRole,
    HandOverSignature,
    HandOverState,
    HeldKind,
    HeldThing,
    Passing,
)
from dms.errors import Bilingual
from dms.store.account_tables import custody_hand_over as table
from dms.store.account_tables import custody_hand_over_signature as signature_table
from dms.store.engine import inserted_id


class CustodyHandOvers:
    """Hand-overs, by number or by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        leaver: str,
        successor: str,
        reason: str,
        leaves_on: date,
        drawn_up_by: str,
        drawn_up_at: datetime,
        things: Sequence[HeldThing],
        list_digest: str,
    ) -> CustodyHandOver:
        """The new hand-over, drawn up and not signed."""
        values = {
            "leaver": leaver, "successor": successor, "reason": reason, "leaves_on": leaves_on,
            "drawn_up_by": drawn_up_by, "drawn_up_at": drawn_up_at, "state": HandOverState.DRAWN_UP,
            "things": [_written(thing) for thing in things], "list_digest": list_digest,
        }  # fmt: skip
        return self.get(inserted_id(self._connection.execute(table.insert().values(**values))))

    def get(self, hand_over_id: int) -> CustodyHandOver:
        """The hand-over with this number, which must exist."""
        return self._whole(self._connection.execute(select(table).where(table.c.id == hand_over_id)).one())

    def find(self, hand_over_id: int) -> CustodyHandOver | None:
        """The hand-over with this number, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == hand_over_id)).first()
        return self._whole(row) if row else None

    def open_of(self, leaver: str) -> CustodyHandOver | None:
        """The hand-over of this person that is drawn up and not signed by everyone."""
        query = select(table).where(table.c.leaver == leaver, table.c.state == HandOverState.DRAWN_UP)
        row = self._connection.execute(query.order_by(table.c.id.desc())).first()
        return self._whole(row) if row else None

    def open_ones(self) -> list[CustodyHandOver]:
        """Every hand-over that is drawn up and not signed by everyone, the oldest first."""
        query = select(table).where(table.c.state == HandOverState.DRAWN_UP).order_by(table.c.id)
        return [self._whole(row) for row in self._connection.execute(query)]

    def page(self, *, person: str | None = None, limit: int, offset: int = 0) -> tuple[int, list[CustodyHandOver]]:
        """How many there are, and one page of them, the newest first; `person` leaves those that he has no part in."""
        concerned = [] if person is None else [or_(table.c.leaver == person, table.c.successor == person)]
        total = self._connection.execute(select(func.count()).select_from(table).where(*concerned)).scalar_one()
        query = select(table).where(*concerned).order_by(table.c.id.desc()).limit(limit).offset(offset)
        return total, [self._whole(row) for row in self._connection.execute(query)]

    def sign(self, hand_over_id: int, signature: HandOverSignature) -> None:
        """Put a signature under a list that has none in this role."""
        values = {"hand_over_id": hand_over_id, **asdict(signature)}
        self._connection.execute(signature_table.insert().values(**values))

    def end(self, hand_over_id: int, state: HandOverState) -> None:
        """Say how a drawn-up hand-over came to its end."""
        self._connection.execute(table.update().where(table.c.id == hand_over_id).values(state=state))

    def _whole(self, row: Row[Any]) -> CustodyHandOver:
        signed = select(signature_table).where(signature_table.c.hand_over_id == row.id)
        return CustodyHandOver(
            id=row.id,
            leaver=row.leaver,
            successor=row.successor,
            reason=row.reason,
            leaves_on=row.leaves_on,
            drawn_up_by=row.drawn_up_by,
            drawn_up_at=row.drawn_up_at,
            state=HandOverState(row.state),
            things=tuple(_read(thing) for thing in row.things),
            list_digest=row.list_digest,
            signatures=tuple(
                HandOverSignature(role=HandOverRole(each.role), name=each.name, signed_at=each.signed_at)
                for each in self._connection.execute(signed.order_by(signature_table.c.signed_at))
            ),
        )


def _written(thing: HeldThing) -> dict[str, str]:
    return {
        "kind": thing.kind,
        "subject": thing.subject,
        "zh": thing.what.zh,
        "en": thing.what.en,
        "passing": thing.passing,
    }


def _read(written: dict[str, str]) -> HeldThing:
    return HeldThing(
        kind=HeldKind(written["kind"]),
        subject=written["subject"],
        what=Bilingual(written["zh"], written["en"]),
        passing=Passing(written["passing"]),
    )
