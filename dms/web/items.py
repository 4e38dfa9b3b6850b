"""The page of one paper: its facts, the viewer with the hits marked, its history, and what may be taken away."""

from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms import custody, filing, ingest
from dms.archive import ItemNotFound
from dms.bootstrap import page_stamper
from dms.custody import Download, OpenedItem
from dms.custody.appraising import disposal_of
from dms.custody.lending import loan_of_item
from dms.domain.actor import Permission
from dms.domain.clock import local_day
from dms.domain.item import ItemState, RelationKind
from dms.domain.journal import JournalEntry
from dms.domain.reading import Box
from dms.domain.volume import VolumeState
from dms.filing import Frame
from dms.filing.places import path_of_place
from dms.filing.transferring import transfers_of_item
from dms.search import HitPlace, SearchRequest, hit_places
from dms.web.corrections import InForce, in_force
from dms.web.current import actor, archive, localized
from dms.web.declaring import needs
from dms.web.navigation import same_site_path
from dms.web.page_view import page_list, page_shown_first, page_view, view_if_whole
from dms.web.paging import Paging
from dms.web.relation_words import relation_choices, relation_in_words
from dms.web.result_way import opened_in, way_through
from dms.web.search_address import arguments_of, search_in

blueprint = Blueprint("items", __name__, url_prefix="/items")

IMAGE_CACHE_SECONDS = 600
ONE_PAPER = Paging(page=1, limit=1)


@blueprint.get("/<item_id>")
@needs(Permission.CONSULT)
def show(item_id: str) -> str:
    """The page of one paper; ``page`` and the search in the address choose what the viewer shows first."""
    opened = custody.open_item(actor(), item_id, archive=archive())
    wanted = _search()
    places = _places(item_id, wanted)
    number = page_shown_first(request.args.get("page", type=int), opened.pages, places)
    scheme = filing.frame(actor(), archive=archive())
    return render_template(
        "pages/items/item.html",
        opened=opened,
        item=opened.item,
        frame=scheme,
        undated_note=filing.UNDATED_NOTE,
        carried=_is_carried(opened, scheme),
        place=_place(opened),
        disposal=disposal_of(actor(), item_id, archive=archive()),
        loan=loan_of_item(actor(), opened.item.key, archive=archive()),
        transfers=transfers_of_item(actor(), item_id, archive=archive()),
        relations=filing.relations_of(actor(), item_id, archive=archive()),
        relation_in_words=relation_in_words,
        relation_choices=relation_choices(),
        query=wanted.query,
        asking=arguments_of(wanted),
        way=way_through(wanted, request.args.get("at", type=int), opened=opened_in(request.args)),
        pages=page_list(opened.pages, places),
        view=view_if_whole(actor(), item_id, number, places, archive=archive()) if opened.pages else None,
        number=number,
        correction=_correction(item_id, number, places),
        note_of=_note,
    )


def _place(opened: OpenedItem) -> str:
    """Where the volume of the paper stands; empty where nobody has said."""
    location_id = opened.volume.location_id if opened.volume else None
    return path_of_place(actor(), location_id, archive=archive()) if location_id is not None else ""


@blueprint.get("/<item_id>/pages/<int:number>.jpg")
@needs(Permission.CONSULT)
def page_image(item_id: str, number: int) -> Response:
    """The straightened image of a page, marked for whoever may not take it away."""
    page = custody.page_on_screen(actor(), item_id, number, archive=archive())
    if page.is_plain:
        return _image(page.jpeg)
    marked = _image(page_stamper().marked(page.jpeg, text=page.mark, boxes=page.hidden))
    # The next person at this browser would see the page with another's name.
    marked.headers["Cache-Control"] = "no-store"
    return marked


@blueprint.get("/<item_id>/thumbnails/<int:number>.jpg")
@needs(Permission.CONSULT)
def thumbnail(item_id: str, number: int) -> Response:
    """The small image of a page."""
    return _image(custody.page_thumbnail(actor(), item_id, number, archive=archive()))


@blueprint.get("/<item_id>/pages/<int:number>.json")
@needs(Permission.CONSULT)
def page_text(item_id: str, number: int) -> Response:
    """The lines of a page with their places, and the hits of the search in the address on it."""
    reading = custody.page_reading(actor(), item_id, number, archive=archive())
    places = _places(item_id, _search())
    correction = _correction(item_id, number, places)
    told = {"correction": asdict(correction) if correction else None}
    return jsonify(page_view(reading, places).as_json() | told)


