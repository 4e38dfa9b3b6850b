"""Places: the tree of rooms, racks, shelves, boxes, cabinets and safes, what stands where, and moving volumes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.domain.location import Location, LocationKind
from dms.errors import DmsError
from dms.filing import frame
from dms.filing.places import (
    PlaceStated,
    add_place,
    change_place,
    move_volumes,
    place_tree,
    retire_place,
    show_place,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("locations", __name__, url_prefix="/locations")

VOLUMES_PER_PAGE = 60


@blueprint.get("")
@needs(Permission.CONSULT)
def index() -> str | Response:
    """The tree of places; a code or barcode in ``q`` leads to its place."""
    asked = request.args.get("q", "").strip()
    if asked:
        return redirect(url_for("locations.show", code=show_place(actor(), asked, archive=archive()).place.code))
    return _index(MultiDict(), refusal=None)


@blueprint.post("")
@needs(Permission.MANAGE_CUSTOMERS)
def add() -> Response | tuple[str, int]:
    """Add a place; the page with the reason where that is refused."""
    try:
        place = add_place(actor(), _stated(), archive=archive())
    except DmsError as refusal:
        return _index(request.form, refusal=refusal), status_of(refusal)
    flash(_("已登记库位 %(name)s。", name=place.name), "success")
    return redirect(url_for("locations.index"))


@blueprint.get("/<code>")
@needs(Permission.CONSULT)
def show(code: str) -> str:
    """One place: where it is, what stands in it, and its volumes."""
    return _page(code, refusal=None)


@blueprint.get("/<code>/edit")
@needs(Permission.MANAGE_CUSTOMERS)
def edit(code: str) -> str:
    """The form for changing a place."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    shown = show_place(actor(), code, archive=archive())
    return _form(shown.place, _as_typed(shown.place, shown.path), refusal=None)


@blueprint.post("/<code>/edit")
@needs(Permission.MANAGE_CUSTOMERS)
def change(code: str) -> Response | tuple[str, int]:
    """Change a place or put it elsewhere; the form again with the reason where that is refused."""
    try:
        place = change_place(actor(), code, _stated(), archive=archive())
    except DmsError as refusal:
        shown = show_place(actor(), code, archive=archive())
        return _form(shown.place, request.form, refusal=refusal), status_of(refusal)
    flash(_("库位已保存。"), "success")
    return redirect(url_for("locations.show", code=place.code))


@blueprint.get("/<code>/retire")
@needs(Permission.MANAGE_CUSTOMERS)
def ask_retiring(code: str) -> str:
    """Ask before a place is given up."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    return render_template("pages/locations/retire.html", shown=show_place(actor(), code, archive=archive()))


@blueprint.post("/<code>/retire")
@needs(Permission.MANAGE_CUSTOMERS)
def retire(code: str) -> Response:
    """Give a place up in which nothing stands any more."""
    place = retire_place(actor(), code, archive=archive())
    flash(_("库位 %(name)s 已停用。", name=place.name), "success")
    return redirect(url_for("locations.index"))


@blueprint.post("/<code>/volumes")
@needs(Permission.MANAGE_CUSTOMERS)
def move(code: str) -> Response | tuple[str, int]:
    """Put the volumes that were named here, or those that were ticked elsewhere."""
    target = request.form.get("target", code).strip()
    named = [*request.form.getlist("volumes"), *request.form.get("references", "").split()]
    try:
        count = move_volumes(actor(), named, target, archive=archive())
    except DmsError as refusal:
        return _page(code, refusal=refusal), status_of(refusal)
    flash(ngettext("已移动 %(num)d 卷。", "已移动 %(num)d 卷。", count), "success")
    return redirect(url_for("locations.show", code=code))


def _index(typed: MultiDict[str, str], *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/locations/index.html",
        tree=place_tree(actor(), archive=archive()),
        kinds=_kinds(),
        typed=typed,
        refusal=refusal,
    )


def _page(code: str, *, refusal: DmsError | None) -> str:
    paging = paging_asked(VOLUMES_PER_PAGE)
    return render_template(
        "pages/locations/show.html",
        shown=show_place(actor(), code, archive=archive(), limit=paging.limit, offset=paging.offset),
        series_names={series.code: series for series in frame(actor(), archive=archive()).series},
        paging=paging,
        refusal=refusal,
    )


def _form(place: Location, typed: MultiDict[str, str], *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/locations/form.html", place=place, typed=typed, kinds=_kinds(), refusal=refusal,
        tree=place_tree(actor(), archive=archive()),
    )  # fmt: skip


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, label(kind)) for kind in LocationKind]


def _as_typed(place: Location, path: tuple[Location, ...]) -> MultiDict[str, str]:
    parent = path[-2].code if place.parent_id is not None and len(path) > 1 else ""
    stated = {"kind": place.kind.value, "code": place.code, "name": place.name, "barcode": place.barcode}
    return MultiDict(stated | {"parent": parent})


def _stated() -> PlaceStated:
    form = request.form
    kind = next((each for each in LocationKind if each.value == form.get("kind")), LocationKind.BOX)
    return PlaceStated(
        kind=kind,
        code=form.get("code", ""),
        name=form.get("name", ""),
        barcode=form.get("barcode", ""),
        parent_code=form.get("parent", ""),
    )
