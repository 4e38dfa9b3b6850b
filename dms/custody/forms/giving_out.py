"""Forms of custody on their way out: as paper or as a spreadsheet, journaled with the digest of the very bytes."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.clock import local_day

if TYPE_CHECKING:
    from dms.printing import DutyListForm, DutyOverviewForm, Letterhead, ReviewReportForm


class PrintAs(StrEnum):
    """What a form is made as; the value is the ending of its name."""

    PDF = "pdf"
    XLSX = "xlsx"


MEDIA_TYPES: Final = {
    PrintAs.PDF: "application/pdf",
    PrintAs.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedForm:
    """A document to take away."""

    suggested_name: str
    media_type: str
    content: bytes


def printed(
    actor: Actor,
    form: "DutyListForm | DutyOverviewForm | ReviewReportForm",
    name: str,
    printed_as: PrintAs,
    *,
    archive: Archive,
) -> PrintedForm:
    """The document, journaled with the digest of its very bytes."""
    # Loaded when something is printed: few commands need it.
    from dms.printing import duty_form_pdf, duty_form_xlsx

    content = duty_form_pdf(form) if printed_as is PrintAs.PDF else duty_form_xlsx(form)
    with archive.begin() as work:
        digest = hashlib.sha256(content).hexdigest()
        archive.record(work, actor, "duties_printed", name, form=printed_as.value, sha256=digest)
    suggested = f"{name}-{local_day(archive.now()).isoformat()}.{printed_as.value}"
    return PrintedForm(suggested_name=suggested, media_type=MEDIA_TYPES[printed_as], content=content)


def letterhead(actor: Actor, *, archive: Archive) -> "Letterhead":
    """Whose form it is, made out by the actor now."""
    from dms.printing import Letterhead

    with archive.looking() as view:
        return Letterhead(
            company=next(iter(view.scheme.own_names()), ""),
            fonds_code=view.scheme.fonds_code(),
            person=actor.name,
            made_at=archive.now(),
        )
