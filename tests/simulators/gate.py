"""A person before the gate of a service: a browser without a script, sealed or open."""

import re
from dataclasses import replace
from pathlib import Path

from werkzeug.test import Client, TestResponse

from dms.bootstrap import Opened, Serving
from dms.config import settings_from
from dms.domain.clock import Clock
from dms.web import Gate
from simulators.archives import PASSPHRASE, PASSWORD

QUIET = {"DMS_READING_PROCESSES": "1", "DMS_NIGHTLY_AT": "off", "DMS_MIN_FREE_DISK_MB": "0"}
NEAR = {"REMOTE_ADDR": "127.0.0.1"}
AS_PROGRAM = {"Accept": "application/json"}


class AtGate:
    """One browser; it keeps its cookies, follows no redirect by itself, and sends the token of the page it last saw."""

    def __init__(self, home: Path, *, clock: Clock, **environment: str) -> None:
        self.serving = Serving(replace(settings_from(QUIET | environment), home=home), clock=clock)
        self.gate = Gate(self.serving)
        self.browser = Client(self.gate)
        self.token = ""

    def get(self, path: str, *, program: bool = False, buffered: bool = True) -> TestResponse:
        headers = AS_PROGRAM if program else {}
        answer = self.browser.get(path, headers=headers, buffered=buffered, environ_base=NEAR)
        found = re.search(r'name="csrf-token" content="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **form: str) -> TestResponse:
        return self.browser.post(path, data={"csrf_token": self.token} | form, buffered=True, environ_base=NEAR)

    def unlock(self, secret: str = PASSPHRASE, *, query: str = "") -> TestResponse:
        """See the form and send it."""
        self.get("/unlock")
        return self.post(f"/unlock{query}", secret=secret)

    def sign_in(self, name: str = "admin") -> None:
        """As somebody who has an account."""
        self.get("/sign-in")
        assert self.post("/sign-in", name=name, password=PASSWORD).status_code == 302
        self.get("/")

    def opened(self) -> Opened:
        """What works beside the pages at this moment."""
        opened = self.serving.enter()
        assert opened is not None
        self.serving.leave(opened)
        return opened

    def close(self) -> None:
        """End the service."""
        self.serving.close()
