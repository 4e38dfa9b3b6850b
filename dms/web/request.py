"""The request as this application reads it: bounded before a byte of it is read, and never put down on disk.

What always holds:
- Every part of a form stays in memory. The framework's own parser writes large parts to temporary files, in
  plaintext; here nothing readable ever touches the disk (I3).
- Only a person who has signed in may send more than an ordinary form, and only to an address that takes uploads or
  spreadsheets.
"""

from io import BytesIO
from typing import IO, cast

from flask import Request, has_app_context
from flask_login import current_user

from dms.printing import MOST_SHEET_BYTES
from dms.web.current import limits
from dms.web.errors import SignInRequired

MEGABYTE = 1024 * 1024
MAX_FORM_BYTES = MEGABYTE
"""Far more than any form of this application holds."""
FORM_ROOM_BYTES = MEGABYTE
"""What boundaries, names and the fields beside an upload may add to its own bytes."""
UPLOAD_ENDPOINT = "uploading.receive_uploads"
SHEET_ENDPOINTS = frozenset({"contract_import.preview"})
"""The addresses that take a spreadsheet."""


class ArchiveRequest(Request):
    """A request whose body is bounded by what it is for and whose uploads stay in memory."""

    @property
    def max_content_length(self) -> int | None:
        """The most bytes the body may have: room for an upload where one is expected, else `MAX_FORM_BYTES`.

        A longer body is answered with 413 before it is read; an upload of nobody raises `SignInRequired`.
        """
        if self._max_content_length is not None or not has_app_context():
            return self._max_content_length
        if self.endpoint in SHEET_ENDPOINTS:
            return min(self._upload_bound(), MOST_SHEET_BYTES + FORM_ROOM_BYTES)
        return self._upload_bound() if self.endpoint == UPLOAD_ENDPOINT else MAX_FORM_BYTES

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        """See `werkzeug.Request.max_content_length`; set for one request, it is the bound of that one."""
        self._max_content_length = value

    def _upload_bound(self) -> int:
        # A stranger could otherwise fill the memory with uploads that are refused only after they were read.
        if not current_user.is_authenticated:
            raise SignInRequired
        return limits().max_upload_bytes + FORM_ROOM_BYTES

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Where one part of a form is kept while it is read; the bound on the whole body bounds it too."""
        return cast(IO[bytes], BytesIO())
