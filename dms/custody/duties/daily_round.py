"""`daily_round`: what the archive does by itself once a day for whoever owes it something.

What always holds:
- Each part can be done again at any time; the round ends with noting its day, so a crash repeats the round, but
  nothing that was told.
- A part that is refused is named and does not keep the others from being done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dms.archive import Archive, ArchiveSealed
from dms.custody.duties.letters import queue_letters
from dms.custody.duties.missing import refresh_missing
from dms.custody.duties.reminding import remind
from dms.custody.keeping import recompute_due
from dms.custody.lending import lapse_requests
from dms.custody.titles import lapse_title_requests
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.errors import DmsError
from dms.store import UnitOfWork

SETTING: Final = "daily_round"
RoundPart = Callable[[Actor, Archive], int]
"""One part of the round; answers how many things it changed."""
_PARTS: Final[Mapping[str, RoundPart]] = {
    "due_days": lambda actor, archive: recompute_due(actor, archive=archive).changed,
    "requests_lapsed": lambda actor, archive: lapse_requests(actor, archive=archive),
    "title_requests_lapsed": lambda actor, archive: lapse_title_requests(actor, archive=archive),
    "missing": lambda _, archive: refresh_missing(archive),
    "reminders": lambda _, archive: remind(archive),
    "letters": lambda _, archive: queue_letters(archive),
}
"""In this order: nobody is reminded of what has lapsed this night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDone:
    """What a round came to."""

    gone_on: date
    counts: Mapping[str, int]
    """How many things each part changed, by its name; a part that was refused is absent."""
    failed: Mapping[str, str]
    """The codes of what was refused, by the name of the part."""


def daily_round(actor: Actor, *, archive: Archive) -> RoundDone:
    """Everything that a day asks for: terms and requests looked at, missing papers, reminders, letters."""
    actor.require(Permission.OPERATE)
    counts: dict[str, int] = {}
    failed: dict[str, str] = {}
    for name, part in _PARTS.items():
        try:
            counts[name] = part(actor, archive)
        except ArchiveSealed:
            raise
        except DmsError as error:
            failed[name] = error.code
    with archive.begin() as work:
        work.settings.state(SETTING, archive.now().isoformat())
        archive.record(work, actor, "daily_round_done", "duties", failed="、".join(failed) or None, **counts)
    return RoundDone(gone_on=local_day(archive.now()), counts=counts, failed=failed)


def latest_round_at(view: UnitOfWork) -> datetime | None:
    """When the last round ended; None where there was none."""
    stated = view.settings.get(SETTING)
    return datetime.fromisoformat(stated) if stated else None
