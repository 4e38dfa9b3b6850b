"""The operations page (运行维护): how the archive, its disk, its checks, its copies and its keys stand."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.bootstrap import Chore, ChoreKind, UpkeepStanding
from dms.custody import archive_standing, inspections_standing, keys_standing
from dms.domain.actor import Permission
from dms.domain.inspection import InspectionScope
from dms.domain.nightly import drill_is_due
from dms.preservation import backups_standing
from dms.web.current import Beside, actor, archive, surroundings
from dms.web.declaring import needs
from dms.web.errors import NothingBeside
from dms.web.versions import versions_in_use

blueprint = Blueprint("operations", __name__, url_prefix="/operations")

_NOTHING = UpkeepStanding(running=None, asked=(), troubles=())


@blueprint.get("")
@needs(Permission.OPERATE)
def index() -> str:
    """The page."""
    asking = actor()
    beside = surroundings().beside
    standing = archive_standing(asking, archive=archive())
    backups = backups_standing(asking, archive=archive())
    passed_at = next((drill.ended_at for drill in backups.drills if drill.passed), None)
    return render_template(
        "pages/operations/index.html",
        beside=beside,
        standing=standing,
        space=surroundings().space.outlook(),
        inspections=inspections_standing(asking, archive=archive()),
        backups=backups,
        drill_is_due=drill_is_due(archive().now(), latest_at=passed_at, founded_at=standing.founded_at),
        place_names={each.place.id: each.place.name for each in backups.places},
        keys=keys_standing(asking, archive=archive()),
        upkeep=beside.opened.upkeep.standing() if beside else _NOTHING,
        nightly_at=beside.serving.settings.nightly_at if beside else None,
        readers_alive=beside.opened.reading.readers_alive if beside else 0,
        versions=versions_in_use(),
        scopes=tuple(InspectionScope),
        has_page=_has_page,
    )


@blueprint.post("/verify")
@needs(Permission.OPERATE)
def verify() -> Response:
    """Have the archive verified soon, as deeply as the form says."""
    asking = actor()
    asking.require(Permission.OPERATE)
    scope = _scope_asked()
    if _beside().opened.upkeep.ask(Chore(kind=ChoreKind.VERIFY, scope=scope, actor=asking)):
        flash(_("检查已开始，完成后结果显示在本页。"), "success")
    else:
        flash(_("同样的检查已经在进行。"), "info")
    return redirect(url_for("operations.index"))


@blueprint.post("/back-up/<int:place_id>")
@needs(Permission.OPERATE)
def back_up(place_id: int) -> Response:
    """Have a backup made soon to one place."""
    asking = actor()
    asking.require(Permission.OPERATE)
    if _beside().opened.upkeep.ask(Chore(kind=ChoreKind.BACK_UP, place_id=place_id, actor=asking)):
        flash(_("备份已开始，完成后结果显示在本页。"), "success")
    else:
        flash(_("到这个位置的备份已经在进行。"), "info")
    return redirect(url_for("operations.index"))


@blueprint.post("/seal")
@needs(Permission.OPERATE)
def seal() -> Response:
    """Seal the service; every session ends, and nothing is served until somebody unlocks it."""
    _beside().serving.seal(actor())
    return redirect("/unlock")


def _beside() -> Beside:
    beside = surroundings().beside
    if beside is None:
        raise NothingBeside
    return beside


def _scope_asked() -> InspectionScope:
    stated = request.form.get("scope", "")
    return InspectionScope(stated) if stated in set(InspectionScope) else InspectionScope.QUICK


def _has_page(endpoint: str) -> bool:
    """Whether the application has such a page."""
    return endpoint in current_app.view_functions
