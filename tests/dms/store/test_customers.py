"""Customers are found by anything they are called, and their codes never run into each other."""

from datetime import date

import pytest
from store_parts import NOW, add_customer

from dms.domain.actor import SYSTEM
from dms.domain.customer import CustomerFacts, CustomerGrade, FormerName, Side

FACTS = CustomerFacts(
    code="C0007",
    name="合肥远山商贸有限公司",
    former_names=(FormerName("合肥近水商贸有限公司", date(2019, 6, 1)), FormerName("远山商行")),
    uscc="91340100MA2N0XYZ1A",
    sides=frozenset({Side.CUSTOMER, Side.SUPPLIER}),
    grade=CustomerGrade.IMPORTANT,
)


@pytest.fixture
def work(store):
    with store.begin() as begun:
        begun.customers.add(FACTS, at=NOW)
        yield begun


def found(work, words):
    total, customers = work.customers.matching(words, actor=SYSTEM, limit=10)
    assert total == len(customers)
    return [customer.code for customer in customers]


def test_everything_stated_about_a_customer_is_kept(work):
    customer = work.customers.with_code("C0007")
    assert customer.facts == FACTS
    assert customer.created_at == NOW
    assert work.customers.get(customer.id) == customer
    assert work.customers.with_ids({customer.id, 99}) == {customer.id: customer}


@pytest.mark.parametrize(
    "words", ["远山", "C0007", "c0007", "近水", "商行", "91340100", "91340100ma2n", "合肥近水商贸有限公司", ""]
)
def test_a_customer_is_found_by_any_part_of_what_it_is_or_was_called(work, words):
    assert found(work, words) == ["C0007"]


@pytest.mark.parametrize("words", ["name", "until_on", "null", "2019", "%", "_", "\\", "[", '"', "u8fdc", "{}"])
def test_a_customer_is_not_found_by_how_its_names_are_stored(work, words):
    assert found(work, words) == []


def test_a_sign_that_means_anything_elsewhere_means_itself(work):
    add_customer(work, "C1", "百分之百%公司")
    add_customer(work, "C2", "下_划线公司")
    assert found(work, "%") == ["C1"]
    assert found(work, "_") == ["C2"]


def test_customers_are_listed_page_by_page_in_the_order_of_their_codes(work):
    for code in ("C0003", "C0001", "C0002"):
        add_customer(work, code, f"公司{code}")
    total, second_page = work.customers.matching("", actor=SYSTEM, limit=2, offset=2)
    assert total == 4
    assert [customer.code for customer in second_page] == ["C0003", "C0007"]


def test_a_code_is_the_same_in_upper_and_lower_case(work):
    assert work.customers.with_code("c0007").name == FACTS.name
    assert work.customers.with_code("C0008") is None


def test_the_next_code_is_one_that_nobody_bears(work):
    assert work.customers.next_code() == "C0002"
    add_customer(work, "c0003", "乙公司")
    assert work.customers.next_code() == "C0004"


def test_changed_facts_replace_the_former_ones(work):
    customer = work.customers.with_code("C0007")
    work.customers.change(customer.id, CustomerFacts(code="C0007", name="远山集团"))
    changed = work.customers.get(customer.id)
    assert changed.facts == CustomerFacts(code="C0007", name="远山集团")
    assert work.customers.with_name("远山集团").id == customer.id
    assert work.customers.with_name(FACTS.name) is None
    assert work.customers.with_uscc(FACTS.uscc) is None


@pytest.mark.slow
def test_ten_thousand_customers_are_still_searched_at_once(work):
    import time

    for number in range(10_000):
        add_customer(work, f"K{number:05d}", f"第{number}号商贸有限公司", former_names=(FormerName(f"旧{number}号"),))
    started = time.perf_counter()
    assert found(work, "旧9876号") == ["K09876"]
    assert found(work, "k09876") == ["K09876"]
    assert work.customers.with_code("k09999") is not None
    assert time.perf_counter() - started < 1.0
