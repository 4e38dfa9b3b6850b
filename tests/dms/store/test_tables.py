"""Moments know their time zone, and amounts are exact to the fen."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError
from store_parts import add_item

from dms.domain.amount import LARGEST_AMOUNT
from dms.store.tables import Moment, item


@pytest.mark.parametrize(
    "amount",
    ["0.00", "0.01", "438000.00", "-0.01", "99999999.99", str(LARGEST_AMOUNT), str(-LARGEST_AMOUNT)],
)
def test_an_amount_comes_back_to_the_fen_and_with_two_decimals(store, amount):
    with store.begin() as work:
        kept = add_item(work, amount=Decimal(amount))
    assert str(kept.classification.amount) == amount
    assert str(kept.claim.amount) == amount


def test_amounts_are_sorted_and_compared_as_numbers(store):
    with store.begin() as work:
        for amount in ("9.99", "100", "-5", "20.10"):
            add_item(work, amount=Decimal(amount))
        ascending = list(work.connection.execute(select(item.c.amount).order_by(item.c.amount)).scalars())
        above = select(item.c.amount).where(item.c.amount >= Decimal("20.10"))
        assert ascending == [Decimal("-5"), Decimal("9.99"), Decimal("20.10"), Decimal("100")]
        assert len(list(work.connection.execute(above))) == 2


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_amount_is_never_written(store, amount):
    with pytest.raises(Exception, match=r"NaN|[Ii]nfinity"), store.begin() as work:
        add_item(work, amount=Decimal(amount))


def test_a_moment_without_a_time_zone_is_refused(store):
    with pytest.raises(StatementError, match="time zone"), store.begin() as work:
        work.connection.execute(item.update().values(received_at=datetime(2026, 3, 2, 9, 0)))


def test_moments_are_kept_in_utc_and_sort_as_text(store):
    column = Moment()
    beijing = timezone(timedelta(hours=8))
    early = datetime(2026, 3, 2, 9, 0, tzinfo=beijing)
    late = datetime(2026, 3, 2, 1, 0, 0, 1, tzinfo=UTC)
    stored = [column.process_bind_param(moment, None) for moment in (early, late)]
    assert stored == ["2026-03-02T01:00:00.000000+00:00", "2026-03-02T01:00:00.000001+00:00"]
    assert column.process_result_value(stored[0], None) == early


def test_nothing_stays_nothing(store):
    column = Moment()
    assert column.process_bind_param(None, None) is None
    assert column.process_result_value(None, None) is None
    with store.begin() as work:
        assert add_item(work).classification.amount is None


def test_names_lie_in_the_catalogue_as_they_are_written(store):
    with store.begin() as work:
        work.scheme.state_fonds(code="Q001", name="甲", former_names=("安徽皖江机械厂",))
        stored = work.connection.execute(text("SELECT former_names FROM fonds")).scalar()
    assert "安徽皖江机械厂" in stored
