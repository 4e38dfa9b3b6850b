"""Whether the service is up; says nothing about the archive, so it needs no sign-in.

Where there is a gate, it answers in the same words before this application is asked.
"""

from flask import Blueprint, Response, jsonify

from dms.web.declaring import for_strangers

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@for_strangers
def healthz() -> Response:
    """The service answers, and is not sealed."""
    return jsonify(status="open")
