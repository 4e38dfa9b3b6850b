"""The search page as a browser meets it: the real application, signed in, asked without a network in between."""

import re
import secrets
from urllib.parse import urlencode

from dms.archive import Archive
from dms.bootstrap import spare_lasting_objects
from dms.cli.measuring_search.filling import Secrets
from dms.ingest import ReceivingLimits
from dms.process import keep_freed_memory
from dms.search import SearchRequest

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
LIMITS = ReceivingLimits(max_upload_bytes=1_000_000, min_free_disk_bytes=0)


def start_as_a_service_does() -> None:
    """Keep freed memory, load the application, and let the collector pass over all that is there then."""
    import dms.web  # noqa: F401  # loaded when pages are measured: no other command needs it

    keep_freed_memory()
    spare_lasting_objects()


class Browser:
    """One browser with a user signed in."""

    def __init__(self, archive: Archive, owner: Secrets) -> None:
        from dms.web import create_app

        self._app = create_app(archive, limits=LIMITS, secret_key=secrets.token_bytes())
        self._client = self._app.test_client()
        shown = self._client.get("/sign-in").get_data(as_text=True)
        token = _TOKEN.search(shown)
        form = {"name": owner.user, "password": owner.password, "csrf_token": token[1] if token else ""}
        self._client.post("/sign-in", data=form)

    def compile_pages(self) -> None:
        """Compile the templates of the search page, as the service does when the archive was opened."""
        from dms.web import compile_templates

        compile_templates(self._app)

    def search(self, request: SearchRequest) -> int:
        """Ask for the first page of the answer; the status of the page, which was made to its last byte."""
        stated = {
            "q": request.query,
            "customer": request.customer_code,
            "year": request.year,
            "tolerant": "1" if request.tolerant else None,
        }
        arguments = {name: value for name, value in stated.items() if value is not None}
        answer = self._client.get(f"/search?{urlencode(arguments, errors='surrogatepass')}")
        answer.get_data()
        return answer.status_code
