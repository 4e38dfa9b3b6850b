"""The counts that the catalogue keeps are what counting one by one would give, for everybody."""

from dataclasses import replace
from random import Random

import pytest
from simulators.laid_papers import Paper, add_customer, lay
from sqlalchemy import select
from store_parts import add_item

from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.domain.item import ItemState
from dms.store import ItemFilter
from dms.store.tables import page

CLERK = Actor(user_id=5, name="clerk", roles=frozenset({Role.CLERK}), clearance=3, origin=Origin.WEB)


def agreeing(work, actor):
    counts = work.held_counts.by_state(actor=actor)
    for state in ItemState:
        wanted = ItemFilter(states=frozenset({state}))
        assert counts[state].items == work.items.count(wanted, actor=actor), state
        assert counts[state].pages == work.items.count_pages(wanted, actor=actor), state
        for most in (1, 5, 40):
            known = work.held_counts.items_up_to(most, actor=actor, state=state)
            assert known == min(most, counts[state].items), (state, most)


def test_counts_follow_whatever_happens_to_papers(store):
    chance = Random(7)
    with store.begin() as work:
        customers = [add_customer(work, f"K{number}", f"客户{number}") for number in range(3)]
        keys = [
            lay(
                work,
                Paper(
                    pages=("一", "二")[: chance.randint(1, 2)],
                    customer_id=chance.choice([*customers, None]),
                    grade=chance.randint(1, 3),
                ),
            )
            for _ in range(40)
        ]
        for key in keys:
            match chance.randrange(5):
                case 0:
                    work.items.withdraw(key)
                case 1:
                    stated = replace(work.items.get(key).classification, grade=1, customer_id=customers[0])
                    work.items.classify(key, stated)
                case 2:
                    work.items.keep_only(key, storage_only=True)
                case 3:
                    work.contents.strip(key)
        granted = frozenset(keys[:6])
        for actor in (OPERATOR, CLERK, replace(CLERK, departments=frozenset({"销售部"}), granted_items=granted)):
            agreeing(work, actor)
        assert work.connection.execute(select(page.c.item_key).limit(1)).first()


def test_a_blank_page_is_not_counted_as_written(store):
    with store.begin() as work:
        add_item(work)
        before = sum(count.pages for count in work.held_counts.by_state(actor=OPERATOR).values())
    assert before == 0


@pytest.mark.parametrize("limit", [1, 3])
def test_the_latest_arrivals_are_those_the_person_may_know_of(store, limit):
    with store.begin() as work:
        keys = [lay(work, Paper(pages=("一",), grade=grade)) for grade in (3, 1, 3, 3)]
        assert (
            work.held_counts.latest_arrivals(actor=CLERK, limit=limit)
            == tuple(key for key in reversed(keys) if key != keys[1])[:limit]
        )
