"""What an actor may know of is told flag by flag."""

import numpy as np

from dms.index import NAMES, Facts, sight


def facts(*rows):
    """Items by key, customer and contract."""
    absent = dict.fromkeys(NAMES)
    stated = [absent | {"segment": 1, "grade": 3, "customer": row[1], "contract": row[2]} for row in rows]
    table = [[row[0], *each.values()] for row, each in zip(rows, stated, strict=True)]
    return Facts.of(1, table, highest=5)


def test_customers_and_contracts_of_visible_items_are_flagged():
    known = facts((1, 7, None), (2, 3, 2), (4, 9, 4))
    seen = sight(known, np.array([False, True, True, False, False, False]))
    assert seen.items == bytes([0, 1, 1, 0, 0, 0])
    assert [customer for customer, flag in enumerate(seen.customers) if flag] == [3, 7]
    assert [contract for contract, flag in enumerate(seen.contracts) if flag] == [2]


def test_whoever_sees_nothing_knows_of_nobody():
    seen = sight(facts((1, 7, 1)), np.zeros(6, dtype=np.bool_))
    assert not any(seen.items + seen.customers + seen.contracts)
