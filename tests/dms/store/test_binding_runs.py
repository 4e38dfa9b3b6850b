"""What a binding run came to so far, and the numbered volumes and loose papers that it asks for."""

from dataclasses import replace
from datetime import date

import pytest
from store_parts import EVERY_GRADE, NOW, ORDINARY_GRADE, add_customer, add_filed_item, state_frame

from dms.domain.binding import BindingLine, BindingState
from dms.domain.volume import VolumeState

MADE = {"volumes": [{"id": 7, "code": "a", "items": 3, "pages": 5}, {"id": 4, "code": "b", "items": 1, "pages": 2}]}


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


@pytest.fixture
def run(work):
    begun = work.binding_runs.begin(year=2024, cut_off_on=date(2025, 1, 31), at=NOW, by="甲")
    lines = [
        BindingLine(run_id=begun.id, position=place, customer_id=None, series_code="3", state=BindingState.WAITING)
        for place in (1, 2, 3)
    ]
    work.binding_runs.add_lines(lines)
    work.binding_runs.change_line(replace(lines[0], state=BindingState.DONE, facts=MADE))
    work.binding_runs.change_line(
        replace(lines[1], state=BindingState.ABANDONED, facts={"problem": {"zh": "", "en": ""}})
    )
    return begun


def test_a_run_tells_what_its_lines_came_to(work, run):
    so_far = work.binding_runs.came_to(run.id)
    assert (so_far.volumes, so_far.items, so_far.pages) == (2, 4, 7)
    assert work.binding_runs.volume_ids(run.id, limit=9) == [7, 4]
    assert work.binding_runs.volume_ids(run.id, limit=9, offset=1) == [4]


def test_a_run_that_bound_nothing_came_to_nothing(work):
    begun = work.binding_runs.begin(year=2024, cut_off_on=date(2025, 1, 31), at=NOW, by="甲")
    so_far = work.binding_runs.came_to(begun.id)
    assert (so_far.volumes, so_far.items, so_far.pages) == (0, 0, 0)


def test_a_run_is_stopped_and_found(work, run):
    work.binding_runs.change_state(run.id, BindingState.WAITING)
    assert work.binding_runs.find(run.id).state is BindingState.WAITING
    assert work.binding_runs.find(run.id + 1) is None


def test_numbered_volumes_are_told_to_whom_may_know_of_them(work):
    customer_id = add_customer(work)
    open_one = add_filed_item(work, customer_id=customer_id).volume_id
    assert work.volumes.numbered(2024, actor=EVERY_GRADE) == []
    work.volumes.change_state(open_one, VolumeState.CLEANING)
    work.volumes.number(open_one, number=1, reference_code="Q001-KH·C0001·3·2024-001")
    (numbered,) = work.volumes.numbered(2024, actor=EVERY_GRADE, customer_id=customer_id, series_code="3")
    assert (numbered.id, numbered.reference_code) == (open_one, "Q001-KH·C0001·3·2024-001")
    assert work.volumes.numbered(2023, actor=EVERY_GRADE) == []


def test_a_volume_says_which_one_it_continues(work):
    first = add_filed_item(work, customer_id=add_customer(work)).volume_id
    work.volumes.change_state(first, VolumeState.CLEANING)
    later = add_filed_item(work, customer_id=work.customers.with_code("C0001").id).volume_id
    work.volumes.continue_from(later, first)
    assert work.volumes.continuations(first) == [later]


def test_loose_papers_are_told_to_whom_may_know_of_them(work):
    customer_id = add_customer(work)
    plain = add_filed_item(work, customer_id=customer_id)
    secret = add_filed_item(work, customer_id=customer_id, grade=1)
    assert [paper.key for paper in work.items.loose_to(ORDINARY_GRADE)] == [plain.key]
    assert {paper.key for paper in work.items.loose_to(EVERY_GRADE)} == {plain.key, secret.key}
    assert work.items.loose_to(EVERY_GRADE, customer_ids=[customer_id + 1]) == []
    assert work.items.loose_to(EVERY_GRADE, series_code="1") == []


def test_merged_customers_are_told_with_what_they_were_merged_into(work):
    one, other = add_customer(work), add_customer(work, code="C0002")
    assert work.customers.merged() == {}
    work.customers.merge(other, into_id=one)
    assert work.customers.merged() == {other: one}
