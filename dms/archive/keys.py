"""The archive's keyring as it is at this moment; other processes may change it while this one runs.

Invariants:
- What is wrapped is wrapped by the keyring that lies on the disk now, not by one remembered from the morning.
- Two programs never change the keyring at once; whoever changes it begins with the one that lies there.
- A keyring on the disk that is damaged, or an older copy, never takes the good one in memory away.
- A keyring under a new root that cannot be opened, for whatever reason, is not written over: the archive is sealed.
- Nothing is wrapped by a keyring that a loss of power could still take back.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

from dms.archive.errors import ArchiveSealed, disk_refusals
from dms.domain.actor import GRADES
from vault import Disk, Keyring, read_keyring, replace_keyring
from vault.errors import (
    KeyringNotAuthentic,
    KeyringRootChanged,
    KeyServicePinRefused,
    KeyServiceUnavailable,
    NotEnoughMemory,
    UnlockRefused,
    VaultError,
)

UnlockAgain = Callable[[str], Keyring]
"""Opens a keyring document with the secret that opened the archive; raises an error of the vault where it cannot."""
_LOCK_MODE = 0o600


class LiveKeyring:
    """The keyring of one archive; safe to share between threads."""

    def __init__(
        self,
        path: Path | None,
        keyring: Keyring,
        *,
        unlock_again: UnlockAgain | None = None,
        disk: Disk | None = None,
    ) -> None:
        """`path` is None for a keyring that lies nowhere and never changes."""
        self._path = path
        self._keyring = keyring
        self._unlock_again = unlock_again
        self._disk = disk or Disk()
        self._reloading = RLock()
        self._seen = self._appearance()

    def present(self) -> Keyring:
        """The keyring that lies there now; `ArchiveSealed` where the archive's secret opens it no more."""
        if self._appearance() != self._seen:
            self._reload()
        return self._keyring

    @contextmanager
    def changing(self) -> Iterator[Keyring]:
        """The present keyring, which nobody else changes until the block ends."""
        with self._reloading, self._locked():
            yield self.present()

    def replace(self, changed: Keyring) -> None:
        """Put a changed keyring in the place of the present one, durably; to be called inside `changing`.

        Raises `StorageFull` or `StorageFailed`; which of the two lies there then shows at the next use.
        """
        with self._reloading:
            if self._path is not None:
                replace_keyring(self._path, changed.document(), disk=self._disk)
            self._keyring = changed
            self._seen = self._appearance()

    def _reload(self) -> None:
        with self._reloading:
            appearance = self._appearance()
            if appearance == self._seen or self._path is None:
                return
            # Damaged or missing: what is in memory is the last good one, and verification names the damage.
            with suppress(VaultError):
                self._disk.sync_folder(self._path.parent)  # whoever replaced it may have died before that
                found = self._reopened(read_keyring(self._path, disk=self._disk))
                if not _is_older(found, than=self._keyring):
                    self._keyring = found
            self._seen = appearance

    def _reopened(self, document: str) -> Keyring:
        try:
            return self._keyring.renewed(document)
        except KeyringRootChanged as error:
            if self._unlock_again is None:
                raise ArchiveSealed from error
        try:
            opened = self._unlock_again(document)
        except (UnlockRefused, NotEnoughMemory, KeyServiceUnavailable, KeyServicePinRefused) as error:
            raise ArchiveSealed from error
        if opened.keyring_id != self._keyring.keyring_id:
            # Another archive's, which the same passphrase opens: what is wrapped by it would be lost with it.
            raise KeyringNotAuthentic
        return opened

    def _appearance(self) -> tuple[int, int, int] | None:
        """What changes whenever the document is replaced; None where there is none."""
        if self._path is None:
            return None
        try:
            found = os.stat(self._path)  # noqa: PTH116 -- called for every use of a key; half the time of Path.stat
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._path is None:
            yield
            return
        with disk_refusals():
            descriptor = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, _LOCK_MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            with suppress(OSError):  # the lock goes with the descriptor, and what was done under it is done
                os.close(descriptor)


def _is_older(found: Keyring, *, than: Keyring) -> bool:
    """Whether it lacks the newest keys: no rotation takes an epoch back, so it was put there from a copy."""
    return any(max(found.epochs(grade)) < max(than.epochs(grade)) for grade in GRADES)
