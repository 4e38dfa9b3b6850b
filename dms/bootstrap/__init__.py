"""What the product is made of: the only place that picks concrete parts."""

from dms.bootstrap.errors import (
    ArchiveIncomplete,
    EngineUnknown,
    FolderNotEmpty,
    FolderUnusable,
    FondsCodeUnusable,
    KeyringUnreadable,
    NoArchiveHere,
    PassphraseNeeded,
    PassphraseUnusable,
    PassphraseWrong,
)
from dms.bootstrap.founding import Foundation, found_archive
from dms.bootstrap.guarding import guard_memory
from dms.bootstrap.opening import open_archive, passphrase_in
from dms.bootstrap.reading import (
    BackgroundReading,
    InboxWatch,
    reader_pool,
    reading_room,
    receiving_limits,
    worker_lock,
)

__all__ = [
    "ArchiveIncomplete",
    "BackgroundReading",
    "EngineUnknown",
    "FolderNotEmpty",
    "FolderUnusable",
    "FondsCodeUnusable",
    "Foundation",
    "InboxWatch",
    "KeyringUnreadable",
    "NoArchiveHere",
    "PassphraseNeeded",
    "PassphraseUnusable",
    "PassphraseWrong",
    "found_archive",
    "guard_memory",
    "open_archive",
    "passphrase_in",
    "reader_pool",
    "reading_room",
    "receiving_limits",
    "worker_lock",
]
