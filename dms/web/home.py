"""The home page: what waits, what is under way, what came last, and one large box to search in."""

from flask import Blueprint, render_template

from dms.custody import holdings
from dms.domain.actor import Permission
from dms.domain.item import ItemState
from dms.filing import ItemWish, list_items
from dms.store import ItemOrder
from dms.web.current import actor, archive
from dms.web.declaring import for_everyone_signed_in

blueprint = Blueprint("home", __name__)

ARRIVALS_SHOWN = 8


@blueprint.get("/")
@for_everyone_signed_in
def page() -> str:
    """The home page; who may not consult papers sees only where he may go."""
    asking = actor()
    if not asking.may(Permission.CONSULT):
        return render_template("pages/home/page.html", holdings=None, arrivals=())
    newest = ItemWish(states=frozenset(ItemState), order=ItemOrder.NEWEST_ARRIVAL, limit=ARRIVALS_SHOWN)
    return render_template(
        "pages/home/page.html",
        holdings=holdings(asking, archive=archive()),
        arrivals=list_items(asking, newest, archive=archive()).items,
    )
