"""What an actor may know of is told flag by flag."""

import numpy as np

from dms.index import ABSENT, Facts, sight


def facts(*rows):
    """Items by key, customer and contract."""
    keys, customers, contracts = zip(*rows, strict=True)
    stated = {"key": keys, "customer": customers, "contract": contracts, "segment": [1] * len(rows)}
    return Facts.of(1, {name: [absent] * len(rows) for name, absent in ABSENT.items()} | stated, highest=5)


def test_customers_and_contracts_of_visible_items_are_flagged():
    known = facts((1, 7, -1), (2, 3, 2), (4, 9, 4))
    seen = sight(known, np.array([False, True, True, False, False, False]))
    assert seen.items == bytes([0, 1, 1, 0, 0, 0])
    assert [customer for customer, flag in enumerate(seen.customers) if flag] == [3, 7]
    assert [contract for contract, flag in enumerate(seen.contracts) if flag] == [2]


def test_whoever_sees_nothing_knows_of_nobody():
    seen = sight(facts((1, 7, 1)), np.zeros(6, dtype=np.bool_))
    assert not any(seen.items + seen.customers + seen.contracts)
