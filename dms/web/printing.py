"""Printing: every form seen in the browser before it is printed, and a whole year as a queue with its results."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms.domain.actor import Permission
from dms.domain.print_job import PrintState
from dms.domain.printed import PrintAs, Printed
from dms.errors import DmsError
from dms.filing import frame, known_departments
from dms.filing.printing_out import (
    ABOUT,
    FORM_NAMES,
    NEEDS,
    PAPER_ONLY,
    PrintForm,
    PrintWish,
    ask_for_year,
    list_print_jobs,
    open_print_job,
    print_again,
    print_form,
    remove_print_job,
    take_all_prints,
    take_print,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.errors import AddressUnknown
from dms.web.navigation import arguments_written
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.security import framed, framing

blueprint = Blueprint("printing", __name__)

JOBS_PER_PAGE = 20
LOOK_AGAIN_SECONDS = 3
GROUPS = (
    (
        PrintForm.VOLUME_COVER,
        PrintForm.SPINE_LABELS,
        PrintForm.CONTENTS_LIST,
        PrintForm.FILING_NOTE,
        PrintForm.VOLUME_SHEETS,
        PrintForm.BOUND_VOLUME,
    ),
    (PrintForm.VOLUME_CATALOGUE, PrintForm.ITEM_LIST, PrintForm.BOX_LABELS, PrintForm.CARRY_FORWARD),
    (PrintForm.CUSTOMER_CARD, PrintForm.CUSTOMER_LIST, PrintForm.CONTRACT_LEDGER, PrintForm.MISSING_PAPERS),
    (PrintForm.TRANSFER_LIST, PrintForm.ACCESSION_REGISTER),
)
"""The forms as the page puts them together: volumes, catalogues, customers and contracts, hand-overs."""


@blueprint.get("/print")
@needs(Permission.CONSULT)
def index() -> Response:
    """The forms to choose from, and the prints of whole years that the person asked for."""
    paging = paging_asked(JOBS_PER_PAGE)
    found = list_print_jobs(actor(), archive=archive(), limit=paging.limit, offset=paging.offset)
    page = render_template(
        "pages/printing/index.html",
        groups=_groups(),
        found=found,
        paging=paging,
        this_year=archive().now().astimezone().year,
    )
    return _looking_again(page, wanted=any(_is_under_way(job.state) for job in found.jobs))


@blueprint.get("/print/<form_name>")
@needs(Permission.CONSULT)
def preview(form_name: str) -> Response:
    """One form as it would be printed, in a frame, under what it is to be about."""
    actor().require(Permission.CONSULT)
    form = _form(form_name)
    wish = _wish(form)
    needed = NEEDS.get(form)
    page = render_template(
        "pages/printing/preview.html",
        form=form,
        name=FORM_NAMES[form],
        about=ABOUT[form],
        needed=needed,
        wish=wish,
        is_complete=needed is None or getattr(wish, needed) is not None,
        has_sheet=form not in PAPER_ONLY,
        arguments=_arguments(wish),
        series=frame(actor(), archive=archive()).series,
        departments=known_departments(actor(), archive=archive()),
    )
    return framing(make_response(page))


@blueprint.get("/print/<form_name>/document.<ending>")
@needs(Permission.CONSULT)
def document(form_name: str, ending: str) -> BaseResponse:
    """The form as a document: shown in the frame of the preview, or with ``keep`` to be kept."""
    form = _form(form_name)
    if ending not in set(PrintAs):
        raise AddressUnknown
    try:
        printed = print_form(actor(), _wish(form), PrintAs(ending), archive=archive())
    except DmsError as refusal:
        shown = render_template("pages/printing/refused.html", refusal=refusal)
        return framed(make_response(shown, status_of(refusal)))
    return framed(_given(printed, keep=bool(request.args.get("keep")) or ending != PrintAs.PDF))


@blueprint.post("/print/year")
@needs(Permission.CONSULT)
def year() -> BaseResponse:
    """Ask for everything of a year."""
    chosen = request.form.get("year", type=int) or 0
    with_papers = bool(request.form.get("with_papers"))
    job = ask_for_year(actor(), chosen, with_papers=with_papers, archive=archive())
    flash(_("已提交，完成后可在此取出。"), "success")
    return redirect(url_for("printing.job", job_id=job.id))


@blueprint.get("/print/jobs/<int:job_id>")
@needs(Permission.CONSULT)
def job(job_id: int) -> Response:
    """One job: how far it is, and what it has made."""
    opened = open_print_job(actor(), job_id, archive=archive())
    page = render_template("pages/printing/job.html", job=opened.job, results=opened.results, states=PrintState)
    return _looking_again(page, wanted=_is_under_way(opened.job.state))


@blueprint.get("/print/results/<int:result_id>")
@needs(Permission.CONSULT)
def result(result_id: int) -> Response:
    """One printed document, to be kept."""
    return _given(take_print(actor(), result_id, archive=archive()), keep=True)


@blueprint.get("/print/jobs/<int:job_id>/all.zip")
@needs(Permission.CONSULT)
def all_results(job_id: int) -> Response:
    """Everything that a job has made, in one."""
    return _given(take_all_prints(actor(), job_id, archive=archive()), keep=True)


@blueprint.post("/print/jobs/<int:job_id>/again")
@needs(Permission.CONSULT)
def again(job_id: int) -> BaseResponse:
    """Have a job done once more."""
    print_again(actor(), job_id, archive=archive())
    flash(_("已重新提交。"), "success")
    return redirect(url_for("printing.job", job_id=job_id))


@blueprint.post("/print/jobs/<int:job_id>/remove")
@needs(Permission.CONSULT)
def remove(job_id: int) -> BaseResponse:
    """Forget a job and what it has made."""
    remove_print_job(actor(), job_id, archive=archive())
    flash(_("打印任务及其结果已清除。"), "success")
    return redirect(url_for("printing.index"))


def _groups() -> list[tuple[str, list[tuple[PrintForm, object]]]]:
    titles = (_("案卷"), _("目录与标签"), _("客户与合同"), _("移交与接收"))
    return [(title, [(form, FORM_NAMES[form]) for form in forms]) for title, forms in zip(titles, GROUPS, strict=True)]


def _form(name: str) -> PrintForm:
    if name not in set(PrintForm):
        raise AddressUnknown
    return PrintForm(name)


def _wish(form: PrintForm) -> PrintWish:
    """What the address says of those things that matter to the form."""
    stated: dict[str, Any] = {name: request.args.get(name, "").strip() or None for name in ABOUT[form]}
    if "year" in stated:
        stated["year"] = request.args.get("year", type=int)
    return PrintWish(form=form, **stated)


def _arguments(wish: PrintWish) -> str:
    return arguments_written({name: getattr(wish, name) for name in ABOUT[wish.form]})


def _given(printed: Printed, *, keep: bool) -> Response:
    answer = send_file(
        BytesIO(printed.content),
        mimetype=printed.media_type,
        as_attachment=keep,
        download_name=printed.suggested_name,
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _looking_again(page: str, *, wanted: bool) -> Response:
    """The page, which a browser asks for again by itself, without a script, while something is being made."""
    answer = make_response(page)
    if wanted:
        answer.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return answer


def _is_under_way(state: PrintState) -> bool:
    return state in (PrintState.WAITING, PrintState.RUNNING)
