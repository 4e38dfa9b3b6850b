"""The company's own sign-in service (OpenID Connect Core 1.0, authorization code flow with PKCE); joserfc only here.

What always holds:
- Only what the service signed for this archive, for this browser's request, and a moment ago, is believed.
- An address counts only where the service says that it verified it.
- The service is spoken to through HTTPS; without it only where it runs on this very machine.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPResponse
from typing import Any, Final, cast
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from dms.custody.securing import Identity
from dms.web.current import surroundings
from dms.web.errors import OpenIdFailed, OpenIdNotConfigured

SCOPE: Final = "openid email profile"
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures with a public key; never a shared secret, and never none."""
TIMEOUT_S: Final = 10
MAX_ANSWER_BYTES: Final = 1024 * 1024
LEEWAY_S: Final = 60
_ON_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdAddress:
    """Where the sign-in service is, and as whom the archive comes to it."""

    issuer: str
    client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdRequest:
    """What one browser was sent away with, and has to bring back."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


class _NoRedirect(HTTPRedirectHandler):
    """An answer that sends us elsewhere is no answer."""

    def redirect_request(self, *arguments: object) -> None:
        """Follow nothing."""


def is_openid_configured() -> bool:
    """Whether people may sign in through a service of the company."""
    return surroundings().openid_address is not None


def new_request() -> OpenIdRequest:
    """What to send a browser away with."""
    return OpenIdRequest(
        state=secrets.token_urlsafe(24), nonce=secrets.token_urlsafe(24), verifier=secrets.token_urlsafe(48)
    )


def leaving_address(request: OpenIdRequest, *, back: str) -> str:
    """Where to send the browser; raises `OpenIdNotConfigured` or `OpenIdFailed`."""
    address = _configured()
    digest = hashlib.sha256(request.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": address.client_id,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": request.state,
        "nonce": request.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    endpoint = _text(_described(address), "authorization_endpoint")
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def identity_for(code: str, request: OpenIdRequest, *, back: str, secret: str, now: datetime) -> Identity:
    """The person whom the service names for this code; raises `OpenIdNotConfigured` or `OpenIdFailed`."""
    address = _configured()
    described = _described(address)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": address.client_id,
        "code_verifier": request.verifier,
    }
    proof = base64.b64encode(f"{address.client_id}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {proof}"} if secret else {}
    answer = _fetched(_text(described, "token_endpoint"), form=form, headers=headers)
    claims = _verified(_text(answer, "id_token"), _fetched(_text(described, "jwks_uri")), address, now)
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), request.nonce.encode()):
        raise OpenIdFailed("nonce")
    verified = claims.get("email_verified") is True
    return Identity(
        issuer=address.issuer,
        subject=_text(claims, "sub"),
        email=str(claims.get("email", "")) if verified else "",
    )


def _configured() -> OpenIdAddress:
    address = surroundings().openid_address
    if address is None:
        raise OpenIdNotConfigured
    return address


def _described(address: OpenIdAddress) -> Mapping[str, Any]:
    """What the service says of itself (OpenID Connect Discovery 1.0)."""
    described = _fetched(f"{address.issuer.rstrip('/')}/.well-known/openid-configuration")
    if described.get("issuer") != address.issuer:
        raise OpenIdFailed("issuer")
    return described


def _verified(token: str, keys: Mapping[str, Any], address: OpenIdAddress, now: datetime) -> Mapping[str, Any]:
    """The claims of an ID token that the service signed for this archive and that still holds (3.1.3.7)."""
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_S,
        iss={"essential": True, "value": address.issuer},
        aud={"essential": True, "value": address.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(cast(Any, keys)), algorithms=ALGORITHMS).claims
        registry.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise OpenIdFailed("id_token") from error
    if claims.get("azp", address.client_id) != address.client_id:
        raise OpenIdFailed("azp")
    return claims


def _fetched(
    address: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """The JSON object at an address of the service."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _ON_THIS_MACHINE):
        raise OpenIdFailed("https")
    body = urlencode(form).encode() if form is not None else None
    asked = Request(address, data=body, headers={"Accept": "application/json", **(headers or {})})  # noqa: S310 -- see above
    try:
        with cast(HTTPResponse, build_opener(_NoRedirect).open(asked, timeout=TIMEOUT_S)) as answer:
            content = json.loads(answer.read(MAX_ANSWER_BYTES))
    except (URLError, OSError, ValueError) as error:
        raise OpenIdFailed("answer") from error
    if not isinstance(content, dict):
        raise OpenIdFailed("answer")
    return content


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not value:
        raise OpenIdFailed(name)
    return value
