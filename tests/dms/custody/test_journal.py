"""The journal is read page by page, and reading it leaves a trace."""

import pytest

from dms.custody import journal_page
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role

AUDITOR = Actor(user_id=1, name="zhao", roles=frozenset({Role.AUDITOR}), clearance=3, origin=Origin.WEB)
CLERK = Actor(user_id=2, name="wang", roles=frozenset({Role.CLERK}), clearance=3, origin=Origin.WEB)


def test_the_newest_entries_come_first_and_pages_follow_on_one_another(archive):
    with archive.begin() as work:
        for number in range(7):
            archive.record(work, OPERATOR, "searched", f"subject {number}")
    first = journal_page(AUDITOR, archive=archive, limit=5)
    second = journal_page(AUDITOR, archive=archive, limit=5, offset=5)
    assert [entry.subject for entry in first.entries] == ["journal", *(f"subject {n}" for n in (6, 5, 4, 3))]
    assert [entry.subject for entry in second.entries][:3] == ["subject 2", "subject 1", "subject 0"]
    assert first.total == second.total


def test_reading_the_journal_is_journaled_once_for_a_run_of_pages(archive):
    for offset in (0, 50, 100):
        journal_page(AUDITOR, archive=archive, offset=offset)
    with archive.looking() as view:
        assert [entry.actor for entry in view.journal.entries() if entry.action == "journal_read"] == ["zhao"]


def test_only_auditors_and_administrators_read_it(archive):
    with pytest.raises(ActionForbidden):
        journal_page(CLERK, archive=archive)
