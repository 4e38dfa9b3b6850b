"""补充资料清单: what customer files and contracts lack, and which department is to bring it."""

from dataclasses import replace

from flask import Blueprint, Response, render_template, request

from dms.domain.actor import Permission
from dms.domain.missing_paper import MissingReason
from dms.filing.ledger import MissingWish, export_missing, papers_missing, told_reason
from dms.web.contracts import sheet_to_keep
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import paging_asked

blueprint = Blueprint("missing_papers", __name__)

PAPERS_PER_PAGE = 100
EVERY_DEPARTMENT = "*"
"""Empty text asks for what no department is known to owe."""


@blueprint.get("/contracts/missing")
@needs(Permission.CONSULT)
def index() -> str:
    """What is missing today; ``department``, ``customer``, ``contract`` and ``why`` choose."""
    paging = paging_asked(PAPERS_PER_PAGE)
    wish = _wish()
    found = papers_missing(actor(), replace(wish, limit=paging.limit, offset=paging.offset), archive=archive())
    return render_template(
        "pages/contracts/missing.html",
        found=found,
        wish=wish,
        reasons=list(MissingReason),
        reason_of=told_reason,
        paging=paging,
    )


@blueprint.get("/contracts/missing.xlsx")
@needs(Permission.CONSULT)
def export() -> Response:
    """What the filters choose, as a workbook to hand out."""
    return sheet_to_keep(export_missing(actor(), _wish(), archive=archive()), "missing-papers.xlsx")


def _wish() -> MissingWish:
    reasons = {reason.value: reason for reason in MissingReason}
    asked = request.args.get("department", EVERY_DEPARTMENT)
    return MissingWish(
        department=None if asked == EVERY_DEPARTMENT else asked,
        customer_code=request.args.get("customer") or None,
        contract_id=request.args.get("contract", type=int),
        because=reasons.get(request.args.get("why", "")),
    )
