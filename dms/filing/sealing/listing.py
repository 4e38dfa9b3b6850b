"""The list of volumes that somebody may know of, one page at a time."""

from dataclasses import dataclass

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor, Permission
from dms.domain.customer import Customer
from dms.domain.one_line import one_line
from dms.domain.volume import Volume, VolumeState
from dms.filing.sealing.reaching import as_known
from dms.store import UnitOfWork, VolumeFilter, VolumeTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeWish:
    """Which volumes to list; None, empty text and an empty set mean that it does not matter."""

    customer_code: str = ""
    series_code: str = ""
    year: int | None = None
    states: frozenset[VolumeState] = frozenset()
    words: str = ""
    limit: int = 60
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRow:
    """One volume of the list; `customer` is None for a collective one."""

    volume: Volume
    customer: Customer | None
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeList:
    """One page of volumes, and what all that fit come to."""

    rows: tuple[VolumeRow, ...]
    totals: VolumeTotals
    counts_by_state: dict[VolumeState, int]
    """Of what fits apart from its state."""
    years: tuple[int, ...]
    """Of every volume that the asker may know of, the latest first."""


def volumes_listed(actor: Actor, wish: VolumeWish, *, archive: Archive) -> VolumeList:
    """One page of the volumes that fit; raises `CustomerNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        wanted = _wanted(actor, wish, work=view)
        found = view.volumes.page(wanted, actor=actor, limit=wish.limit, offset=wish.offset)
        volumes = as_known(found, work=view)
        customers = view.customers.with_ids({each.customer_id for each in volumes if each.customer_id is not None})
        notes = view.volume_notes.counts(each.id for each in volumes)
        rows = (
            VolumeRow(volume=each, customer=customers.get(each.customer_id or 0), notes=notes.get(each.id, 0))
            for each in volumes
        )
        return VolumeList(
            rows=tuple(rows),
            totals=view.volumes.totals(wanted, actor=actor),
            counts_by_state=view.volumes.counts_by_state(_wanted(actor, wish, work=view, any_state=True), actor=actor),
            years=tuple(view.volumes.years(actor=actor)),
        )


def volume_with_code(actor: Actor, code: str, *, archive: Archive) -> int | None:
    """The id of the volume that bears this reference code; None where there is none, or none the actor may know of."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        found = view.volumes.with_code(one_line(code), actor=actor)
        return found.id if found else None


def _wanted(actor: Actor, wish: VolumeWish, *, work: UnitOfWork, any_state: bool = False) -> VolumeFilter:
    customer = customer_for(actor, wish.customer_code, work=work) if wish.customer_code else None
    return VolumeFilter(
        customer_id=customer.id if customer else None,
        series_code=wish.series_code or None,
        year=wish.year,
        states=frozenset() if any_state else wish.states,
        words=one_line(wish.words),
    )
