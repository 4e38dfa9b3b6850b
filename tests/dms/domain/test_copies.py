"""Three copies, two kinds of media, one elsewhere: seen at a glance, and only fresh copies count."""

from datetime import UTC, datetime, timedelta

import pytest

from dms.domain.backup import BackupPlace, BackupRetention, Medium, PlaceKind
from dms.domain.copies import FRESH_WITHIN, copies_held

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def place(medium=Medium.DISK, *, offsite=False):
    return BackupPlace(
        id=1,
        name="somewhere",
        kind=PlaceKind.FOLDER,
        address="/mnt",
        medium=medium,
        offsite=offsite,
        retention=BackupRetention(),
        added_at=NOW,
    )


FRESH, STALE = NOW - FRESH_WITHIN, NOW - FRESH_WITHIN - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("places", "enough", "media", "elsewhere"),
    [
        ([], False, False, False),
        ([(place(), FRESH)], False, False, False),
        ([(place(), FRESH), (place(Medium.TAPE), FRESH)], True, True, False),
        ([(place(offsite=True), FRESH), (place(), FRESH)], True, False, True),
        ([(place(Medium.OBJECT_STORE, offsite=True), FRESH), (place(), FRESH)], True, True, True),
        ([(place(Medium.OBJECT_STORE, offsite=True), STALE), (place(), FRESH)], False, False, False),
        ([(place(Medium.TAPE, offsite=True), None)], False, False, False),
    ],
)
def test_the_rule_is_told_part_by_part(places, enough, media, elsewhere):
    held = copies_held(places, now=NOW)
    assert (held.enough, held.on_enough_media, held.one_elsewhere) == (enough, media, elsewhere)
    assert held.complete is (enough and media and elsewhere)
