"""A small sign-in service (OpenID Connect) on this machine, honest unless it is told to lie."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "anjuan"
CLIENT_SECRET = "a secret that both know"


class OpenIdService:
    """Knows one person at a time, and remembers for what each code was given."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {"sub": "u-1", "email": "li@example.com", "email_verified": True}
        self.lies: dict[str, Any] = {}
        """Claims that are told instead of the true ones; None leaves a claim out."""
        self.now = datetime.now
        self.signing_key = self._published = RSAKey.generate_key(2048, {"kid": "k1"}, auto_kid=False)
        self.describes_itself_as: str | None = None
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def let_in(self, leaving_address: str) -> str:
        """The person signs in there; the address to which the browser is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(leaving_address).query).items()}
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"].split()
        code = secrets.token_hex(8)
        self._codes[code] = asked
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"

    def change_key(self) -> None:
        """Sign with another key than the one that is published."""
        self.signing_key = RSAKey.generate_key(2048, {"kid": "k1"}, auto_kid=False)

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.describes_itself_as or self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                }
            case "/keys":
                return 200, {"keys": [self._published.as_dict(private=False)]}
            case "/token":
                return self._token(form, authorization)
            case _:
                return 404, {}

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self._codes.pop(form.get("code", ""), None)
        proof = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or authorization != proof or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        moment = int(self.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "iat": moment, "exp": moment + 300, "nonce": asked["nonce"],
            **self.person, **self.lies,
        }  # fmt: skip
        told = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, told, self.signing_key)
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": token}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._send({name: values[0] for name, values in parse_qs(body).items()})

            def _send(self, form: dict[str, str]) -> None:
                path = urlsplit(self.path).path
                status, content = service.answer(path, form, self.headers.get("Authorization", ""))
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def openid_service() -> Iterator[OpenIdService]:
    """The service, serving until the block ends."""
    service = OpenIdService()
    thread = Thread(target=service._server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service._server.shutdown()
        service._server.server_close()
        thread.join()
