"""The register of disputes, and the contracts and papers that are in them.

Invariant: what is in a dispute is added and taken out, never struck from the record (triggers hold this).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from dms.domain.actor import Actor
from dms.domain.dispute import Dispute, DisputeFacts, DisputeSubject
from dms.store.contract_lists import contract_known_to
from dms.store.engine import inserted_id
from dms.store.items import visible_to
from dms.store.keeping_tables import dispute as table
from dms.store.keeping_tables import dispute_subject as subject_table
from dms.store.rights import among
from dms.store.tables import contract, item


class Disputes:
    """Disputes, by id or number; for the archive's own work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, facts: DisputeFacts) -> Dispute:
        """The new dispute, open and with nothing in it."""
        values = _columns(facts) | {"outcome": "", "closed_on": None}
        return self.get(inserted_id(self._connection.execute(table.insert().values(**values))))

    def change(self, dispute_id: int, facts: DisputeFacts) -> None:
        """Replace what is stated of a dispute."""
        self._connection.execute(table.update().where(table.c.id == dispute_id).values(**_columns(facts)))

    def close(self, dispute_id: int, *, on: date | None, outcome: str) -> None:
        """State how and when it ended; None opens it again."""
        values = {"closed_on": on, "outcome": outcome}
        self._connection.execute(table.update().where(table.c.id == dispute_id).values(**values))

    def get(self, dispute_id: int) -> Dispute:
        """The dispute with this id, which must exist."""
        return self._disputes(select(table).where(table.c.id == dispute_id))[0]

    def with_number(self, number: str) -> Dispute | None:
        """The dispute with this number, if there is one."""
        found = self._disputes(select(table).where(table.c.number == number))
        return found[0] if found else None

    def find(self, dispute_id: int) -> Dispute | None:
        """The dispute with this id, if there is one."""
        found = self._disputes(select(table).where(table.c.id == dispute_id))
        return found[0] if found else None

    def known(self, dispute_id: int, *, actor: Actor) -> Dispute | None:
        """The dispute with this id, if it exists and the actor may know of it."""
        found = self._disputes(select(table).where(table.c.id == dispute_id, dispute_known_to(actor)))
        return found[0] if found else None

    def list(
        self, *, actor: Actor, is_open: bool | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[int, tuple[Dispute, ...]]:
        """How many disputes fit that the actor may know of, and one page of them, the latest first.

        `is_open` is None for open and closed ones alike.
        """
        where = [dispute_known_to(actor)]
        if is_open is not None:
            where.append(table.c.closed_on.is_(None) if is_open else table.c.closed_on.is_not(None))
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        query = select(table).where(*where).order_by(table.c.opened_on.desc(), table.c.id.desc())
        return total, tuple(self._disputes(query.limit(limit).offset(offset)))

    def all(self) -> tuple[Dispute, ...]:
        """Every dispute, the oldest first."""
        return tuple(self._disputes(select(table).order_by(table.c.id)))

    def of_paper(self, *, item_key: int, contract_ids: Iterable[int] = ()) -> tuple[Dispute, ...]:
        """The disputes that an item is in: by itself, or with one of these contracts."""
        ids = list(contract_ids)
        inside = or_(subject_table.c.item_key == item_key, among(subject_table.c.contract_id, ids))
        return tuple(self._with_subjects(inside))

    def of_contract(self, contract_id: int) -> tuple[Dispute, ...]:
        """The disputes that a contract is in."""
        return tuple(self._with_subjects(subject_table.c.contract_id == contract_id))

    def add_subject(self, dispute_id: int, subject: DisputeSubject) -> None:
        """Put a contract or a paper into a dispute."""
        values = {name: getattr(subject, name) for name in DisputeSubject.__dataclass_fields__}
        self._connection.execute(subject_table.insert().values(dispute_id=dispute_id, **values))

    def take_out(
        self, dispute_id: int, *, contract_id: int | None = None, item_key: int | None = None, by: str, at: datetime
    ) -> None:
        """Take a contract or a paper out of a dispute; the record of it stays."""
        inside = and_(
            subject_table.c.dispute_id == dispute_id,
            subject_table.c.removed_at.is_(None),
            subject_table.c.contract_id.is_(contract_id)
            if contract_id is None
            else subject_table.c.contract_id == contract_id,
            subject_table.c.item_key.is_(item_key) if item_key is None else subject_table.c.item_key == item_key,
        )
        self._connection.execute(subject_table.update().where(inside).values(removed_by=by, removed_at=at))

    def _with_subjects(self, inside: Any) -> Sequence[Dispute]:  # noqa: ANN401  # a condition on the subjects
        ids = select(subject_table.c.dispute_id).where(inside, subject_table.c.removed_at.is_(None))
        return self._disputes(select(table).where(table.c.id.in_(ids)).order_by(table.c.id))

    def _disputes(self, query: Select[Any]) -> Sequence[Dispute]:
        rows = self._connection.execute(query).all()
        subjects = self._subjects([row.id for row in rows])
        return [_dispute(row, subjects.get(row.id, [])) for row in rows]

    def _subjects(self, ids: Sequence[int]) -> dict[int, Sequence[Row[Any]]]:
        inside = and_(among(subject_table.c.dispute_id, ids), subject_table.c.removed_at.is_(None))
        rows = self._connection.execute(select(subject_table).where(inside)).all()
        return {dispute_id: [row for row in rows if row.dispute_id == dispute_id] for dispute_id in ids}


def dispute_known_to(actor: Actor) -> ColumnElement[bool]:
    """The condition that a dispute may be known to the actor: every contract and paper in it may be (I5)."""
    inside = select(subject_table.c.id).where(subject_table.c.dispute_id == table.c.id)
    contracts = inside.join(contract, contract.c.id == subject_table.c.contract_id).where(~contract_known_to(actor))
    papers = inside.join(item, item.c.key == subject_table.c.item_key).where(~visible_to(actor))
    return and_(~contracts.correlate(table).exists(), ~papers.correlate(table).exists())


def _columns(facts: DisputeFacts) -> dict[str, Any]:
    values = {name: getattr(facts, name) for name in DisputeFacts.__dataclass_fields__}
    return values | {"parties": list(facts.parties)}


def _dispute(row: Row[Any], subjects: Sequence[Row[Any]]) -> Dispute:
    facts = {name: getattr(row, name) for name in DisputeFacts.__dataclass_fields__}
    return Dispute(
        id=row.id,
        facts=DisputeFacts(**facts | {"parties": tuple(row.parties)}),
        closed_on=row.closed_on,
        outcome=row.outcome,
        contract_ids=frozenset(each.contract_id for each in subjects if each.contract_id is not None),
        item_keys=frozenset(each.item_key for each in subjects if each.item_key is not None),
    )
