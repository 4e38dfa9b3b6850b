"""Headers, cookies and forgery protection; every answer of the application carries them."""

from datetime import timedelta

from flask import Flask, Response, current_app
from flask_wtf.csrf import CSRFProtect

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
_OWN_FRAME = CONTENT_SECURITY_POLICY + "; frame-src 'self'"
_IN_OWN_FRAME = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"
)
SESSION_LIFETIME = timedelta(hours=10)
SESSION_COOKIE = "anjuan"

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


def secure(app: Flask, *, secret_key: bytes, secure_cookies: bool, cookie: str = SESSION_COOKIE) -> None:
    """Give the application its session cookie, its forgery protection and its headers."""
    app.config.update(
        SECRET_KEY=secret_key,
        # The prefix makes browsers refuse a cookie of this name that another host of the domain has planted.
        SESSION_COOKIE_NAME=f"__Host-{cookie}" if secure_cookies else cookie,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure_cookies,
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer header, which our own policy tells browsers not to send
    )
    CSRFProtect(app)
    app.after_request(_with_headers)


def framing(response: Response) -> Response:
    """The page, allowed to hold a document of ours in a frame."""
    response.headers["Content-Security-Policy"] = _OWN_FRAME
    return response


def framed(response: Response) -> Response:
    """A document without scripts, allowed to stand in a frame of our own pages and of no others."""
    response.headers["Content-Security-Policy"] = _IN_OWN_FRAME
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
