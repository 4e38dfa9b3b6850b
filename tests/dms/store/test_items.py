"""Items keep what is stated about them, are never deleted, and are known only to those who may know of their grade."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from store_parts import EVERY_GRADE, NOW, ORDINARY_GRADE, add_customer, add_filed_item, add_item, page_of, state_frame

from dms.domain.actor import LOWEST_GRADE
from dms.domain.contract import ContractFacts
from dms.domain.item import Classification, CopyKind, ItemState, Problem
from dms.errors import Bilingual
from dms.store import ItemFilter, ItemOrder

PROBLEM = Problem("damaged_document", Bilingual("内容已损坏。", "It is damaged."))
IN_TRAY = ItemFilter(states=frozenset({ItemState.REVIEW}))


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


def enter_tray(work, grade=LOWEST_GRADE, **facts):
    item = add_item(work)
    work.items.enter_review(item.key, classification=Classification(grade=grade, **facts), doubts=())
    return work.items.get(item.key)


@pytest.mark.parametrize("statement", ["DELETE FROM item", "INSERT OR REPLACE INTO item SELECT * FROM item"])
def test_an_item_is_never_deleted(store, statement):
    with store.begin() as work:
        add_item(work)
    with pytest.raises(IntegrityError, match="items_are_never_deleted"), store.begin() as work:
        work.connection.execute(text(statement))


def test_everything_claimed_at_arrival_is_kept_beside_what_is_stated_later(work):
    claim = Classification(
        customer_id=add_customer(work),
        series_code="3",
        year=2024,
        type_code="contract",
        doc_on=date(2024, 2, 29),
        amount=Decimal("438000.00"),
        copy_kind=CopyKind.COPY,
    )
    item = add_item(work, **{name: getattr(claim, name) for name in Classification.__dataclass_fields__})
    assert item.claim == item.classification == claim
    work.items.classify(item.key, replace(claim, year=2025, grade=1))
    changed = work.items.get(item.key)
    assert changed.claim == claim
    assert (changed.classification.year, changed.classification.grade) == (2025, 1)
    assert (changed.received_at, changed.received_by, changed.state) == (NOW, "甲", ItemState.RECEIVED)


def test_a_paper_goes_from_arrival_to_its_volume(work):
    item = add_item(work)
    work.items.examined(item.key, media_type="image/png", pages_total=2)
    work.contents.add_page(item.key, page_of("第一页"))
    reading = work.items.get(item.key)
    assert (reading.state, reading.pages_total, reading.pages_read) == (ItemState.READING, 2, 1)
    work.items.enter_review(item.key, classification=Classification(title="采购合同"), doubts=("customer_unknown",))
    review = work.items.get(item.key)
    assert (review.state, review.doubts, review.title) == (ItemState.REVIEW, ("customer_unknown",), "采购合同")
    filed = add_filed_item(work, customer_id=add_customer(work))
    assert (filed.state, filed.doubts) == (ItemState.FILED, ())
    assert filed.volume_id is not None


@pytest.mark.parametrize("state", [ItemState.REFUSED, ItemState.FAILED])
def test_why_a_paper_was_not_read_is_kept_until_it_is_tried_again_or_rejected(work, state):
    item = add_item(work)
    work.items.break_off(item.key, state, PROBLEM)
    broken = work.items.get(item.key)
    assert (broken.state, broken.problem) == (state, PROBLEM)
    work.items.wait_again(item.key)
    assert work.items.get(item.key).problem is None
    work.items.break_off(item.key, state, PROBLEM)
    work.items.withdraw(item.key)
    withdrawn = work.items.get(item.key)
    assert (withdrawn.state, withdrawn.problem) == (ItemState.WITHDRAWN, None)


def test_a_paper_without_a_title_bears_the_name_it_arrived_under(work):
    assert add_item(work, filename="扫描 001.png").title == "扫描 001.png"


def test_equal_bytes_are_recognised_until_the_earlier_paper_is_rejected(work):
    first = add_item(work)
    assert work.items.with_digest(first.digest).id == first.id
    work.items.withdraw(first.key)
    assert work.items.with_digest(first.digest) is None


@pytest.mark.parametrize(("grade", "seen"), [(1, False), (2, False), (3, True)])
def test_a_paper_above_ones_clearance_is_in_no_list_and_no_count(work, grade, seen):
    customer_id = add_customer(work)
    filed = add_filed_item(work, customer_id=customer_id, grade=grade)
    waiting = enter_tray(work, grade, customer_id=customer_id)
    items, everything = work.items, ItemFilter()
    expected = int(seen)
    assert len(items.list(everything, actor=ORDINARY_GRADE, limit=10)) == 2 * expected
    assert items.count(everything, actor=ORDINARY_GRADE) == 2 * expected
    assert (items.with_id(filed.id, actor=ORDINARY_GRADE) is not None) is seen
    assert (items.next_in_tray(after_key=0, actor=ORDINARY_GRADE) is not None) is seen
    assert items.tray_position(waiting.key, actor=ORDINARY_GRADE) == expected
    assert sum(items.counts_by_series_and_year(customer_id, actor=ORDINARY_GRADE).values()) == expected
    assert sum(items.types_present(everything, actor=ORDINARY_GRADE).values()) == expected
    assert items.count(everything, actor=EVERY_GRADE) == 2
    assert items.with_id(filed.id, actor=EVERY_GRADE).id == filed.id


def test_a_secret_paper_does_not_move_ones_place_in_the_tray(work):
    enter_tray(work, grade=1)
    ordinary = enter_tray(work)
    assert work.items.tray_position(ordinary.key, actor=ORDINARY_GRADE) == 1
    assert work.items.tray_position(ordinary.key, actor=EVERY_GRADE) == 2


def test_the_tray_goes_round_from_the_last_paper_to_the_first(work):
    first, second, third = (enter_tray(work) for _ in range(3))
    following = [work.items.next_in_tray(after_key=item.key, actor=EVERY_GRADE).id for item in (first, second, third)]
    assert following == [second.id, third.id, first.id]


def test_a_paper_that_waits_alone_has_no_next_one(work):
    only = enter_tray(work)
    assert work.items.next_in_tray(after_key=only.key, actor=EVERY_GRADE) is None
    assert work.items.next_in_tray(after_key=0, actor=EVERY_GRADE).id == only.id


def test_a_paper_that_does_not_wait_has_no_place_in_the_tray(work):
    assert work.items.tray_position(add_item(work).key, actor=EVERY_GRADE) == 0


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        (ItemOrder.NEWEST_ARRIVAL, ["无日期", "新", "旧"]),
        (ItemOrder.OLDEST_ARRIVAL, ["旧", "新", "无日期"]),
        (ItemOrder.NEWEST_PAPER, ["新", "旧", "无日期"]),
        (ItemOrder.OLDEST_PAPER, ["旧", "新", "无日期"]),
        (ItemOrder.TITLE, ["新", "无日期", "旧"]),
    ],
)
def test_lists_are_sorted_as_asked_and_undated_papers_come_last(work, order, titles):
    enter_tray(work, title="旧", doc_on=date(2020, 1, 1))
    enter_tray(work, title="新", doc_on=date(2024, 1, 1))
    enter_tray(work, title="无日期")
    listed = work.items.list(IN_TRAY, actor=EVERY_GRADE, order=order, limit=10)
    assert [item.title for item in listed] == titles
    assert [item.title for item in work.items.list(IN_TRAY, actor=EVERY_GRADE, order=order, limit=1, offset=1)] == [
        titles[1]
    ]


def test_a_filter_narrows_by_every_fact_it_names(work):
    near, far = add_customer(work), add_customer(work, "C2", "乙公司")
    wanted = add_filed_item(work, customer_id=near, year=2023, series_code="1", type_code="licence")
    add_filed_item(work, customer_id=near, year=2024)
    add_filed_item(work, customer_id=far, year=2023)
    for narrow in (
        ItemFilter(customer_id=near, year=2023),
        ItemFilter(series_code="1"),
        ItemFilter(type_code="licence"),
        ItemFilter(volume_id=wanted.volume_id),
    ):
        assert [item.id for item in work.items.list(narrow, actor=EVERY_GRADE, limit=10)] == [wanted.id]
        assert work.items.count(narrow, actor=EVERY_GRADE) == 1


def test_types_are_counted_for_each_contract_of_a_customer(work):
    customer_id = add_customer(work)
    contract = work.contracts.add(ContractFacts(number="HT-1", title="", customer_id=customer_id), number_folded="HT-1")
    add_filed_item(work, customer_id=customer_id, contract_id=contract.id)
    add_filed_item(work, customer_id=customer_id, contract_id=contract.id, type_code="receipt", grade=1)
    add_filed_item(work, customer_id=customer_id)
    filed = frozenset({ItemState.FILED})
    by_contract = work.items.types_by_contract
    assert by_contract(customer_id, filed, actor=EVERY_GRADE) == {contract.id: {"contract": 1, "receipt": 1}}
    assert by_contract(customer_id, filed, actor=ORDINARY_GRADE) == {contract.id: {"contract": 1}}


def test_page_totals_are_told_of_what_one_may_know_of(store):
    with store.begin() as work:
        state_frame(work)
        customer = add_customer(work)
        open_to_all, secret = (add_filed_item(work, customer_id=customer, grade=grade) for grade in (3, 1))
        work.items.examined(open_to_all.key, media_type="image/png", pages_total=4)
        ids = [open_to_all.id, secret.id, "unknown"]
        assert work.items.page_totals(ids, actor=ORDINARY_GRADE) == {open_to_all.id: 4}
        assert work.items.page_totals(ids, actor=EVERY_GRADE) == {open_to_all.id: 4, secret.id: None}