@blueprint.get("/<item_id>/original")
@needs(Permission.CONSULT)
def original(item_id: str) -> Response:
    """The bytes as they were uploaded."""
    return _attachment(custody.original(actor(), item_id, archive=archive()))


@blueprint.get("/<item_id>/searchable.pdf")
@needs(Permission.CONSULT)
def searchable_pdf(item_id: str) -> Response:
    """The page images with their text laid invisibly over them."""
    return _attachment(custody.searchable_copy(actor(), item_id, archive=archive(), black_out=_black_out))


def _black_out(jpeg: bytes, boxes: Sequence[Box]) -> bytes:
    return page_stamper().marked(jpeg, boxes=boxes)


@blueprint.post("/<item_id>/retry")
@needs(Permission.RECEIVE)
def retry(item_id: str) -> BaseResponse:
    """Let the reading of a paper be tried again."""
    ingest.retry(actor(), item_id, archive=archive())
    flash(_("已重新排队，等待识别。"), "success")
    return redirect(same_site_path(request.form.get("back")) or url_for(".show", item_id=item_id))


@blueprint.post("/<item_id>/relations")
@needs(Permission.CONFIRM)
def relate(item_id: str) -> BaseResponse:
    """State how the paper stands to the one with the id or reference code ``other``."""
    other = request.form.get("other", "").strip()
    kind = request.form.get("kind", "")
    if not other or kind not in set(RelationKind):
        flash(_("没有登记：请选择关系，并填写另一件的档号或编号。"), "warning")
    else:
        _relate(item_id, RelationKind(kind), other)
    return redirect(url_for(".show", item_id=item_id, _anchor="relations"))


@blueprint.post("/<item_id>/relations/remove")
@needs(Permission.CONFIRM)
def unrelate(item_id: str) -> BaseResponse:
    """Take back a relation that was a mistake."""
    kind = RelationKind(request.form["kind"]) if request.form.get("kind") in set(RelationKind) else None
    if kind:
        filing.unrelate(actor(), item_id, kind, request.form.get("other", ""), archive=archive())
        flash(_("已删除关系。"), "success")
    return redirect(url_for(".show", item_id=item_id, _anchor="relations"))


def _relate(item_id: str, kind: RelationKind, other: str) -> None:
    """State the relation, or say on the page of the paper why it cannot be."""
    try:
        filing.relate(actor(), item_id, kind, other, archive=archive())
    except (ItemNotFound, filing.RelationContradicts) as refusal:
        filing.relations_of(actor(), item_id, archive=archive())  # whose own page is barred is told so as everywhere
        flash(localized(refusal.message), "warning")
    else:
        flash(_("已登记关系。"), "success")


def _is_carried(opened: OpenedItem, scheme: Frame) -> bool:
    """Whether the paper waits for its contract to be closed."""
    if opened.item.state is not ItemState.FILED or (opened.volume and opened.volume.state is not VolumeState.OPEN):
        return False
    return filing.waits_for_closing(
        opened.item.classification,
        opened.contract.facts if opened.contract else None,
        kinds=scheme.types,
        series=scheme.series,
        on=local_day(archive().now()),
    )


def _note(entry: JournalEntry) -> str:
    """What an entry of the history adds for a reader, such as why a paper was rejected; mostly nothing."""
    told = {"item_rejected": "reason", "item_filed": "title", "item_corrected": "title"}.get(entry.action)
    return str(entry.details.get(told) or "") if told else ""


def _correction(item_id: str, number: int, places: tuple[HitPlace, ...]) -> InForce | None:
    return in_force(filing.corrections_of(actor(), item_id, archive=archive()), number, places)


def _search() -> SearchRequest:
    return search_in(request.args, ONE_PAPER)


def _places(item_id: str, wanted: SearchRequest) -> tuple[HitPlace, ...]:
    if not (wanted.query or wanted.within):
        return ()
    return hit_places(
        actor(),
        item_id,
        wanted.query,
        within=wanted.within,
        tolerant=wanted.tolerant,
        synonyms=wanted.synonyms,
        archive=archive(),
    )


def _image(jpeg: bytes) -> Response:
    answer = Response(jpeg, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = f"private, max-age={IMAGE_CACHE_SECONDS}"
    return answer


def _attachment(download: Download) -> Response:
    """An answer that a browser only ever saves: what was uploaded is never shown as its own type."""
    answer = send_file(
        BytesIO(download.content),
        mimetype=download.media_type,
        as_attachment=True,
        download_name=download.suggested_name,
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
