"""Whoever keeps the archive running sees how it stands; nobody else does, and no name of a paper is among it."""

from datetime import timedelta

import pytest
from simulators.people import ADMINISTRATOR, ARCHIVIST, AUDITOR, LAWYER
from simulators.scanner import hand_in

from dms.custody import archive_standing, catalogue_bytes, inspections_standing, keys_standing, space_left
from dms.domain.actor import ActionForbidden
from dms.domain.inspection import InspectionScope
from dms.domain.space import SpaceState
from dms.evidence import InspectionRequest, verify


@pytest.mark.parametrize("person", [ARCHIVIST, AUDITOR, LAWYER], ids=lambda person: person.name)
@pytest.mark.parametrize("ask", [archive_standing, inspections_standing, keys_standing])
def test_only_who_runs_the_machine_may_ask(archive, person, ask):
    with pytest.raises(ActionForbidden):
        ask(person, archive=archive)


def test_sizes_states_and_the_age_of_what_waits_are_told(archive, clock):
    hand_in(archive, "朱砂")
    clock.advance(timedelta(hours=3))
    standing = archive_standing(ADMINISTRATOR, archive=archive)
    assert sum(standing.items.values()) == 1
    assert standing.tasks.count == 1
    assert standing.oldest_task_age == timedelta(hours=3)
    assert standing.sealed_bytes == len("朱砂".encode())
    assert standing.catalogue_bytes == catalogue_bytes(archive) > 100_000
    assert "朱砂" not in repr(standing)


def test_the_latest_inspection_of_each_depth_is_told(archive):
    quick = verify(ADMINISTRATOR, InspectionRequest(scope=InspectionScope.QUICK), archive=archive)
    found = inspections_standing(ADMINISTRATOR, archive=archive)
    assert found[InspectionScope.QUICK] == quick
    assert found[InspectionScope.FULL] is found[InspectionScope.SAMPLE] is None


def test_who_can_open_the_archive_is_told_without_a_secret(archive):
    standing = keys_standing(ADMINISTRATOR, archive=archive)
    assert {slot.kind for slot in standing.slots} == {"passphrase", "recovery"}
    assert standing.epochs == {1: (1,), 2: (1,), 3: (1,)}
    assert standing.rotated_at is None


def test_room_is_judged_by_what_came_in_lately(archive):
    ample = space_left(archive, reserve_bytes=0)
    assert (ample.state, ample.growth_bytes_per_day) == (SpaceState.AMPLE, 0)
    hand_in(archive, "x" * 140_000)
    assert space_left(archive, reserve_bytes=0).growth_bytes_per_day == 10_000
    assert space_left(archive, reserve_bytes=2**60).state is SpaceState.CRITICAL
