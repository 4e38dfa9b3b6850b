"""``dms bench rotation``: new keys for a whole archive while others search and send papers."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TypeVar

import click

from dms.archive import Archive, owner_of
from dms.cli.measuring import bench_group, throw_away_archive
from dms.cli.session import Session, answer, with_session
from dms.custody import change_root, rotate_keys
from dms.domain.actor import OPERATOR
from dms.domain.item import Arrival, Classification, Page, Rendition, RenditionRole
from dms.ingest import Claim, ReceivingLimits, Upload, receive
from dms.search import SearchRequest, index_item, search
from vault import Disk, LocalStorage, Passphrase, Vault

Done = TypeVar("Done")

ITEMS_A_TRANSACTION = 500
PAUSE_S = 0.02
USUAL_S = 2.0
"""How long others are watched before the rotation, to know what they wait then."""
LIMITS = ReceivingLimits(max_upload_bytes=1_000_000, min_free_disk_bytes=0)


class HastyDisk(Disk):
    """Keeps what it writes only until the power fails; the archive is thrown away anyway."""

    def sync(self, descriptor: int) -> None:
        """Do not wait."""

    def sync_folder(self, folder: Path) -> None:
        """Do not wait."""


@dataclass(slots=True)
class Others:
    """What those who use the archive meanwhile have seen; seconds of single acts."""

    receiving_s: list[float] = field(default_factory=list)
    searching_s: list[float] = field(default_factory=list)
    refused: int = 0


@bench_group.command("rotation")
@click.option("--items", "item_count", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@with_session
def bench_rotation(session: Session, *, item_count: int, as_json: bool) -> None:
    """Rotate all keys of a throw-away archive with so many items, and its root, while others search and send."""
    with throw_away_archive() as archive:
        _fill(archive, item_count)
        before = _digests(archive)
        with _others(archive) as usual:
            time.sleep(USUAL_S)
        with _others(archive) as meanwhile:
            rotation_s, rotation = _timed(lambda: rotate_keys(OPERATOR, archive=archive))
        with _others(archive) as during_root:
            root_s, _ = _timed(lambda: change_root(OPERATOR, {"bench": _new_passphrase()}, archive=archive))
        after = _digests(archive)
        catalogue_mb = round((archive.home / "catalogue.db").stat().st_size / 1_000_000, 1)
    figures = {
        "items": item_count,
        "catalogue_mb": catalogue_mb,
        "rotation_s": round(rotation_s, 2),
        "rewrapped": rotation.rewrapped,
        "unreadable": len(rotation.unreadable),
        "catalogue_rekeyed": rotation.catalogue_rekeyed,
        "root_change_s": round(root_s, 2),
        "objects": len(before),
        "objects_changed": sum(after.get(name) != digest for name, digest in before.items()),
        **_told("usually", usual),
        **_told("during_rotation", meanwhile),
        **_told("during_root_change", during_root),
    }
    if as_json:
        answer(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name:36} {value}")


def _fill(archive: Archive, item_count: int) -> None:
    vault = Vault(archive.keyring, LocalStorage(archive.home / "vault", disk=HastyDisk()))
    for start in range(0, item_count, ITEMS_A_TRANSACTION):
        with archive.begin() as work:
            for number in range(start, min(start + ITEMS_A_TRANSACTION, item_count)):
                arrival, original = _sealed_paper(archive, vault, number)
                item = work.items.add(arrival)
                work.contents.add_rendition(item.key, original)
                work.contents.add_page(item.key, _page(number))
                work.items.enter_review(item.key, classification=arrival.claim, doubts=())
                index_item(work, item.key)


def _sealed_paper(archive: Archive, vault: Vault, number: int) -> tuple[Arrival, Rendition]:
    item_id, key, content, at = secrets.token_hex(10), vault.new_item_key(), _text(number).encode(), archive.now()
    receipt = vault.seal(content, key=key, owner=owner_of(item_id, RenditionRole.ORIGINAL, None))
    return _arrival(archive, item_id, key, content, at), Rendition(
        role=RenditionRole.ORIGINAL,
        page=None,
        object_id=receipt.object_id,
        media_type="text/plain",
        size_bytes=receipt.size_bytes,
        digest=receipt.digest,
        recipe="",
        created_at=at,
    )


def _arrival(archive: Archive, item_id: str, key: bytes, content: bytes, at: datetime) -> Arrival:
    claim = Classification()
    return Arrival(
        id=item_id,
        original_filename=f"{item_id}.txt",
        size_bytes=len(content),
        digest=archive.vault.digest_keyed("duplicates", content),
        wrapped_key=archive.keyring.wrap_item_key(key, item_id=item_id, grade=claim.grade),
        received_at=at,
        received_by=OPERATOR.name,
        claim=claim,
    )


def _page(number: int) -> Page:
    return Page(
        number=1,
        text=_text(number),
        width_px=1000,
        height_px=1400,
        turned_degrees=0,
        skew_degrees=0.0,
        blank=False,
        confidence=1.0,
        source="ocr",
        engine="",
    )


def _text(number: int) -> str:
    return f"合同编号 HT-2026-{number:06d}，产品购销合同，甲方收到乙方交付的设备后付款。" * 5


@contextmanager
def _others(archive: Archive) -> Iterator[Others]:
    """Somebody who sends papers and somebody who searches, until the block ends."""
    seen, stop = Others(), threading.Event()
    acts = [(lambda: _receive(archive), seen.receiving_s), (lambda: _search(archive), seen.searching_s)]
    people = [threading.Thread(target=_act_on, args=(act, times, seen, stop)) for act, times in acts]
    for person in people:
        person.start()
    try:
        yield seen
    finally:
        stop.set()
        for person in people:
            person.join()


def _act_on(act: Callable[[], object], times: list[float], seen: Others, stop: threading.Event) -> None:
    while not stop.wait(PAUSE_S):
        began = time.perf_counter()
        try:
            act()
        except Exception:  # noqa: BLE001 -- whatever refuses somebody meanwhile is what is counted here
            seen.refused += 1
        times.append(time.perf_counter() - began)


def _receive(archive: Archive) -> None:
    upload = Upload(original_filename="bench.txt", uploaded_bytes=secrets.token_bytes(1000), claim=Claim())
    receive(OPERATOR, upload, archive=archive, limits=LIMITS)


def _search(archive: Archive) -> None:
    search(OPERATOR, SearchRequest(query=f"HT-2026-{secrets.randbelow(1000):06d}"), archive=archive)


def _timed(act: Callable[[], Done]) -> tuple[float, Done]:
    began = time.perf_counter()
    done = act()
    return time.perf_counter() - began, done


def _digests(archive: Archive) -> dict[str, str]:
    """SHA-256 of every sealed object as it lies on the disk."""
    places = [path for path in (archive.home / "vault").rglob("*") if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in places}


def _new_passphrase() -> Passphrase:
    return Passphrase(secrets.token_urlsafe())


def _told(when: str, seen: Others) -> dict[str, object]:
    told: dict[str, object] = {}
    for name, times in {"receiving": seen.receiving_s, "searching": seen.searching_s}.items():
        told[f"{when}_{name}_median_s"] = round(median(times or [0.0]), 3)
        told[f"{when}_{name}_longest_s"] = round(max(times, default=0.0), 3)
    return told | {f"{when}_acts": len(seen.receiving_s + seen.searching_s), f"{when}_refused": seen.refused}
