"""The facts of the index: what the catalogue states of every indexed item, in numbers, and what has changed of it.

Every change of an item leaves its number in ``item_change`` (a trigger does it), and so does every change of the index.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select

from dms.domain.criterion import Fact, FactIs
from dms.domain.item import READABLE_STATES
from dms.index import ABSENT, NAMES, Facts, FactTable, IndexMemory, Moment, Pile
from dms.store.index_rows import IndexRows
from dms.store.tables import contract, customer, item

_AS_STATED: BindParameter[str] = bindparam("stated", expanding=True)
_CUSTOMERS = select(customer.c.id).where(func.upper(customer.c.code).in_(_AS_STATED))
_CONTRACTS = select(contract.c.id).where(func.upper(contract.c.number).in_(_AS_STATED))
_CLAIMING_CONTRACT = select(item.c.key).where(
    item.c.contract_id.is_(None), func.upper(item.c.claimed_contract_no).in_(_AS_STATED)
)

STATES = tuple(sorted(READABLE_STATES))
"""The states of indexed items; the columns hold their places here."""

_READABLE = ", ".join(f"'{state.value}'" for state in STATES)
_PLACES = " ".join(f"WHEN '{state.value}' THEN {place}" for place, state in enumerate(STATES))
_STATED = {
    "segment": f"CASE WHEN i.state IN ({_READABLE}) THEN d.segment END",
    "customer": "i.customer_id",
    "contract": "i.contract_id",
    "year": "i.year",
    "type": "i.type_code",
    "series": "i.series_code",
    "grade": "i.grade",
    "state": f"CASE i.state {_PLACES} END",
    "doc_on": "CAST(replace(i.doc_on, '-', '') AS INTEGER)",
    "amount": "i.amount",
    "pages": "i.pages_total",
    "storage_only": "i.storage_only",
}
_CODED = ("type", "series")
_COLUMNS = ", ".join(f"coalesce({_STATED[name]}, {ABSENT[name]})" for name in NAMES)
_SELECT = (
    f"SELECT i.key, {_COLUMNS} FROM item AS i "  # noqa: S608  # all of it is our own words
    "LEFT JOIN index_document AS d ON d.item_key = i.key "
)


def present_moment(connection: Connection, rows: IndexRows, memory: IndexMemory, *, number: int) -> Moment:
    """Facts and fresh documents as this transaction sees them, made from the latest that are in memory.

    `number` is that of the last change that it sees.
    """
    known = memory.moment
    if known is not None and known.facts.moment == number:
        return known
    facts = _facts(connection, memory, number, known.facts if known else None)
    moment = Moment(facts, Pile(rows.fresh_documents()))
    memory.keep_moment(moment)
    return moment


def _facts(connection: Connection, memory: IndexMemory, number: int, known: Facts | None) -> Facts:
    if known is None or known.moment > number:
        highest = int(connection.exec_driver_sql("SELECT coalesce(max(key), 0) FROM item").scalar_one())
        return Facts.of(number, _table(connection, memory, "WHERE d.item_key IS NOT NULL"), highest=highest)
    changed = "WHERE i.key IN (SELECT item_key FROM item_change WHERE seq > ?)"
    return known.changed(number, _table(connection, memory, changed, known.moment))


def _table(connection: Connection, memory: IndexMemory, condition: str, *bound: int) -> FactTable:
    rows = connection.exec_driver_sql(_SELECT + condition, bound).all()
    names = ("key", *NAMES)
    table: dict[str, tuple[int, ...]] = dict.fromkeys(names, ())
    table.update(zip(names, zip(*rows, strict=True), strict=False))
    for name in _CODED:
        numbers = {code: _number(code, memory) for code in set(table[name])}
        table[name] = tuple(numbers[code] for code in table[name])
    return table


def _number(code: str | int, memory: IndexMemory) -> int:
    return memory.numbered(code) if isinstance(code, str) else code


def fact_numbers(connection: Connection, memory: IndexMemory, wanted: FactIs) -> Mapping[str, Sequence[int]]:
    """What a stated fact means in the columns; upper and lower case are alike."""
    values = [value.upper() for value in wanted.values]
    match wanted.fact:
        case Fact.CUSTOMER_CODE:
            return {"customer": _stated(connection, _CUSTOMERS, values)}
        case Fact.CONTRACT_NO:
            claimed = _stated(connection, _CLAIMING_CONTRACT, values)
            return {"contract": _stated(connection, _CONTRACTS, values), "key": claimed}
        case Fact.TYPE | Fact.SERIES:
            column = "type" if wanted.fact is Fact.TYPE else "series"
            return {column: memory.numbers_of(values)}
        case Fact.STATE:
            return {"state": [place for place, state in enumerate(STATES) if state.value.upper() in values]}
        case Fact.ITEM:
            return {"key": [int(value) for value in values]}
        case Fact.GRADE:
            return {"grade": [int(value) for value in values if value.isdecimal()]}
        case _:
            raise AssertionError(f"{wanted.fact} is asked for by range")


def _stated(connection: Connection, query: Select[Any], values: Sequence[str]) -> list[int]:
    return list(connection.execute(query, {"stated": values}).scalars())
