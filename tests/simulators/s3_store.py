"""A store that speaks as much of the S3 protocol as a backup needs, in memory, and fails when it is told to.

It answers at 127.0.0.1 to one access key, gives listings in small pages so that turning them is tried, and keeps
conditions (`If-None-Match: *`). Set `refuses`, `forgets` or `rots` to make it misbehave; `requests` counts what came.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ACCESS_KEY_ID = "AKIDTEST"
SECRET_ACCESS_KEY = "not-so-secret"
PAGE_KEYS = 7


class S3Store:
    """One store with one bucket."""

    def __init__(self, bucket: str = "copies") -> None:
        self.bucket = bucket
        self.contents: dict[str, bytes] = {}
        self.uploads: dict[str, tuple[str, dict[int, bytes]]] = {}
        self.requests: Counter[str] = Counter()
        self.refuses: str | None = None
        """The code with which every writing request is refused."""
        self.knows_conditions = True
        self.forgets = False
        """Whether what is put is acknowledged and thrown away."""
        self.rots = False
        """Whether what is put is kept with one bit flipped."""
        self.endpoint = ""

    def keep(self, key: str, content: bytes) -> None:
        """Store, as well as this store does."""
        if not self.forgets:
            self.contents[key] = content[:-1] + bytes([content[-1] ^ 1]) if self.rots and content else content

    @property
    def options(self) -> dict[str, str]:
        """What reaching it needs."""
        return {
            "endpoint": self.endpoint,
            "access_key_id": ACCESS_KEY_ID,
            "secret_access_key": SECRET_ACCESS_KEY,
        }


@contextmanager
def s3_store(bucket: str = "copies") -> Iterator[S3Store]:
    """A store that answers until the block ends."""
    store = S3Store(bucket)
    handler = type("Handler", (_Handler,), {"store": store})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    store.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Refused(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: S3Store

    def log_message(self, *arguments: object) -> None:
        """Nothing is told."""

    def do_PUT(self) -> None:
        self._answer(self._put)

    def do_POST(self) -> None:
        self._answer(self._post)

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_HEAD(self) -> None:
        self._answer(self._head)

    def do_DELETE(self) -> None:
        self._answer(self._delete)

    def _answer(self, act) -> None:
        self.store.requests[self.command] += 1
        parts = urlsplit(self.path)
        self.query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        _, bucket, *rest = unquote(parts.path).split("/", 2)
        self.key = rest[0] if rest else ""
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            self._let_in(bucket)
            status, headers, body = act()
        except _Refused as refusal:
            status, headers = refusal.status, {"Content-Type": "application/xml"}
            body = f"<Error><Code>{refusal.code}</Code><Message>no</Message></Error>".encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _let_in(self, bucket: str) -> None:
        if f"Credential={ACCESS_KEY_ID}/" not in self.headers.get("Authorization", ""):
            raise _Refused(403, "InvalidAccessKeyId")
        if bucket != self.store.bucket:
            raise _Refused(404, "NoSuchBucket")
        if self.store.refuses and self.command in ("PUT", "POST"):
            raise _Refused(507 if "Full" in self.store.refuses else 400, self.store.refuses)

    def _put(self):
        if "partNumber" in self.query:
            self.store.uploads[self.query["uploadId"]][1][int(self.query["partNumber"])] = self.body
            return 200, {"ETag": _etag(self.body)}, b""
        if "If-None-Match" in self.headers:
            if not self.store.knows_conditions:
                raise _Refused(501, "NotImplemented")
            if self.key in self.store.contents:
                raise _Refused(412, "PreconditionFailed")
        self.store.keep(self.key, self.body)
        return 200, {"ETag": _etag(self.body)}, b""

    def _post(self):
        if "uploads" in self.query:
            upload_id = f"upload{len(self.store.uploads)}"
            self.store.uploads[upload_id] = (self.key, {})
            body = f"<InitiateMultipartUploadResult><UploadId>{upload_id}</UploadId></InitiateMultipartUploadResult>"
            return 200, {}, body.encode()
        key, parts = self.store.uploads.pop(self.query["uploadId"])
        wanted = [
            int(part.text or 0) for part in ElementTree.fromstring(self.body).iter() if part.tag.endswith("Number")
        ]
        self.store.keep(key, b"".join(parts[number] for number in wanted))
        return 200, {}, b"<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"

    def _get(self):
        if "uploads" in self.query:
            listed = "".join(
                f"<Upload><Key>{escape(key)}</Key><UploadId>{upload_id}</UploadId></Upload>"
                for upload_id, (key, _) in self.store.uploads.items()
            )
            return 200, {}, f"<ListMultipartUploadsResult>{listed}</ListMultipartUploadsResult>".encode()
        if "list-type" in self.query:
            return 200, {"Content-Type": "application/xml"}, self._listing()
        if self.key not in self.store.contents:
            raise _Refused(404, "NoSuchKey")
        return 200, {"ETag": _etag(self.store.contents[self.key])}, self.store.contents[self.key]

    def _listing(self) -> bytes:
        after = self.query.get("continuation-token", "")
        prefix = self.query.get("prefix", "")
        keys = sorted(key for key in self.store.contents if key.startswith(prefix) and key > after)
        page = keys[: min(PAGE_KEYS, int(self.query.get("max-keys", "1000")))]
        more = len(keys) > len(page)
        listed = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(self.store.contents[key])}</Size></Contents>" for key in page
        )
        token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
        return (
            f"<ListBucketResult><KeyCount>{len(page)}</KeyCount><IsTruncated>{str(more).lower()}</IsTruncated>"
            f"{token}{listed}</ListBucketResult>"
        ).encode()

    def _head(self):
        if self.key and self.key not in self.store.contents:
            raise _Refused(404, "NoSuchKey")
        size = len(self.store.contents[self.key]) if self.key else 0
        return 200, {"Content-Length": str(size)}, b""

    def _delete(self):
        if "uploadId" in self.query:
            self.store.uploads.pop(self.query["uploadId"], None)
        else:
            self.store.contents.pop(self.key, None)
        return 204, {}, b""


def _etag(content: bytes) -> str:
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
