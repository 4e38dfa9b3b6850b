"""The circumstances of an inspection, which a court asks about (最高人民法院关于民事诉讼证据的若干规定 §93)."""

import ctypes
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from dms.archive import Archive
from dms.domain.backup import BackupPlace, BackupRun
from dms.domain.inspection import InspectionScope
from dms.domain.item import ItemState
from dms.errors import Bilingual
from dms.evidence.walk import JournalHead
from dms.store import UnitOfWork

_TIMEX_BYTES = 512
"""More than any system's struct timex."""
_NOT_SYNCHRONISED = 5
"""TIME_ERROR, adjtimex(2)"""


def circumstances(archive: Archive) -> dict[str, str]:
    """Programs, machine, source of time, whose archive it is, who may enter it, and the latest copies of it."""
    with archive.looking() as view:
        archive_facts = _archive_facts(view)
    place = {"keyring_id": archive.keyring.keyring_id, "home": str(archive.home)}
    return machine_facts() | place | archive_facts


def recorded_heads(archive: Archive) -> tuple[JournalHead, ...]:
    """The heads of the journal that earlier inspections and the latest complete backups have noted."""
    with archive.looking() as view:
        made = [view.inspections.latest(scope) for scope in InspectionScope]
        runs = _latest_runs(view)
    by_inspection = [
        JournalHead(
            seq=int(inspection.facts["journal_seq"]),
            digest=inspection.facts["journal_digest"],
            witness=Bilingual(f"第 {inspection.id} 号检查", f"inspection {inspection.id}"),
        )
        for inspection in made
        if inspection and inspection.facts.get("journal_seq", "0") != "0"
    ]
    by_backup = [
        JournalHead(
            seq=run.journal_seq,
            digest=run.journal_digest,
            witness=Bilingual(f"备份位置“{place.name}”的最近备份", f"the latest backup to “{place.name}”"),
        )
        for place, run in runs
        if run.journal_seq
    ]
    return (*by_inspection, *by_backup)


def _archive_facts(view: UnitOfWork) -> dict[str, str]:
    names = view.scheme.own_names()
    runs = _latest_runs(view)
    facts = {
        "fonds_code": view.scheme.fonds_code(),
        "company": names[0] if names else "",
        "accounts": str(sum(not user.disabled for user in view.users.all())),
        "filed_items": str(view.figures.items_by_state()[ItemState.FILED]),
        "destroyed_items": str(view.figures.items_by_state()[ItemState.DESTROYED]),
        "backup_places": str(len(view.backups.places())),
    }
    latest_at = max((run.ended_at for _, run in runs), default=None)
    return facts | ({"latest_backup_at": latest_at.isoformat(timespec="seconds")} if latest_at else {})


def _latest_runs(view: UnitOfWork) -> list[tuple[BackupPlace, BackupRun]]:
    places = [place for place in view.backups.places() if place.id is not None]
    runs = [(place, view.backups.latest_complete(place.id or 0)) for place in places]
    return [(place, run) for place, run in runs if run is not None]


def machine_facts() -> dict[str, str]:
    """Programs, machine and source of time; known even where the archive does not open."""
    return {
        "program": f"Anjuan {_own_version()}",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "machine": platform.node(),
        "time_source": time_source(),
    }


def _own_version() -> str:
    try:
        return version("anjuan")
    except PackageNotFoundError:
        return "(not installed)"


def time_source() -> str:
    """``synchronised`` or ``not synchronised``, as the kernel says of the machine's clock; ``unknown`` elsewhere."""
    if sys.platform != "linux":
        return "unknown"
    timex = ctypes.create_string_buffer(_TIMEX_BYTES)  # zeroed: modes 0 asks and changes nothing
    state = ctypes.CDLL(None).adjtimex(timex)
    if state < 0:
        return "unknown"
    return "not synchronised" if state == _NOT_SYNCHRONISED else "synchronised"
