"""What many pages draw, and draw alike: icons, and the menus of the navigation; each is drawn once."""

from collections.abc import Callable, Sequence
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


def nav_entries(places: Sequence[Destination], waiting: str) -> Markup:
    """The links to places, marked where the present page is; what waits in the tray stands behind its name."""
    endpoints = tuple(place.endpoint for place in places)
    return _entries(endpoints, language(), request.root_path, subject=request.blueprint, waiting=waiting)


@lru_cache(maxsize=1000)
def _icon(name: str, root: str) -> Markup:
    return _ICON.format(sheet=_sheet(root), name=name)


@lru_cache(maxsize=100)
def _sheet(_root: str) -> str:
    return url_for("static", filename="icons.svg")


@lru_cache(maxsize=1000)
def _entries(endpoints: tuple[str, ...], _language: str, _root: str, *, subject: str | None, waiting: str) -> Markup:
    """Kept under all that they are made of: names are in the language of the request, addresses below its root."""
    draw = get_template_attribute("_nav_entry.html", "entry")
    return Markup("\n").join(_drawn(draw, destination(endpoint), subject, waiting) for endpoint in endpoints)


def _drawn(draw: Callable[..., Markup], place: Destination, subject: str | None, waiting: str) -> Markup:
    here, waiting_here = subject == place.subject, waiting if place.subject == _TRAY else ""
    return draw(str(place.label), place.icon, url_for(place.endpoint), here, waiting_here)
