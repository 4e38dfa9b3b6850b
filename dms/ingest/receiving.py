"""Receiving 收集: a stranger's bytes become a sealed, durable, catalogued item before anyone says "received".

What always holds:
- R1 Size and space are checked before anything is looked at; nothing is parsed here.
- R2 Order: the sealed object is durable and read back, then one transaction writes row, wrapped key, journal entry
  and read-task, and only then is the upload acknowledged. A crash in between leaves an object nobody knows, no row.
- R3 Exactly equal bytes are recognised by a keyed digest inside the same transaction, so two uploads at the same
  moment cannot both become items.
"""

import secrets
import shutil
from dataclasses import dataclass, replace

from dms.archive import Archive, Content, customer_to_file_for, item_for, type_with_code
from dms.domain.actor import Actor, Permission
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import Arrival, Classification, Item, ItemState, Rendition, RenditionRole
from dms.domain.one_line import one_line
from dms.domain.task import TaskKind
from dms.ingest.errors import (
    MAX_NUMBER_CHARACTERS,
    ClaimUnusable,
    DiskNearlyFull,
    EmptyUpload,
    NotRetryable,
    UploadTooLarge,
)
from dms.store import UnitOfWork

ID_BYTES = 10
MAX_FILENAME_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the uploader says about a paper; None or empty where nothing was said."""

    customer_code: str | None = None
    contract_no: str = ""
    type_code: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One upload, not yet looked at."""

    original_filename: str
    uploaded_bytes: bytes
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingLimits:
    """What may be received at all."""

    max_upload_bytes: int
    min_free_disk_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The acknowledgement of an upload."""

    item: Item | None
    """The new item; for a duplicate the earlier one, or None where the actor may not know of it."""
    duplicate: bool


def receive(actor: Actor, upload: Upload, *, archive: Archive, limits: ReceivingLimits) -> Received:
    """Accept one upload durably.

    Raises `EmptyUpload`, `UploadTooLarge`, `DiskNearlyFull`, `ClaimUnusable`, `CustomerNotFound`, `TypeNotFound`, or
    `NotSealed` where the disk fails.
    """
    actor.require(Permission.RECEIVE)
    _check_size(upload, archive=archive, limits=limits)  # R1
    _check_claim(upload.claim)
    digest = archive.vault.digest_keyed("duplicates", [upload.uploaded_bytes])
    with archive.looking() as view:
        claim = _claimed(actor, upload.claim, work=view)
        earlier = view.items.with_digest(digest)
        duplicate = _duplicate(actor, earlier, work=view) if earlier else None
    if duplicate:
        return duplicate
    return _accept(actor, upload, claim, digest, archive=archive)


def retry(actor: Actor, item_id: str, *, archive: Archive) -> None:
    """Let a paper whose reading failed be read again; raises `ItemNotFound` or `NotRetryable`."""
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        item = item_for(actor, item_id, work=work)
        if item.state is not ItemState.FAILED:
            raise NotRetryable
        work.items.wait_again(item.key)
        work.tasks.put(TaskKind.READ_ITEM, item.key, at=archive.now())
        archive.record(work, actor, "reading_retried", item.id)


def _check_size(upload: Upload, *, archive: Archive, limits: ReceivingLimits) -> None:
    size_bytes = len(upload.uploaded_bytes)
    if size_bytes == 0:
        raise EmptyUpload
    if size_bytes > limits.max_upload_bytes:
        raise UploadTooLarge(limits.max_upload_bytes)
    if shutil.disk_usage(archive.home).free - size_bytes < limits.min_free_disk_bytes:
        raise DiskNearlyFull


def _check_claim(claim: Claim) -> None:
    possible_year = claim.year is None or FIRST_YEAR <= claim.year <= LAST_YEAR
    if not possible_year or len(one_line(claim.contract_no)) > MAX_NUMBER_CHARACTERS:
        raise ClaimUnusable


def _claimed(actor: Actor, claim: Claim, *, work: UnitOfWork) -> Classification:
    customer = customer_to_file_for(actor, claim.customer_code, work=work) if claim.customer_code else None
    kind = type_with_code(claim.type_code, work=work) if claim.type_code else None
    return Classification(
        customer_id=customer.id if customer else None,
        type_code=kind.code if kind else None,
        series_code=kind.series if kind else None,
        year=claim.year,
    )


def _accept(actor: Actor, upload: Upload, claim: Classification, digest: str, *, archive: Archive) -> Received:
    item_id = secrets.token_hex(ID_BYTES)
    key = archive.vault.new_item_key()
    original = archive.seal(  # R2: durable and read back before any row exists
        item_id,
        key,
        Content(
            role=RenditionRole.ORIGINAL,
            page=None,
            plaintext=upload.uploaded_bytes,
            media_type="application/octet-stream",
            recipe="",
        ),
    )
    arrival = Arrival(
        id=item_id,
        original_filename=_tidied(upload.original_filename),
        size_bytes=len(upload.uploaded_bytes),
        digest=digest,
        wrapped_key=b"",
        received_at=archive.now(),
        received_by=actor.name,
        claim=claim,
        claimed_contract_no=one_line(upload.claim.contract_no),
    )
    return _enter(actor, arrival, key, original, archive=archive)


def _enter(actor: Actor, arrival: Arrival, key: bytes, original: Rendition, *, archive: Archive) -> Received:
    with archive.begin() as work:
        earlier = work.items.with_digest(arrival.digest)  # R3: asked again under the write lock
        if earlier is None:
            # Under the write lock as well, or the keys could be rotated between the wrapping and the row.
            wrapped_key = archive.keyring.wrap_item_key(key, item_id=arrival.id, grade=arrival.claim.grade)
            item = work.items.add(replace(arrival, wrapped_key=wrapped_key))
            work.contents.add_rendition(item.key, original)
            work.tasks.put(TaskKind.READ_ITEM, item.key, at=archive.now())
            archive.record(work, actor, "item_received", item.id, sha256=original.digest, bytes=item.size_bytes)
            return Received(item=item, duplicate=False)
        duplicate = _duplicate(actor, earlier, work=work)
    archive.discard(original)
    return duplicate


def _duplicate(actor: Actor, earlier: Item, *, work: UnitOfWork) -> Received:
    return Received(item=work.items.with_id(earlier.id, actor=actor), duplicate=True)


def _tidied(untrusted_name: str) -> str:
    """The last part of a path, without control characters, of bounded length, its ending kept."""
    last = untrusted_name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = one_line(last) or "unnamed"
    if len(seen) <= MAX_FILENAME_CHARACTERS:
        return seen
    return seen[: MAX_FILENAME_CHARACTERS - 20] + "…" + seen[-19:]
