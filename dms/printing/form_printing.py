"""One way to paper and one to a spreadsheet, whatever the form: the facts of a form go in, its bytes come out.

What always holds:
- The same facts give the same PDF, byte for byte; every PDF is PDF/A-2b with its fonts inside.
- A character that no installed font holds is refused by name, never printed as an empty box.
- The spreadsheet of a list bears every line of the printed one.
- Nothing is written to a disk (I3).
"""

from collections.abc import Callable
from typing import Any

from dms.errors import Bilingual
from dms.printing.box_labels import box_labels_pdf
from dms.printing.customer_cards import customer_cards_pdf
from dms.printing.filing_note import filing_note_pdf
from dms.printing.hand_over_facts import AccessionRegister, TransferList
from dms.printing.hand_over_lists import accession_listing, transfer_listing
from dms.printing.ledger_facts import (
    CarryForwardList,
    ContractLedger,
    CustomerCards,
    CustomerList,
    MissingPapersList,
)
from dms.printing.ledger_lists import carry_forward_listing, customer_listing, ledger_listing, missing_listing
from dms.printing.listing import Listing, listing_pdf
from dms.printing.listing_sheets import listing_xlsx
from dms.printing.spine_labels import spine_labels_pdf
from dms.printing.volume_covers import volume_covers_pdf
from dms.printing.volume_facts import (
    BoxLabels,
    ContentsList,
    FilingNote,
    ItemList,
    SpineLabels,
    VolumeCatalogue,
    VolumeCovers,
)
from dms.printing.volume_lists import catalogue_listing, contents_listing, filing_note_listing, item_listing

ListForm = (
    ContentsList
    | FilingNote
    | VolumeCatalogue
    | ItemList
    | TransferList
    | AccessionRegister
    | MissingPapersList
    | CustomerList
    | CarryForwardList
    | ContractLedger
)
"""The forms that are lists: they have a twin as a spreadsheet."""
Form = ListForm | VolumeCovers | SpineLabels | BoxLabels | CustomerCards


def form_pdf(form: Form) -> bytes:
    """The form as PDF/A-2b; the same facts give the same bytes.

    Raises `FontMissing`, `CharacterMissing`, `ListTooLong`, `FormNotPrinted`, and `NothingToPrint` for covers, labels
    and cards where there are none; a list without lines is a list.
    """
    match form:
        case VolumeCovers():
            return volume_covers_pdf(form)
        case SpineLabels():
            return spine_labels_pdf(form)
        case BoxLabels():
            return box_labels_pdf(form)
        case CustomerCards():
            return customer_cards_pdf(form)
        case FilingNote():
            return filing_note_pdf(form)
        case _:
            return listing_pdf(_listing(form))


def form_xlsx(form: ListForm) -> bytes:
    """The list as a workbook of one sheet; no text in it can be taken for a formula."""
    return listing_xlsx(_listing(form))


def form_title(form: Form) -> Bilingual:
    """What the form is called, for names of downloads and headings: ``卷内目录``, ``Contents of the volume``."""
    match form:
        case VolumeCovers():
            return Bilingual("案卷封面", "Volume cover")
        case SpineLabels():
            return Bilingual("案卷脊背标签", "Spine labels")
        case BoxLabels():
            return Bilingual("档案盒标签", "Box labels")
        case CustomerCards():
            return Bilingual("客户卡", "Customer card")
        case _:
            return _listing(form).title


_LISTINGS: dict[type[Any], Callable[[Any], Listing]] = {
    ContentsList: contents_listing,
    FilingNote: filing_note_listing,
    VolumeCatalogue: catalogue_listing,
    ItemList: item_listing,
    TransferList: transfer_listing,
    AccessionRegister: accession_listing,
    MissingPapersList: missing_listing,
    CustomerList: customer_listing,
    CarryForwardList: carry_forward_listing,
    ContractLedger: ledger_listing,
}


def _listing(form: ListForm) -> Listing:
    return _LISTINGS[type(form)](form)
