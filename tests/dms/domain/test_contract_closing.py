"""A contract that is closed says on which day, and one that runs says so."""

from dataclasses import replace
from datetime import date

import pytest

from dms.domain.contract import ContractFacts, ContractState, closing_on, is_running

CLOSED = ContractFacts(number="1", title="", customer_id=1, state=ContractState.PERFORMED)


def test_the_latest_of_the_closing_days_counts():
    facts = replace(
        CLOSED, performed_on=date(2023, 5, 1), settled_on=date(2024, 2, 1), warranty_ends_on=date(2023, 9, 1)
    )
    assert closing_on(facts) == date(2024, 2, 1)
    assert closing_on(replace(facts, terminated_on=date(2025, 1, 1))) == date(2025, 1, 1)


def test_the_end_of_the_term_stands_in_where_nothing_else_is_stated():
    assert closing_on(replace(CLOSED, ends_on=date(2024, 12, 31))) == date(2024, 12, 31)
    assert closing_on(replace(CLOSED, ends_on=date(2024, 12, 31), settled_on=date(2024, 3, 1))) == date(2024, 3, 1)
    assert closing_on(CLOSED) is None


@pytest.mark.parametrize("state", [ContractState.NEGOTIATING, ContractState.RUNNING, ContractState.DISPUTED])
def test_a_contract_that_is_not_closed_has_no_closing_day(state):
    facts = replace(CLOSED, state=state, performed_on=date(2023, 5, 1), settled_on=date(2023, 6, 1))
    assert closing_on(facts) is None
    assert is_running(facts, date(2030, 1, 1))


def test_a_contract_runs_until_its_last_closing_day():
    facts = replace(CLOSED, performed_on=date(2023, 5, 1), warranty_ends_on=date(2024, 5, 1))
    assert is_running(facts, date(2024, 4, 30))
    assert not is_running(facts, date(2024, 5, 1))
    assert not is_running(CLOSED, date(2024, 5, 1))
