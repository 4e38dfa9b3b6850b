"""The unlock page: all that there is while the archive is sealed.

What always holds:
- What is typed is never logged, kept or shown again; a wrong secret is counted by the guard before it is tried.
- The page knows nothing of the archive: no name, no size, no reason beyond a code.
- Its cookies are signed with a key of this process and bear a name of their own, so the sessions of the archive are
  neither known nor spoiled.
"""

import secrets
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from dms.bootstrap import (
    PassphraseUnusable,
    PassphraseWrong,
    SecretWrong,
    Serving,
    UnlockUnderWay,
)
from dms.errors import DmsError
from dms.web.attempts import SignInGuard
from dms.web.current import language, localized, wants_json
from dms.web.declaring import for_strangers
from dms.web.errors import (
    ArchiveNotOpened,
    FormExpired,
    RequestMalformed,
    StillSealed,
    TooManyAttempts,
    UnlockPaused,
    UnlockRefused,
)
from dms.web.furnishing import furnish_sealed_templates
from dms.web.navigation import same_site_path
from dms.web.refusals import status_of
from dms.web.request import ArchiveRequest
from dms.web.security import secure
from dms.web.speaking import speak
from dms.web.watching import RequestMeter, watch_requests

UNLOCK = "/unlock"
COOKIE = "anjuan-unlock"
OPEN_ENDPOINTS = frozenset({"unlocking.page", "unlocking.unlock", "static", "bootstrap.static"})
RETRY_SECONDS = 30
EVERYBODY = "*"
"""All addresses together, as the guard counts them beside each one."""
_WRONG = (PassphraseWrong, PassphraseUnusable, SecretWrong)
_SERVING, _GUARD = "anjuan-serving", "anjuan-unlock-guard"

blueprint = Blueprint("unlocking", __name__)


def create_sealed_app(serving: Serving, *, secure_cookies: bool, meter: RequestMeter) -> Flask:
    """The application that stands before a sealed archive."""
    app = Flask("dms.web")
    app.request_class = ArchiveRequest
    app.extensions[_SERVING] = serving
    app.extensions[_GUARD] = SignInGuard(serving.clock)
    watch_requests(app, meter)
    app.before_request(_lead_to_unlocking)
    speak(app)
    furnish_sealed_templates(app)
    secure(app, secret_key=secrets.token_bytes(32), secure_cookies=secure_cookies, cookie=COOKIE)
    app.register_error_handler(HTTPException, _malformed)
    app.register_blueprint(blueprint)
    # The top bar of every page leads home.
    app.add_url_rule("/", "home.page", _to_unlocking)
    return app


@blueprint.get(UNLOCK)
@for_strangers
def page() -> str:
    """The form."""
    return _form(refusal=None)


@blueprint.post(UNLOCK)
@for_strangers
def unlock() -> BaseResponse:
    """Try what was typed; on to the sign-in, or the form again with the reason."""
    address = request.remote_addr or ""
    guard = cast(SignInGuard, current_app.extensions[_GUARD])
    try:
        _await_turn(guard, address)
        _try(request.form.get("secret", ""))
    except DmsError as refusal:
        return _form_again(refusal)
    guard.succeeded(address, EVERYBODY)
    wanted = {"lang": language(), "next": same_site_path(request.args.get("next"))}
    return redirect(f"/sign-in?{urlencode({name: value for name, value in wanted.items() if value})}")


def _await_turn(guard: SignInGuard, address: str) -> None:
    try:
        guard.begin(address, EVERYBODY)
    except TooManyAttempts as paused:
        raise UnlockPaused(paused.until_at, wait_seconds=paused.wait_seconds) from None


def _try(untrusted_text: str) -> None:
    """Open the archive; what may be told of a failure to a stranger is raised."""
    try:
        cast(Serving, current_app.extensions[_SERVING]).unlock(untrusted_text)
    except _WRONG:
        raise UnlockRefused from None
    except UnlockUnderWay:
        raise
    except DmsError as error:
        raise ArchiveNotOpened(error.code) from None


def _form(*, refusal: DmsError | None) -> str:
    return render_template("pages/unlocking/page.html", refusal=refusal, wanted=request.args.get("next"))


def _form_again(refusal: DmsError) -> BaseResponse:
    if wants_json():
        return _as_json(refusal)
    answer = make_response(_form(refusal=refusal), status_of(refusal))
    if isinstance(refusal, UnlockPaused):
        answer.headers["Retry-After"] = str(refusal.wait_seconds)
    return answer


def _lead_to_unlocking() -> BaseResponse | None:
    """Whatever else is asked for leads to the unlock page, or tells a program that it has to wait."""
    if request.endpoint in OPEN_ENDPOINTS:
        return None
    return _as_json(StillSealed()) if wants_json() else _to_unlocking()


def _to_unlocking() -> BaseResponse:
    # Only what was asked for by GET can be asked for again after unlocking.
    wanted = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return redirect(address_of("unlocking.page", next=wanted, lang=request.args.get("lang")), code=303)


def _malformed(error: HTTPException) -> BaseResponse:
    if error.code is not None and error.code < 400:
        return error.get_response()
    return _form_again(FormExpired() if isinstance(error, CSRFError) else RequestMalformed())


def _as_json(refusal: DmsError) -> Response:
    content = {"code": refusal.code, "message": localized(refusal.message)}
    answer = make_response(jsonify(error=content), status_of(refusal))
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer
