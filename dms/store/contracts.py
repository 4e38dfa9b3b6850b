"""The contract ledger in the catalogue."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from dms.domain.contract import Contract, ContractFacts
from dms.store.contract_lists import AS_STATED, ContractLists, contract_in
from dms.store.engine import inserted_id
from dms.store.rights import among
from dms.store.tables import contract as table

_NAMES = select(table.c.id, table.c.number, table.c.title).where(table.c.id.in_(bindparam("ids", expanding=True)))


class Contracts(ContractLists):
    """Contracts, found by id or by customer and folded number; the lists for a person stand in `ContractLists`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)

    def add(self, facts: ContractFacts, *, number_folded: str) -> Contract:
        """The new contract; `number_folded` is its number in the form in which numbers are compared."""
        values = _columns(facts) | {"number_folded": number_folded}
        result = self._connection.execute(table.insert().values(**values))
        return Contract(id=inserted_id(result), facts=facts)

    def add_all(self, numbered: Sequence[tuple[ContractFacts, str]]) -> None:
        """Add many contracts at once, each with its number in the form in which numbers are compared."""
        if numbered:
            values = [_columns(facts) | {"number_folded": folded} for facts, folded in numbered]
            self._connection.execute(table.insert(), values)

    def get(self, contract_id: int) -> Contract:
        """The contract with this id, which must exist."""
        return contract_in(self._connection.execute(select(table).where(table.c.id == contract_id)).one())

    def change(self, contract_id: int, facts: ContractFacts) -> None:
        """Replace what is known of a contract, except its number."""
        values = _columns(facts)
        del values["number"]
        self._connection.execute(table.update().where(table.c.id == contract_id).values(**values))

    def with_number(self, number_folded: str, *, customer_id: int | None = None) -> list[Contract]:
        """The contracts with this folded number, of one customer or of any."""
        query = select(table).where(table.c.number_folded == number_folded).order_by(table.c.id)
        if customer_id is not None:
            query = query.where(table.c.customer_id == customer_id)
        return [contract_in(row) for row in self._connection.execute(query)]

    def names(self, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Number and title of contracts by id."""
        rows = self._connection.execute(_NAMES, {"ids": list(ids)})
        return {contract_id: (number, title) for contract_id, number, title in rows}

    def of_customer(self, customer_id: int) -> list[Contract]:
        """A customer's contracts, the latest signed first, undated ones last."""
        query = (
            select(table)
            .where(table.c.customer_id == customer_id)
            .order_by(table.c.signed_on.desc().nulls_last(), table.c.number)
        )
        return [contract_in(row) for row in self._connection.execute(query)]

    def with_ids(self, ids: Collection[int]) -> dict[int, Contract]:
        """The contracts with these ids, by id."""
        query = select(table).where(among(table.c.id, ids))
        return {row.id: contract_in(row) for row in self._connection.execute(query)}

    def latest_id(self) -> int:
        """The id of the contract entered last, 0 if there is none; contracts are never removed, nor renumbered."""
        return int(self._connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())

    def all(self) -> list[Contract]:
        """Every contract."""
        return [contract_in(row) for row in self._connection.execute(select(table).order_by(table.c.id))]


def _columns(facts: ContractFacts) -> dict[str, Any]:
    return {
        "number": facts.number,
        "title": facts.title,
        "customer_id": facts.customer_id,
        "parties": [{"role": party.role, "name": party.name} for party in facts.parties],
        "signed_on": facts.signed_on,
        "effective_on": facts.effective_on,
        "ends_on": facts.ends_on,
        "amount": facts.amount,
        "state": facts.state.value,
        **{name: getattr(facts, name) for name in AS_STATED},
    }
