"""How a refusal is shown: as a page or, to scripts, as JSON. HTTP statuses are assigned here and nowhere else."""

import logging
import secrets
import traceback

from flask import Flask, Response, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from dms.archive import ArchiveSealed
from dms.errors import DmsError, Kind
from dms.web.current import limits, localized, surroundings, wants_json
from dms.web.errors import AddressUnknown, FormExpired, RequestMalformed, RequestTooLarge, SignInRequired, Unexpected

STATUS: dict[Kind | str, int] = {
    Kind.UNEXPECTED: 500,
    Kind.USAGE: 400,
    Kind.REFUSED_INPUT: 422,
    Kind.NOT_FOUND: 404,
    Kind.FORBIDDEN: 403,
    Kind.CONFLICT: 409,
    Kind.DAMAGE: 500,
    "sign_in_required": 401,
    "too_many_attempts": 429,
    "sign_in_paused": 429,
    "unlock_paused": 429,
    "service_sealed": 503,
    "archive_sealed": 503,
    "request_too_large": 413,
}
"""By kind; the codes listed by name are situations for which HTTP has a more exact number than their kind."""

_log = logging.getLogger(__name__)


def status_of(refusal: DmsError) -> int:
    """The HTTP status of a refusal."""
    return STATUS.get(refusal.code, STATUS[refusal.kind])


def show_refusals(app: Flask) -> None:
    """Answer every refusal and every fault of the application in one way."""
    app.register_error_handler(DmsError, refusal_response)
    app.register_error_handler(HTTPException, _http_response)
    app.register_error_handler(Exception, _fault_response)


def refusal_response(refusal: DmsError) -> BaseResponse:
    """The page or the JSON that tells a person what happened, why, and what to do."""
    if isinstance(refusal, SignInRequired) and not wants_json():
        return _to_sign_in()
    if isinstance(refusal, ArchiveSealed):
        return _sealed_under_us(refusal)
    if refusal.kind is Kind.DAMAGE:
        _log.error("refused: %s", refusal.code)
    try:
        return _as_json(refusal) if wants_json() else _as_page(refusal)
    except Exception:  # noqa: BLE001  the catalogue may be what failed, and the page asks it who is signed in
        return _as_text(refusal)


def _sealed_under_us(refusal: ArchiveSealed) -> BaseResponse:
    """Another process has changed the keys: the service seals itself, and the person comes to the unlock page."""
    beside = surroundings().beside
    if beside is None:
        return _as_text(refusal)
    beside.serving.keys_changed(beside.opened)
    return _as_json(refusal) if wants_json() else redirect("/unlock")


def _as_json(refusal: DmsError) -> Response:
    content = {
        "code": refusal.code,
        "message": localized(refusal.message),
        "what": localized(refusal.what),
        "remedy": localized(refusal.remedy),
    }
    return make_response(jsonify(error=content), status_of(refusal))


def _as_page(refusal: DmsError) -> Response:
    page = render_template("pages/refusals/refusal.html", refusal=refusal, status=status_of(refusal))
    return make_response(page, status_of(refusal))


def _as_text(refusal: DmsError) -> Response:
    text = f"{refusal.message.zh}\n\n{refusal.message.en}\n"
    return Response(text, status_of(refusal), content_type="text/plain; charset=utf-8")


def _to_sign_in() -> BaseResponse:
    # Only what was asked for by GET can be asked for again after signing in.
    wanted = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("signing_in.page", next=wanted))


def _http_response(error: HTTPException) -> BaseResponse:
    """Errors that Flask and Werkzeug raise themselves, as refusals of ours; redirects pass."""
    if error.code is not None and error.code < 400:
        return error.get_response()
    if isinstance(error, CSRFError):
        return refusal_response(FormExpired())
    if isinstance(error, RequestEntityTooLarge):
        return refusal_response(RequestTooLarge(limits().max_upload_bytes))
    return refusal_response(AddressUnknown() if isinstance(error, NotFound) else RequestMalformed())


def _fault_response(fault: Exception) -> BaseResponse:
    incident = secrets.token_hex(4)
    # The message of a fault may quote a paper or a name; only where it happened goes to the log (I3).
    frames = "".join(traceback.format_tb(fault.__traceback__))
    _log.error("incident %s: %s\n%s", incident, type(fault).__qualname__, frames)
    if current_app.testing:
        raise fault
    return refusal_response(Unexpected(incident))
