"""Backup places, runs and restore drills, for those who keep the archive running."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.domain.backup import Medium
from dms.domain.copies import COPIES_WANTED
from dms.errors import DmsError
from dms.preservation import NewPlace, add_place, backups_standing, place_with_id, remove_place, what_is_missing
from dms.web.current import actor, archive, surroundings
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.refusals import status_of

blueprint = Blueprint("backups", __name__, url_prefix="/backups")

RUNS_SHOWN = 20


@blueprint.get("")
@needs(Permission.OPERATE)
def index() -> str:
    """How the copies stand, every place, the latest runs and drills, and the form for a new folder."""
    return _page(refusal=None)


@blueprint.post("")
@needs(Permission.OPERATE)
def add() -> Response | tuple[str, int]:
    """Register a folder as a place; an S3 store needs credentials, which are never typed into a page."""
    stated = request.form.get("medium", "")
    new = NewPlace(
        address=_folder(request.form.get("address", "")),
        name=request.form.get("name", ""),
        medium=Medium(stated) if stated in set(Medium) else None,
        offsite=request.form.get("offsite") == "1",
    )
    try:
        place = add_place(actor(), new, archive=archive())
    except DmsError as refusal:
        return _page(refusal=refusal), status_of(refusal)
    flash(_("已登记备份位置“%(name)s”。", name=place.name), "success")
    return redirect(url_for("backups.index"))


@blueprint.get("/<int:place_id>/remove")
@needs(Permission.OPERATE)
def ask_removal(place_id: int) -> str:
    """Ask before a place is given up."""
    actor().require(Permission.OPERATE)
    with archive().looking() as view:
        return render_template("pages/backups/remove.html", place=place_with_id(place_id, work=view))


@blueprint.post("/<int:place_id>/remove")
@needs(Permission.OPERATE)
def remove(place_id: int) -> Response:
    """Use the place no more."""
    remove_place(actor(), place_id, archive=archive())
    flash(_("已移除备份位置；其中的备份没有删除。"), "success")
    return redirect(url_for("backups.index"))


def _page(*, refusal: DmsError | None) -> str:
    standing = backups_standing(actor(), archive=archive())
    runs = sorted((run for each in standing.places for run in each.runs), key=lambda run: run.id or 0, reverse=True)
    return render_template(
        "pages/backups/index.html",
        standing=standing,
        missing=what_is_missing(standing, now=archive().now()),
        empty_slots=max(0, COPIES_WANTED - standing.copies.count),
        runs=runs[:RUNS_SHOWN],
        names={each.place.id: each.place.name for each in standing.places},
        media=[(medium.value, label(medium)) for medium in Medium],
        has_service=surroundings().beside is not None,
        refusal=refusal,
    )


def _folder(stated: str) -> str:
    """Only folders can be added here; anything that is no full path is refused with the reason."""
    return stated.strip() if stated.strip().startswith("/") else ""
