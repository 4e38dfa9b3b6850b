"""The gate: what stands between the network and the archive, whether that is sealed or open.

What always holds:
- Health and metrics are answered by the gate itself, without the archive's help and without waiting for it.
- A request that was let in is counted until its last byte is sent, so that sealing can wait for it.
- Sealed, nothing but the unlock page and what it is drawn with is served.
"""

import json
from collections.abc import Iterable
from threading import Lock, Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import ClosingIterator

from dms.bootstrap import Opened, Serving, ServingState, receiving_limits
from dms.config import Settings
from dms.web.application import create_app
from dms.web.compiling import compile_templates
from dms.web.current import Beside
from dms.web.metrics import Metrics, may_read_metrics
from dms.web.openid_provider import OpenIdAddress
from dms.web.unlocking import UNLOCK, create_sealed_app
from dms.web.watching import RequestMeter

HEALTH = "/healthz"
METRICS = "/metrics"


class Gate:
    """A WSGI application for as long as the process lives; safe to call from many threads."""

    def __init__(self, serving: Serving, *, secure_cookies: bool = False) -> None:
        self._serving = serving
        self._secure_cookies = secure_cookies or serving.settings.secure_cookies
        self._meter = RequestMeter()
        self._metrics = Metrics(serving, self._meter)
        self._sealed_app = create_sealed_app(serving, secure_cookies=self._secure_cookies, meter=self._meter)
        self._making = Lock()
        self._made: tuple[Opened, Flask] | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if self._serving.state is ServingState.SEALED:
            self._made = None  # it holds what the archive was that is sealed now, keys included
        own = self._own_answer(environ)
        if own is not None:
            return own(environ, start_response)
        opened = self._serving.enter()
        if opened is None:
            return self._sealed_app(environ, start_response)
        try:
            answer = self._inner(opened, environ)(environ, start_response)
        except BaseException:
            self._serving.leave(opened)
            raise
        return ClosingIterator(answer, lambda: self._serving.leave(opened))

    def prepare(self) -> None:
        """Make the application of an archive that is open already, so that whoever comes first does not wait for it."""
        opened = self._serving.enter()
        if opened is not None:
            try:
                self._app_of(opened)
            finally:
                self._serving.leave(opened)

    def _own_answer(self, environ: WSGIEnvironment) -> Response | None:
        path = environ.get("PATH_INFO")
        if path == HEALTH:
            return _plain(json.dumps({"status": self._serving.state.value}) + "\n", "application/json")
        if path == METRICS:
            return self._metrics_answer(Request(environ))
        return None

    def _metrics_answer(self, request: Request) -> Response:
        if not may_read_metrics(request, self._serving.settings.metrics_token_file):
            return _plain("forbidden\n", "text/plain", status=403)
        return _plain(self._metrics.text(), self._metrics.content_type)

    def _inner(self, opened: Opened, environ: WSGIEnvironment) -> WSGIApplication:
        if environ.get("PATH_INFO") == UNLOCK:
            return Response(status=303, headers={"Location": "/"})  # it was unlocked meanwhile
        return self._app_of(opened)

    def _app_of(self, opened: Opened) -> Flask:
        with self._making:
            if self._made is None or self._made[0] is not opened:
                self._made = opened, self._application(opened)
            return self._made[1]

    def _application(self, opened: Opened) -> Flask:
        app = create_app(
            opened.archive,
            limits=receiving_limits(self._serving.settings),
            secret_key=opened.session_key,
            secure_cookies=self._secure_cookies,
            beside=Beside(serving=self._serving, opened=opened),
            meter=self._meter,
            openid_address=_openid(self._serving.settings),
        )
        Thread(target=compile_templates, args=(app,), name="templates", daemon=True).start()
        return app


def _openid(settings: Settings) -> OpenIdAddress | None:
    if not (settings.openid_issuer and settings.openid_client_id):
        return None
    return OpenIdAddress(issuer=settings.openid_issuer, client_id=settings.openid_client_id)


def _plain(text: str | bytes, content_type: str, *, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(text, status=status, headers=headers, content_type=content_type)
