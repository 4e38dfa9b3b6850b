"""Leaving: the whole archive in clear, as a bag (RFC 8493) that needs no program of ours to be read.

What always holds:
- E1 Nobody takes everything out unseen: the journal says so before the first readable byte is written, and again, with
  counts and the digest of the manifest, before the bag gets its name.
- E2 Of every original, and of everything else out of the vault, the digest in the manifest is the one in the catalogue;
  what differs is damage, is named, and ends the export unless the person has decided otherwise.
- E3 One short transaction a paper: nobody waits for an export. Each paper is whole in itself; the catalogue in the bag
  is of the end, and a paper destroyed meanwhile is taken out of the bag again.
- E4 Memory holds one piece of one object, and what the catalogue knows of one paper.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dms import __version__
from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.item import RenditionRole
from dms.exchange import layout
from dms.exchange.errors import ClearanceTooLow, ExportTargetInArchive, NotEnoughRoom
from dms.exchange.packing import BagUnderWay, bag_for, check_free
from dms.exchange.packing_catalogue import pack_catalogue
from dms.exchange.packing_papers import LeftOut, PaperPacker, left_out_line
from dms.exchange.readme import readme
from dms.store import WholeItems

MOST_SECRET = 1
IMAGE_ROLES = frozenset({RenditionRole.PAGE_IMAGE, RenditionRole.THUMBNAIL, RenditionRole.LAYOUT})
PROGRAM = f"anjuan {__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWish:
    """What is to be exported, and where to."""

    target: Path
    """A folder that is new or empty."""
    with_images: bool = False
    """Page images and the places of the characters as well; another archive shows no pages without them."""
    leave_out_damaged: bool = False
    """Go on past what the vault cannot give, and list it in the bag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What the bag holds."""

    path: Path
    items_count: int
    size_bytes: int
    """Of the payload."""
    left_out: tuple[LeftOut, ...]
    manifest_digest: str
    """SHA-256 of the payload manifest: whoever knows it can tell whether a bag is this bag."""


def export_archive(
    actor: Actor, wish: ExportWish, *, archive: Archive, report: Callable[[int, int], None] = lambda done, total: None
) -> Exported:
    """Write everything the archive holds to a new folder, in clear. `report(papers done, papers in all)`.

    A bag is everything in clear, so upkeep alone does not allow it: copies must be allowed too.
    Raises `ClearanceTooLow`, `ExportTargetInArchive`, `ExportTargetNotEmpty`, `ExportTargetUnusable`,
    `ExportUnderWay`, `NotEnoughRoom` or `ExportFoundDamage`; no bag is left then.
    """
    actor.require(Permission.OPERATE)
    actor.require(Permission.TAKE_COPIES)
    require_full_sight(actor)
    target = wish.target.absolute()
    _check_target(target, wish, archive=archive)
    with archive.begin() as work:  # E1
        archive.record(work, actor, "archive_export_begun", work.scheme.fonds_code(), folder=storable(target))
    with bag_for(target) as bag:
        exported = _packed(bag, wish, archive=archive, report=report)
        with archive.begin() as work:  # E1
            archive.record(work, actor, "archive_exported", work.scheme.fonds_code(), **_told(exported))
    return exported


def require_full_sight(actor: Actor) -> None:
    """Raises `ClearanceTooLow` for whoever may not see every paper."""
    if actor.clearance != MOST_SECRET or actor.departments is not None:
        raise ClearanceTooLow


def storable(path: Path) -> str:
    """The path as text; it may hold bytes that are no UTF-8, which no catalogue can hold."""
    return str(path).encode("utf-8", "replace").decode()


def _packed(bag: BagUnderWay, wish: ExportWish, *, archive: Archive, report: Callable[[int, int], None]) -> Exported:
    papers = PaperPacker(bag, _roles(wish), archive=archive, leave_out_damaged=wish.leave_out_damaged)
    papers.pack(report)
    papers.honour_destructions()
    facts = {"with_images": wish.with_images, "exported_at": archive.now().isoformat(), "program": PROGRAM}
    pack_catalogue(bag, [paper.key for paper in papers.packed], facts, archive=archive)
    bag.add(layout.LEFT_OUT, map(left_out_line, papers.left_out))
    return Exported(
        path=wish.target.absolute(),
        items_count=len(papers.packed),
        size_bytes=bag.payload_bytes,
        left_out=tuple(papers.left_out),
        manifest_digest=_closed(bag, archive=archive),
    )


def _closed(bag: BagUnderWay, *, archive: Archive) -> str:
    with archive.looking() as view:
        fonds, names = view.scheme.fonds_code(), view.scheme.own_names()
    now = archive.now()
    facts = {
        "Source-Organization": "".join(names[:1]) or fonds,
        "External-Identifier": fonds,
        "External-Description": "案卷整库导出 · a whole Anjuan archive in clear",
        "Bagging-Date": now.date().isoformat(),
        "Bag-Software-Agent": PROGRAM,
    }
    return bag.close(facts, readme(fonds=fonds, at=now.isoformat(timespec="minutes")))


def _roles(wish: ExportWish) -> frozenset[RenditionRole]:
    """Which sealed objects leave the vault."""
    return frozenset({RenditionRole.ORIGINAL}) | (IMAGE_ROLES if wish.with_images else frozenset())


def _check_target(target: Path, wish: ExportWish, *, archive: Archive) -> None:
    home, resolved = archive.home.resolve(), target.resolve()
    if home == resolved or home in resolved.parents:
        raise ExportTargetInArchive(target)
    check_free(target)
    with archive.looking() as view:
        needed_bytes = WholeItems(view.connection).sealed_bytes(_roles(wish))
    free_bytes = shutil.disk_usage(next(place for place in (target, *target.parents) if place.is_dir())).free
    if needed_bytes > free_bytes:
        raise NotEnoughRoom(needed_bytes, free_bytes)


def _told(exported: Exported) -> dict[str, Any]:
    return {
        "items": exported.items_count,
        "bytes": exported.size_bytes,
        "left_out": len(exported.left_out),
        "manifest_sha256": exported.manifest_digest,
        "folder": storable(exported.path),
    }
