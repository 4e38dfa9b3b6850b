"""The entries of the navigation as they are drawn: forty on every page, and hardly ever different."""

from functools import lru_cache

from flask import get_template_attribute, request, url_for
from markupsafe import Markup

from dms.web.current import language
from dms.web.navigation import Destination, destination

_TRAY = "tray"


def nav_entry(place: Destination, icon_sheet: str, waiting: str) -> Markup:
    """The link to a place, marked where the present page is; what waits in the tray stands behind its name."""
    return _drawn(
        place.endpoint,
        language(),
        request.root_path,
        icon_sheet,
        is_here=request.blueprint == place.subject,
        waiting=waiting if place.subject == _TRAY else "",
    )


@lru_cache(maxsize=1000)
def _drawn(endpoint: str, _language: str, _root: str, icon_sheet: str, *, is_here: bool, waiting: str) -> Markup:
    """Kept under all that it is made of: the name is in the language of the request, the address below its root."""
    place = destination(endpoint)
    draw = get_template_attribute("_nav_entry.html", "entry")
    drawn: Markup = draw(str(place.label), place.icon, url_for(endpoint), icon_sheet, is_here, waiting)
    return drawn
