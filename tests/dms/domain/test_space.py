"""Whoever keeps the archive running hears of a full disk weeks before it is full."""

import pytest

from dms.domain.space import SpaceState, space_outlook

GB = 1024**3


@pytest.mark.parametrize(
    ("free_gb", "growth_gb", "state", "days_left"),
    [
        (500, 0, SpaceState.AMPLE, None),
        (500, 1, SpaceState.AMPLE, 499),
        (32, 1, SpaceState.AMPLE, 31),
        (30, 1, SpaceState.LOW, 29),
        (8, 1, SpaceState.LOW, 7),
        (7, 1, SpaceState.CRITICAL, 6),
        (4, 0, SpaceState.LOW, None),
        (1.9, 0, SpaceState.CRITICAL, None),
        (1, 0, SpaceState.CRITICAL, 0),
        (0.5, 1, SpaceState.CRITICAL, 0),
        (1.5, 1, SpaceState.CRITICAL, 1),
    ],
)
def test_the_disk_is_judged_by_days_and_by_the_reserve(free_gb, growth_gb, state, days_left):
    outlook = space_outlook(
        free_bytes=int(free_gb * GB), total_bytes=1000 * GB, reserve_bytes=GB, growth_bytes_per_day=growth_gb * GB
    )
    assert (outlook.state, outlook.days_left) == (state, days_left)


def test_a_growth_of_centuries_is_no_number_worth_showing():
    outlook = space_outlook(free_bytes=1000 * GB, total_bytes=1000 * GB, reserve_bytes=GB, growth_bytes_per_day=1000)
    assert outlook.days_left is None


def test_without_a_reserve_only_the_growth_counts():
    outlook = space_outlook(free_bytes=1, total_bytes=1000 * GB, reserve_bytes=0, growth_bytes_per_day=0)
    assert outlook.state is SpaceState.AMPLE
