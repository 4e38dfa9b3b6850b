"""Few previews are kept, each for its own person."""

from datetime import UTC, datetime

from dms.printing import Sheet
from dms.web.sheet_previews import KEPT_FOR, MOST_KEPT, KeptSheet, SheetPreviews

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEPT = KeptSheet(
    user_id=7,
    sheet=Sheet(name="台账", rows=()),
    original_filename="台账.xlsx",
    fingerprint="f",
    until_at=NOW + KEPT_FOR,
)


def test_a_preview_is_taken_once_by_its_own_person_in_time():
    previews = SheetPreviews()
    token = previews.keep(KEPT)
    assert previews.take(token, user_id=8, now=NOW) is None
    assert previews.take(token, user_id=7, now=NOW) == KEPT
    assert previews.take(token, user_id=7, now=NOW) is None
    assert previews.take(previews.keep(KEPT), user_id=7, now=NOW + KEPT_FOR * 2) is None


def test_the_oldest_gives_way_where_there_are_too_many():
    previews = SheetPreviews()
    tokens = [previews.keep(KEPT) for _ in range(MOST_KEPT + 1)]
    found = [previews.take(token, user_id=7, now=NOW) is not None for token in tokens]
    assert found == [False] + [True] * MOST_KEPT
