"""What a person wishes to have printed: one form, about one thing, as paper or as a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from dms.errors import Bilingual


class PrintForm(StrEnum):
    """The forms; the value is how the command line and the address of a page name one.

    The sheets of a volume are its cover, contents list and filing note in one; the bound volume has its papers too.
    """

    VOLUME_COVER = "volume-cover"
    SPINE_LABELS = "spine-labels"
    CONTENTS_LIST = "contents-list"
    FILING_NOTE = "filing-note"
    VOLUME_SHEETS = "volume-sheets"
    BOUND_VOLUME = "bound-volume"
    VOLUME_CATALOGUE = "volume-catalogue"
    ITEM_LIST = "item-list"
    BOX_LABELS = "box-labels"
    TRANSFER_LIST = "transfer-list"
    ACCESSION_REGISTER = "accession-register"
    MISSING_PAPERS = "missing-papers"
    CARRY_FORWARD = "carry-forward"
    CONTRACT_LEDGER = "contract-ledger"
    CUSTOMER_CARD = "customer-card"
    CUSTOMER_LIST = "customer-list"


FORM_NAMES: Final[Mapping[PrintForm, Bilingual]] = {
    PrintForm.VOLUME_COVER: Bilingual("案卷封面", "Volume cover"),
    PrintForm.SPINE_LABELS: Bilingual("案卷脊背", "Spine labels"),
    PrintForm.CONTENTS_LIST: Bilingual("卷内目录", "Contents list"),
    PrintForm.FILING_NOTE: Bilingual("卷内备考表", "Filing note"),
    PrintForm.VOLUME_SHEETS: Bilingual("卷内表单", "Sheets of a volume"),
    PrintForm.BOUND_VOLUME: Bilingual("整卷", "Bound volume"),
    PrintForm.VOLUME_CATALOGUE: Bilingual("案卷目录", "Volume catalogue"),
    PrintForm.ITEM_LIST: Bilingual("归档文件目录", "Item list"),
    PrintForm.BOX_LABELS: Bilingual("档案盒标签", "Box labels"),
    PrintForm.TRANSFER_LIST: Bilingual("移交清单", "Transfer list"),
    PrintForm.ACCESSION_REGISTER: Bilingual("接收登记簿", "Accession register"),
    PrintForm.MISSING_PAPERS: Bilingual("补充资料清单", "Missing-papers list"),
    PrintForm.CARRY_FORWARD: Bilingual("结转清单", "Carry-forward list"),
    PrintForm.CONTRACT_LEDGER: Bilingual("合同台账", "Contract ledger"),
    PrintForm.CUSTOMER_CARD: Bilingual("客户卡", "Customer card"),
    PrintForm.CUSTOMER_LIST: Bilingual("客户一览表", "Customer list"),
}
_OF_VOLUMES: Final = ("volume", "customer_code", "series_code", "year")
ABOUT: Final[Mapping[PrintForm, tuple[str, ...]]] = {
    PrintForm.VOLUME_COVER: _OF_VOLUMES,
    PrintForm.SPINE_LABELS: _OF_VOLUMES,
    PrintForm.CONTENTS_LIST: ("volume",),
    PrintForm.FILING_NOTE: ("volume",),
    PrintForm.VOLUME_SHEETS: ("volume",),
    PrintForm.BOUND_VOLUME: ("volume",),
    PrintForm.VOLUME_CATALOGUE: ("customer_code", "series_code", "year"),
    PrintForm.ITEM_LIST: _OF_VOLUMES,
    PrintForm.BOX_LABELS: ("location",),
    PrintForm.TRANSFER_LIST: ("batch",),
    PrintForm.ACCESSION_REGISTER: ("year",),
    PrintForm.MISSING_PAPERS: ("customer_code", "department"),
    PrintForm.CARRY_FORWARD: ("year",),
    PrintForm.CONTRACT_LEDGER: ("customer_code", "department", "year"),
    PrintForm.CUSTOMER_CARD: ("customer_code",),
    PrintForm.CUSTOMER_LIST: ("department",),
}
"""What each form can be told to be about, by the names of the wish; the rest of a wish does not matter to it."""
NEEDS: Final[Mapping[PrintForm, str]] = {
    PrintForm.CONTENTS_LIST: "volume",
    PrintForm.FILING_NOTE: "volume",
    PrintForm.VOLUME_SHEETS: "volume",
    PrintForm.BOUND_VOLUME: "volume",
    PrintForm.TRANSFER_LIST: "batch",
    PrintForm.CARRY_FORWARD: "year",
    PrintForm.CUSTOMER_CARD: "customer_code",
}
"""What a form cannot be without."""
PAPER_ONLY: Final = frozenset(
    {
        PrintForm.VOLUME_COVER,
        PrintForm.SPINE_LABELS,
        PrintForm.BOX_LABELS,
        PrintForm.VOLUME_SHEETS,
        PrintForm.BOUND_VOLUME,
        PrintForm.CUSTOMER_CARD,
    }
)
"""Forms without a spreadsheet: there is no list in them."""


PAPERS_A_PART: Final = 8_000
"""As many papers as one printed list holds with ease; a spreadsheet holds all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintWish:
    """One form and what it is to be about; each None means that this does not matter to it."""

    form: PrintForm
    volume: str | None = None
    """The volume's reference code, or its number in the catalogue."""
    customer_code: str | None = None
    series_code: str | None = None
    year: int | None = None
    department: str | None = None
    batch: str | None = None
    """Number of a transfer batch."""
    location: str | None = None
    """Code or barcode of a box or shelf."""
    part: int | None = None
    """Which part of an item list, from 1, of `PAPERS_A_PART` papers; None for all of it."""


def wish_as_json(wish: PrintWish) -> dict[str, Any]:
    """The wish as plain JSON, without what does not matter."""
    stated = {each.name: getattr(wish, each.name) for each in fields(PrintWish)}
    return {name: value for name, value in stated.items() if value is not None}
