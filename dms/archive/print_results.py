"""Printed documents in the vault: sealed like papers, each under a key of its own, and read back.

What always holds:
- P1 Object first, then the row with its wrapped key, in one transaction with the caller's facts (as for papers).
- P2 The key is wrapped inside that transaction: a rotation either has not begun, and finds the row, or has, and then
  the newest epoch is used.
- P3 A printed document may bear papers of every grade, so its key is wrapped as the most secret ones are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dms.archive.archive import Archive
from dms.archive.errors import NotSealed
from dms.domain.print_job import PrintResult
from dms.store import UnitOfWork
from vault import SealedReceipt, VaultError
from vault.errors import ObjectNotFound

_MOST_SECRET: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPrint:
    """A printed document that lies in the vault and that no row knows yet."""

    job_id: int
    name: str
    media_type: str
    key: bytes
    receipt: SealedReceipt


def print_key_id(object_id: str) -> str:
    """What the key of a printed document is bound to; no item has such an id."""
    return f"print/{object_id}"


def print_owner(result: PrintResult) -> bytes:
    """What the object of a printed document is bound to."""
    return _owner(result.job_id, result.name)


def seal_print(job_id: int, name: str, media_type: str, content: bytes, *, archive: Archive) -> SealedPrint:
    """Seal a printed document durably; raises `NotSealed`."""
    key = archive.vault.new_item_key()
    try:
        receipt = archive.vault.seal(content, key=key, owner=_owner(job_id, name))
    except VaultError as error:
        raise NotSealed(error.code) from error
    return SealedPrint(job_id=job_id, name=name, media_type=media_type, key=key, receipt=receipt)


def add_print(sealed: SealedPrint, *, archive: Archive, work: UnitOfWork) -> PrintResult:
    """The row of a sealed document, added to the transaction (P2)."""
    receipt = sealed.receipt
    wrapped = archive.keyring.wrap_item_key(sealed.key, item_id=print_key_id(receipt.object_id), grade=_MOST_SECRET)
    stated = PrintResult(
        id=0,
        job_id=sealed.job_id,
        name=sealed.name,
        object_id=receipt.object_id,
        wrapped_key=wrapped,
        media_type=sealed.media_type,
        size_bytes=receipt.size_bytes,
        digest=receipt.digest,
    )
    return work.print_jobs.add_result(stated)


def read_print(result: PrintResult, *, archive: Archive) -> bytes:
    """Exactly what was printed; raises `VaultError` where the vault cannot give it."""
    key = archive.keyring.unwrap_item_key(result.wrapped_key, item_id=print_key_id(result.object_id))
    with archive.vault.open(result.object_id, key=key, owner=print_owner(result)) as reader:
        return reader.read_all()


def _owner(job_id: int, name: str) -> bytes:
    return f"print/{job_id}/{name}".encode()


def remove_prints(object_ids: Iterable[str], *, archive: Archive) -> None:
    """Remove objects that a transaction has condemned; what cannot be removed now goes at the next opening."""
    for object_id in object_ids:
        try:
            archive.vault.remove(object_id)
        except ObjectNotFound:
            pass  # gone already: all that is left is to say so
        except VaultError:
            continue
        with archive.begin() as work:
            work.destructions.removed(object_id)
