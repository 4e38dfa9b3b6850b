"""Being written."""

from flask import Blueprint, render_template

blueprint = Blueprint("volumes", __name__)


@blueprint.get("/volumes")
def index() -> str:
    """Being written."""
    return render_template("pages/home/page.html")
