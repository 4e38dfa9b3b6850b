"""The inspections of the archive (完整性检查): their verdicts, what they found, and their reports to take away."""

import re
from collections.abc import Iterator
from io import BytesIO

from flask import Blueprint, Response, render_template, send_file

from dms.domain.actor import Permission
from dms.domain.inspection import COUNT_NAMES, Finding, Inspection, Severity
from dms.errors import Bilingual
from dms.evidence import inspection_numbered, inspection_page, note_report_taken, report_json
from dms.printing import evidence_factors, inspection_report
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import Paging, paging_asked

blueprint = Blueprint("inspections", __name__, url_prefix="/inspections")

INSPECTIONS_PER_PAGE = 30
FINDINGS_PER_PAGE = 100
_ITEM_ID = re.compile(r"(?<![0-9a-f])([0-9a-f]{20})(?![0-9a-f])")


@blueprint.get("")
@needs(Permission.READ_JOURNAL)
def index() -> str:
    """The inspections, the newest first."""
    paging = paging_asked(INSPECTIONS_PER_PAGE)
    found = inspection_page(actor(), archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template("pages/inspections/index.html", found=found, paging=paging, damages_of=damages_of)


@blueprint.get("/<int:inspection_id>")
@needs(Permission.READ_JOURNAL)
def show(inspection_id: int) -> str:
    """One inspection: its verdict, its figures, its circumstances and a page of its findings."""
    made = inspection_numbered(actor(), inspection_id, archive=archive())
    paging = paging_asked(FINDINGS_PER_PAGE)
    return render_template(
        "pages/inspections/show.html",
        made=made,
        damages=damages_of(made),
        counts=[(name, made.counts[key]) for key, name in COUNT_NAMES.items() if key in made.counts],
        findings=_shown(made, paging),
        paging=paging,
        factors=evidence_factors(made),
        pieces=pieces,
    )


@blueprint.get("/<int:inspection_id>/report.pdf")
@needs(Permission.READ_JOURNAL)
def as_pdf(inspection_id: int) -> Response:
    """The report for signing and for a court, as PDF/A."""
    made = inspection_numbered(actor(), inspection_id, archive=archive())
    return _taken(made, inspection_report(made), "pdf", "application/pdf")


@blueprint.get("/<int:inspection_id>/report.json")
@needs(Permission.READ_JOURNAL)
def as_json(inspection_id: int) -> Response:
    """The report for a program that checks its digest."""
    made = inspection_numbered(actor(), inspection_id, archive=archive())
    return _taken(made, report_json(made), "json", "application/json")


def damages_of(made: Inspection) -> int:
    """How many damages an inspection found."""
    return sum(finding.severity is Severity.DAMAGE for finding in made.findings)


def pieces(text: Bilingual, language: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a sentence, each with whether it is the id of an item, which may be opened."""
    for number, piece in enumerate(_ITEM_ID.split(text.in_language(language))):
        if piece:
            yield piece, number % 2 == 1


def _shown(made: Inspection, paging: Paging) -> tuple[Finding, ...]:
    """One page of the findings, damages first."""
    ordered = sorted(made.findings, key=lambda finding: finding.severity is not Severity.DAMAGE)
    return tuple(ordered[paging.offset : paging.offset + paging.limit])


def _taken(made: Inspection, content: bytes, form: str, media_type: str) -> Response:
    note_report_taken(actor(), made, form, archive=archive())
    name = f"inspection-{made.id}.{form}"
    answer = send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer
