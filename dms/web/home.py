"""The home page: what is to be done today, what waits, what came last, and one large box to search in."""

from typing import Any

from flask import Blueprint, current_app, render_template, url_for

from dms.custody.duties import KIND_NAMES, DutyShown
from dms.custody.starting import start_page
from dms.web.current import actor, archive
from dms.web.declaring import for_everyone_signed_in

blueprint = Blueprint("home", __name__)

_DUTIES = "duties.index"
_PLACES = {
    "item": ("items.show", "item_id"),
    "transfer": ("transfers.show", "transfer_id"),
    "missing": ("missing_papers.index", ""),
    "report": ("reports.show", "report_name"),
}
"""Kind of subject to its page and the argument that names it."""


@blueprint.get("/")
@for_everyone_signed_in
def page() -> str:
    """The home page of whoever asks: his duties, and the figures that his roles ask for."""
    return render_template(
        "pages/home/page.html",
        start=start_page(actor(), archive=archive()),
        duty_names=KIND_NAMES,
        duty_address=_duty_address,
        duties_place=url_for(_DUTIES) if _DUTIES in current_app.view_functions else None,
    )


def _duty_address(shown: DutyShown) -> str | None:
    """Where the duty is done; None for one whose subject the reader may not know, or that has no page of its own."""
    kind, _, named = shown.duty.subject.partition("/")
    endpoint, argument = _PLACES.get(kind, ("", ""))
    if not named or not shown.is_told_in_full or endpoint not in current_app.view_functions:
        return None
    if kind == "report":
        return url_for(endpoint, report_name=named.partition("-")[0], year=named.partition("-")[2][:4])
    asked: dict[str, Any] = {argument: named} if argument else {}
    return url_for(endpoint, **asked)
