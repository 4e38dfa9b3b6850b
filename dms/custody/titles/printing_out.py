"""The forms of title documents, on paper or as a spreadsheet, journaled."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed
from dms.errors import Bilingual

_UNFIT_IN_NAMES: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


class TitleFormName(StrEnum):
    """The forms there are."""

    SLIP = "slip"
    """重要权证移交清单"""
    LEDGER = "ledger"
    """权证台账"""
    MOVEMENTS = "movements"
    """权证出入库登记"""
    OPENINGS = "openings"
    """保险柜开启登记"""
    STOCK_TAKE = "stock-take"
    """权证盘点表"""


TITLE_FORM_NAMES: Final = {
    TitleFormName.SLIP: Bilingual("重要权证移交清单", "slip of title documents"),
    TitleFormName.LEDGER: Bilingual("权证台账", "ledger of title documents"),
    TitleFormName.MOVEMENTS: Bilingual("权证出入库登记", "title documents in and out"),
    TitleFormName.OPENINGS: Bilingual("保险柜开启登记", "openings of safes"),
    TitleFormName.STOCK_TAKE: Bilingual("权证盘点表", "stock-take"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFormWish:
    """Which form, about what."""

    form: TitleFormName
    about: str = ""
    """Number of the slip, stock-take or title document, or code of a safe; empty for all there are."""
    since_on: date | None = None
    until_on: date | None = None
    """The last day; None like the first for every day."""


def print_title_form(
    actor: Actor, wish: TitleFormWish, printed_as: PrintAs = PrintAs.PDF, *, archive: Archive
) -> Printed:
    """The form wished for, journaled with its digest; what the actor may not know of does not stand on it.

    Raises what showing the slip, title document, safe or stock-take raises, and what `dms.printing` raises of fonts.
    """
    actor.require(Permission.CONSULT)
    # Loaded when something is printed: few commands need it.
    from dms.custody.titles.form_facts import form_facts
    from dms.printing import title_form_pdf, title_form_xlsx

    facts = form_facts(actor, wish, archive=archive)
    content = title_form_pdf(facts) if printed_as is PrintAs.PDF else title_form_xlsx(facts)
    digest = hashlib.sha256(content).hexdigest()
    with archive.begin() as work:
        told = {"form": printed_as.value, "about": wish.about, "sha256": digest}
        archive.record(work, actor, "title_form_printed", wish.form.value, **told)
    stem = " ".join(filter(None, (TITLE_FORM_NAMES[wish.form].zh, wish.about)))
    return Printed(
        suggested_name=f"{_UNFIT_IN_NAMES.sub('_', stem)[:100]}.{printed_as.value}",
        media_type=MEDIA_TYPES[printed_as],
        content=content,
    )
