"""What is entrusted to a person by name: customers' files, running contracts, hand-overs that are not accepted.

Invariant: a person is named there in words, as the sign-in name or as the name on the papers; both are looked for.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, String, cast, func, select

from dms.domain.contract import ContractState
from dms.domain.customer import Customer
from dms.domain.transfer import TransferBatch, TransferState
from dms.store.customers import Customers
from dms.store.filing_tables import transfer_batch
from dms.store.tables import contract, customer
from dms.store.transfers import Transfers

_RUNNING = (ContractState.NEGOTIATING, ContractState.RUNNING, ContractState.DISPUTED)
_UNSETTLED = (TransferState.DRAFT, TransferState.RETURNED, TransferState.HANDED_OVER, TransferState.CHECKING)


class Custodianships:
    """What is entrusted to people, by their names."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def customers_of(self, names: Collection[str]) -> list[Customer]:
        """The customers whose file one of these names keeps, by code."""
        kept = select(customer.c.id).where(_custodian().in_(names), customer.c.merged_into_id.is_(None))
        ids = list(self._connection.execute(kept.order_by(customer.c.code)).scalars())
        found = Customers(self._connection).with_ids(ids)
        return [found[each] for each in ids]

    def contracts_of(self, names: Collection[str]) -> list[tuple[int, str, str, int]]:
        """Id, number, title and customer of the contracts that run and that one of these names handles, by number."""
        query = (
            select(contract.c.id, contract.c.number, contract.c.title, contract.c.customer_id)
            .where(contract.c.handler.in_(names), contract.c.state.in_(_RUNNING))
            .order_by(contract.c.number, contract.c.id)
        )
        return [(row.id, row.number, row.title, row.customer_id) for row in self._connection.execute(query)]

    def transfers_of(self, names: Collection[str]) -> list[TransferBatch]:
        """The hand-overs that one of these names began and that are not at their end, the oldest first."""
        begun = transfer_batch.c.from_person.in_(names)
        query = select(transfer_batch.c.id).where(begun, transfer_batch.c.state.in_(_UNSETTLED))
        transfers = Transfers(self._connection)
        return [transfers.get(each) for each in self._connection.execute(query.order_by(transfer_batch.c.id)).scalars()]

    def give_contract(self, contract_id: int, handler: str) -> None:
        """Let somebody else handle a contract."""
        self._connection.execute(contract.update().where(contract.c.id == contract_id).values(handler=handler))


def _custodian() -> ColumnElement[str]:
    return cast(func.json_extract(customer.c.particulars, "$.custodian"), String)
