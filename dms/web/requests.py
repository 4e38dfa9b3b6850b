"""Requests for use: one's own, those to decide, those at the desk, the register, and the form for a new one."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from dms.custody.lending import (
    RequestList,
    ask_for_use,
    lending_rules,
    list_requests,
    my_requests,
    print_register,
    print_request,
    requests_at_desk,
    requests_to_decide,
    show_request,
    wanted_titles,
)
from dms.domain.actor import Permission
from dms.domain.lending import RequestState, UseKind
from dms.errors import DmsError
from dms.web.current import actor, archive, user
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.lending_download import download, printed_as
from dms.web.paging import Paging, paging_asked
from dms.web.refusals import status_of
from dms.web.request_form import TypedRequest, register_asked, request_typed, request_typed_in

blueprint = Blueprint("requests", __name__, url_prefix="/requests")

REQUESTS_PER_PAGE = 50
MOST_TITLES = 20
"""Papers whose titles the form shows; more are named by number."""


@blueprint.get("")
@needs(Permission.REQUEST_USE)
def index() -> str:
    """The requests of whoever asks."""
    paging = paging_asked(REQUESTS_PER_PAGE)
    found = my_requests(actor(), archive=archive(), limit=paging.limit, offset=paging.offset)
    return _list("mine", found, paging)


@blueprint.get("/to-decide")
@needs(Permission.DECIDE_REQUESTS)
def to_decide() -> str:
    """The requests that wait for whoever asks, or for those he stands in for."""
    paging = paging_asked(REQUESTS_PER_PAGE)
    found = requests_to_decide(actor(), archive=archive(), limit=paging.limit, offset=paging.offset)
    return _list("to_decide", found, paging)


@blueprint.get("/desk")
@needs(Permission.LEND)
def desk() -> str:
    """The requests that wait for the archivist."""
    paging = paging_asked(REQUESTS_PER_PAGE)
    found = requests_at_desk(actor(), archive=archive(), limit=paging.limit, offset=paging.offset)
    return _list("desk", found, paging)


@blueprint.get("/register")
@needs(Permission.LEND, Permission.READ_REPORTS)
def register() -> str:
    """The register 借阅登记, by ``year``, ``kind``, ``state`` and ``words`` where that is asked."""
    paging, wanted = paging_asked(REQUESTS_PER_PAGE), register_asked()
    found = list_requests(actor(), wanted, archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/requests/register.html", found=found, wanted=wanted, paging=paging, kinds=list(UseKind),
        states=list(RequestState),
    )  # fmt: skip


@blueprint.get("/register.<file_type>")
@needs(Permission.LEND, Permission.READ_REPORTS)
def print_register_as(file_type: str) -> Response:
    """The whole register that the address asks for, as PDF or XLSX."""
    return download(print_register(actor(), register_asked(), printed_as(file_type), archive=archive()))


@blueprint.get("/<int:request_id>/slip.<file_type>")
@needs(Permission.REQUEST_USE)
def print_slip(request_id: int, file_type: str) -> Response:
    """One request as a slip to sign."""
    return download(print_request(actor(), request_id, printed_as(file_type), archive=archive()))


@blueprint.get("/new")
@needs(Permission.REQUEST_USE)
def new() -> str:
    """The form for a request, of the ``paper`` and ``volume`` in the address."""
    named = [*request.args.getlist("paper"), *(f"volume:{each}" for each in request.args.getlist("volume"))]
    return _form(TypedRequest(papers=" ".join(named), described=request.args.get("described", "")), refusal=None)


@blueprint.post("/new")
@needs(Permission.REQUEST_USE)
def ask() -> BaseResponse | tuple[str, int]:
    """Ask; the form again with the reason where that is refused."""
    typed = request_typed_in(request.form)
    try:
        asked = ask_for_use(actor(), request_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, refusal=refusal), status_of(refusal)
    return redirect(url_for("requests.show", request_id=asked.id))


@blueprint.get("/<int:request_id>")
@needs(Permission.REQUEST_USE)
def show(request_id: int) -> str:
    """One request: what is asked for, who decides, what happened, and what may be done next."""
    shown = show_request(actor(), request_id, archive=archive())
    return render_template("pages/requests/show.html", shown=shown)


def _list(present: str, found: RequestList, paging: Paging) -> str:
    return render_template(
        "pages/requests/index.html", present=present, rows=found.requests, paging=paging, total=found.total
    )


def _form(typed: TypedRequest, *, refusal: DmsError | None) -> str:
    account, asking = user(), actor()
    named = typed.papers.split()
    chosen = wanted_titles(asking, named[:MOST_TITLES], archive=archive())
    return render_template(
        "pages/requests/form.html",
        typed=typed,
        refusal=refusal,
        kinds=[(kind.value, label(kind)) for kind in UseKind],
        chosen=chosen,
        rest=" ".join(each for each in named if each not in chosen),
        rules=lending_rules(asking, archive=archive()),
        departments=[(each, each) for each in sorted({account.home_department, *(account.departments or ())} - {""})],
    )
