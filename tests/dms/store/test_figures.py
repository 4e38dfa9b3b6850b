"""The catalogue tells how much it holds and what waits, in numbers."""

from datetime import timedelta

from simulators.scanner import hand_in

from dms.domain.actor import OPERATOR
from dms.domain.item import ItemState


def test_a_new_archive_holds_nothing_and_knows_its_first_day(archive, clock):
    with archive.looking() as view:
        assert set(view.figures.items_by_state()) == set(ItemState)
        assert sum(view.figures.items_by_state().values()) == 0
        assert view.figures.pages_count() == view.figures.sealed_bytes() == 0
        assert view.figures.founded_at() == clock.now()
        waiting = view.figures.tasks_waiting()
        assert (waiting.count, waiting.given_up_count, waiting.oldest_since) == (0, 0, None)


def test_what_was_received_lately_is_told_from_what_was_there_before(archive, clock):
    hand_in(archive, "朱砂")
    first_at = clock.now()
    clock.advance(timedelta(days=20))
    hand_in(archive, "vermilion")
    with archive.looking() as view:
        assert view.figures.items_by_state()[ItemState.RECEIVED] == 2
        assert view.figures.sealed_bytes() == len("朱砂".encode()) + len(b"vermilion")
        assert view.figures.sealed_bytes(received_since=first_at + timedelta(days=1)) == len(b"vermilion")
        waiting = view.figures.tasks_waiting()
        assert (waiting.count, waiting.oldest_since) == (2, first_at)


def test_the_latest_of_several_acts_is_found(archive, clock):
    with archive.looking() as view:
        assert view.figures.latest_at("keys_rotated", "root_changed") is None
    clock.advance(timedelta(hours=1))
    with archive.begin() as work:
        archive.record(work, OPERATOR, "keys_rotated", "archive")
    rotated_at = clock.now()
    clock.advance(timedelta(hours=1))
    with archive.looking() as view:
        assert view.figures.latest_at("keys_rotated", "root_changed") == rotated_at
