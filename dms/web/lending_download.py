"""A printed form of lending as an answer that a browser saves."""

from io import BytesIO

from flask import Response, abort, send_file

from dms.domain.printed import PrintAs, Printed


def printed_as(untrusted_text: str) -> PrintAs:
    """Paper or spreadsheet, as the address says; anything else is no address here."""
    return PrintAs(untrusted_text) if untrusted_text in set(PrintAs) else abort(404)


def download(printed: Printed) -> Response:
    """The form, to be saved."""
    answer = send_file(
        BytesIO(printed.content),
        mimetype=printed.media_type,
        as_attachment=True,
        download_name=printed.suggested_name,
        etag=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
