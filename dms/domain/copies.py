"""Three copies on two kinds of media, one of them elsewhere (三份备份、两种介质、异地), as GB/T 18894 asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dms.domain.backup import BackupPlace, Medium

COPIES_WANTED = 3
MEDIA_WANTED = 2
FRESH_WITHIN = timedelta(days=8)
"""A copy older than a week and a day no longer counts: what came since would be lost with the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesHeld:
    """The copies there are, the archive in use included, and whether they are enough."""

    count: int
    media: frozenset[Medium]
    offsite_count: int

    @property
    def enough(self) -> bool:
        """Whether there are enough copies, at whatever place."""
        return self.count >= COPIES_WANTED

    @property
    def on_enough_media(self) -> bool:
        """Whether they lie on enough kinds of media."""
        return len(self.media) >= MEDIA_WANTED

    @property
    def one_elsewhere(self) -> bool:
        """Whether one of them lies at another site."""
        return self.offsite_count > 0

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.enough and self.on_enough_media and self.one_elsewhere


def copies_held(places: Iterable[tuple[BackupPlace, datetime | None]], *, now: datetime) -> CopiesHeld:
    """The copies held; `places` come with the moment of their latest complete backup, None where there is none."""
    fresh = [place for place, complete_at in places if complete_at and now - complete_at <= FRESH_WITHIN]
    return CopiesHeld(
        count=1 + len(fresh),
        media=frozenset({Medium.DISK, *(place.medium for place in fresh)}),
        offsite_count=sum(place.offsite for place in fresh),
    )
