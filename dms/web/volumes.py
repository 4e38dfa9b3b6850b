"""The volumes: one for each customer, series and year."""

from flask import Blueprint, render_template, request

from dms.filing import frame, list_volumes
from dms.web.current import actor, archive
from dms.web.paging import paging_asked

blueprint = Blueprint("volumes", __name__)

VOLUMES_PER_PAGE = 60


@blueprint.get("/volumes")
def index() -> str:
    """The volumes, of one year and of customers whose name or code contains ``q`` where that is asked."""
    paging = paging_asked(VOLUMES_PER_PAGE)
    year, words = request.args.get("year", type=int), request.args.get("q", "").strip()
    everything = list_volumes(actor(), archive=archive())
    chosen = [
        (customer, volume)
        for customer, volume in everything
        if year in (None, volume.year) and words.casefold() in f"{customer.code} {customer.name}".casefold()
    ]
    return render_template(
        "pages/volumes/index.html",
        volumes=chosen[paging.offset : paging.offset + paging.limit],
        total=len(chosen),
        years=sorted({volume.year for _, volume in everything}, reverse=True),
        year=year,
        words=words,
        series_names={series.code: series for series in frame(actor(), archive=archive()).series},
        paging=paging,
    )
