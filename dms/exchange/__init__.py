"""Leaving and arriving: the whole archive in clear as a BagIt bag (RFC 8493), and such a bag into an archive."""

from dms.exchange.contents import JournalListed
from dms.exchange.entering import Entered, Fate
from dms.exchange.errors import (
    BagAltered,
    BagIncomplete,
    BagNamesTwice,
    BagOfAnotherKind,
    BagRecordUnusable,
    BagUnreadable,
    BagUnsafe,
    BagVersionUnknown,
    ClearanceTooLow,
    ExportFoundDamage,
    ExportNotConfirmed,
    ExportTargetInArchive,
    ExportTargetNotEmpty,
    ExportTargetUnusable,
    ExportUnderWay,
    ImportConflicts,
    NotABag,
    NotEnoughRoom,
)
from dms.exchange.exporting import Exported, ExportWish, export_archive
from dms.exchange.importing import Imported, ImportWatch, import_bag
from dms.exchange.packing_papers import LeftOut

__all__ = [
    "BagAltered",
    "BagIncomplete",
    "BagNamesTwice",
    "BagOfAnotherKind",
    "BagRecordUnusable",
    "BagUnreadable",
    "BagUnsafe",
    "BagVersionUnknown",
    "ClearanceTooLow",
    "Entered",
    "ExportFoundDamage",
    "ExportNotConfirmed",
    "ExportTargetInArchive",
    "ExportTargetNotEmpty",
    "ExportTargetUnusable",
    "ExportUnderWay",
    "ExportWish",
    "Exported",
    "Fate",
    "ImportConflicts",
    "ImportWatch",
    "Imported",
    "JournalListed",
    "LeftOut",
    "NotABag",
    "NotEnoughRoom",
    "export_archive",
    "import_bag",
]
