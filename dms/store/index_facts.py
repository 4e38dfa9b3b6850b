"""The facts of the index: what the catalogue states of every indexed item, in numbers, and what has changed of it.

Every change of an item leaves its number in ``item_change`` (a trigger does it), and so does every change of the index.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from dms.domain.criterion import Fact, FactIs
from dms.domain.item import READABLE_STATES, ItemState
from dms.index import FactRow, Facts, IndexMemory, Moment, Pile
from dms.store.index_rows import IndexRows
from dms.store.tables import contract, customer, item

STATES = tuple(sorted(READABLE_STATES))
"""The states of indexed items; the columns hold their places here."""

_READABLE = ", ".join(f"'{state.value}'" for state in STATES)
_COLUMNS = f"""
SELECT i.key, CASE WHEN i.state IN ({_READABLE}) THEN d.segment END, i.customer_id, i.contract_id, i.year,
    i.type_code, i.series_code, i.grade, i.state, CAST(replace(i.doc_on, '-', '') AS INTEGER), i.amount, i.pages_total
FROM item AS i LEFT JOIN index_document AS d ON d.item_key = i.key
"""  # noqa: S608  # the states are our own words
_TYPE, _SERIES, _STATE = 5, 6, 8


def present_moment(connection: Connection, rows: IndexRows, memory: IndexMemory) -> Moment:
    """Facts and fresh documents as this transaction sees them, made from the latest that are in memory."""
    number = int(connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM item_change").scalar_one())
    known = memory.moment
    if known is not None and known.facts.moment == number:
        return known
    facts = _facts(connection, memory, number, known.facts if known else None)
    moment = Moment(facts, Pile(rows.fresh()))
    memory.keep_moment(moment)
    return moment


def _facts(connection: Connection, memory: IndexMemory, number: int, known: Facts | None) -> Facts:
    if known is None or known.moment > number:
        highest = int(connection.exec_driver_sql("SELECT coalesce(max(key), 0) FROM item").scalar_one())
        return Facts.of(number, _rows(connection, memory, "WHERE d.item_key IS NOT NULL"), highest=highest)
    changed = "WHERE i.key IN (SELECT item_key FROM item_change WHERE seq > ?)"
    return known.changed(number, _rows(connection, memory, changed, known.moment))


def _rows(connection: Connection, memory: IndexMemory, condition: str, *bound: int) -> list[FactRow]:
    return [_numbered(list(row), memory) for row in connection.exec_driver_sql(_COLUMNS + condition, bound)]


def _numbered(row: list[object], memory: IndexMemory) -> FactRow:
    for place in (_TYPE, _SERIES):
        row[place] = None if row[place] is None else memory.numbered(str(row[place]))
    state = ItemState(str(row[_STATE]))
    row[_STATE] = STATES.index(state) if state in STATES else None
    return row  # type: ignore[return-value]  # everything in it is a number or nothing now


def fact_numbers(connection: Connection, memory: IndexMemory, wanted: FactIs) -> Mapping[str, Sequence[int]]:
    """What a stated fact means in the columns; upper and lower case are alike."""
    values = [value.upper() for value in wanted.values]
    match wanted.fact:
        case Fact.CUSTOMER_CODE:
            return {"customer": _ids(connection, select(customer.c.id).where(func.upper(customer.c.code).in_(values)))}
        case Fact.CONTRACT_NO:
            linked = select(contract.c.id).where(func.upper(contract.c.number).in_(values))
            claimed = select(item.c.key).where(
                item.c.contract_id.is_(None), func.upper(item.c.claimed_contract_no).in_(values)
            )
            return {"contract": _ids(connection, linked), "key": _ids(connection, claimed)}
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


def _ids(connection: Connection, query: object) -> list[int]:
    return list(connection.execute(query).scalars())  # type: ignore[call-overload]  # any query of one column
