"""Who is let to an address: what its view declares is asked before the view is called.

Invariant: an address whose view declares nothing is open to nobody; use cases ask for permission all the same.
"""

from flask import Flask, current_app, request

from dms.domain.actor import ActionForbidden, Actor
from dms.web.current import actor
from dms.web.declaring import Declaration, Openness, declared
from dms.web.errors import AddressClosed

_OF_THE_FRAMEWORK = frozenset({"static", "bootstrap.static"})
"""Style sheets, scripts and pictures, which are the same for everyone."""
_OPEN = Declaration(openness=Openness.STRANGERS)


def admit(app: Flask) -> None:
    """Let people to those addresses only that are declared to be open to them; asked after they have signed in."""
    app.before_request(_require_declared)


def is_for_strangers(endpoint: str | None) -> bool:
    """Whether the address with this name is open before anybody signs in."""
    declaration = declaration_of(endpoint, app=current_app)
    return declaration is not None and declaration.openness is Openness.STRANGERS


def declaration_of(endpoint: str | None, *, app: Flask) -> Declaration | None:
    """What the view of an address declares; None where it declares nothing or there is none."""
    if endpoint in _OF_THE_FRAMEWORK:
        return _OPEN
    view = app.view_functions.get(endpoint or "")
    return declared(view) if view else None


def is_admitted(asking: Actor, declaration: Declaration) -> bool:
    """Whether somebody who is signed in is let to an address with this declaration."""
    return not declaration.any_of or any(asking.may(permission) for permission in declaration.any_of)


def _require_declared() -> None:
    if request.endpoint is None:
        return  # no such address: the refusal for that says so
    declaration = declaration_of(request.endpoint, app=current_app)
    if declaration is None:
        raise AddressClosed
    if declaration.openness is Openness.STRANGERS:
        return
    if not is_admitted(actor(), declaration):
        raise ActionForbidden(min(declaration.any_of))
