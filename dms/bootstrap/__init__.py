"""What the product is made of: the only place that picks concrete parts."""

from dms.bootstrap.collecting import spare_lasting_objects
from dms.bootstrap.drilling import drill_restore
from dms.bootstrap.errors import (
    ArchiveIncomplete,
    ArchiveNotWritable,
    EngineUnknown,
    FolderNotEmpty,
    FolderUnusable,
    FondsCodeUnusable,
    KeyringOutdated,
    KeyringUnreadable,
    NoArchiveHere,
    PassphraseNeeded,
    PassphraseUnusable,
    PassphraseWrong,
    SecretWrong,
    UnlockUnderWay,
)
from dms.bootstrap.founding import Foundation, found_archive
from dms.bootstrap.opening import open_archive
from dms.bootstrap.reading import (
    BackgroundReading,
    InboxWatch,
    reader_pool,
    reading_room,
    receiving_limits,
    worker_lock,
)
from dms.bootstrap.readying import make_ready
from dms.bootstrap.restoring import Restored, RestoreDepth, RestoreOrder, restore_archive, unlocked_at
from dms.bootstrap.serving import Opened, Serving, ServingState
from dms.bootstrap.stamping import page_stamper
from dms.bootstrap.unlocking import ArchiveSecret, key_file_at, passphrase_in, secret_in_settings, typed_secret
from dms.bootstrap.upkeep import Chore, ChoreKind, Trouble, Upkeep, UpkeepStanding
from dms.bootstrap.witnessing import heads_at_places

__all__ = [
    "ArchiveIncomplete",
    "ArchiveNotWritable",
    "ArchiveSecret",
    "BackgroundReading",
    "Chore",
    "ChoreKind",
    "EngineUnknown",
    "FolderNotEmpty",
    "FolderUnusable",
    "FondsCodeUnusable",
    "Foundation",
    "InboxWatch",
    "KeyringOutdated",
    "KeyringUnreadable",
    "NoArchiveHere",
    "Opened",
    "PassphraseNeeded",
    "PassphraseUnusable",
    "PassphraseWrong",
    "RestoreDepth",
    "RestoreOrder",
    "Restored",
    "SecretWrong",
    "Serving",
    "ServingState",
    "Trouble",
    "UnlockUnderWay",
    "Upkeep",
    "UpkeepStanding",
    "drill_restore",
    "found_archive",
    "heads_at_places",
    "key_file_at",
    "make_ready",
    "open_archive",
    "page_stamper",
    "passphrase_in",
    "reader_pool",
    "reading_room",
    "receiving_limits",
    "restore_archive",
    "secret_in_settings",
    "spare_lasting_objects",
    "typed_secret",
    "unlocked_at",
    "worker_lock",
]
