"""The home page counts what a search would find, and nothing above the grade one may see."""

from dataclasses import replace

from simulators.people import CLERK
from simulators.scanner import add_customer, file_paper, scan

from dms.custody import holdings
from dms.domain.actor import OPERATOR


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
