"""Beside the service the due days follow what changes, and stopping leaves no day half computed."""

import threading
from datetime import date

from simulators.filed_papers import Filed, add_contract, add_customer, close_contract, lay_filed

from dms.bootstrap.due_keeping import LOCK, DueKeeping, keep_due_days
from dms.bootstrap.locking import sole_holder


def test_all_days_are_computed_once_and_changes_are_settled_afterwards(archive):
    customer_id = add_customer(archive)
    contract_id = add_contract(archive, customer_id)
    key = lay_filed(archive, Filed(customer_id=customer_id, contract_id=contract_id))
    keep_due_days(archive, threading.Event())
    close_contract(archive, contract_id, date(2026, 1, 20))
    keep_due_days(archive, threading.Event())
    with archive.looking() as view:
        assert view.due_dates.of(key).due_on == date(2056, 12, 31)
        assert not view.due_dates.is_stale()
        assert view.due_facts.last_run().id == 1


def test_while_another_process_is_at_it_nothing_is_done(archive):
    lay_filed(archive, Filed(customer_id=add_customer(archive)))
    with sole_holder(archive.home / LOCK) as ours:
        assert ours
        keep_due_days(archive, threading.Event())
    with archive.looking() as view:
        assert view.due_dates.is_stale()


def test_it_begins_and_ends_with_the_service(archive):
    keeping = DueKeeping(archive)
    keeping.start()
    keeping.stop()
