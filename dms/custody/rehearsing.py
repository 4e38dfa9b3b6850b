"""A visit that nobody pays, before anybody does."""

from dms.archive import Archive
from dms.custody.holdings import awaiting
from dms.domain.actor import OPERATOR

_NOBODY = 0
_NO_TOKEN = ""


def rehearse_visit(archive: Archive) -> None:
    """Make the statements by which every page finds out who asks, what is granted to him, what waits for him and
    whether there is room on the disk.

    Nothing is told to anybody, so nothing is journaled.
    """
    with archive.looking() as view:
        view.web_sessions.with_digest(_NO_TOKEN)
        view.users.get(_NOBODY)
        view.settings.all()
        view.grants.in_force(_NOBODY, at=archive.now())
        view.reminders.unread_count(_NOBODY)
        view.figures.sealed_bytes(received_since=archive.now())
    awaiting(OPERATOR, archive=archive, count_up_to=1)
