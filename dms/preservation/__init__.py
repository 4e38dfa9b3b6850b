"""Copies of the archive in other places: backups, their retention, and bringing an archive back from one."""

from dms.preservation.advising import what_is_missing
from dms.preservation.backing_up import back_up
from dms.preservation.destructions import destructions_known
from dms.preservation.errors import (
    NEVER_REACHED,
    CredentialsUnusable,
    PlaceDamaged,
    PlaceUnknown,
    PlaceUnusable,
    RoomMissing,
    SnapshotDamaged,
    SnapshotNotFound,
)
from dms.preservation.fetching import Chosen, Destination, choose, fetch, keyring_document, room_for, usable_snapshots
from dms.preservation.keys_needed import archive_mark, fits
from dms.preservation.manifest import Manifest
from dms.preservation.place import Place
from dms.preservation.place_opening import held, place_at, reach
from dms.preservation.places import (
    DEFAULT_RETENTION,
    BackupsStanding,
    NewPlace,
    PlaceStanding,
    add_place,
    backups_standing,
    change_place,
    place_with_id,
    remove_place,
)
from dms.preservation.run import Phase, Report, Step, quiet
from dms.preservation.s3_options import s3_options
from dms.preservation.snapshots import Snapshots

__all__ = [
    "DEFAULT_RETENTION",
    "NEVER_REACHED",
    "BackupsStanding",
    "Chosen",
    "CredentialsUnusable",
    "Destination",
    "Manifest",
    "NewPlace",
    "Phase",
    "Place",
    "PlaceDamaged",
    "PlaceStanding",
    "PlaceUnknown",
    "PlaceUnusable",
    "Report",
    "RoomMissing",
    "SnapshotDamaged",
    "SnapshotNotFound",
    "Snapshots",
    "Step",
    "add_place",
    "archive_mark",
    "back_up",
    "backups_standing",
    "change_place",
    "choose",
    "destructions_known",
    "fetch",
    "fits",
    "held",
    "keyring_document",
    "place_at",
    "place_with_id",
    "quiet",
    "reach",
    "remove_place",
    "room_for",
    "s3_options",
    "usable_snapshots",
    "what_is_missing",
]
