"""Keeping the index in shape, in steps that nobody has to wait for; what is to be done follows from the catalogue."""

from dms.archive.archive import Archive


def settle_index(archive: Archive) -> bool:
    """Lay what lies beside the segments down in one, or join small segments; whether something was done.

    To be called whenever items were indexed; it costs next to nothing where nothing is due.
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


def cleanse_index(archive: Archive) -> int:
    """Make every segment anew in whose lists a destroyed item still is; how many those were."""
    with archive.looking() as view:
        soiled = view.index_upkeep.soiled()
    for segment in soiled:
        with archive.looking() as view:
            joining = view.index_upkeep.joining([segment])
        new = archive.store.new_segment(joining.documents)
        with archive.begin() as work:
            work.index_upkeep.replace(joining, new)
    return len(soiled)


def _removed_stale(archive: Archive) -> bool:
    with archive.looking() as view:
        stale = view.index_upkeep.stale()
    for segment in stale[:1]:
        with archive.begin() as work:
            work.index_upkeep.drop(segment)
    return bool(stale)
