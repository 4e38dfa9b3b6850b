"""Visits: that somebody looked into a paper is journaled once for a visit, not again for every page turned (I6)."""

from datetime import timedelta

from dms.archive.archive import Archive
from dms.domain.actor import Actor
from dms.domain.item import Item

VISIT = "item_opened"
SAME_VISIT = timedelta(minutes=30)


def note_visit(actor: Actor, item: Item, *, archive: Archive) -> None:
    """Journal that the actor looks into the item, unless that was done within `SAME_VISIT`."""
    since = archive.now() - SAME_VISIT
    with archive.looking() as view:
        if view.journal.has_recent(actor, VISIT, item.id, since=since):
            return
    with archive.begin() as work:
        # Asked again under the write lock, for a screen asks for several pages at the same moment.
        if not work.journal.has_recent(actor, VISIT, item.id, since=since):
            archive.record(work, actor, VISIT, item.id)
