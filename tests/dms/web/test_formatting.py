"""Days, moments, amounts and sizes are written in one way everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dms.web.formatting import count, day, machine_moment, moment, size, yuan


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("438000"), "¥438,000.00"),
        (Decimal("0.5"), "¥0.50"),
        (Decimal("-12000.1"), "-¥12,000.10"),
        (None, "—"),
    ],
)
def test_an_amount_is_written_in_yuan_and_fen(amount, written):
    assert yuan(amount) == written


@pytest.mark.parametrize(
    ("size_bytes", "written"),
    [(1, "1 KB"), (319_488, "312 KB"), (1024 * 1024 - 1, "1,024 KB"), (1_887_437, "1.8 MB"), (5 * 2**30, "5.0 GB")],
)
def test_a_size_is_written_in_the_unit_that_fits_it(size_bytes, written):
    assert size(size_bytes) == written


def test_days_and_moments_are_written_for_sorting_by_eye():
    assert day(date(2023, 5, 8)) == "2023-05-08"
    assert day(None) == moment(None) == "—"
    at = datetime(2023, 5, 18, 6, 5, tzinfo=UTC)
    assert moment(at) == at.astimezone().strftime("%Y-%m-%d %H:%M")
    assert machine_moment(at) == "2023-05-18T06:05:00+00:00"


def test_numbers_are_grouped():
    assert count(1234567) == "1,234,567"
