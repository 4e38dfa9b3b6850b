"""封卷: a catalogued volume is checked by a second person, sealed, shelved; and what may still happen to it then."""

from dms.filing.sealing.batches import BatchOutcome, hand_all_to_check, seal_all
from dms.filing.sealing.binding_up import SEAL_ALGORITHM, seal_public_key, seal_statement, seal_volume
from dms.filing.sealing.changing import (
    Amendment,
    Destination,
    amend,
    give_back_original,
    move_out,
    note_destruction,
)
from dms.filing.sealing.checking import Comparison, check_volume, hand_to_check, send_back
from dms.filing.sealing.cleaning import catalogue_again
from dms.filing.sealing.errors import (
    STATE_NAMES,
    CheckIncomplete,
    LegacyCatalogueUnusable,
    LocationNotFound,
    NotChecked,
    NothingToAmend,
    PaperNotInVolume,
    PapersNotInOrder,
    ReasonMissing,
    RetentionUnknown,
    SamePersonTwice,
    ScanUnusable,
    SealNotFound,
    VolumeEmpty,
    VolumeNotFound,
    VolumePartlyHidden,
    VolumeStateUnfit,
)
from dms.filing.sealing.keeping import KeptUntil, kept_until
from dms.filing.sealing.legacy import LegacyVolume, take_over_volumes
from dms.filing.sealing.legacy_sheet import LEGACY_COLUMNS, take_over_sheet
from dms.filing.sealing.listing import VolumeList, VolumeRow, VolumeWish, volume_with_code, volumes_listed
from dms.filing.sealing.noting import note_late_paper, note_on_volume, refer_to
from dms.filing.sealing.proving import SealProblem, SealProblemKind, seal_problems, verify_volume
from dms.filing.sealing.reaching import as_known
from dms.filing.sealing.shelving import retain_volume, shelve
from dms.filing.sealing.supplementing import PageReason, Supplement, add_page
from dms.filing.sealing.volume_file import ContentsLine, LineKind, NoteShown, VolumeFile, volume_file

__all__ = [
    "LEGACY_COLUMNS",
    "SEAL_ALGORITHM",
    "STATE_NAMES",
    "Amendment",
    "BatchOutcome",
    "CheckIncomplete",
    "Comparison",
    "ContentsLine",
    "Destination",
    "KeptUntil",
    "LegacyCatalogueUnusable",
    "LegacyVolume",
    "LineKind",
    "LocationNotFound",
    "NotChecked",
    "NoteShown",
    "NothingToAmend",
    "PageReason",
    "PaperNotInVolume",
    "PapersNotInOrder",
    "ReasonMissing",
    "RetentionUnknown",
    "SamePersonTwice",
    "ScanUnusable",
    "SealNotFound",
    "SealProblem",
    "SealProblemKind",
    "Supplement",
    "VolumeEmpty",
    "VolumeFile",
    "VolumeList",
    "VolumeNotFound",
    "VolumePartlyHidden",
    "VolumeRow",
    "VolumeStateUnfit",
    "VolumeWish",
    "add_page",
    "amend",
    "as_known",
    "catalogue_again",
    "check_volume",
    "give_back_original",
    "hand_all_to_check",
    "hand_to_check",
    "kept_until",
    "move_out",
    "note_destruction",
    "note_late_paper",
    "note_on_volume",
    "refer_to",
    "retain_volume",
    "seal_all",
    "seal_problems",
    "seal_public_key",
    "seal_statement",
    "seal_volume",
    "send_back",
    "shelve",
    "take_over_sheet",
    "take_over_volumes",
    "verify_volume",
    "volume_file",
    "volume_with_code",
    "volumes_listed",
]
