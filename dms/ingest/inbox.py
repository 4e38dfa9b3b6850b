"""The inbox: a folder into which a scanner or a person drops papers, and from which they are taken in.

What always holds:
- B1 A paper leaves the inbox only after it was acknowledged, so a stop in between costs nothing: the same bytes are
  recognised the next time.
- B2 What is still being written is left alone until it has not changed for a while.
- B3 What cannot be accepted is moved to ``refused`` and never touched again.

What lies in the inbox is readable; the person who drops it there decides that. Sealed papers do not stay there. A
folder named after a customer's code files what lies in it under that customer.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.errors import DmsError, Kind
from dms.ingest.receiving import Claim, ReceivingLimits, Upload, receive

REFUSED = "refused"
SETTLED_AFTER = timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one round through the inbox brought."""

    accepted: int
    refused: int


def collect_inbox(
    actor: Actor, inbox: Path, *, archive: Archive, limits: ReceivingLimits, settled_after: timedelta = SETTLED_AFTER
) -> Collected:
    """Take in every settled paper that lies in the inbox; raises `DiskNearlyFull` and leaves the rest there."""
    actor.require(Permission.RECEIVE)
    outcomes = [
        _taken(actor, path, inbox, archive=archive, limits=limits)
        for path in list(_settled(inbox, archive.now() - settled_after))
    ]
    return Collected(accepted=outcomes.count(True), refused=outcomes.count(False))


def _taken(actor: Actor, path: Path, inbox: Path, *, archive: Archive, limits: ReceivingLimits) -> bool | None:
    """Whether the paper was accepted; None for one that cannot be read just now, which must not block the others."""
    try:
        uploaded_bytes = _bounded(path, limits)
        accepted = uploaded_bytes is not None and _accepted(
            actor, path.name, uploaded_bytes, _claim(inbox, path, archive), archive=archive, limits=limits
        )
        if accepted:
            path.unlink()  # B1
        else:
            _set_aside(inbox, path)
    except OSError:
        return None
    return accepted


def _settled(inbox: Path, before: datetime) -> Iterator[Path]:
    for path in sorted(inbox.rglob("*")):
        parts = path.relative_to(inbox).parts
        if parts[0] == REFUSED or any(part.startswith(".") for part in parts) or not path.is_file():
            continue
        if path.stat().st_mtime <= before.timestamp():  # B2
            yield path


def _bounded(path: Path, limits: ReceivingLimits) -> bytes | None:
    """The bytes, or None for more than may be received."""
    return path.read_bytes() if path.stat().st_size <= limits.max_upload_bytes else None


def _accepted(
    actor: Actor, name: str, uploaded_bytes: bytes, claim: Claim, *, archive: Archive, limits: ReceivingLimits
) -> bool:
    upload = Upload(original_filename=name, uploaded_bytes=uploaded_bytes, claim=claim)
    try:
        receive(actor, upload, archive=archive, limits=limits)
    except DmsError as error:
        if error.kind is not Kind.REFUSED_INPUT:
            raise
        return False
    return True


def _claim(inbox: Path, path: Path, archive: Archive) -> Claim:
    folder = path.relative_to(inbox).parts[0]
    with archive.looking() as view:
        customer = view.customers.with_code(folder)
    return Claim(customer_code=customer.code if customer else None)


def _set_aside(inbox: Path, path: Path) -> None:
    aside = inbox / REFUSED
    aside.mkdir(mode=0o700, exist_ok=True)
    target = aside / path.name
    number = 1
    while target.exists():
        number += 1
        target = aside / f"{path.stem} ({number}){path.suffix}"
    shutil.move(path, target)  # B3
