"""The places that are in use: adding, changing, listing and giving them up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.backup import BackupPlace, BackupRetention, BackupRun, Medium, PlaceKind, RestoreDrill
from dms.domain.copies import FRESH_WITHIN, CopiesHeld, copies_held
from dms.domain.one_line import one_line
from dms.errors import Bilingual
from dms.preservation.errors import PlaceUnknown, PlaceUnusable
from dms.store import UnitOfWork

S3_SCHEME = "s3://"
MAX_NAME_CHARACTERS = 80
LATEST_RUNS = 30
LATEST_DRILLS = 12
DEFAULT_RETENTION = BackupRetention()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """What a person states about a place."""

    address: str
    """The full path of a folder, or ``s3://bucket/prefix``."""
    name: str = ""
    """Empty: the address."""
    medium: Medium | None = None
    """None: a disk, or an object store for S3."""
    offsite: bool = False
    retention: BackupRetention = DEFAULT_RETENTION
    options: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceStanding:
    """A place with how its copies stand."""

    place: BackupPlace
    latest_complete: BackupRun | None
    runs: tuple[BackupRun, ...]
    """The latest ones, the newest first."""
    is_fresh: bool
    """Whether its copy is young enough to count."""
    shares_disk: bool
    """Whether it lies on the disk of the archive itself, and would be lost with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsStanding:
    """All that is known of the copies of the archive."""

    places: tuple[PlaceStanding, ...]
    drills: tuple[RestoreDrill, ...]
    copies: CopiesHeld


def add_place(actor: Actor, new: NewPlace, *, archive: Archive) -> BackupPlace:
    """Register a place; one with the same address is given back as it is. `PlaceUnusable`."""
    actor.require(Permission.OPERATE)
    place = _checked(new, archive)
    with archive.begin() as work:
        present = next((known for known in work.backups.places() if known.address == place.address), None)
        if present is not None:
            return present
        added = work.backups.add_place(place)
        archive.record(
            work, actor, "backup_place_added", str(added.id), name=added.name, address=added.address, kind=added.kind
        )
    return added


def change_place(actor: Actor, changed: BackupPlace, *, archive: Archive) -> None:
    """Replace what is stated about a place; its address stays. `PlaceUnknown`, `PlaceUnusable`."""
    actor.require(Permission.OPERATE)
    with archive.begin() as work:
        present = place_with_id(changed.id or 0, work=work)
        if not one_line(changed.name):
            raise PlaceUnusable(Bilingual("备份位置的名称不能为空。", "A backup place needs a name."))
        work.backups.change_place(replace(changed, address=present.address, kind=present.kind))
        archive.record(work, actor, "backup_place_changed", str(changed.id), name=changed.name)


def remove_place(actor: Actor, place_id: int, *, archive: Archive) -> None:
    """Use the place no more; what lies there stays, and so do its runs on record. `PlaceUnknown`."""
    actor.require(Permission.OPERATE)
    with archive.begin() as work:
        place = place_with_id(place_id, work=work)
        work.backups.remove_place(place_id, at=archive.now())
        archive.record(work, actor, "backup_place_removed", str(place_id), name=place.name, address=place.address)


def backups_standing(actor: Actor, *, archive: Archive) -> BackupsStanding:
    """The places with their runs, the drills, and how many copies there are."""
    actor.require(Permission.OPERATE)
    with archive.looking() as view:
        places = tuple(_standing(place, view, archive) for place in view.backups.places())
        drills = tuple(view.backups.drills(limit=LATEST_DRILLS))
    dated = [(s.place, s.latest_complete.ended_at if s.latest_complete else None) for s in places]
    return BackupsStanding(places=places, drills=drills, copies=copies_held(dated, now=archive.now()))


def place_with_id(place_id: int, *, work: UnitOfWork) -> BackupPlace:
    """The place in use with this number; `PlaceUnknown`."""
    found = next((place for place in work.backups.places() if place.id == place_id), None)
    if found is None:
        raise PlaceUnknown(place_id)
    return found


def shares_disk(place: BackupPlace, home: Path) -> bool:
    """Whether a folder lies on the same disk as the archive; False where that cannot be told."""
    if place.kind is not PlaceKind.FOLDER:
        return False
    try:
        return Path(place.address).stat().st_dev == home.stat().st_dev
    except OSError:
        return False


def _standing(place: BackupPlace, view: UnitOfWork, archive: Archive) -> PlaceStanding:
    number = place.id or 0
    latest = view.backups.latest_complete(number)
    return PlaceStanding(
        place=place,
        latest_complete=latest,
        runs=tuple(view.backups.runs(number, limit=LATEST_RUNS)),
        is_fresh=latest is not None and archive.now() - latest.ended_at <= FRESH_WITHIN,
        shares_disk=shares_disk(place, archive.home),
    )


def _checked(new: NewPlace, archive: Archive) -> BackupPlace:
    is_s3 = new.address.startswith(S3_SCHEME)
    address = new.address if is_s3 else str(_checked_folder(new.address, archive.home))
    address = address if address == S3_SCHEME else address.rstrip("/")
    if address == S3_SCHEME:
        raise PlaceUnusable(Bilingual("S3 地址缺少存储桶。", "The S3 address names no bucket."))
    return BackupPlace(
        id=None,
        name=one_line(new.name)[:MAX_NAME_CHARACTERS] or address,
        kind=PlaceKind.S3 if is_s3 else PlaceKind.FOLDER,
        address=address,
        medium=new.medium or (Medium.OBJECT_STORE if is_s3 else Medium.DISK),
        offsite=new.offsite,
        retention=new.retention,
        added_at=archive.now(),
        options=dict(new.options),
    )


def _checked_folder(untrusted_path: str, home: Path) -> Path:
    stated = Path(untrusted_path.strip())
    if not untrusted_path.strip() or "\0" in untrusted_path or not stated.is_absolute():
        raise PlaceUnusable(Bilingual("备份文件夹须为完整路径。", "A backup folder is given as a full path."))
    folder, own = stated.resolve(), home.resolve()
    # Anywhere else in the archive's folder it would stand among the archive's own parts.
    if folder == own or (own in folder.parents and (own / "backups") not in (folder, *folder.parents)):
        raise PlaceUnusable(
            Bilingual("备份不能放在档案库自身的文件夹里。", "A backup cannot lie among the archive's own parts.")
        )
    if folder in own.parents:
        raise PlaceUnusable(
            Bilingual("备份文件夹不能包含档案库本身。", "A backup folder cannot contain the archive itself.")
        )
    return folder
