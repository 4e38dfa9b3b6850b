"""The conditions of queries and the mask of the index answer as the written policy does, person by person."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from sqlalchemy import select
from store_parts import add_customer, add_item, state_frame

from dms.domain.actor import Actor, Origin, Role
from dms.domain.item import READABLE_STATES, ItemState
from dms.domain.policy import PolicyPaper, Use, decide
from dms.store import IndexedText, UnitOfWork
from dms.store.rights import within_reach
from dms.store.tables import item

SEED = 20261122
PERSONS = 150
DEPARTMENTS = ("", "销售部", "工程部")
Laid = tuple[UnitOfWork, list[PolicyPaper]]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laid]:
    """Papers of every grade, department and state, kept in store only or not."""
    from store_parts import KEY

    from dms.store import Store

    store = Store.open(tmp_path_factory.mktemp("policy") / "catalogue.db", KEY)
    with store.begin() as work:
        state_frame(work)
        customers = {
            name: add_customer(work, f"C{number}", f"客户{number}", department=name)
            for number, name in enumerate(DEPARTMENTS)
        }
        kinds = product((1, 2, 3), (None, *DEPARTMENTS), ItemState, (False, True))
        papers = [_paper(work, customers, *kind) for kind in kinds]
    with store.begin() as work:
        yield work, papers
    store.close()


def _paper(
    work: UnitOfWork, customers: dict[str, int], grade: int, department: str | None, state: ItemState, only: bool
) -> PolicyPaper:
    customer_id = None if department is None else customers[department]
    key = add_item(work, grade=grade, customer_id=customer_id).key
    work.items.keep_only(key, storage_only=only)
    work.connection.execute(item.update().where(item.c.key == key).values(state=state.value))
    if state in READABLE_STATES:
        work.fulltext.put(key, IndexedText(body="合同", title=(), customer=(), contract=()))
    facts = {"grade": grade, "customer_id": customer_id, "department": department or "", "state": state}
    return PolicyPaper(key=key, storage_only=only, **facts)


def random_person(chance: Random, papers: list[PolicyPaper]) -> Actor:
    customers = [paper.customer_id for paper in papers if paper.customer_id]
    items = frozenset(paper.key for paper in chance.sample(papers, chance.choice((0, 0, 9))))
    granted = frozenset(chance.sample(customers, chance.choice((0, 0, 2))))
    return Actor(
        user_id=1,
        name="甲",
        roles=frozenset(chance.sample(list(Role), chance.choice((1, 1, 2)))),
        clearance=chance.choice((1, 2, 3)),
        origin=Origin.WEB,
        departments=chance.choice((None, frozenset(), frozenset({"销售部"}), frozenset({"销售部", "工程部"}))),
        granted_customers=granted,
        granted_items=items,
        customers_to_take=frozenset(chance.sample(sorted(granted), len(granted) // 2)),
        items_to_take=frozenset(chance.sample(sorted(items), len(items) // 2)),
    )


@pytest.mark.parametrize("number", range(PERSONS))
def test_queries_and_index_reach_exactly_what_the_policy_allows(laid, number):
    work, papers = laid
    chance = Random(SEED + number)
    who = random_person(chance, papers)
    for use in Use:
        allowed = {paper.key for paper in papers if decide(who, use, paper).allowed}
        reached = set(work.connection.execute(select(item.c.key).where(within_reach(who, use))).scalars())
        assert reached == allowed, use
        assert work.items.usable([paper.key for paper in papers], actor=who, use=use) == allowed
    known = {paper.key for paper in papers if decide(who, Use.KNOW, paper).allowed and paper.state in READABLE_STATES}
    assert work.fulltext.frequencies(["合同"], who, most=len(papers)) == {"合同": len(known)}
    assert set(work.fulltext.items([paper.key for paper in papers], actor=who)) == known
