"""Being written."""

from flask import Blueprint, render_template

blueprint = Blueprint("journal", __name__)


@blueprint.get("/journal")
def index() -> str:
    """Being written."""
    return render_template("pages/home/page.html")
