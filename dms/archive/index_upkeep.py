"""Keeping the index in shape, in steps that nobody has to wait for; what is to be done follows from the catalogue."""

import logging
from contextlib import suppress

from dms.archive.archive import Archive
from dms.errors import DmsError
from dms.logs import log_event
from dms.store import IndexUnreadable

_log = logging.getLogger(__name__)


def settle_index(archive: Archive) -> bool:
    """Lay what lies beside the segments down in one, or join small segments; whether something was done.

    To be called whenever items were indexed; it costs next to nothing where nothing is due. Raises `IndexUnreadable`,
    `CatalogueDiskFull` or what `Archive.begin` raises; the index is then as it was.
    """
    if _removed_stale(archive):
        return True
    with archive.looking() as view:
        joining = view.index_upkeep.due()
    if joining is None:
        return False
    new = archive.store.new_segment(joining.documents)
    with archive.begin() as work:
        return work.index_upkeep.replace(joining, new)


def settle_index_if_possible(archive: Archive) -> None:
    """Settle it as far as it goes now; what hinders is logged, for the papers are in the archive and are found."""
    try:
        while settle_index(archive):
            pass
    except DmsError as error:
        log_event(_log, "index_waits", level=logging.WARNING, code=error.code)


def cleanse_index(archive: Archive) -> int:
    """Make every segment anew in whose lists a destroyed item still is; how many those were.

    The keys of the old ones are gone when this returns. So are their files, but where somebody has been reading for
    longer than others can be kept waiting: those go when the index is swept next.
    """
    with archive.looking() as view:
        soiled, once_named = view.index_upkeep.soiled(), view.index_upkeep.files_in_use()
    if not soiled:
        return 0
    with archive.begin() as work:
        answering = work.index_upkeep.drop_silent(soiled)
    for segment in answering:
        with suppress(IndexUnreadable):  # damaged, it is replaced when the index is made anew
            _make_anew(archive, segment)
    archive.store.sweep_index(once_named=once_named)
    return len(soiled)


def _make_anew(archive: Archive, segment: int) -> None:
    with archive.looking() as view:
        joining = view.index_upkeep.joining([segment])
    new = archive.store.new_segment(joining.documents)
    with archive.begin() as work:
        work.index_upkeep.replace(joining, new)


def _removed_stale(archive: Archive) -> bool:
    with archive.looking() as view:
        stale = view.index_upkeep.stale()
    for segment in stale[:1]:
        with archive.begin() as work:
            work.index_upkeep.drop(segment)
    return bool(stale)
