"""Requests of persons about their own data, and which papers were put into store only, in the catalogue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, false, func, or_, select

from dms.domain.actor import Actor
from dms.domain.subject_request import Restriction, SubjectRequest, SubjectRequestKind
from dms.store.engine import inserted_id
from dms.store.report_tables import restriction as restriction_table
from dms.store.report_tables import subject_request as table
from dms.store.rights import customer_known_to
from dms.store.tables import customer


class SubjectRequests:
    """The register of requests; only those who manage personal data are ever shown it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: SubjectRequest) -> SubjectRequest:
        """The new request, with its number; the one that was stated is left out of account."""
        values = {name: getattr(stated, name) for name in SubjectRequest.__dataclass_fields__ if name != "id"}
        values |= {"kind": stated.kind.value, "papers": list(stated.papers)}
        return replace(stated, id=inserted_id(self._connection.execute(table.insert().values(**values))))

    def find(self, request_id: int) -> SubjectRequest | None:
        """The request with this number."""
        row = self._connection.execute(select(table).where(table.c.id == request_id)).first()
        return _request(row) if row else None

    def answer(self, request_id: int, *, answer: str, papers: Sequence[str], by: str, at: datetime) -> None:
        """The answer to an open request; one that was answered before stays as it is (a trigger refuses it)."""
        values = {"answer": answer, "papers": list(papers), "answered_by": by, "answered_at": at}
        self._connection.execute(table.update().where(table.c.id == request_id).values(**values))

    def page(self, *, open_only: bool, limit: int, offset: int = 0) -> tuple[int, list[SubjectRequest]]:
        """How many requests there are, and one page of them, the latest first."""
        where = [table.c.answered_at.is_(None)] if open_only else []
        total = self._connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        rows = self._connection.execute(
            select(table).where(*where).order_by(table.c.id.desc()).limit(limit).offset(offset)
        )
        return total, [_request(row) for row in rows]

    def cards_naming(self, words: Sequence[str], *, actor: Actor) -> Sequence[tuple[str, str, str]]:
        """Code and name of each customer on whose card one of the texts stands, and as what: a contact, or the head."""
        contacts = func.json_each(customer.c.particulars, "$.contacts").table_valued("value")
        told = func.json_extract(contacts.c.value, "$.name"), func.json_extract(contacts.c.value, "$.phone")
        head = func.json_extract(customer.c.particulars, "$.legal_representative")
        named = or_(false(), *(column.contains(word, autoescape=True) for word in words for column in told))
        heads = or_(false(), *(head.contains(word, autoescape=True) for word in words))
        is_contact = select(contacts.c.value).where(named).correlate(customer).exists()
        query = select(customer.c.code, customer.c.name, heads.label("heads")).where(
            customer_known_to(actor), or_(is_contact, heads)
        )
        rows = self._connection.execute(query.order_by(customer.c.code)) if words else ()
        return [(row.code, row.name, "法定代表人" if row.heads else "联系人") for row in rows]


class Restrictions:
    """Papers kept in store only; the column of the item says how it stands, these lines say why."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: Restriction) -> None:
        """Say that a paper is put into store only, or taken out of it; `Items.keep_only` does it."""
        values = {name: getattr(stated, name) for name in Restriction.__dataclass_fields__}
        self._connection.execute(restriction_table.insert().values(**values))

    def of_item(self, item_key: int) -> list[Restriction]:
        """What was ever said of a paper, the latest first."""
        lines = restriction_table
        query = select(lines).where(lines.c.item_key == item_key).order_by(lines.c.id.desc())
        return [_restriction(row) for row in self._connection.execute(query)]

    def in_force(self) -> list[Restriction]:
        """The latest line of every paper that is in store only, by item key."""
        lines = restriction_table
        latest = select(func.max(lines.c.id)).group_by(lines.c.item_key)
        query = select(lines).where(lines.c.id.in_(latest), lines.c.restricted.is_(True)).order_by(lines.c.item_key)
        return [_restriction(row) for row in self._connection.execute(query)]


def _request(row: Row[Any]) -> SubjectRequest:
    values = dict(row._mapping)
    return SubjectRequest(**values | {"kind": SubjectRequestKind(row.kind), "papers": tuple(row.papers)})


def _restriction(row: Row[Any]) -> Restriction:
    values = dict(row._mapping)
    del values["id"]
    return Restriction(**values)
