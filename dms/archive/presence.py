"""Who has the archive open: every process that does holds a shared lock and leaves no mark when it ends well.

Invariants:
- A process that is alone, and only that one, may set right what an earlier one left behind.
- The mark is durable before anything is written under it; it goes when the last process ends well, so a mark that a
  process finds although it is alone tells that an earlier one was cut off.
- Giving the hold up never fails: a mark that the disk does not let go of costs the next opening a look, no more.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from vault import Disk, VaultError

LOCK = "in-use.lock"
MARK = "in-use.mark"
_LOCK_MODE = 0o600


class Presence:
    """One process's hold on one archive."""

    def __init__(self, home: Path, *, disk: Disk | None = None) -> None:
        self._home = home
        self._disk = disk or Disk()
        self._descriptor = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, _LOCK_MODE)
        self.is_alone = self._try_alone()
        self.was_cut_off = self.is_alone and (home / MARK).exists()
        """Whether whoever had the archive open before did not end well."""
        try:
            self._begin()
        except BaseException:
            self.end()
            raise

    def share(self) -> None:
        """Let others open the archive as well; they are held back until then where this process is alone."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        # The one that was alone may have ended since, and taken its mark along; while we share, nobody takes it.
        self._mark()

    def end(self) -> None:
        """Give the hold up; may be called again, raises nothing."""
        if self._descriptor < 0:
            return
        if self._try_alone():
            with suppress(FileNotFoundError, VaultError):
                self._disk.remove(self._home / MARK)
        with suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1

    def _begin(self) -> None:
        if self.is_alone:
            self._mark()
        if self.was_cut_off:
            # Names that whoever was cut off had given, a new keyring among them, may not be durable yet.
            self._disk.sync_folder(self._home)

    def _mark(self) -> None:
        if (self._home / MARK).exists():
            return
        with suppress(FileExistsError):
            self._disk.close(self._disk.create(self._home / MARK))
        self._disk.sync_folder(self._home)

    def _try_alone(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
