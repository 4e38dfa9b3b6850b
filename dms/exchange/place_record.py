"""Where a paper lies, in a bag: its volume and its place there, as JSON and back."""

from dataclasses import dataclass
from typing import Any

from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import Placement
from dms.exchange.untrusted import Untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeKey:
    """A volume as the world names it."""

    customer_code: str
    """Empty for a collective volume."""
    series_code: str
    year: int
    number_in_bag: int | None = None
    """Which of several of this key, see `volume_record`; None in bags of the first form."""


def volume_key_json(volume: VolumeKey | None) -> dict[str, Any] | None:
    """A volume as a paper names it, as JSON; None for a paper that lies in none."""
    if volume is None:
        return None
    key = {"customer": volume.customer_code, "series": volume.series_code, "year": volume.year}
    return key | {"number_in_bag": volume.number_in_bag}


def volume_key_from(stated: Untrusted) -> VolumeKey | None:
    """A volume as a paper names it; raises `RecordUnusable`."""
    volume = stated.maybe(stated.part, "volume")
    if volume is None:
        return None
    return VolumeKey(
        customer_code=volume.text("customer"),
        series_code=volume.text("series"),
        year=volume.whole("year", least=FIRST_YEAR, most=LAST_YEAR),
        number_in_bag=volume.maybe(volume.whole, "number_in_bag"),
    )


def placement_json(placement: Placement | None) -> dict[str, Any] | None:
    """The place of a paper in its volume as JSON."""
    return {name: getattr(placement, name) for name in _PLACED} if placement else None


def placement_from(stated: Untrusted) -> Placement | None:
    """The place of a paper in its volume, whose `volume_id` is 0; raises `RecordUnusable`."""
    placed = stated.maybe(stated.part, "placement")
    if placed is None:
        return None
    return Placement(
        volume_id=0,
        position=placed.whole("position", least=1),
        reference_code=placed.maybe(placed.text, "reference_code"),
        former_codes=stated.maybe(stated.texts, "former_codes") or (),
        first_page=placed.maybe(placed.whole, "first_page"),
        last_page=placed.maybe(placed.whole, "last_page"),
    )


_PLACED = ("position", "reference_code", "first_page", "last_page")
