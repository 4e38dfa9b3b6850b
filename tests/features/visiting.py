"""A visitor without a browser: signs in, sends forms with their tokens, keeps cookies, and can be slow on purpose."""

import http.client
import re
import secrets
import urllib.parse
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(r'name="csrf[-_]token"[^>]*?(?:value|content)="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer of the service."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


@dataclass(slots=True)
class Visitor:
    """One person at one service."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        """The page at this path."""
        return self._ask("GET", path, b"", {})

    def sign_in(self, name: str, password: str) -> None:
        """Sign in; fails the test when the service does not let the person in."""
        form = {"name": name, "password": password, "csrf_token": self.token("/sign-in")}
        page = self._ask("POST", "/sign-in", urllib.parse.urlencode(form).encode(), FORM)
        assert page.status in {302, 303}, page.text[:2000]

    def token(self, path: str) -> str:
        """The forgery token that a page gives to its forms."""
        match = TOKEN.search(self.get(path).text)
        assert match, f"no token on {path}"
        return match[1]

    def upload(self, original_filename: str, content: bytes) -> Page:
        """Send one paper as the upload page does."""
        with self.uploading(original_filename, content) as sending:
            sending.send(sending.body)
            return sending.answer()

    def uploading(self, original_filename: str, content: bytes) -> "Sending":
        """An upload whose bytes the caller sends when it pleases."""
        boundary = secrets.token_hex(16)
        body = _multipart(boundary, original_filename, content)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(body)),
            "X-CSRFToken": self.token("/upload"),
            "X-Requested-With": "fetch",
            "Accept": "application/json",
        }
        return Sending(self._connected("POST", "/upload", headers), body)

    def downloading(self, path: str) -> http.client.HTTPConnection:
        """A request whose answer the caller reads when it pleases."""
        return self._connected("GET", path, {})

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Page:
        with closing(self._connected(method, path, {**headers, "Content-Length": str(len(body))})) as connection:
            connection.send(body)
            return self._page(connection)

    def _connected(self, method: str, path: str, headers: Mapping[str, str]) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.url).netloc, timeout=60)
        try:
            self._send_headers(connection, method, path, headers)
        except BaseException:
            connection.close()
            raise
        return connection

    def _send_headers(
        self, connection: http.client.HTTPConnection, method: str, path: str, headers: Mapping[str, str]
    ) -> None:
        connection.putrequest(method, path)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for name, value in {**headers, **({"Cookie": cookies} if cookies else {})}.items():
            connection.putheader(name, value)
        connection.endheaders()

    def _page(self, connection: http.client.HTTPConnection) -> Page:
        answer = connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        return Page(status=answer.status, headers=dict(answer.headers), content=answer.read())


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(slots=True)
class Sending:
    """An upload under way."""

    connection: http.client.HTTPConnection
    body: bytes

    def __enter__(self) -> "Sending":
        return self

    def __exit__(self, *unused: Any) -> None:
        self.connection.close()

    def send(self, part: bytes) -> None:
        """Put these bytes of the body on the way."""
        self.connection.send(part)

    def answer(self) -> Page:
        """What the service says when everything is sent."""
        response = self.connection.getresponse()
        return Page(status=response.status, headers=dict(response.headers), content=response.read())


def _multipart(boundary: str, original_filename: str, content: bytes) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="papers"; filename="{original_filename}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
