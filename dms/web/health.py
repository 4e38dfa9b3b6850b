"""Whether the service is up; says nothing about the archive, so it needs no sign-in."""

from flask import Blueprint, Response, jsonify

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The service answers."""
    return jsonify(status="ok")
