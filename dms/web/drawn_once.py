"""What many pages draw, and draw alike: icons, and the entries of the navigation; each is drawn once."""

from functools import lru_cache

from flask import get_template_attribute, request, url_for
from markupsafe import Markup

from dms.web.current import language
from dms.web.navigation import Destination, destination

_TRAY = "tray"
_ICON = Markup('<svg class="icon" aria-hidden="true" focusable="false"><use href="{sheet}#{name}"></use></svg>')


def drawn_icon(name: str) -> Markup:
    """A picture of the sheet of icons; it says nothing that the words beside it do not."""
    return _icon(name, request.root_path)


def nav_entry(place: Destination, waiting: str) -> Markup:
    """The link to a place, marked where the present page is; what waits in the tray stands behind its name."""
    return _entry(
        place.endpoint,
        language(),
        request.root_path,
        is_here=request.blueprint == place.subject,
        waiting=waiting if place.subject == _TRAY else "",
    )


@lru_cache(maxsize=1000)
def _icon(name: str, _root: str) -> Markup:
    return _ICON.format(sheet=url_for("static", filename="icons.svg"), name=name)


@lru_cache(maxsize=1000)
def _entry(endpoint: str, _language: str, _root: str, *, is_here: bool, waiting: str) -> Markup:
    """Kept under all that it is made of: the name is in the language of the request, the address below its root."""
    place = destination(endpoint)
    draw = get_template_attribute("_nav_entry.html", "entry")
    drawn: Markup = draw(str(place.label), place.icon, url_for(endpoint), is_here, waiting)
    return drawn
