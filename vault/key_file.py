"""The key file: 32 random bytes that open the keyring where no person is there to type (docs/vault-format.md §5).

Invariants:
- A key file is created new, whole and durable, for its owner alone, or not at all (V30).
- One that others may read is refused: what they copied would open the archive (V30).
"""

import hashlib
import hmac
import os
import re
from pathlib import Path
from typing import Final, NoReturn

from vault.disk import Disk, remove_if_possible, temporary_name, write_temporary
from vault.errors import KeyFileExists, KeyFileExposed, KeyFileMissing, KeyFileUnusable, SecretMayNotTravel
from vault.secret import Secret

_LABEL: Final = b"anjuan/key-file/1"
_FORM: Final = re.compile(
    rb"anjuan-key-file 1\r?\nkey (?P<key>[0-9a-f]{64})\r?\ncheck (?P<check>[0-9a-f]{16})(?:\r?\n)?"
)
_LARGEST_BYTES: Final = 1024
_CHECK_BYTES: Final = 8
_OTHERS: Final = 0o077
_MODES_MEAN_SOMETHING: Final = os.name != "nt"


class KeyFile:
    """The content of a key file, never shown by `repr`."""

    __slots__ = ("_secret",)

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    @classmethod
    def create(cls, path: Path, *, disk: Disk | None = None) -> "KeyFile":
        """A new key in a new file, mode 0600, durable on return; `KeyFileExists`, `StorageFull`, `StorageFailed`."""
        disk = disk or Disk()
        created = cls(Secret.random())
        temporary = path.parent / temporary_name(path.name)
        write_temporary(disk, temporary, [created._rendered()])
        try:
            disk.publish(temporary, path)
        except BaseException as error:
            remove_if_possible(disk, temporary)
            if isinstance(error, FileExistsError):
                raise KeyFileExists from error
            raise
        disk.sync_folder(path.parent)
        return created

    @classmethod
    def read(cls, path: Path, *, disk: Disk | None = None) -> "KeyFile":
        """The key in this file; `KeyFileMissing`, `KeyFileExposed`, `KeyFileUnusable`, `StorageFailed`."""
        disk = disk or Disk()
        try:
            mode = disk.mode(path)
            if _MODES_MEAN_SOMETHING and mode & _OTHERS:
                raise KeyFileExposed(mode)
            return cls(Secret(_parsed(disk.read_at(path, 0, _LARGEST_BYTES + 1))))
        except FileNotFoundError as error:
            raise KeyFileMissing from error

    def secret(self) -> Secret:
        """The 32 bytes, still covered."""
        return self._secret

    def _rendered(self) -> bytes:
        raw = self._secret.expose()
        return f"anjuan-key-file 1\nkey {raw.hex()}\ncheck {_check(raw).hex()}\n".encode("ascii")

    def __repr__(self) -> str:
        return "KeyFile(…)"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


def _parsed(untrusted: bytes) -> bytes:
    match = _FORM.fullmatch(untrusted)
    if match is None:
        raise KeyFileUnusable
    raw, check = bytes.fromhex(match["key"].decode()), bytes.fromhex(match["check"].decode())
    if not hmac.compare_digest(check, _check(raw)):
        raise KeyFileUnusable
    return raw


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(_LABEL + raw).digest()[:_CHECK_BYTES]
