"""A volume is made once for a customer, a series and a year, and counts what one may know of."""

import pytest
from store_parts import EVERY_GRADE, ORDINARY_GRADE, add_customer, add_filed_item, add_item, state_frame


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


def test_papers_of_the_same_customer_series_and_year_lie_in_one_volume(work):
    customer_id = add_customer(work)
    first = add_filed_item(work, customer_id=customer_id)
    second = add_filed_item(work, customer_id=customer_id)
    other_year = add_filed_item(work, customer_id=customer_id, year=2025)
    other_series = add_filed_item(work, customer_id=customer_id, series_code="1")
    assert first.volume_id == second.volume_id
    assert len({item.volume_id for item in (first, other_year, other_series)}) == 3


def test_blank_sides_are_kept_but_not_counted(work):
    item = add_filed_item(work, customer_id=add_customer(work), pages=3, blank_pages=2)
    volume = work.volumes.get(item.volume_id, actor=EVERY_GRADE)
    assert (volume.item_count, volume.page_count) == (1, 3)
    assert item.pages_read == 5


def test_several_papers_of_several_pages_are_counted_each_once(work):
    customer_id = add_customer(work)
    for pages in (1, 2, 4):
        add_filed_item(work, customer_id=customer_id, pages=pages)
    (volume,) = work.volumes.list(actor=EVERY_GRADE)
    assert (volume.item_count, volume.page_count) == (3, 7)


def test_a_paper_that_is_taken_out_or_rejected_is_counted_no_more(work):
    customer_id = add_customer(work)
    stays, leaves, goes_back = (add_filed_item(work, customer_id=customer_id) for _ in range(3))
    work.items.withdraw(leaves.key)
    work.items.return_to_tray(goes_back.key)
    (volume,) = work.volumes.list(actor=EVERY_GRADE)
    assert (volume.id, volume.item_count, volume.page_count) == (stays.volume_id, 1, 1)


def test_an_unfiled_paper_of_the_customer_is_in_no_volume(work):
    customer_id = add_customer(work)
    add_item(work, customer_id=customer_id, series_code="3", year=2024)
    work.volumes.open_for(customer_id=customer_id, series_code="3", year=2024)
    assert work.volumes.list(actor=EVERY_GRADE) == []


def test_secret_papers_are_counted_only_for_those_who_may_know_of_them(work):
    customer_id = add_customer(work)
    add_filed_item(work, customer_id=customer_id, pages=2)
    secret = add_filed_item(work, customer_id=customer_id, pages=5, grade=1)
    only_secret = add_filed_item(work, customer_id=customer_id, year=2020, grade=2)
    (seen,) = work.volumes.list(actor=ORDINARY_GRADE)
    assert (seen.item_count, seen.page_count) == (1, 2)
    assert [volume.item_count for volume in work.volumes.list(actor=EVERY_GRADE)] == [1, 2]
    assert work.volumes.get(secret.volume_id, actor=ORDINARY_GRADE).page_count == 2
    assert work.volumes.get(only_secret.volume_id, actor=ORDINARY_GRADE).item_count == 0


def test_volumes_are_listed_by_customer_and_year(work):
    near, far = add_customer(work), add_customer(work, "C2", "乙公司")
    for customer_id, year in ((far, 2024), (near, 2025), (near, 2024)):
        add_filed_item(work, customer_id=customer_id, year=year)
    listed = work.volumes.list(actor=EVERY_GRADE)
    assert [(volume.customer_id, volume.year) for volume in listed] == [(near, 2024), (near, 2025), (far, 2024)]
    assert [volume.year for volume in work.volumes.list(actor=EVERY_GRADE, customer_id=near)] == [2024, 2025]
    assert [volume.customer_id for volume in work.volumes.list(actor=EVERY_GRADE, year=2024)] == [near, far]
