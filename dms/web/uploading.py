"""Uploading: a page that takes many papers at once, one request for each, and tells how far their reading has come."""

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from dms.archive import ItemNotFound
from dms.custody import item_facts
from dms.domain.actor import Permission
from dms.domain.item import Item, ItemState
from dms.errors import DmsError
from dms.filing import frame
from dms.ingest import Claim, EmptyUpload, Received, Upload, receive
from dms.web.confirmation import year_as_typed
from dms.web.current import actor, archive, limits, localized, wants_json
from dms.web.customer_choice import chosen_customer
from dms.web.declaring import needs
from dms.web.formatting import localized_name

blueprint = Blueprint("uploading", __name__)

PAPERS_FIELD = "papers"
MAX_WATCHED = 200
"""Papers whose progress one question may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one upload of a form that was sent without a script."""

    original_filename: str
    received: Received | None
    refusal: DmsError | None
    """Why it was not accepted; None where it was."""


@blueprint.get("/upload")
@needs(Permission.RECEIVE)
def page() -> str:
    """The upload page."""
    actor().require(Permission.RECEIVE)
    return render_template(
        "pages/uploading/upload.html",
        type_options=[(kind.code, localized_name(kind)) for kind in frame(actor(), archive=archive()).types],
        max_upload_bytes=limits().max_upload_bytes,
    )


@blueprint.post("/upload")
@needs(Permission.RECEIVE)
def receive_uploads() -> BaseResponse:
    """Accept what was sent: one paper from a script, answered in JSON, or a whole form, answered with a page."""
    actor().require(Permission.RECEIVE)
    sent = [part for part in request.files.getlist(PAPERS_FIELD) if part.filename]
    claim = _claim()
    if wants_json():
        return _as_json(_received(sent, claim))
    outcomes = [_outcome(part, claim) for part in sent]
    return make_response(render_template("pages/uploading/outcome.html", outcomes=outcomes))


@blueprint.get("/upload/progress")
@needs(Permission.RECEIVE)
def progress() -> Response:
    """How far the reading of the papers ``ids`` has come; those the asker may not know of are left out."""
    ids = [item_id for item_id in request.args.get("ids", "").split(",") if item_id][:MAX_WATCHED]
    found = (_facts(item_id) for item_id in ids)
    return jsonify(items=[_progress(item) for item in found if item])


def _claim() -> Claim:
    typed = request.form.get("customer", "").strip()
    customer = chosen_customer(actor(), typed, archive=archive()) if typed else None
    return Claim(
        # What names no customer is passed on as it is, so that the refusal names it.
        customer_code=customer.code if customer else typed or None,
        contract_no=request.form.get("contract_no", "").strip(),
        type_code=request.form.get("type_code") or None,
        year=year_as_typed(request.form.get("year", "")),
    )


def _received(sent: list[FileStorage], claim: Claim) -> Received:
    if len(sent) != 1:
        raise EmptyUpload
    return _accepted(sent[0], claim)


def _accepted(part: FileStorage, claim: Claim) -> Received:
    upload = Upload(original_filename=part.filename or "", uploaded_bytes=part.read(), claim=claim)
    return receive(actor(), upload, archive=archive(), limits=limits())


def _outcome(part: FileStorage, claim: Claim) -> Outcome:
    name = part.filename or ""
    try:
        return Outcome(original_filename=name, received=_accepted(part, claim), refusal=None)
    except DmsError as refusal:
        return Outcome(original_filename=name, received=None, refusal=refusal)


def _as_json(received: Received) -> Response:
    answer = {"duplicate": received.duplicate, "item": _progress(received.item) if received.item else None}
    return make_response(jsonify(answer), 200 if received.duplicate else 201)


def _facts(item_id: str) -> Item | None:
    try:
        return item_facts(actor(), item_id, archive=archive())
    except ItemNotFound:
        return None


def _progress(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "state": item.state.value,
        "pages_read": item.pages_read,
        "pages_total": item.pages_total,
        "problem": localized(item.problem.message) if item.problem else "",
        "url": _where_to_go_on(item),
    }


def _where_to_go_on(item: Item) -> str:
    if item.state is ItemState.REVIEW and actor().may(Permission.CONFIRM):
        return url_for("tray.paper", item_id=item.id)
    return url_for("items.show", item_id=item.id)
