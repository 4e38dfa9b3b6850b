"""The facts that due days are reckoned with, read for many papers at once, and the reckoned days written back.

What always holds:
- For the archive's own work only: what is read here is shown to nobody.
- A mark of what changed goes in the transaction in which its papers are reckoned anew, never before.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from dms.domain.contract import ContractFacts, ContractState
from dms.domain.due_day import DueRun, TermExtension
from dms.domain.item import ItemState, RelationKind
from dms.domain.volume import VolumeState
from dms.store.engine import inserted_id
from dms.store.keeping_tables import due_run, due_stale, term_extension
from dms.store.rights import among
from dms.store.tables import contract, series

CHAIN = (RelationKind.AMENDS, RelationKind.UNDER, RelationKind.TERMINATES, RelationKind.ANNEX_OF)
"""How papers of contracts hang together so that the closing of one keeps those of the others."""


class DueRow(NamedTuple):
    """One paper as the reckoning reads it; days and states as the catalogue writes them."""

    key: int
    volume_id: int | None
    """None while it lies loose, so that it is reckoned alone."""
    volume_code: str | None
    own_code: str | None
    series_code: str | None
    doc_on: str | None
    received_at: str
    year: int | None
    contract_id: int | None
    filed: int
    """Whether it is filed at all; one that is not has no due day."""
    state: str | None
    """What is kept of it now; None, like all that follows, where it was never reckoned."""
    due_on: str | None
    rule_code: str | None
    rule_version: int | None
    basis: str | None
    basis_on: str | None


class DueValues(NamedTuple):
    """A due day as the catalogue writes it."""

    state: str
    due_on: str | None
    rule_code: str
    rule_version: int
    basis: str
    basis_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleMark:
    """Something that changed since the due days were reckoned."""

    kind: str
    """``item``, ``contract``, ``volume`` or ``all``."""
    subject_id: int


_LOOSE = f"v.state IN ('{VolumeState.OPEN.value}', '{VolumeState.CLEANING.value}') OR v.retention_code IS NULL"
_ROWS = f"""
    SELECT i.key, CASE WHEN {_LOOSE} THEN NULL ELSE i.volume_id END, v.retention_code, i.retention_code, i.series_code,
        i.doc_on, i.received_at, i.year, i.contract_id, i.state = '{ItemState.FILED.value}',
        d.state, d.due_on, d.rule_code, d.rule_version, d.basis, d.basis_on
    FROM item AS i LEFT JOIN volume AS v ON v.id = i.volume_id LEFT JOIN due_date AS d ON d.item_key = i.key
