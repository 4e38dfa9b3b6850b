"""The checks of an inspection, each for itself; the order in which they run stands in `dms.evidence.verifying`."""

from dms.evidence.checks.catalogue import check_catalogue
from dms.evidence.checks.index import check_search_index
from dms.evidence.checks.items import check_items
from dms.evidence.checks.journal import check_journal
from dms.evidence.checks.keyring import check_keyring
from dms.evidence.checks.numbers import check_numbers
from dms.evidence.checks.objects import check_objects, content_suspicion, look_at, opened_key, row_now
from dms.evidence.checks.printed import check_printed
from dms.evidence.checks.surroundings import check_surroundings
from dms.evidence.checks.vault_folder import SET_ASIDE, check_vault_folder, shelf_of, unknown_objects
from dms.evidence.checks.volumes import check_volumes

__all__ = [
    "SET_ASIDE",
    "check_catalogue",
    "check_items",
    "check_journal",
    "check_keyring",
    "check_numbers",
    "check_objects",
    "check_printed",
    "check_search_index",
    "check_surroundings",
    "check_vault_folder",
    "check_volumes",
    "content_suspicion",
    "look_at",
    "opened_key",
    "row_now",
    "shelf_of",
    "unknown_objects",
]
