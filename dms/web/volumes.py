"""The volumes: their list, one volume with all that belongs to it, and its way from the catalogue to the shelf."""

import json

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from dms.domain.actor import Permission
from dms.domain.volume import SEALED_STATES, NoteKind, VolumeState
from dms.errors import DmsError
from dms.filing import frame
from dms.filing.sealing import (
    BatchOutcome,
    Comparison,
    LineKind,
    VolumeFile,
    VolumeWish,
    catalogue_again,
    check_volume,
    hand_all_to_check,
    hand_to_check,
    seal_all,
    seal_public_key,
    seal_statement,
    seal_volume,
    send_back,
    shelve,
    verify_volume,
    volume_file,
    volumes_listed,
)
from dms.web.current import actor, archive, localized
from dms.web.declaring import needs
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("volumes", __name__)

VOLUMES_PER_PAGE = 60
LINES_PER_PAGE = 200
_ONE = "/volumes/<int:volume_id>"
_WRITABLE_NOTES = (NoteKind.DAMAGED, NoteKind.CORRECTED, NoteKind.ADDED, NoteKind.COMPARED, NoteKind.CARRIED)


@blueprint.get("/volumes")
@needs(Permission.CONSULT)
def index() -> str:
    """The volumes that fit: ``year``, ``series``, ``customer`` (a code), ``state``, and words in ``q``."""
    paging = paging_asked(VOLUMES_PER_PAGE)
    state = _state(request.args.get("state", ""))
    wish = VolumeWish(
        customer_code=request.args.get("customer", "").strip(),
        series_code=request.args.get("series", "").strip(),
        year=request.args.get("year", type=int),
        states=frozenset({state}) if state else frozenset(),
        words=request.args.get("q", "").strip(),
        limit=paging.limit,
        offset=paging.offset,
    )
    found = volumes_listed(actor(), wish, archive=archive())
    return render_template(
        "pages/volumes/index.html",
        found=found,
        wish=wish,
        state=state,
        states=[each for each in VolumeState if each in found.counts_by_state],
        series={each.code: each for each in frame(actor(), archive=archive()).series},
        paging=paging,
    )


@blueprint.post("/volumes/hand-over")
@needs(Permission.MANAGE_CUSTOMERS)
def hand_many_over() -> BaseResponse:
    """Hand the volumes of one page of the list over to be checked."""
    outcome = hand_all_to_check(actor(), _named(request.form), archive=archive())
    _tell(outcome, ngettext("已提交检查 %(num)d 卷。", "已提交检查 %(num)d 卷。", len(outcome.done)))
    return redirect(url_for("volumes.index", state=VolumeState.CHECKING.value))


@blueprint.get("/volumes/seal")
@needs(Permission.MANAGE_CUSTOMERS)
def ask_seal_many() -> str:
    """Which volumes would be sealed, and that it cannot be undone."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    opened = [volume_file(actor(), volume_id, archive=archive()) for volume_id in _named(request.args)]
    return render_template("pages/volumes/seal_many.html", opened=opened)


@blueprint.post("/volumes/seal")
@needs(Permission.MANAGE_CUSTOMERS)
def seal_many() -> BaseResponse:
    """Seal the volumes that were confirmed."""
    outcome = seal_all(actor(), _named(request.form), archive=archive())
    _tell(outcome, ngettext("已封 %(num)d 卷。", "已封 %(num)d 卷。", len(outcome.done)))
    return redirect(url_for("volumes.index", state=VolumeState.SEALED.value))


@blueprint.get(_ONE)
@needs(Permission.CONSULT)
def show(volume_id: int) -> str:
    """One volume: contents list, filing note, seals, and what can be done to it now."""
    return _page(volume_id, refusal=None)


@blueprint.post(f"{_ONE}/hand-over")
@needs(Permission.MANAGE_CUSTOMERS)
def hand_over(volume_id: int) -> BaseResponse:
    """Hand a catalogued volume to the person who checks it."""
    hand_to_check(actor(), volume_id, archive=archive())
    flash(_("已提交检查，请由另一位同事检查。"), "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


@blueprint.get(f"{_ONE}/check")
@needs(Permission.CONFIRM)
def ask_check(volume_id: int) -> str:
    """The page on which the second person compares paper, contents list and images."""
    actor().require(Permission.CONFIRM)
    return _check_page(volume_id, refusal=None)


@blueprint.post(f"{_ONE}/check")
@needs(Permission.CONFIRM)
def check(volume_id: int) -> BaseResponse | tuple[str, int]:
    """Sign as the person who checked; the page again with the reason where that is refused."""
    ticked = set(request.form.getlist("compared"))
    comparison = Comparison(
        paper="paper" in ticked,
        catalogue="catalogue" in ticked,
        images="images" in ticked,
        remark=request.form.get("remark", ""),
    )
    try:
        check_volume(actor(), volume_id, comparison, archive=archive())
    except DmsError as refusal:
        return _check_page(volume_id, refusal=refusal), status_of(refusal)
    flash(_("已检查签名，可以封卷。"), "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


@blueprint.post(f"{_ONE}/send-back")
@needs(Permission.CONFIRM)
def back(volume_id: int) -> BaseResponse | tuple[str, int]:
    """Send a volume back to be put in order."""
    try:
        send_back(actor(), volume_id, request.form.get("reason", ""), archive=archive())
    except DmsError as refusal:
        return _check_page(volume_id, refusal=refusal), status_of(refusal)
    flash(_("已退回清理。"), "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


@blueprint.post(f"{_ONE}/catalogue")
@needs(Permission.MANAGE_CUSTOMERS)
def catalogue(volume_id: int) -> BaseResponse:
    """Catalogue a volume again that came back from the check."""
    catalogue_again(actor(), volume_id, archive=archive())
    flash(_("已重新编目，编号不变。"), "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


@blueprint.get(f"{_ONE}/seal")
@needs(Permission.MANAGE_CUSTOMERS)
def ask_seal(volume_id: int) -> str:
    """What is sealed, and that it cannot be undone."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    return render_template("pages/volumes/seal.html", opened=volume_file(actor(), volume_id, archive=archive()))


