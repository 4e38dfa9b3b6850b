"""Upkeep: verification and backups beside the service, each night by itself and whenever somebody asks.

What always holds:
- U1 What a night asks for follows from the catalogue and the clock alone, so a restart neither forgets nor repeats.
- U2 One piece of upkeep at a time runs for an archive, in whatever process: its doer holds ``upkeep.lock``.
- U3 A failure is logged, shown and tried again later; it never stops the service.
- U4 What a person asked for lives in memory only: a crash forgets it, and its result is then missing where the person
  looks for it.
"""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from time import monotonic
from typing import Final

from dms.archive import Archive, ArchiveSealed
from dms.bootstrap.locking import sole_holder
from dms.custody import space_left
from dms.custody.duties import has_letters_to_send, latest_round_at
from dms.domain.actor import SYSTEM, Actor
from dms.domain.inspection import InspectionScope
from dms.domain.nightly import drill_is_due, is_due, latest_night
from dms.domain.space import SpaceState
from dms.errors import DmsError
from dms.logs import LogValue, log_event, log_fault

LOCK: Final = "upkeep.lock"
LOOK_EVERY_SECONDS: Final = 20.0
RETRY_AFTER: Final = timedelta(hours=4)
"""A place that could not be reached at night may be there in the morning."""
LETTERS_REST: Final = timedelta(minutes=4)
REMIND_EVERY: Final = timedelta(days=1)
MOST_TROUBLES: Final = 5
STOPPING_SECONDS: Final = 20.0

_log = logging.getLogger(__name__)


class ChoreKind(StrEnum):
    """What is done for the archive's keep."""

    VERIFY = "verify"
    BACK_UP = "back_up"
    DAILY_ROUND = "daily_round"
    """What falls due is told to whoever owes it."""
    LETTERS = "letters"
    """Letters that wait are taken to the mail server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """One piece of upkeep."""

    kind: ChoreKind
    scope: InspectionScope | None = None
    """How deep to verify; None for anything else."""
    place_id: int | None = None
    """Where to back up to; None for anything else."""
    actor: Actor = field(default=SYSTEM, compare=False)
    """Who asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A piece of upkeep that failed."""

    chore: Chore
    failed_at: datetime
    code: str
    """Of the refusal, or ``unexpected``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepStanding:
    """What upkeep is doing in this process."""

    running: Chore | None
    asked: tuple[Chore, ...]
    """What waits, first the next one."""
    troubles: tuple[Trouble, ...]
    """The latest failures, the newest first; a later success takes its failure away."""


LETTERS: Final = Chore(kind=ChoreKind.LETTERS)

ChoreDoer = Callable[[Chore, Archive, threading.Event], None]
"""Does one chore, recording its result in the catalogue; raises `ChoreBrokenOff` soon after the event is set."""


class ChoreBrokenOff(Exception):
    """A chore was told to stop before its end; nothing is recorded, and it is due as before."""


