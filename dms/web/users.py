"""Being written."""

from flask import Blueprint, render_template

blueprint = Blueprint("users", __name__)


@blueprint.get("/users")
def index() -> str:
    """Being written."""
    return render_template("pages/home/page.html")
