"""A person's recent searches are at hand again, and at nobody else's."""

import pytest
from simulators.people import ARCHIVIST, AUDITOR, LAWYER

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.search import SearchRequest, SearchSort
from dms.search.recent import clear_recent_searches, recent_searches, remember


def search(archive, actor, *requests):
    with archive.begin() as work:
        for request in requests:
            remember(work, actor, request)


def test_the_latest_searches_come_first_each_once_as_it_was_asked_last(archive):
    narrow = SearchRequest(query="货款", year=2023)
    search(archive, LAWYER, SearchRequest(query="货款"), narrow, SearchRequest(query="货款", sort=SearchSort.DATE))
    assert recent_searches(LAWYER, archive=archive) == (
        SearchRequest(query="货款", sort=SearchSort.DATE),
        narrow,
    )


def test_turning_the_page_and_asking_for_nothing_are_not_remembered(archive):
    search(archive, LAWYER, SearchRequest(query="货款", offset=20), SearchRequest(), SearchRequest(tolerant=True))
    assert recent_searches(LAWYER, archive=archive) == ()


def test_nobody_sees_the_searches_of_another(archive):
    search(archive, LAWYER, SearchRequest(query="并购"))
    assert recent_searches(ARCHIVIST, archive=archive) == recent_searches(OPERATOR, archive=archive) == ()
    assert clear_recent_searches(ARCHIVIST, archive=archive) == 0
    assert len(recent_searches(LAWYER, archive=archive)) == 1


def test_a_person_clears_his_own_and_the_journal_says_so(archive):
    search(archive, LAWYER, SearchRequest(query="并购"), SearchRequest(query="重组"))
    assert clear_recent_searches(LAWYER, archive=archive) == 2
    assert recent_searches(LAWYER, archive=archive) == ()
    with archive.looking() as view:
        [entry] = view.journal.entries(newest_first=1)
    assert (entry.action, entry.actor, entry.details) == ("recent_searches_cleared", LAWYER.name, {"total": 2})


def test_whoever_may_not_consult_has_no_recent_searches(archive):
    for refused in (recent_searches, clear_recent_searches):
        with pytest.raises(ActionForbidden):
            refused(AUDITOR, archive=archive)
