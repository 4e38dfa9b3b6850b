"""Whose papers a person may see: by grade, by the customer's department, and by what was granted."""

from dataclasses import replace
from itertools import product

import pytest
from store_parts import EVERY_GRADE, add_customer, add_filed_item, add_item, state_frame

from dms.domain.actor import OPERATOR, SYSTEM, Actor
from dms.domain.item import ItemState
from dms.store import ItemFilter
from dms.store.rights import restricted_customers

SALES = replace(EVERY_GRADE, departments=frozenset({"销售部"}))
NOWHERE = replace(EVERY_GRADE, departments=frozenset())
ORDINARY_SALES = replace(SALES, clearance=3)


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


@pytest.fixture
def keys(work) -> dict[str, int]:
    """Papers of every kind by a name: customer's department and grade; ``loose`` belongs to nobody yet."""
    departments = {"whole": "", "sales": "销售部", "works": "工程部"}
    customers = {
        name: add_customer(work, f"C{number}", name, department=department)
        for number, (name, department) in enumerate(departments.items(), start=1)
    }
    laid = {
        f"{name}{grade}": add_filed_item(work, customer_id=customers[name], grade=grade).key
        for name, grade in product(departments, (1, 3))
    }
    return laid | {f"loose{grade}": add_item(work, grade=grade).key for grade in (1, 3)}


def seen(work, actor: Actor) -> set[int]:
    return {item.key for item in work.items.list(ItemFilter(), actor=actor, limit=100)}


def named(keys: dict[str, int], *names: str) -> set[int]:
    return {keys[name] for name in names}


def test_whoever_has_no_departments_stated_and_the_archive_itself_see_every_department(work, keys):
    for actor in (EVERY_GRADE, OPERATOR, SYSTEM):
        assert seen(work, actor) == set(keys.values())
        assert restricted_customers(work.connection, actor) == frozenset()


def test_departments_open_their_own_customers_those_of_the_company_and_what_belongs_to_nobody(work, keys):
    assert seen(work, SALES) == set(keys.values()) - named(keys, "works1", "works3")
    assert seen(work, ORDINARY_SALES) == named(keys, "whole3", "sales3", "loose3")
    assert seen(work, NOWHERE) == named(keys, "whole1", "whole3", "loose1", "loose3")


def test_a_granted_customer_is_open_as_far_as_the_grade_reaches(work, keys):
    customer = work.customers.with_code("C3")
    granted = replace(ORDINARY_SALES, granted_customers=frozenset({customer.id}))
    assert seen(work, granted) == named(keys, "whole3", "sales3", "loose3", "works3")
    assert restricted_customers(work.connection, granted) == frozenset()


def test_a_granted_paper_is_open_whatever_its_department_and_grade(work, keys):
    granted = replace(ORDINARY_SALES, granted_items=frozenset({keys["works1"]}))
    assert seen(work, granted) == named(keys, "whole3", "sales3", "loose3", "works1")
    assert restricted_customers(work.connection, granted) == {work.customers.with_code("C3").id}
    by_grade = replace(EVERY_GRADE, clearance=3, granted_items=frozenset({keys["whole1"]}))
    assert seen(work, by_grade) == named(keys, "whole3", "sales3", "works3", "loose3", "whole1")


def test_a_customer_is_known_to_whoever_may_see_any_of_its_papers(work, keys):
    granted = replace(ORDINARY_SALES, granted_items=frozenset({keys["works1"]}))
    for actor, codes in (
        (EVERY_GRADE, ["C1", "C2", "C3"]),
        (SALES, ["C1", "C2"]),
        (NOWHERE, ["C1"]),
        (granted, ["C1", "C2", "C3"]),
    ):
        total, customers = work.customers.matching("", actor=actor, limit=10)
        assert (total, [customer.code for customer in customers]) == (len(codes), codes)
        assert [code for code in ("c1", "C2", "C3") if work.customers.known_with_code(code, actor=actor)] == [
            code if code != "C1" else "c1" for code in codes
        ]
    assert work.customers.departments(actor=SALES) == ["销售部"]


def test_every_list_and_every_count_looks_through_the_same_eyes(work, keys):
    filed = ItemFilter(states=frozenset({ItemState.FILED}))
    works = work.customers.with_code("C3").id
    for actor, count in ((EVERY_GRADE, 6), (SALES, 4), (NOWHERE, 2)):
        assert work.items.count(filed, actor=actor) == count
        assert work.items.count_pages(filed, actor=actor) == count
        assert sum(work.items.types_present(filed, actor=actor).values()) == count
        assert sum(volume.item_count for volume in work.volumes.list(actor=actor)) == count
        assert sum(volume.page_count for volume in work.volumes.list(actor=actor)) == count
    assert work.items.counts_by_series_and_year(works, actor=SALES) == {}
    assert work.volumes.list(actor=SALES, customer_id=works) == []
    hidden = work.items.get(keys["works3"])
    assert work.items.with_id(hidden.id, actor=SALES) is None
    assert work.fulltext.items([hidden.key], actor=SALES) == {}


def test_many_grants_fit_into_one_question(work, keys):
    everything = frozenset(range(1, 50_000))
    assert seen(work, replace(NOWHERE, clearance=3, granted_items=everything)) == set(keys.values())
    odd = frozenset({"销'售", '"部"', "\\", "销售部"})
    assert seen(work, replace(SALES, departments=odd)) == seen(work, SALES)
