"""A service rehearses a search before anybody asks: nobody is told anything, and nothing is left behind."""

import pytest
from simulators.scanner import scan

from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, recent_searches, rehearse, search


@pytest.mark.parametrize("texts", [(), ("采购合同", "送货单")])
def test_what_was_rehearsed_stands_in_no_journal_and_among_nobodys_searches(archive, texts):
    for text in texts:
        scan(archive, text)
    with archive.looking() as view:
        before = list(view.journal.entries())
    rehearse(archive)
    with archive.looking() as view:
        assert list(view.journal.entries()) == before
    assert recent_searches(OPERATOR, archive=archive) == ()
    assert search(OPERATOR, SearchRequest(query="合同"), archive=archive).total == min(len(texts), 1)
