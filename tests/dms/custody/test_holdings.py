"""The home page counts what a search would find, and nothing above the grade one may see."""

from dataclasses import replace

from simulators.people import CLERK, person
from simulators.scanner import add_customer, file_paper, scan

from dms.custody import Awaiting, awaiting, holdings
from dms.domain.actor import OPERATOR, Role


def test_pages_in_the_tray_are_searchable_though_they_lie_in_no_volume(archive):
    add_customer(archive)
    file_paper(archive, "采购合同")
    scan(archive, "送货单\f!blank")
    counted = holdings(OPERATOR, archive=archive)
    assert (counted.filed_count, counted.waiting_count) == (1, 1)
    assert (counted.pages_count, counted.searchable_pages_count) == (1, 2)


def test_a_paper_above_ones_grade_is_counted_nowhere(archive):
    item = scan(archive, "绝密合同")
    with archive.begin() as work:
        work.items.classify(item.key, replace(item.classification, grade=1))
    counted = holdings(CLERK, archive=archive)
    assert (counted.waiting_count, counted.searchable_pages_count) == (0, 0)


def test_what_waits_for_a_person_is_what_he_may_confirm_and_has_not_read(archive):
    scan(archive, "送货单")
    assert awaiting(OPERATOR, archive=archive, count_up_to=99) == Awaiting(to_confirm_count=1, unread_count=0)
    assert awaiting(person(Role.AUDITOR), archive=archive, count_up_to=99) == Awaiting(
        to_confirm_count=0, unread_count=0
    )
