"""Being written."""

from flask import Blueprint, render_template

blueprint = Blueprint("customers", __name__)


@blueprint.get("/customers")
def index() -> str:
    """Being written."""
    return render_template("pages/home/page.html")
