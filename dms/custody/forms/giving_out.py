"""Forms of custody on their way out: as paper or as a spreadsheet, journaled with the digest of the very bytes."""

import hashlib
from typing import TYPE_CHECKING

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed

if TYPE_CHECKING:
    from dms.printing import DutyListForm, DutyOverviewForm, Letterhead, ReviewReportForm


def printed(
    actor: Actor,
    form: "DutyListForm | DutyOverviewForm | ReviewReportForm",
    name: str,
    printed_as: PrintAs,
    *,
    archive: Archive,
) -> Printed:
    """The document, journaled with the digest of its very bytes."""
    # Loaded when something is printed: few commands need it.
    from dms.printing import duty_form_pdf, duty_form_xlsx

    content = duty_form_pdf(form) if printed_as is PrintAs.PDF else duty_form_xlsx(form)
    with archive.begin() as work:
        digest = hashlib.sha256(content).hexdigest()
        archive.record(work, actor, "duties_printed", name, form=printed_as.value, sha256=digest)
    suggested = f"{name}-{local_day(archive.now()).isoformat()}.{printed_as.value}"
    return Printed(suggested_name=suggested, media_type=MEDIA_TYPES[printed_as], content=content)


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