class Upkeep:
    """Does what is due and what is asked for, in a thread beside the service, until stopped."""

    def __init__(
        self,
        archive: Archive,
        *,
        nightly_at: time | None,
        do: ChoreDoer,
        reserve_bytes: int = 0,
        when_sealed: Callable[[], None] = lambda: None,
    ) -> None:
        """`reserve_bytes` is what uploads must leave free on the disk; `when_sealed` is called once it is found that
        another process has changed the keys (`ArchiveSealed`).
        """
        self._archive = archive
        self._nightly_at = nightly_at
        self._do_chore = do
        self._reserve_bytes = reserve_bytes
        self._when_sealed = when_sealed
        self._lock = threading.Lock()
        self._asked: deque[Chore] = deque()
        self._running: Chore | None = None
        self._troubles: dict[Chore, Trouble] = {}
        self._tried_at: dict[Chore, datetime] = {}
        self._reminded_at: datetime | None = None
        self._hindered: tuple[str, int] | None = None
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the chore under way to break off, and end; waits for it `STOPPING_SECONDS` at most."""
        self._stop.set()
        self._wake.set()
        self._thread.join(STOPPING_SECONDS)

    def ask(self, chore: Chore) -> bool:
        """Have a chore done soon; False where the same one waits or runs already."""
        with self._lock:
            if chore == self._running or chore in self._asked:
                return False
            self._asked.append(chore)
        self._wake.set()
        return True

    def standing(self) -> UpkeepStanding:
        """What is being done, what waits, and what failed."""
        with self._lock:
            latest_first = sorted(self._troubles.values(), key=lambda trouble: trouble.failed_at, reverse=True)
            return UpkeepStanding(
                running=self._running, asked=tuple(self._asked), troubles=tuple(latest_first[:MOST_TROUBLES])
            )

    def due(self) -> list[Chore]:
        """What the latest night asks for, and letters that wait, unless just now done or tried in vain (U1)."""
        now = self._archive.now()
        owed = [] if self._nightly_at is None else _owed_for(latest_night(now, self._nightly_at), self._archive)
        if has_letters_to_send(self._archive):
            owed.append(LETTERS)
        with self._lock:
            tried = {chore for chore, tried_at in self._tried_at.items() if now - tried_at < _retry_after(chore)}
        return [chore for chore in owed if chore not in tried]

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            if not self._kept_up():
                self._wake.wait(LOOK_EVERY_SECONDS)

    def _kept_up(self) -> bool:
        """Whether something was done; False where nothing is to be done now, or somebody else is at it."""
        try:
            return self._do_next()
        except ArchiveSealed:
            self._stop.set()
            self._when_sealed()
        except DmsError as error:
            self._note_hindrance(error.code)
        except Exception as fault:  # noqa: BLE001 -- U3
            self._note_hindrance(type(fault).__qualname__)
        return False

    def _note_hindrance(self, code: str) -> None:
        """Say once an hour what keeps upkeep from even looking; it looks every few seconds."""
        hour = int(monotonic() // 3600)
        if self._hindered != (code, hour):
            self._hindered = code, hour
            log_event(_log, "upkeep_hindered", level=logging.WARNING, code=code)

    def _do_next(self) -> bool:
        _require_keys(self._archive)
        self._remind()
        if not self._asked and not self.due():
            return False
        with sole_holder(self._archive.home / LOCK) as ours, self._next_chore(wanted=ours) as chore:
            if chore is None:
                return False
            self._do(chore)
            return True

    @contextlib.contextmanager
    def _next_chore(self, *, wanted: bool) -> Iterator[Chore | None]:
        """The next chore, told as running until the block ends; looked for anew under the lock (U2)."""
        due = self.due() if wanted else []
        with self._lock:
            if wanted:
                self._running = self._asked.popleft() if self._asked else next(iter(due), None)
            chore = self._running
        try:
            yield chore
        finally:
            with self._lock:
                self._running = None

    def _do(self, chore: Chore) -> None:
        began = monotonic()
        with self._lock:
            # Before it is done, and whatever comes of it: what leaves no record would else be done without end.
            self._tried_at[chore] = self._archive.now()
        try:
            self._do_chore(chore, self._archive, self._stop)
        except ArchiveSealed:
            raise
        except ChoreBrokenOff:
            _tell("upkeep_broken_off", chore)
            return
        except Exception as fault:  # noqa: BLE001 -- U3
            self._note_failure(chore, fault)
            return
        with self._lock:
            self._troubles.pop(chore, None)
        _tell("upkeep_done", chore, ms=round((monotonic() - began) * 1000))

    def _note_failure(self, chore: Chore, fault: Exception) -> None:
        code = fault.code if isinstance(fault, DmsError) else "unexpected"
        if isinstance(fault, DmsError):
            _tell("upkeep_failed", chore, level=logging.ERROR, code=code)
        else:
            log_fault(_log, "upkeep_failed", fault, chore=chore.kind.value, place=chore.place_id)
        with self._lock:
            self._troubles[chore] = Trouble(chore=chore, failed_at=self._archive.now(), code=code)

    def _remind(self) -> None:
        """Once a day, say in the log what somebody should see to."""
        now = self._archive.now()
        if self._reminded_at and now - self._reminded_at < REMIND_EVERY:
            return
        self._reminded_at = now
        space = space_left(self._archive, reserve_bytes=self._reserve_bytes)
        if space.state is not SpaceState.AMPLE:
            level = logging.ERROR if space.state is SpaceState.CRITICAL else logging.WARNING
            log_event(_log, "disk_space", level=level, state=space.state, free=space.free_bytes, days=space.days_left)
        if _drill_is_overdue(self._archive):
            log_event(_log, "restore_drill_overdue", level=logging.WARNING)


def _drill_is_overdue(archive: Archive) -> bool:
    with archive.looking() as view:
        passed_at = next((drill.ended_at for drill in view.backups.drills(limit=20) if drill.passed), None)
        return drill_is_due(archive.now(), latest_at=passed_at, founded_at=view.figures.founded_at())


def _retry_after(chore: Chore) -> timedelta:
    """How long something that was tried rests; letters themselves say when each is tried again."""
    return LETTERS_REST if chore.kind is ChoreKind.LETTERS else RETRY_AFTER


def _owed_for(night_at: datetime, archive: Archive) -> list[Chore]:
    with archive.looking() as view:
        founded_at = view.figures.founded_at()
        rounded_at = latest_round_at(view)
        verified = view.inspections.latest(InspectionScope.SAMPLE)
        places = [place.id for place in view.backups.places() if place.id is not None]
        copied = {place_id: view.backups.latest_complete(place_id) for place_id in places}
    verify = Chore(kind=ChoreKind.VERIFY, scope=InspectionScope.SAMPLE)
    owed = {Chore(kind=ChoreKind.DAILY_ROUND): rounded_at, verify: verified.began_at if verified else None}
    owed |= {
        Chore(kind=ChoreKind.BACK_UP, place_id=place_id): run.began_at if run else None
        for place_id, run in copied.items()
    }
    return [chore for chore, at in owed.items() if is_due(night_at, latest_at=at, founded_at=founded_at)]


def _require_keys(archive: Archive) -> None:
    """Notice here that another process has changed the root; raises `ArchiveSealed`."""
    _ = archive.keyring


def _tell(event: str, chore: Chore, *, level: int = logging.INFO, **fields: LogValue) -> None:
    scope = chore.scope.value if chore.scope else None
    log_event(_log, event, level=level, chore=chore.kind.value, scope=scope, place=chore.place_id, **fields)
