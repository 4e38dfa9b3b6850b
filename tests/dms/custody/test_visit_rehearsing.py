"""A service rehearses a visit before anybody comes: nobody is told anything, and nothing is left behind."""

from dms.custody import rehearse_visit


def test_a_rehearsed_visit_signs_nobody_in_and_stands_in_no_journal(archive):
    with archive.looking() as view:
        before = list(view.journal.entries())
    rehearse_visit(archive)
    with archive.looking() as view:
        assert list(view.journal.entries()) == before
        assert view.web_sessions.with_digest("") is None
