"""What an administrator states about reading rights, as text, and what it means."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from dms.web.reading_rights import (
    TypedGrant,
    departments_named,
    departments_typed,
    grant_typed_in,
    is_day_unusable,
    wish_typed,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", set()),
        (" 、，", set()),
        ("销售部", {"销售部"}),
        ("销售部、工程 部，财务部;法务部", {"销售部", "工程 部", "财务部", "法务部"}),
    ],
)
def test_departments_stand_between_commas_of_any_kind(text, meant):
    assert departments_named(text) == meant


def test_all_departments_are_something_else_than_none():
    assert departments_typed(MultiDict([("scope", "all"), ("departments", "销售部")])) is None
    assert departments_typed(MultiDict([("scope", "some")])) == frozenset()
    both = MultiDict([("scope", "some"), ("departments", "销售部"), ("others", "外贸部")])
    assert departments_typed(both) == {"销售部", "外贸部"}


def test_a_customer_is_named_by_its_code_whatever_stands_behind_it():
    typed = grant_typed_in(MultiDict({"customer": " C0007 芜湖泵业 ", "reason": "审批", "until_on": "2026-12-31"}))
    wish = wish_typed(typed)
    assert (wish.customer_code, wish.item_id, wish.reason, wish.until_on) == ("C0007", "", "审批", date(2026, 12, 31))


def test_a_last_day_that_is_no_day_never_makes_a_grant_endless():
    assert is_day_unusable(TypedGrant(until_on="31.31"))
    assert not is_day_unusable(TypedGrant())
    assert not is_day_unusable(TypedGrant(until_on="2026-12-31"))
