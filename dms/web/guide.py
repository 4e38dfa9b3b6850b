"""The help page: the query language with examples, and the keys."""

from flask import Blueprint, render_template

from dms.search import QUERY_HELP
from dms.web.declaring import for_everyone_signed_in

blueprint = Blueprint("guide", __name__)


@blueprint.get("/help")
@for_everyone_signed_in
def page() -> str:
    """How to search, and which keys do what."""
    return render_template("pages/guide/page.html", subjects=QUERY_HELP)