@blueprint.post(f"{_ONE}/seal")
@needs(Permission.MANAGE_CUSTOMERS)
def seal(volume_id: int) -> BaseResponse:
    """Seal a checked volume."""
    seal_volume(actor(), volume_id, archive=archive())
    flash(_("已封卷。封印由档案库的密钥签署，此后卷内任何改动都会被发现。"), "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


@blueprint.post(f"{_ONE}/shelve")
@needs(Permission.MANAGE_CUSTOMERS)
def put_away(volume_id: int) -> BaseResponse | tuple[str, int]:
    """Put a sealed volume at its place."""
    try:
        shelve(actor(), volume_id, request.form.get("location", ""), archive=archive())
    except DmsError as refusal:
        return _page(volume_id, refusal=refusal), status_of(refusal)
    flash(_("已上架。"), "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


@blueprint.post(f"{_ONE}/prove")
@needs(Permission.CONSULT)
def prove(volume_id: int) -> BaseResponse:
    """Compare a sealed volume with its seals, and say what differs."""
    problems = verify_volume(actor(), volume_id, archive=archive())
    if problems:
        told = "；".join(localized(problem.said) for problem in problems)
        flash(_("与封印不符：%(told)s", told=told), "danger")
    else:
        flash(_("签名有效，卷内资料与封印一致。"), "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


@blueprint.get(f"{_ONE}/seals/<int:version>.json")
@needs(Permission.CONSULT)
def statement(volume_id: int, version: int) -> Response:
    """One seal to be taken away: what it states, its signature and the public key."""
    taken = seal_statement(actor(), volume_id, version, archive=archive())
    content = {
        "algorithm": taken.algorithm,
        "root": taken.root,
        "facts": taken.facts,
        "signature": taken.signature.hex(),
        "public_key": taken.public_key.hex(),
        "public_key_pem": seal_public_key(actor(), archive=archive()),
    }
    name = f"seal-{volume_id}-{version}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(json.dumps(content, ensure_ascii=False, indent=1), mimetype="application/json", headers=headers)


def _named(given: MultiDict[str, str]) -> list[int]:
    """The ids of the volumes that were sent, one page of the list at most."""
    return given.getlist("volume", type=int)[:VOLUMES_PER_PAGE]


def _tell(outcome: BatchOutcome, said: str) -> None:
    if outcome.done:
        flash(said, "success")
    for refusal in outcome.refused.values():
        flash(localized(refusal.message), "danger")


def _state(name: str) -> VolumeState | None:
    return next((state for state in VolumeState if state.value == name), None)


def _page(volume_id: int, *, refusal: DmsError | None) -> str:
    opened = volume_file(actor(), volume_id, archive=archive())
    return render_template(
        "pages/volumes/show.html", **_shown(opened), refusal=refusal, note_kinds=_WRITABLE_NOTES, typed=request.form
    )


def _check_page(volume_id: int, *, refusal: DmsError | None) -> str:
    opened = volume_file(actor(), volume_id, archive=archive())
    return render_template("pages/volumes/check.html", **_shown(opened), refusal=refusal, typed=request.form)


def _shown(opened: VolumeFile) -> dict[str, object]:
    """What the pages of one volume have in common; a long contents list comes one page at a time."""
    paging = paging_asked(LINES_PER_PAGE)
    return {
        "opened": opened,
        "volume": opened.volume,
        "lines": opened.lines[paging.offset : paging.offset + paging.limit],
        "paging": paging,
        "is_sealed": opened.volume.state in SEALED_STATES,
        "LineKind": LineKind,
        "VolumeState": VolumeState,
    }
