"""What may still happen to a volume and its papers: notes, 互见 rows, and what two persons change after sealing."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.domain.item import CopyKind
from dms.domain.volume import SEALED_STATES, NoteKind
from dms.errors import DmsError
from dms.filing import frame
from dms.filing.sealing import (
    Amendment,
    Destination,
    LineKind,
    PageReason,
    PaperNotInVolume,
    Supplement,
    add_page,
    amend,
    give_back_original,
    move_out,
    note_destruction,
    note_late_paper,
    note_on_volume,
    refer_to,
    retain_volume,
    volume_file,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.refusals import status_of
from dms.web.second_person import second_person

blueprint = Blueprint("volume_changes", __name__, url_prefix="/volumes/<int:volume_id>")

_PAPER = "/papers/<item_id>"
Outcome = Response | tuple[str, int]


@blueprint.get("/change")
@needs(Permission.CONFIRM)
def form(volume_id: int) -> str:
    """The forms for a note, a 互见 row and the term of a volume."""
    actor().require(Permission.CONFIRM)
    return _form(volume_id, refusal=None)


@blueprint.post("/notes")
@needs(Permission.CONFIRM)
def note(volume_id: int) -> Outcome:
    """Add a line to the filing note; on a sealed volume with a second person."""

    def act() -> None:
        is_sealed = volume_file(actor(), volume_id, archive=archive()).volume.state in SEALED_STATES
        second = second_person() if is_sealed else None
        note_on_volume(actor(), volume_id, _note_kind(), request.form.get("text", ""), archive=archive(), second=second)

    return _done(volume_id, act, _("已登记备考。"))


@blueprint.post("/references")
@needs(Permission.CONFIRM)
def reference(volume_id: int) -> Outcome:
    """Add a 互见 row for a paper that lies elsewhere."""

    def act() -> None:
        item_id, text = request.form.get("item_id", "").strip(), request.form.get("text", "")
        refer_to(actor(), volume_id, item_id, text, archive=archive())

    return _done(volume_id, act, _("已登记互见。"))


@blueprint.post("/late-papers")
@needs(Permission.CONFIRM)
def late_paper(volume_id: int) -> Outcome:
    """Note a late paper that is filed elsewhere and belongs here."""

    def act() -> None:
        item_id, beside = request.form.get("late_item", "").strip(), request.form.get("beside", "").strip()
        second = second_person() if request.form.get("second_name") else None
        note_late_paper(actor(), item_id, volume_id, _reason(), archive=archive(), second=second, beside_item_id=beside)

    return _done(volume_id, act, _("已登记迟到材料。"))


@blueprint.post("/retention")
@needs(Permission.MANAGE_CUSTOMERS)
def retention(volume_id: int) -> Outcome:
    """Keep a sealed volume for another term, as an appraisal found."""

    def act() -> None:
        code, reason = request.form.get("retention", ""), request.form.get("reason", "")
        retain_volume(actor(), second_person(), volume_id, code, reason, archive=archive())

    return _done(volume_id, act, _("已调整保管期限。"))


@blueprint.get(_PAPER)
@needs(Permission.CONFIRM)
def paper(volume_id: int, item_id: str) -> str:
    """The forms for what two persons may change of a paper in a sealed volume."""
    actor().require(Permission.CONFIRM)
    return _paper_form(volume_id, item_id, refusal=None)


@blueprint.post(f"{_PAPER}/amend")
@needs(Permission.CONFIRM)
def amend_paper(volume_id: int, item_id: str) -> Outcome:
    """Correct what the catalogue says of a paper."""

    def act() -> None:
        amend(actor(), second_person(), item_id, _amendment(), _reason(), archive=archive())

    return _done_to_paper(volume_id, item_id, act, _("已更正，目录按更正版重印，原版保留。"))


@blueprint.post(f"{_PAPER}/move-out")
@needs(Permission.MANAGE_CUSTOMERS)
def move_paper_out(volume_id: int, item_id: str) -> Outcome:
    """Move a paper out that belongs elsewhere."""

    def act() -> None:
        target = Destination(
            customer_code=request.form.get("customer", "").strip(),
            series_code=request.form.get("series", ""),
            year=request.form.get("year", type=int) or 0,
        )
        move_out(actor(), second_person(), item_id, target, _reason(), archive=archive())

    return _done_to_paper(volume_id, item_id, act, _("已移出；原档号作为曾用档号保留。"))


@blueprint.post(f"{_PAPER}/give-back")
@needs(Permission.CONFIRM)
def give_back(volume_id: int, item_id: str) -> Outcome:
    """Note that the owner has taken the original with him."""

    def act() -> None:
        give_back_original(actor(), second_person(), item_id, _reason(), archive=archive())

    return _done_to_paper(volume_id, item_id, act, _("已登记；卷内留存为复印件。"))


@blueprint.post(f"{_PAPER}/add-page")
@needs(Permission.CONFIRM)
def add_page_to(volume_id: int, item_id: str) -> Outcome:
    """Add a page that was found, or scanned anew."""

    def act() -> None:
        wish = Supplement(
            scan_item_id=request.form.get("scan", "").strip(),
            page_number=request.form.get("page", type=int) or 1,
            reason=PageReason(_chosen("why", [each.value for each in PageReason])),
            remark=_reason(),
        )
        add_page(actor(), second_person(), item_id, wish, archive=archive())

    return _done_to_paper(volume_id, item_id, act, _("已补入页面；原影像保留，封印出新版。"))


@blueprint.post(f"{_PAPER}/destroyed")
@needs(Permission.CONFIRM)
def destroyed(volume_id: int, item_id: str) -> Outcome:
    """Note in the volume that a paper of it was destroyed."""

    def act() -> None:
        note_destruction(actor(), second_person(), item_id, archive=archive())

    return _done_to_paper(volume_id, item_id, act, _("已在备考表登记销毁。"))


def _done(volume_id: int, act: Callable[[], None], said: str) -> Outcome:
    try:
        act()
    except DmsError as refusal:
        return _form(volume_id, refusal=refusal), status_of(refusal)
    flash(said, "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


def _done_to_paper(volume_id: int, item_id: str, act: Callable[[], None], said: str) -> Outcome:
    try:
        act()
    except DmsError as refusal:
        return _paper_form(volume_id, item_id, refusal=refusal), status_of(refusal)
    flash(said, "success")
    return redirect(url_for("volumes.show", volume_id=volume_id))


def _form(volume_id: int, *, refusal: DmsError | None) -> str:
    opened = volume_file(actor(), volume_id, archive=archive())
    return render_template(
        "pages/volumes/change.html",
        opened=opened,
        volume=opened.volume,
        is_sealed=opened.volume.state in SEALED_STATES,
        note_kinds=[(kind.value, label(kind)) for kind in NoteKind],
        terms=[(rule.code, rule) for rule in opened.terms],
        refusal=refusal,
        typed=request.form,
    )


def _paper_form(volume_id: int, item_id: str, *, refusal: DmsError | None) -> str:
    opened = volume_file(actor(), volume_id, archive=archive())
    lying = (LineKind.PAPER, LineKind.ANNEX, LineKind.DESTROYED)
    line = next((each for each in opened.lines if each.item_id == item_id and each.kind in lying), None)
    if line is None or opened.volume.state not in SEALED_STATES:
        raise PaperNotInVolume(item_id)
    return render_template(
        "pages/volumes/paper.html",
        opened=opened,
        volume=opened.volume,
        line=line,
        is_destroyed=line.kind is LineKind.DESTROYED,
        series=frame(actor(), archive=archive()).series,
        copy_kinds=[(kind.value, label(kind)) for kind in CopyKind],
        refusal=refusal,
        typed=request.form,
    )


def _amendment() -> Amendment:
    """What was typed; a field that was left as it stood changes nothing, an emptied one is emptied."""
    day = request.form.get("doc_on", "").strip()
    return Amendment(
        title=request.form.get("title"),
        doc_no=request.form.get("doc_no"),
        author=request.form.get("author"),
        doc_on=_day(day),
        copy_kind=CopyKind(_chosen("copy_kind", [each.value for each in CopyKind])),
        sheets=request.form.get("sheets", type=int),
        remark=request.form.get("remark"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _reason() -> str:
    return request.form.get("reason", "")


def _note_kind() -> NoteKind:
    return NoteKind(_chosen("kind", [each.value for each in NoteKind]))


def _chosen(name: str, choices: list[str]) -> str:
    asked = request.form.get(name, "")
    return asked if asked in choices else choices[0]
