"""Pages of long lists."""

import pytest
from flask import Flask

from dms.web.paging import LAST_PAGE, Paging, paging_asked


@pytest.mark.parametrize(
    ("asked", "page"), [("", 1), ("3", 3), ("0", 1), ("-5", 1), ("x", 1), ("99999999999999", LAST_PAGE)]
)
def test_a_page_number_that_makes_no_sense_is_taken_as_the_nearest_that_does(asked, page):
    with Flask(__name__).test_request_context(f"/?page={asked}"):
        assert paging_asked(20).page == page


def test_offsets_and_totals():
    paging = Paging(page=3, limit=20)
    assert paging.offset == 40
    assert [paging.pages_total(total) for total in (0, 1, 20, 21)] == [1, 1, 1, 2]
