"""The home page: what is to be done today, what waits, what came last, and one large box to search in."""

from flask import Blueprint, render_template, url_for

from dms.custody.duties import KIND_NAMES, DutyShown
from dms.custody.starting import start_page
from dms.web.current import actor, archive
from dms.web.declaring import for_everyone_signed_in
from dms.web.duty_ways import way_of

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@for_everyone_signed_in
def page() -> str:
    """The home page of whoever asks: his duties, and the figures that his roles ask for."""
    return render_template(
        "pages/home/page.html",
        start=start_page(actor(), archive=archive()),
        duty_names=KIND_NAMES,
        duty_address=_duty_address,
        duties_place=url_for("duties.index"),
    )


def _duty_address(shown: DutyShown) -> str:
    """Where the duty is done; empty for one whose subject the reader may not know, or that has no page of its own."""
    return way_of(shown.duty.subject) if shown.is_told_in_full else ""
