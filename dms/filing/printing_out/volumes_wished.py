"""Which volumes a wish is about, as far as the actor may know of them."""

from typing import Final

from dms.archive import customer_for
from dms.domain.actor import Actor
from dms.domain.item import Item, ItemState
from dms.domain.volume import Volume, VolumeState
from dms.errors import Bilingual
from dms.filing.printing_out.errors import PrintWishIncomplete
from dms.filing.printing_out.wish import FORM_NAMES, PrintWish
from dms.filing.sealing import VolumeNotFound, as_known
from dms.store import UnitOfWork, VolumeFilter

EVERY: Final = 1_000_000
NUMBERED: Final = frozenset(VolumeState) - {VolumeState.OPEN, VolumeState.CLEANING}
"""Volumes that stand in catalogues: those that have been given their numbers."""


def volume_named(actor: Actor, named: str, *, work: UnitOfWork) -> Volume:
    """The volume with this reference code or catalogue number; raises `VolumeNotFound`."""
    stated = named.strip()
    found = work.volumes.with_code(stated, actor=actor)
    if found is None and stated.isascii() and stated.isdecimal():
        found = work.volumes.find(int(stated), actor=actor)
    if found is None:
        raise VolumeNotFound(named)
    (known,) = as_known([found], work=work)
    return known


def volumes_wished(actor: Actor, wish: PrintWish, *, work: UnitOfWork) -> list[Volume]:
    """The one volume that the wish names, or the numbered ones of its customer, series and year, in shelf order.

    Raises `VolumeNotFound` or `CustomerNotFound`.
    """
    if wish.volume:
        return [volume_named(actor, wish.volume, work=work)]
    customer = customer_for(actor, wish.customer_code, work=work) if wish.customer_code else None
    wanted = VolumeFilter(
        customer_id=customer.id if customer else None, series_code=wish.series_code, year=wish.year, states=NUMBERED
    )
    return as_known(list(work.volumes.page(wanted, actor=actor, limit=EVERY)), work=work)


def volume_wished(actor: Actor, wish: PrintWish, *, work: UnitOfWork) -> Volume:
    """The one volume that the wish has to name; raises `PrintWishIncomplete` or `VolumeNotFound`."""
    if not wish.volume:
        raise PrintWishIncomplete(FORM_NAMES[wish.form], Bilingual("案卷的档号", "the reference code of a volume"))
    return volume_named(actor, wish.volume, work=work)


def papers_in(volume: Volume, *, actor: Actor, work: UnitOfWork) -> list[Item]:
    """What was filed in the volume and the actor may know of, destroyed stubs included, in its order."""
    lying = work.items.of_volume(volume.id, actor=actor)
    return [item for item in lying if item.state in (ItemState.FILED, ItemState.DESTROYED)]
