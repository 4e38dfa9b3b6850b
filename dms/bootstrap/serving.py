"""The archive being served: sealed until somebody gives a secret, open until somebody seals it again.

What always holds:
- S1 Sealed, this process holds no key; only the gate of the web can be reached, which needs nothing of the archive.
- S2 Whether the service is sealed is answered at once, whatever is being unlocked or wound down at that moment.
- S3 One secret at a time is tried; a second attempt meanwhile is refused, so that slow key derivation fills neither
  the memory nor the threads.
- S4 Sealing lets no new visit in, waits for the visits and readers under way, and then lets go of the keys.
- S5 Unlocking and sealing are journaled by name; a wrong secret is counted, and the count journaled when the right one
  comes.
"""

import contextlib
import gc
import hmac
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import partial
from time import monotonic
from typing import Final

from dms.archive import Archive
from dms.bootstrap.chores import do_chore
from dms.bootstrap.due_keeping import DueKeeping
from dms.bootstrap.errors import UnlockUnderWay
from dms.bootstrap.forgetting import forget_what_was_looked_up
from dms.bootstrap.index_keeping import IndexKeeping
from dms.bootstrap.opening import check_complete, open_archive
from dms.bootstrap.printing import PrintKeeping
from dms.bootstrap.reading import BackgroundReading, InboxWatch, require_engine
from dms.bootstrap.unlocking import ArchiveSecret, secret_in_settings, typed_secret
from dms.bootstrap.upkeep import Upkeep
from dms.config import Settings
from dms.domain.actor import SYSTEM, Actor, Origin, Permission
from dms.domain.clock import Clock, SystemClock
from dms.errors import DmsError
from dms.logs import log_event
from dms.process import give_memory_back

SUBJECT: Final = "service"
SEALED: Final = "service_sealed"
LONGEST_VISIT_SECONDS: Final = 60.0
LONGEST_FAREWELL_SECONDS: Final = 5.0
"""At the end of the process, when nobody reads what a visit would still bring."""

_log = logging.getLogger(__name__)


class ServingState(StrEnum):
    """Whether pages are served."""

    SEALED = "sealed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened:
    """The archive with everything that works beside it, from one unlocking to the next sealing."""

    archive: Archive
    reading: BackgroundReading
    inbox: InboxWatch
    upkeep: Upkeep
    index: IndexKeeping
    due: DueKeeping
    printing: PrintKeeping
    session_key: bytes = field(repr=False)
    """Signs the cookies of this archive's sessions; sealing makes it another one, so every session ends with it."""


