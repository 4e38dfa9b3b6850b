"""Looking into a paper is journaled once for a visit."""

import threading
from datetime import timedelta

from simulators.people import CLERK, LAWYER
from simulators.scanner import hand_in

from dms.archive import note_visit


def visits(archive, item):
    with archive.looking() as view:
        return [entry.actor for entry in view.journal.entries(subject=item.id) if entry.action == "item_opened"]


def test_pages_turned_within_half_an_hour_are_one_visit(archive, clock):
    item = hand_in(archive, "采购合同")
    for _ in range(5):
        note_visit(LAWYER, item, archive=archive)
        clock.advance(timedelta(minutes=5))
    assert visits(archive, item) == ["lawyer"]
    clock.advance(timedelta(minutes=30))
    note_visit(LAWYER, item, archive=archive)
    assert visits(archive, item) == ["lawyer", "lawyer"]


def test_every_person_makes_a_visit_of_his_own(archive):
    item = hand_in(archive, "采购合同")
    for actor in (LAWYER, CLERK, LAWYER):
        note_visit(actor, item, archive=archive)
    assert visits(archive, item) == ["lawyer", "clerk"]


def test_handing_a_paper_in_is_no_visit(archive):
    item = hand_in(archive, "采购合同")
    assert visits(archive, item) == []


def test_many_pages_asked_for_at_the_same_moment_are_one_visit(archive):
    item = hand_in(archive, "采购合同")
    start = threading.Barrier(6)

    def look():
        start.wait()
        note_visit(LAWYER, item, archive=archive)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert visits(archive, item) == ["lawyer"]
