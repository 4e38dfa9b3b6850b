"""Papers destroyed as an approved list would destroy them, for tests of what a destruction leaves behind.

How a list comes to be approved is tested where lists are; here the last step is taken for itself.
"""

from collections.abc import Iterable

from dms.archive import Archive
from dms.custody import remove_condemned
from dms.custody.destroying import destroy_item
from dms.domain.actor import OPERATOR
from dms.domain.destruction import Destroyed
from dms.domain.item import ItemState


def destroy_papers(archive: Archive, item_ids: Iterable[str], number: str = "XH2026-001") -> tuple[Destroyed, ...]:
    """What remains of these papers, destroyed at once under a list of this number; destroyed ones are passed over."""
    with archive.begin() as work:
        items = [work.items.with_id(item_id, actor=OPERATOR) for item_id in item_ids]
        proofs = tuple(
            destroy_item(OPERATOR, item, number, archive=archive, work=work)
            for item in items
            if item is not None and item.state is not ItemState.DESTROYED
        )
    remove_condemned(archive)
    return proofs
