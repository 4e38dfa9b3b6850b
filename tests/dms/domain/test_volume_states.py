"""A volume goes from loose leaves to the shelf, and never back once it is sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.volume import (
    MAY_BECOME,
    SEALED_STATES,
    SPINES_MM,
    VolumeState,
    may_become,
    spine_for,
    thickness_mm,
)


def reachable(state: VolumeState) -> set[VolumeState]:
    found: set[VolumeState] = set()
    ahead = {state}
    while ahead:
        ahead = {wanted for one in ahead for wanted in MAY_BECOME[one]} - found
        found |= ahead
    return found


@pytest.mark.parametrize("state", VolumeState)
def test_every_state_says_what_may_follow(state):
    assert {wanted for wanted in VolumeState if may_become(state, wanted)} == MAY_BECOME[state]
    assert not may_become(state, state)


@pytest.mark.parametrize("state", sorted(SEALED_STATES))
def test_nothing_leads_out_of_a_seal(state):
    assert reachable(state) <= SEALED_STATES


def test_every_state_can_be_reached_and_the_end_is_the_end():
    assert reachable(VolumeState.OPEN) == set(VolumeState)
    assert MAY_BECOME[VolumeState.DESTROYED] == frozenset()


def test_nothing_is_sealed_unchecked_or_destroyed_unappraised():
    assert [state for state in VolumeState if may_become(state, VolumeState.SEALED)] == [VolumeState.CHECKING]
    assert [state for state in VolumeState if may_become(state, VolumeState.DESTROYED)] == [VolumeState.EXPIRED]


@pytest.mark.parametrize(("sheets", "spine_mm"), [(0, 10), (100, 10), (101, 15), (200, 20), (201, 30), (900, 50)])
def test_the_spine_fits_the_sheets(sheets, spine_mm):
    assert spine_for(sheets) == spine_mm


@given(st.integers(0, 500))
def test_the_spine_is_the_narrowest_that_holds(sheets):
    narrower = [spine for spine in SPINES_MM if spine < spine_for(sheets)]
    assert thickness_mm(sheets) <= spine_for(sheets)
    assert all(spine < thickness_mm(sheets) for spine in narrower)