"""  # noqa: S608  # all of it is our own words
_CHAIN_KINDS = ", ".join(f"'{kind.value}'" for kind in CHAIN)
_LISTED = "(SELECT value FROM json_each(?))"


class DueFacts:
    """What the reckoning of due days asks of the catalogue, and tells it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def series_terms(self) -> dict[str, str]:
        """The code of the retention rule of every series, by code of the series."""
        return {row.code: row.retention_code for row in self._connection.execute(select(series))}

    def contracts(self, ids: Collection[int] | None = None) -> dict[int, ContractFacts]:
        """Contracts by id, with the facts that a term depends on; None for all of them."""
        query = select(contract) if ids is None else select(contract).where(among(contract.c.id, ids))
        return {row.id: _contract_facts(row) for row in self._connection.execute(query)}

    def chain_links(self) -> Sequence[tuple[int, int]]:
        """Every two contracts that hang together: a paper of one amends, ends or stands under one of the other."""
        return self._pairs(
            "SELECT DISTINCT a.contract_id, b.contract_id FROM item_relation AS r "  # noqa: S608  # ours
            "JOIN item AS a ON a.key = r.item_key JOIN item AS b ON b.key = r.other_key "
            f"WHERE r.kind IN ({_CHAIN_KINDS}) AND a.contract_id <> b.contract_id"
        )

    def chain_links_of(self, contract_ids: Collection[int]) -> Sequence[tuple[int, int]]:
        """Those of these contracts with others, the one asked for first."""
        listed = _json(contract_ids)
        return [
            pair
            for one, other in (("item_key", "other_key"), ("other_key", "item_key"))
            for pair in self._pairs(
                "SELECT DISTINCT a.contract_id, b.contract_id FROM item AS a "  # noqa: S608  # ours
                f"JOIN item_relation AS r ON r.{one} = a.key JOIN item AS b ON b.key = r.{other} "
                f"WHERE a.contract_id IN {_LISTED} AND r.kind IN ({_CHAIN_KINDS}) AND a.contract_id <> b.contract_id",
                listed,
            )
        ]

    def extensions(self, item_keys: Collection[int] | None = None) -> dict[int, list[TermExtension]]:
        """What appraisals decided, by key of the item; None for all of it."""
        query = select(term_extension)
        if item_keys is not None:
            query = query.where(among(term_extension.c.item_key, item_keys))
        found: dict[int, list[TermExtension]] = {}
        names = TermExtension.__dataclass_fields__
        for row in self._connection.execute(query.order_by(term_extension.c.id)):
            found.setdefault(row.item_key, []).append(TermExtension(**{name: getattr(row, name) for name in names}))
        return found

    def volumes_after(self, volume_id: int, *, papers: int) -> int | None:
        """The last of the next volumes that hold so many papers together, at least one; None where there is none."""
        counts = self._pairs(
            "SELECT volume_id, count(*) FROM item WHERE volume_id > ? GROUP BY volume_id ORDER BY volume_id LIMIT ?",
            volume_id,
            papers,
        )
        last, held = None, 0
        for found, count in counts:
            if last is not None and held + count > papers:
                break
            last, held = found, held + count
        return last

    def rows_in_volumes(self, *, after_id: int, to_id: int) -> Sequence[DueRow]:
        """What lies in these volumes, a volume after the other."""
        return self._rows("WHERE i.volume_id > ? AND i.volume_id <= ? ORDER BY i.volume_id, i.key", after_id, to_id)

    def rows_in_no_volume(self, *, after_key: int, limit: int) -> Sequence[DueRow]:
        """The next papers that lie in no volume and are filed, or were once, by key."""
        wanted = "WHERE i.volume_id IS NULL AND i.key > ? AND (i.state = ? OR d.item_key IS NOT NULL)"
        return self._rows(f"{wanted} ORDER BY i.key LIMIT ?", after_key, ItemState.FILED.value, limit)

    def rows_of(self, item_keys: Collection[int]) -> Sequence[DueRow]:
        """These papers, and everything that is bound together with any of them."""
        listed = _json(item_keys)
        bound = (
            f"SELECT o.key FROM item AS o JOIN volume AS v ON v.id = o.volume_id WHERE NOT ({_LOOSE}) "  # noqa: S608
            f"AND o.volume_id IN (SELECT volume_id FROM item WHERE key IN {_LISTED})"
        )
        wanted = f"WHERE i.key IN ({_LISTED[1:-1]} UNION {bound}) ORDER BY i.volume_id, i.key"
        return self._rows(wanted, listed, listed)

    def write(self, days: Sequence[tuple[int, DueValues]]) -> None:
        """Keep these days, replacing those before."""
        if days:
            self._connection.exec_driver_sql(
                "INSERT INTO due_date (item_key, state, due_on, rule_code, rule_version, basis, basis_on) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (item_key) DO UPDATE SET state = excluded.state, "
                "due_on = excluded.due_on, rule_code = excluded.rule_code, rule_version = excluded.rule_version, "
                "basis = excluded.basis, basis_on = excluded.basis_on",
                [(key, *values) for key, values in days],
            )

    def forget(self, item_keys: Sequence[int]) -> None:
        """Keep no day of these papers any more; how it moved before stays."""
        if item_keys:
            self._connection.exec_driver_sql("DELETE FROM due_date WHERE item_key = ?", [(key,) for key in item_keys])

    def marks(self, *, limit: int) -> tuple[StaleMark, ...]:
        """Some of what changed since the days were reckoned."""
        rows = self._connection.execute(select(due_stale).order_by(due_stale.c.kind).limit(limit))
        return tuple(StaleMark(kind=row.kind, subject_id=row.subject_id) for row in rows)

    def clear(self, marks: Iterable[StaleMark] | None = None) -> None:
        """Take these marks away, whose papers are reckoned anew in this transaction; None for all."""
        if marks is None:
            self._connection.execute(due_stale.delete())
            return
        for mark in marks:
            exact = (due_stale.c.kind == mark.kind, due_stale.c.subject_id == mark.subject_id)
            self._connection.execute(due_stale.delete().where(*exact))

    def keys_of_contracts(self, contract_ids: Collection[int]) -> frozenset[int]:
        """The papers of these contracts."""
        return self._keys(f"SELECT key FROM item WHERE contract_id IN {_LISTED}", _json(contract_ids))  # noqa: S608

    def keys_of_volumes(self, volume_ids: Collection[int]) -> frozenset[int]:
        """The papers in these volumes."""
        return self._keys(f"SELECT key FROM item WHERE volume_id IN {_LISTED}", _json(volume_ids))  # noqa: S608

    def last_run(self) -> DueRun | None:
        """The last reckoning of all days, whether it came to its end or not."""
        row = self._connection.execute(select(due_run).order_by(due_run.c.id.desc()).limit(1)).first()
        return _run(row) if row else None

    def run(self, run_id: int) -> DueRun:
        """The reckoning with this id, which must exist."""
        return _run(self._connection.execute(select(due_run).where(due_run.c.id == run_id)).one())

    def begin_run(self, at: datetime) -> DueRun:
        """A new reckoning of all days."""
        values = {"begun_at": at, "after_volume_id": 0, "after_item_key": 0, "examined": 0, "changed": 0}
        return self.run(inserted_id(self._connection.execute(due_run.insert().values(**values))))

    def keep_run(self, run: DueRun) -> None:
        """Keep how far a reckoning has come."""
        values = {name: getattr(run, name) for name in DueRun.__dataclass_fields__ if name != "id"}
        self._connection.execute(due_run.update().where(due_run.c.id == run.id).values(**values))

    def paper_count(self) -> int:
        """About how many papers a reckoning of all looks at."""
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(key), 0) FROM item").scalar_one())

    def _rows(self, wanted: str, *bound: int | str) -> Sequence[DueRow]:
        rows: Iterator[Any] = iter(self._connection.exec_driver_sql(_ROWS + wanted, bound))
        return [DueRow(*row) for row in rows]

    def _pairs(self, statement: str, *bound: int | str) -> Sequence[tuple[int, int]]:
        return [(int(one), int(other)) for one, other in self._connection.exec_driver_sql(statement, bound)]

    def _keys(self, statement: str, *bound: int | str) -> frozenset[int]:
        return frozenset(self._connection.exec_driver_sql(statement, bound).scalars())


def _json(values: Collection[int]) -> str:
    return f"[{','.join(map(str, values))}]"


def _contract_facts(row: Row[Any]) -> ContractFacts:
    days = ("ends_on", "performed_on", "settled_on", "warranty_ends_on", "terminated_on")
    return ContractFacts(
        number=row.number,
        title=row.title,
        customer_id=row.customer_id,
        state=ContractState(row.state),
        **{name: getattr(row, name) for name in days},
    )


def _run(row: Row[Any]) -> DueRun:
    return DueRun(**{name: getattr(row, name) for name in DueRun.__dataclass_fields__})
