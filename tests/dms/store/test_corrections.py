"""Corrections are added only, and leave the catalogue with the item that they belong to."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from store_parts import NOW, add_customer, add_filed_item, state_frame

from dms.domain.correction import PageCorrection


def correction(number=1, stated="违约金"):
    return PageCorrection(page_number=number, text=stated, corrected_by="甲", corrected_at=NOW)


@pytest.fixture
def item(store):
    with store.begin() as work:
        state_frame(work)
        item = add_filed_item(work, customer_id=add_customer(work), pages=3)
        for each in (correction(), correction(2, "先"), correction(2, "后"), correction(3), correction(3, None)):
            work.contents.correct(item.key, each)
    return item


def test_the_last_correction_of_each_page_counts(store, item):
    with store.looking() as view:
        assert view.contents.corrections(item.key) == {1: "违约金", 2: "后"}
        assert view.contents.correction_history(item.key)[-1] == correction(3, None)
        assert view.contents.corrections(item.key + 1) == {}


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        ("UPDATE page_correction SET text = 'x'", "corrections_are_never_changed"),
        ("DELETE FROM page_correction", "corrections_are_never_forgotten"),
    ],
)
def test_a_correction_is_never_changed_or_forgotten(store, item, attempt, refusal):
    with pytest.raises(IntegrityError, match=refusal), store.begin() as work:
        work.connection.execute(text(attempt))


def test_the_corrections_of_a_destroyed_item_go_and_no_new_ones_come(store, item):
    with store.begin() as work:
        work.items.destroy(item.key)
        work.contents.forget_corrections(item.key)
        assert work.contents.correction_history(item.key) == []
    with pytest.raises(IntegrityError, match="no_correction_of_a_destroyed_item"), store.begin() as work:
        work.contents.correct(item.key, correction())
