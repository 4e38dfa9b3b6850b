"""Being written."""

from flask import Blueprint, render_template

blueprint = Blueprint("searching", __name__)


@blueprint.get("/search")
def page() -> str:
    """Being written."""
    return render_template("pages/home/page.html")
