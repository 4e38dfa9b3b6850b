"""The home page: what waits, what is under way, what came last, and one large box to search in."""

from flask import Blueprint, render_template

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def page() -> str:
    """The home page."""
    return render_template("pages/home/page.html")
