"""A report on paper and as a spreadsheet; the bytes that are handed in are those of the paper."""

import hashlib
from typing import TYPE_CHECKING

from dms.archive import Archive
from dms.custody.reporting.making import ReportWish, report_in
from dms.domain.actor import Actor, Permission
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed
from dms.domain.report import Report
from dms.store import UnitOfWork

if TYPE_CHECKING:
    from dms.printing import Letterhead


def print_report(actor: Actor, wish: ReportWish, form: PrintAs, *, archive: Archive) -> Printed:
    """The report of this moment as a document; the digest of the very bytes is journaled."""
    actor.require(Permission.READ_REPORTS)
    with archive.looking() as view:
        report = report_in(actor, wish, archive=archive, work=view)
        head = letterhead(actor, archive=archive, work=view)
    content = typeset_report(report, head, form)
    with archive.begin() as work:
        digest = hashlib.sha256(content).hexdigest()
        told = {"period": wish.period.told.zh, "form": form.value, "sha256": digest}
        archive.record(work, actor, "report_taken", f"report/{wish.name.value}", **told)
    name = f"{report.title.zh}-{report.period.told.zh}.{form.value}"
    return Printed(suggested_name=name, media_type=MEDIA_TYPES[form], content=content)


def typeset_report(report: Report, head: "Letterhead", form: PrintAs) -> bytes:
    """The report as bytes."""
    from dms.printing import report_pdf, report_xlsx  # loaded when a report is printed: few commands need it

    return report_pdf(report, head) if form is PrintAs.PDF else report_xlsx(report, head)


def letterhead(actor: Actor, *, archive: Archive, work: UnitOfWork) -> "Letterhead":
    """Whose report it is, made out by the actor now."""
    from dms.printing import Letterhead

    return Letterhead(
        company=next(iter(work.scheme.own_names()), ""),
        fonds_code=work.scheme.fonds_code(),
        person=actor.name,
        made_at=archive.now(),
    )
