"""Finding the batch that a person named, in a state that takes what he asks."""

from dms.domain.actor import Actor
from dms.domain.transfer import TransferBatch, TransferLine, TransferState
from dms.errors import Bilingual
from dms.filing.transferring.errors import LineNotThere, TransferFactInvalid, TransferNotFound, TransferStateUnfit
from dms.store import UnitOfWork

CHANGEABLE = (TransferState.DRAFT, TransferState.RETURNED)
"""The list belongs to the department only while it has not been signed, or was sent back."""
CHECKABLE = (TransferState.HANDED_OVER, TransferState.CHECKING)
RUNNING = (*CHANGEABLE, *CHECKABLE)
LARGEST_ID = 2**63 - 1


def batch_for(actor: Actor, transfer_id: int, *states: TransferState, work: UnitOfWork) -> TransferBatch:
    """The batch, which must be in one of the states where any are given.

    Raises `TransferNotFound`, alike for missing and for barred ones, or `TransferStateUnfit`.
    """
    batch = work.transfers.known(transfer_id, actor=actor) if 0 < transfer_id <= LARGEST_ID else None
    if batch is None:
        raise TransferNotFound(str(transfer_id))
    if states and batch.state not in states:
        raise TransferStateUnfit(batch.state)
    return batch


def line_in(batch: TransferBatch, line_id: int, *, work: UnitOfWork) -> TransferLine:
    """The line of the batch's list; raises `LineNotThere`."""
    found = next((line for line in work.transfers.lines(batch.id) if line.id == line_id), None)
    if found is None:
        raise LineNotThere(str(line_id))
    return found


def subject_of(batch: TransferBatch) -> str:
    """What the journal and the register of numbers call a batch: ``transfer:3``."""
    return f"transfer:{batch.id}"


def within(text: str, most: int, zh: str, en: str) -> str:
    """The text, unless it is longer than `most` characters; raises `TransferFactInvalid`."""
    if len(text) > most:
        raise TransferFactInvalid(
            Bilingual(f"{zh}过长。", f"The {en} is too long."),
            Bilingual(f"请写在 {most} 字以内。", f"Write it in {most} characters at most."),
        )
    return text
