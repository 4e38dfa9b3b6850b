"""A person at a desk: a browser without a script, before an archive whose reader reads plain text."""

import re
from io import BytesIO
from typing import ClassVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from dms.archive import Archive
from dms.custody import NewAccount, add_user
from dms.domain.actor import LOWEST_GRADE, OPERATOR, Role
from dms.ingest import Claim, Describer, ReadingRoom, ReceivingLimits, Upload, receive, work_until_idle
from dms.web import create_app
from simulators.archives import PASSWORD
from simulators.readers import PlainReader

MAX_UPLOAD_BYTES = 4 * 1024 * 1024
LIMITS = ReceivingLimits(max_upload_bytes=MAX_UPLOAD_BYTES, min_free_disk_bytes=0)
AS_SCRIPT = {"Accept": "application/json", "X-Requested-With": "fetch"}


class CompiledTemplates(BytecodeCache):
    """Keeps the compiled pages from one application to the next: every test makes its own, all show the same."""

    _kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


class Desk:
    """One browser; it keeps its cookies, follows no redirect by itself, and sends the token of the page it last saw."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.app = create_app(archive, limits=LIMITS, secret_key=bytes(32))
        self.app.testing = True
        self.app.jinja_env.bytecode_cache = CompiledTemplates()
        self.browser = self.app.test_client()
        self.token = ""

    def sign_in(self, name: str = "admin", password: str = PASSWORD) -> "Desk":
        self.get("/sign-in")
        answer = self.post("/sign-in", {"name": name, "password": password})
        assert answer.status_code == 302, answer.text
        self.get("/guide")  # any page has the token, and this one asks nothing of the catalogue
        return self

    def sign_in_as(self, *roles: Role, clearance: int = LOWEST_GRADE) -> "Desk":
        """Sign in with a new account of these roles."""
        account = NewAccount(name="somebody", password=PASSWORD, roles=frozenset(roles), clearance=clearance)
        add_user(OPERATOR, account, archive=self.archive)
        return self.sign_in("somebody")

    def get(self, path: str, *, script: bool = False) -> TestResponse:
        answer = self.browser.get(path, headers=AS_SCRIPT if script else {})
        found = (
            re.search(r'name="csrf-token" content="([^"]+)"', answer.text) if answer.mimetype == "text/html" else None
        )
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, form: dict[str, object], *, script: bool = False) -> TestResponse:
        headers = AS_SCRIPT | {"X-CSRFToken": self.token} if script else {}
        body, content_type = as_multipart({"csrf_token": self.token} | form)
        return self.browser.post(path, data=body, content_type=content_type, headers=headers)

    def send(self, text: str, original_filename: str = "scan.pdf", *, claim: Claim | None = None) -> str:
        """Hand a paper in and have it read; its id."""
        upload = Upload(original_filename=original_filename, uploaded_bytes=text.encode(), claim=claim or Claim())
        item = receive(OPERATOR, upload, archive=self.archive, limits=LIMITS).item
        assert item is not None
        self.read()
        return item.id

    def read(self) -> None:
        """Read whatever waits to be read; a paper on which the reader dies is tried again only while time goes on."""
        work_until_idle(ReadingRoom(archive=self.archive, pool=PlainReader(), describer=Describer(self.archive)))


def part(content: str | bytes, original_filename: str = "scan.pdf") -> FileStorage:
    """A paper as one part of a form."""
    uploaded_bytes = content.encode() if isinstance(content, str) else content
    return FileStorage(BytesIO(uploaded_bytes), original_filename)


def as_multipart(form: dict[str, object]) -> tuple[bytes, str]:
    """The body of a form and its content type, made in memory: the test client would write large ones to the disk."""
    boundary, body = encode_multipart(form)
    return body, f"multipart/form-data; boundary={boundary}"
