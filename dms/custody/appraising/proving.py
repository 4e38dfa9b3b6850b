"""Whether a list may be carried out, judged by what lies in the catalogue, and what it leaves in the volumes."""

from dms.archive import Archive
from dms.custody.appraised_volumes import volumes_after_destruction
from dms.custody.appraising.drawing_up import list_digest
from dms.custody.appraising.list_errors import DestructionNotApproved
from dms.domain.destruction_line import Outcome
from dms.domain.destruction_list import DestructionList, shortcomings
from dms.store import UnitOfWork


def verify_text(listed: DestructionList, *, work: UnitOfWork) -> None:
    """Raise `DestructionNotApproved` where the list that lies there is not the one that was laid before the signers."""
    if listed.digest and list_digest(listed, work.destruction_lists.lines(listed.id)) != listed.digest:
        raise DestructionNotApproved(("text",))


def verify_approved(listed: DestructionList, *, work: UnitOfWork) -> None:
    """Raise `DestructionNotApproved` unless every signature stands, over this very text (L7)."""
    missing = shortcomings(listed)
    if missing:
        raise DestructionNotApproved(missing)
    verify_text(listed, work=work)


def note_in_volumes(listed: DestructionList, archive: Archive, *, work: UnitOfWork) -> None:
    """Tell the filing notes of the volumes what was destroyed; signed by both supervisors, who watched it."""
    lost = [line.item_key for line in work.destruction_lists.lines(listed.id) if line.outcome is Outcome.DESTROYED]
    first, second = listed.appointed.supervisors
    volumes_after_destruction(lost, listed.number, by=first, second_person=second, at=archive.now(), work=work)
