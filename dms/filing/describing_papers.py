"""Stating the particulars of a paper by themselves, without going through its whole confirmation."""

from dms.archive import Archive, item_for, require_use
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item, ItemState
from dms.domain.policy import Use
from dms.filing.errors import NotInTray
from dms.filing.particulars import Particulars, check_retention, noted_year, tidy_particulars, with_particulars
from dms.filing.placing import check_changeable

_DESCRIBABLE = frozenset({ItemState.REVIEW, ItemState.FILED})


def describe_paper(actor: Actor, item_id: str, particulars: Particulars, *, archive: Archive) -> Item:
    """The item with these particulars; everything else that is known of it stays.

    Raises `ItemNotFound`, `NotInTray`, `VolumeClosed`, `PaperFactInvalid` or `TermHeld`.
    """
    actor.require(Permission.CONFIRM)
    stated = tidy_particulars(particulars)
    with archive.begin() as work:
        item = item_for(actor, item_id, work=work)
        if item.state not in _DESCRIBABLE:
            raise NotInTray(item.state)
        require_use(actor, Use.CHANGE, item, work=work)
        check_changeable(item, work=work)
        check_retention(stated.retention_code, item=item, work=work)
        described = with_particulars(item.classification, stated)
        if item.state is ItemState.FILED:
            described = noted_year(described)
        if described != item.classification:
            work.items.classify(item.key, described)
            archive.record(work, actor, "item_described", item.id)
        return work.items.get(item.key)
