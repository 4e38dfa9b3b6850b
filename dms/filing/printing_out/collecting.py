"""Which facts a form is made of: one way from every form to what stands on it, gathered under the actor's rights."""

from collections.abc import Mapping
from typing import Final, Protocol

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.filing.printing_out.catalogues import box_labels, item_list, volume_catalogue
from dms.filing.printing_out.hand_overs import register_of_accessions, transfer_list
from dms.filing.printing_out.ledgers import (
    carry_forward_list,
    customer_cards,
    customer_list,
    ledger_of_contracts,
    missing_papers_list,
)
from dms.filing.printing_out.volume_sheets import contents_list, filing_note, spine_labels, volume_covers
from dms.filing.printing_out.wish import PrintForm, PrintWish
from dms.printing import Form


class Collector(Protocol):
    """Gathers the facts of one form; raises where what it is to be about is not there."""

    def __call__(self, actor: Actor, wish: PrintWish, *, archive: Archive) -> Form:
        """What stands on the form."""
        ...


_COLLECTORS: Final[Mapping[PrintForm, Collector]] = {
    PrintForm.VOLUME_COVER: volume_covers,
    PrintForm.SPINE_LABELS: spine_labels,
    PrintForm.CONTENTS_LIST: contents_list,
    PrintForm.FILING_NOTE: filing_note,
    PrintForm.VOLUME_CATALOGUE: volume_catalogue,
    PrintForm.ITEM_LIST: item_list,
    PrintForm.BOX_LABELS: box_labels,
    PrintForm.TRANSFER_LIST: transfer_list,
    PrintForm.ACCESSION_REGISTER: register_of_accessions,
    PrintForm.MISSING_PAPERS: missing_papers_list,
    PrintForm.CARRY_FORWARD: carry_forward_list,
    PrintForm.CONTRACT_LEDGER: ledger_of_contracts,
    PrintForm.CUSTOMER_CARD: customer_cards,
    PrintForm.CUSTOMER_LIST: customer_list,
}
"""Every form but those of a whole volume, which are made of several."""


def facts_of(actor: Actor, wish: PrintWish, *, archive: Archive) -> Form:
    """What stands on the form wished for; raises what its collector raises where something is not there."""
    return _COLLECTORS[wish.form](actor, wish, archive=archive)
