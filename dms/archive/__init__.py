"""What every use case is given: transactions, the vault, the clock, and finding what a person named."""

from dms.archive.archive import Archive, Content, owner_of
from dms.archive.errors import (
    ArchiveSealed,
    CustomerNotFound,
    DiskRefuses,
    ItemNotFound,
    NotSealed,
    ObjectDamaged,
    PersonalDataBarred,
    SeriesNotFound,
    TypeNotFound,
    UseForbidden,
    disk_refusals,
)
from dms.archive.finding import customer_for, customer_to_file_for, item_for, series_with_code, type_with_code
from dms.archive.index_upkeep import cleanse_index, settle_index, settle_index_if_possible
from dms.archive.keys import LiveKeyring
from dms.archive.masking import (
    bears_hidden,
    entries_for,
    hidden_boxes,
    pages_for,
    reading_for,
    sees_personal_data,
    text_for,
    written_back,
)
from dms.archive.presence import Presence
from dms.archive.print_results import (
    SealedPrint,
    add_print,
    print_key_id,
    print_owner,
    read_print,
    remove_prints,
    seal_print,
)
from dms.archive.recovery import Recovery
from dms.archive.using import may_use, require_use
from dms.archive.visiting import VISIT, note_visit
from dms.archive.withholding import proposals_for
from dms.archive.working_days import is_calendar_known, is_working_day

__all__ = [
    "VISIT",
    "Archive",
    "ArchiveSealed",
    "Content",
    "CustomerNotFound",
    "DiskRefuses",
    "ItemNotFound",
    "LiveKeyring",
    "NotSealed",
    "ObjectDamaged",
    "PersonalDataBarred",
    "Presence",
    "Recovery",
    "SealedPrint",
    "SeriesNotFound",
    "TypeNotFound",
    "UseForbidden",
    "add_print",
    "bears_hidden",
    "cleanse_index",
    "customer_for",
    "customer_to_file_for",
    "disk_refusals",
    "entries_for",
    "hidden_boxes",
    "is_calendar_known",
    "is_working_day",
    "item_for",
    "may_use",
    "note_visit",
    "owner_of",
    "pages_for",
    "print_key_id",
    "print_owner",
    "proposals_for",
    "read_print",
    "reading_for",
    "remove_prints",
    "require_use",
    "seal_print",
    "sees_personal_data",
    "series_with_code",
    "settle_index",
    "settle_index_if_possible",
    "text_for",
    "type_with_code",
    "written_back",
]
