"""What the pieces of upkeep are: which use case does each of them."""

import logging
import threading
from collections.abc import Callable

from dms.archive import Archive
from dms.bootstrap.upkeep import Chore, ChoreBrokenOff, ChoreKind
from dms.bootstrap.witnessing import heads_at_places
from dms.custody.duties import SmtpPost, daily_round, send_letters
from dms.domain.inspection import InspectionScope
from dms.domain.nightly import SAMPLE_PARTS
from dms.evidence import InspectionRequest, verify
from dms.logs import log_event
from dms.preservation import back_up

_log = logging.getLogger(__name__)


def do_chore(chore: Chore, archive: Archive, stop: threading.Event) -> None:
    """Do one chore; its result is recorded in the catalogue.

    Raises what the use case raises, or `ChoreBrokenOff` once `stop` is set; nothing is recorded then.
    """
    match chore.kind:
        case ChoreKind.VERIFY:
            _verify(chore, archive, stop)
        case ChoreKind.BACK_UP:
            _back_up(chore, archive, stop)
        case ChoreKind.DAILY_ROUND:
            _go_round(chore, archive)
        case ChoreKind.LETTERS:
            log_event(_log, "letters_sent", letters=send_letters(archive, SmtpPost()))


def _verify(chore: Chore, archive: Archive, stop: threading.Event) -> None:
    scope = chore.scope or InspectionScope.QUICK
    wanted = InspectionRequest(scope=scope, parts=SAMPLE_PARTS if scope is InspectionScope.SAMPLE else None)
    witnesses = heads_at_places(archive)
    made = verify(chore.actor, wanted, archive=archive, report=_until(stop), witnesses=witnesses)
    log_event(
        _log,
        "verified",
        level=logging.INFO if made.is_sound else logging.ERROR,
        scope=scope.value,
        inspection=made.id,
        sound=int(made.is_sound),
        findings=len(made.findings),
    )


def _go_round(chore: Chore, archive: Archive) -> None:
    done = daily_round(chore.actor, archive=archive)
    failed = ",".join(f"{part}:{code}" for part, code in done.failed.items()) or None
    log_event(_log, "daily_round", level=logging.ERROR if failed else logging.INFO, failed=failed, **done.counts)


def _back_up(chore: Chore, archive: Archive, stop: threading.Event) -> None:
    run = back_up(chore.actor, chore.place_id or 0, archive=archive, report=_until(stop))
    log_event(
        _log,
        "backed_up",
        place=run.place_id,
        run=run.id,
        objects=run.objects_total,
        objects_copied=run.objects_copied,
        bytes_copied=run.bytes_copied,
    )


def _until(stop: threading.Event) -> Callable[[object], None]:
    """Asked after every step; ends the work under way once it is to stop."""

    def go_on(step: object) -> None:
        if stop.is_set():
            raise ChoreBrokenOff

    return go_on