class Serving:
    """The archive of one service, sealed or open; safe to share between threads."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None) -> None:
        """Sealed; raises `NoArchiveHere`, `ArchiveIncomplete` or `EngineUnknown` before anybody is let in."""
        check_complete(settings.home)
        require_engine(settings)
        self.settings = settings
        self.clock = clock or SystemClock()
        self._unlocking = threading.Lock()
        self._change = threading.Condition()
        self._opened: Opened | None = None
        self._visits: dict[int, int] = {}
        self._wrong_count = 0

    @property
    def state(self) -> ServingState:
        """Sealed or open, at this moment (S2)."""
        return ServingState.OPEN if self._opened else ServingState.SEALED

    @property
    def wrong_count(self) -> int:
        """How many secrets were refused since the service was last open."""
        return self._wrong_count

    def open_unattended(self) -> bool:
        """Whether the settings name a secret, with which the service is now open; raises what `open_archive` raises."""
        secret = secret_in_settings(self.settings)
        if secret is None:
            return False
        self._open_with(secret, actor=SYSTEM, means="unattended")
        return True

    def unlock(self, untrusted_text: str) -> None:
        """Open with the passphrase or the recovery key that a person typed.

        Raises `UnlockUnderWay` (S3), or what `open_archive` raises.
        """
        secret = typed_secret(untrusted_text)
        self._open_with(secret, actor=replace(SYSTEM, origin=Origin.WEB), means="unlock_page")

    def enter(self) -> Opened | None:
        """Begin a visit to the open archive, ended by `leave`; None while it is sealed."""
        with self._change:
            opened = self._opened
            if opened is not None:
                self._visits[id(opened)] = self._visits.get(id(opened), 0) + 1
            return opened

    def leave(self, opened: Opened) -> None:
        """End a visit."""
        with self._change:
            if id(opened) in self._visits:
                self._visits[id(opened)] -= 1
            self._change.notify_all()

    def seal(self, actor: Actor) -> None:
        """Seal the service on a person's word; the visits under way end by themselves (S4)."""
        actor.require(Permission.OPERATE)
        opened = self._opened
        if opened is None:
            return
        with opened.archive.begin() as work:
            opened.archive.record(work, actor, "service_sealed", SUBJECT)
        self._part_from(opened, self._wind_down_aside)
        log_event(_log, SEALED, user=actor.user_id)

    def keys_changed(self, opened: Opened) -> None:
        """Another process has changed the root (`ArchiveSealed`): seal, for this process cannot open anything more."""
        if self._part_from(opened, self._wind_down_aside):
            log_event(_log, SEALED, level=logging.WARNING, reason="keys_changed")

    def close(self) -> None:
        """Stop everything at the end of the process; returns when readers have ended their pages."""
        opened = self._opened
        if opened is not None:
            self._part_from(opened, partial(self._wind_down, patience_s=LONGEST_FAREWELL_SECONDS))

    def _open_with(self, secret: ArchiveSecret, *, actor: Actor, means: str) -> None:
        if not self._unlocking.acquire(blocking=False):
            raise UnlockUnderWay
        try:
            if self._opened is None:
                self._install(self._tried(secret), actor=actor, means=means)
        finally:
            self._unlocking.release()

    def _tried(self, secret: ArchiveSecret) -> Archive:
        began = monotonic()
        try:
            archive = open_archive(self.settings.home, secret, clock=self.clock)
        except DmsError as error:
            self._wrong_count += 1
            log_event(_log, "unlock_refused", level=logging.WARNING, code=error.code, count=self._wrong_count)
            raise
        log_event(_log, "archive_opened", ms=round((monotonic() - began) * 1000))
        if not archive.recovery.is_empty:
            log_event(_log, "recovered", **asdict(archive.recovery))
        return archive

    def _install(self, archive: Archive, *, actor: Actor, means: str) -> None:
        try:
            opened = self._company(archive)
            with archive.begin() as work:
                archive.record(
                    work, actor, "service_unlocked", SUBJECT, means=means, refused_attempts=self._wrong_count
                )
        except BaseException:
            archive.close()
            raise
        for beside in (opened.reading, opened.inbox, opened.upkeep, opened.index, opened.due, opened.printing):
            beside.start()
        with self._change:
            self._opened, self._wrong_count = opened, 0
        log_event(_log, "service_unlocked", means=means)

    def _company(self, archive: Archive) -> Opened:
        upkeep = Upkeep(
            archive,
            nightly_at=self.settings.nightly_at,
            do=do_chore,
            reserve_bytes=self.settings.min_free_disk_bytes,
            when_sealed=lambda: self._keys_changed_of(archive),
        )
        return Opened(
            archive=archive,
            reading=BackgroundReading(archive, self.settings),
            inbox=InboxWatch(archive, self.settings),
            upkeep=upkeep,
            index=IndexKeeping(archive),
            due=DueKeeping(archive),
            printing=PrintKeeping(archive),
            session_key=_session_key(archive),
        )

    def _keys_changed_of(self, archive: Archive) -> None:
        opened = self._opened
        if opened is not None and opened.archive is archive:
            self.keys_changed(opened)

    def _part_from(self, opened: Opened, wind_down: Callable[[Opened], None]) -> bool:
        """Whether it was this caller who sealed it."""
        with self._change:
            if self._opened is not opened:
                return False
            self._opened = None
        wind_down(opened)
        return True

    def _wind_down_aside(self, opened: Opened) -> None:
        threading.Thread(target=self._wind_down, args=(opened,), name="sealing", daemon=True).start()

    def _wind_down(self, opened: Opened, *, patience_s: float = LONGEST_VISIT_SECONDS) -> None:
        opened.upkeep.stop()
        opened.inbox.stop()
        opened.reading.stop()
        opened.index.stop()
        opened.due.stop()
        opened.printing.stop()
        with self._change:
            self._change.wait_for(lambda: not self._visits.get(id(opened)), timeout=patience_s)
            self._visits.pop(id(opened), None)
        with contextlib.suppress(DmsError):
            opened.archive.close()
        # Keys live in Python objects, which cannot be wiped; let go of them at once rather than at some later time.
        forget_what_was_looked_up()
        gc.collect()
        give_memory_back()
        log_event(_log, "archive_closed")


def _session_key(archive: Archive) -> bytes:
    with archive.looking() as view:
        sealed_seq = view.journal.latest_seq({SEALED})
    return hmac.digest(archive.keyring.derive_under_root("web-session"), str(sealed_seq).encode(), "sha256")
