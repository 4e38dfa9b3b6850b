"""What the pages of papers, contracts, customers and volumes say of holds."""

from dms.custody.keeping import HoldShown, SubjectNotFound, holds_of
from dms.domain.hold import HoldTarget
from dms.web.current import actor, archive


def holds_on(target: str, reference: str | int) -> tuple[HoldShown, ...]:
    """The holds in force that cover what a page shows; none where the reader may not know of it."""
    try:
        return holds_of(actor(), HoldTarget(target), reference, archive=archive())
    except SubjectNotFound:
        return ()
