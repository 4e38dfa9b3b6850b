"""Being written."""

from flask import Blueprint, render_template

blueprint = Blueprint("own_password", __name__)


@blueprint.get("/password")
def page() -> str:
    """Being written."""
    return render_template("pages/home/page.html")
