"""What everything is called: titles, customers and contracts, all of them or those that have changed; for looking names
up in memory. Who may know of what is not decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

_CHANGED = "IN (SELECT item_key FROM item_change WHERE seq > ?)"
_TITLES = "SELECT key, title FROM item"
_CUSTOMERS = (
    "SELECT id, code, name, coalesce(uscc, ''), "
    "coalesce((SELECT group_concat(json_extract(value, '$.name'), char(10)) FROM json_each(former_names)), '') "
    "FROM customer"
)
_CONTRACTS = "SELECT id, number, title FROM contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerNames:
    """What a customer is called."""

    id: int
    code: str
    name: str
    others: tuple[str, ...]
    """The credit code and former names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractNames:
    """What a contract is called."""

    id: int
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesStated:
    """Names as one transaction sees them."""

    moment: int
    """The number of the latest change of any item."""
    titles: Sequence[tuple[int, str]]
    """Item key and title, in order of keys."""
    customers: Sequence[CustomerNames]
    contracts: Sequence[ContractNames]


class Names:
    """The names, for the archive's own work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def moment(self) -> int:
        """The number of the latest change of any item; a name that anybody can see changes with its items."""
        return int(self._connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM item_change").scalar_one())

    def all(self) -> NamesStated:
        """Every name."""
        return self._stated("", "", "", ())

    def changed(self, since: int) -> NamesStated:
        """The titles of the items that changed behind this moment, and the names of their customers and contracts."""
        of_items = f"WHERE id IN (SELECT {{}} FROM item WHERE key {_CHANGED})"  # noqa: S608  # our own words
        return self._stated(
            f"WHERE key {_CHANGED}", of_items.format("customer_id"), of_items.format("contract_id"), (since,)
        )

    def _stated(self, items: str, customers: str, contracts: str, bound: tuple[int, ...]) -> NamesStated:
        rows = self._connection.exec_driver_sql
        return NamesStated(
            moment=self.moment(),
            titles=[(row[0], row[1]) for row in rows(f"{_TITLES} {items} ORDER BY key", bound)],
            customers=[
                CustomerNames(id=row[0], code=row[1], name=row[2], others=(row[3], *row[4].split("\n")))
                for row in rows(f"{_CUSTOMERS} {customers}", bound)
            ],
            contracts=[
                ContractNames(id=row[0], number=row[1], title=row[2])
                for row in rows(f"{_CONTRACTS} {contracts}", bound)
            ],
        )
