"""Counting and logging the requests: method, route, status, duration and the number of the account; nothing else.

Invariant: the route is the pattern by which the application knows the address, never the address itself: a query, an
id or a name in it is nobody's business.
"""

import logging
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

from dms.logs import log_event

NO_ROUTE = "(none)"
QUIET_ROUTES = frozenset({"/static/<path:filename>", "/bootstrap/static/<path:filename>", "/healthz"})
"""Logged only by those who want to see everything."""
BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each one, telling only when this process began

_log = logging.getLogger(__name__)


class RequestMeter:
    """Counts and durations of requests by route and status; safe to share between threads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count = Counter(
            "anjuan_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "anjuan_request_seconds", "Time to answer.", ("route",), registry=self.registry, buckets=BUCKETS_S
        )

    def count(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._count.labels(method=method, route=route, status=str(status)).inc()
        self._seconds.labels(route=route).observe(seconds)


def watch_requests(app: Flask, meter: RequestMeter) -> None:
    """Count and log every request of the application."""

    def begin() -> None:
        g.began_s = perf_counter()

    def end(response: Response) -> Response:
        _note(response, meter)
        return response

    app.before_request(begin)
    app.after_request(end)


def _note(response: Response, meter: RequestMeter) -> None:
    began_s = g.get("began_s")
    seconds = perf_counter() - began_s if began_s is not None else 0.0
    route = request.url_rule.rule if request.url_rule else NO_ROUTE
    method = request.method if request.method in _METHODS else "OTHER"
    meter.count(method=method, route=route, status=response.status_code, seconds=seconds)
    level = logging.DEBUG if route in QUIET_ROUTES else logging.INFO
    log_event(
        _log,
        "request",
        level=level,
        method=method,
        route=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        user=_user_id(),
    )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""A stranger may send any word as a method; it would become a label, one for each word."""


def _user_id() -> int | None:
    """The number of the account, where the request has asked who it is; asking now would open the catalogue again."""
    who = g.get("_login_user")
    return who.user.id if who is not None and who.is_authenticated else None
