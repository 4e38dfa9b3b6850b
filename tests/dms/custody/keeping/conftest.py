"""A small archive whose papers are kept."""

from datetime import date

import pytest
from keeping_parts import Kept
from simulators.filed_papers import Filed, add_contract, add_customer, lay_filed

from dms.archive import Archive


@pytest.fixture
def kept(archive: Archive) -> Kept:
    customer_id = add_customer(archive)
    contract_id = add_contract(archive, customer_id)
    return Kept(
        archive=archive,
        customer_id=customer_id,
        contract_id=contract_id,
        of_contract=lay_filed(archive, Filed(customer_id=customer_id, contract_id=contract_id)),
        second_of_contract=lay_filed(archive, Filed(customer_id=customer_id, contract_id=contract_id, title="验收单")),
        loose=lay_filed(archive, Filed(customer_id=customer_id, title="旧送货单", doc_on=date(1990, 2, 28))),
    )
