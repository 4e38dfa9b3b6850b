"""Handing over and accepting: the list is signed, checked line by line, and signed again by whoever takes it over.

What always holds:
1. The list is fixed when it is handed over: its digest is kept with the signatures, and nothing of it changes then.
2. Every paper is checked against the list, one by one (C6-07); what differs is written beside it.
3. Accepted is only what is there: a list with a missing paper goes back, is corrected, and is signed anew (C6-06).
4. Each signature is another person's: A, B, the archivist, the supervisor (C6-05).
5. Accepting gives the next number of the accession register, in the same transaction (C6-08).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.one_line import one_line
from dms.domain.reference_code import CodeKind
from dms.domain.transfer import Signature, SignatureRole, TransferBatch, TransferLine, TransferState
from dms.filing.arranging import code_fields
from dms.filing.transferring.composing import MAX_NAME_CHARACTERS
from dms.filing.transferring.deadlines import MAX_REASON_CHARACTERS
from dms.filing.transferring.errors import (
    LineNotThere,
    LinesUnchecked,
    ReasonMissing,
    SignatureRefused,
    TransferListEmpty,
)
from dms.filing.transferring.finding import CHANGEABLE, CHECKABLE, batch_for, subject_of, within
from dms.store import UnitOfWork

_GIVERS = (SignatureRole.A, SignatureRole.B)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTick:
    """What the check says about one line."""

    line_id: int
    ticked: bool | None
    """There, not there; None: not looked at yet."""
    difference: str = ""


def hand_over(actor: Actor, transfer_id: int, *, a: str, b: str = "", archive: Archive) -> TransferBatch:
    """The batch, numbered, its list signed by A and, where there is one, B (1, 4).

    After a return it keeps its number and is checked from the beginning. Raises `TransferNotFound`,
    `TransferStateUnfit`, `TransferListEmpty`, `SignatureRefused` or `CodeFieldUnfit`.
    """
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHANGEABLE, work=work)
        lines = [replace(line, ticked=None, difference="") for line in work.transfers.lines(batch.id)]
        if not lines:
            raise TransferListEmpty
        work.transfers.state_lines(batch.id, lines)
        numbered = replace(batch, number=batch.number or _number(CodeKind.TRANSFER, batch, archive, work=work))
        signed = _signed(replace(numbered, signatures=()), {SignatureRole.A: a} | _given(SignatureRole.B, b), archive)
        handed = replace(signed, state=TransferState.HANDED_OVER, list_digest=list_digest(numbered, lines))
        work.transfers.change(handed)
        told = {"number": handed.number, "sha256": handed.list_digest}
        archive.record(work, actor, "transfer_handed_over", subject_of(batch), items=len(lines), **told)
    return handed


def check_lines(actor: Actor, transfer_id: int, ticks: Sequence[LineTick], *, archive: Archive) -> TransferBatch:
    """The batch with what the check says about these lines; the others stay as they are (2).

    Raises `TransferNotFound`, `TransferStateUnfit` or `LineNotThere`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHECKABLE, work=work)
        known = {line.id for line in work.transfers.lines(batch.id)}
        for tick in ticks:
            if tick.line_id not in known:
                raise LineNotThere(str(tick.line_id))
            difference = within(one_line(tick.difference), MAX_REASON_CHARACTERS, "差异说明", "difference")
            work.transfers.tick(tick.line_id, tick.ticked, difference=difference)
        checked = replace(batch, state=TransferState.CHECKING)
        work.transfers.change(checked)
        totals = work.transfers.totals([batch.id])[batch.id]
        counts = {"items": totals.papers, "there": totals.ticked, "missing": totals.missing}
        archive.record(work, actor, "transfer_checked", subject_of(batch), **counts)
    return checked


def return_transfer(actor: Actor, transfer_id: int, reason: str, *, archive: Archive) -> TransferBatch:
    """The batch, sent back to be completed; what the check found stays on its lines until it comes again (3).

    Raises `TransferNotFound`, `TransferStateUnfit` or `ReasonMissing`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    told = within(one_line(reason), MAX_REASON_CHARACTERS, "退回原因", "reason")
    if not told:
        raise ReasonMissing
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHECKABLE, work=work)
        returned = replace(batch, state=TransferState.RETURNED)
        work.transfers.change(returned)
        missing = [line.title for line in work.transfers.lines(batch.id) if line.ticked is False]
        archive.record(work, actor, "transfer_returned", subject_of(batch), reason=told, missing="；".join(missing))
    return returned


def accept_transfer(
    actor: Actor, transfer_id: int, *, archivist: str, supervisor: str = "", archive: Archive
) -> TransferBatch:
    """The batch, signed by whoever takes it over and entered into the accession register (3, 4, 5).

    Raises `TransferNotFound`, `TransferStateUnfit`, `LinesUnchecked`, `SignatureRefused` or `CodeFieldUnfit`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHECKABLE, work=work)
        _check_all_there(work.transfers.lines(batch.id))
        signers = {SignatureRole.ARCHIVIST: archivist} | _given(SignatureRole.SUPERVISOR, supervisor)
        accepted = replace(_signed(batch, signers, archive), state=TransferState.ACCEPTED)
        work.transfers.change(accepted)
        accession = _number(CodeKind.ACCESSION, batch, archive, work=work)
        archive.record(work, actor, "transfer_accepted", subject_of(batch), number=batch.number, accession=accession)
    return accepted


def list_digest(batch: TransferBatch, lines: Sequence[TransferLine]) -> str:
    """SHA-256 (hex) of the list as it is signed: canonical JSON of its head and of what each line says.

    Ticks, differences and the scan that a typed line became are no part of it: they come after the signatures.
    """
    head = {name: getattr(batch, name) for name in ("number", "from_department", "from_person", "year")}
    names = ("title", "contract_no", "copy_kind", "pages", "sheets", "medium")
    rows = [{name: getattr(line, name) for name in names} for line in lines]
    text = json.dumps(head | {"lines": rows}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _signed(batch: TransferBatch, names: dict[SignatureRole, str], archive: Archive) -> TransferBatch:
    """The batch with these signatures added, each by somebody who has not signed it in another part (4)."""
    signatures = list(batch.signatures)
    for role, stated in names.items():
        name = within(one_line(stated), MAX_NAME_CHARACTERS, "姓名", "name")
        if not name or name in {signature.name for signature in signatures}:
            raise SignatureRefused(role, name)
        signatures.append(Signature(role=role, name=name, signed_at=archive.now()))
    return replace(batch, signatures=tuple(signatures))


def _given(role: SignatureRole, name: str) -> dict[SignatureRole, str]:
    return {role: name} if one_line(name) else {}


def _check_all_there(lines: Sequence[TransferLine]) -> None:
    unchecked = [line.position for line in lines if line.ticked is None]
    missing = [line.position for line in lines if line.ticked is False]
    if unchecked or missing:
        raise LinesUnchecked(unchecked, missing)


def _number(kind: CodeKind, batch: TransferBatch, archive: Archive, *, work: UnitOfWork) -> str:
    """The next number of a batch, or of the accession register, which counts by the year of receiving."""
    year = batch.year if kind is CodeKind.TRANSFER else local_day(archive.now()).year
    fields = code_fields(work, year=year, department=batch.from_department)
    return work.numbers.allocate(work.numbers.pattern(kind), fields, subject_of(batch), archive.now())
