"""Importing the contract ledger from a spreadsheet: choose the table, look at what would happen, then say yes."""

from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.errors import DmsError
from dms.filing.ledger import ImportPlan, LedgerField, RowFate, RowsRefused, import_contracts, preview_import
from dms.printing import Sheet, read_sheet
from dms.web.current import actor, archive, user
from dms.web.declaring import needs
from dms.web.errors import PreviewForgotten, SheetNotChosen
from dms.web.refusals import status_of
from dms.web.sheet_previews import KEPT_FOR, KeptSheet, SheetPreviews

blueprint = Blueprint("contract_import", __name__)

SHEET_FIELD = "sheet"
MOST_SHOWN = 200
"""Problems and changes on one page; the rest is counted."""
_EXTENSION = "anjuan-sheet-previews"


@blueprint.get("/contracts/import")
@needs(Permission.MANAGE_CUSTOMERS)
def page() -> str:
    """Where a table is chosen."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    return _page(refusal=None)


@blueprint.post("/contracts/import")
@needs(Permission.MANAGE_CUSTOMERS)
def preview() -> str | tuple[str, int]:
    """What importing the table that was sent would do; nothing is written yet."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    sent = request.files.get(SHEET_FIELD)
    try:
        if sent is None or not sent.filename:
            raise SheetNotChosen
        return _preview(read_sheet(sent.read()), sent.filename)
    except DmsError as refusal:
        return _page(refusal=refusal), status_of(refusal)


@blueprint.post("/contracts/import/confirmed")
@needs(Permission.MANAGE_CUSTOMERS)
def confirmed() -> Response | tuple[str, int]:
    """Import the table that was looked at, whole or not at all."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    kept = _previews().take(request.form.get("token", ""), user_id=user().id, now=archive().now())
    try:
        if kept is None:
            raise PreviewForgotten
        plan = import_contracts(actor(), kept.sheet, archive=archive(), seen=kept.fingerprint)
    except DmsError as refusal:
        return _refused(kept, refusal)
    told = {"new": plan.count(RowFate.NEW), "changed": plan.count(RowFate.CHANGED)}
    flash(_("已导入：新增 %(new)d 份合同，修改 %(changed)d 份。", **told), "success")
    return redirect(url_for("contracts.index"))


def _refused(kept: KeptSheet | None, refusal: DmsError) -> tuple[str, int]:
    """The preview anew where the table is still at hand, so that nobody has to look for it again."""
    if kept is None:
        return _page(refusal=refusal), status_of(refusal)
    return _preview(kept.sheet, kept.original_filename, refusal=refusal), status_of(refusal)


def _preview(sheet: Sheet, original_filename: str, *, refusal: DmsError | None = None) -> str:
    plan = preview_import(actor(), sheet, archive=archive())
    kept = KeptSheet(
        user_id=user().id,
        sheet=sheet,
        original_filename=original_filename,
        fingerprint=plan.fingerprint,
        until_at=archive().now() + KEPT_FOR,
    )
    ready = not plan.problems and plan.count(RowFate.NEW) + plan.count(RowFate.CHANGED) > 0
    return render_template(
        "pages/contracts/preview.html",
        plan=plan,
        counts=[(fate, plan.count(fate)) for fate in RowFate],
        shown=[row for row in plan.rows if row.fate in (RowFate.NEW, RowFate.CHANGED)][:MOST_SHOWN],
        problems=plan.problems[:MOST_SHOWN],
        refusal=None if isinstance(refusal, RowsRefused) else refusal,
        original_filename=original_filename,
        token=_previews().keep(kept) if ready else "",
        many=_many(plan),
    )


def _many(plan: ImportPlan) -> bool:
    """Whether more rows would be written than the page shows."""
    return plan.count(RowFate.NEW) + plan.count(RowFate.CHANGED) > MOST_SHOWN


def _page(*, refusal: DmsError | None) -> str:
    return render_template("pages/contracts/import.html", refusal=refusal, columns=list(LedgerField))


def _previews() -> SheetPreviews:
    return cast(SheetPreviews, current_app.extensions.setdefault(_EXTENSION, SheetPreviews()))
