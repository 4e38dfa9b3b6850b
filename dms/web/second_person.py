"""The second person at the desk: whoever must sign beside the one who is signed in, by name and password.

An account with a second factor signs with its code as well: in a field of its own, or after the password and a space.
"""

from flask import request

from dms.custody.securing import sign_beside
from dms.domain.actor import Actor, Origin
from dms.web.current import archive, surroundings


def second_person() -> Actor:
    """The person whose name and password stand in the form.

    Raises `SignInRefused`, `TooManyAttempts`, `SignInPaused`, `SecondFactorNeeded` or `SecondFactorWrong`. The session
    stays that of the person who is signed in.
    """
    name, password = request.form.get("second_name", "").strip(), request.form.get("second_password", "")
    return proved_person(name, password, code=request.form.get("second_code", ""))


def proved_person(name: str, password: str, *, code: str = "") -> Actor:
    """The person of this name and password, as one who signs at this desk; raises as `second_person` does."""
    address, guard = request.remote_addr or "", surroundings().guard
    guard.begin(name, address)
    user = sign_beside(name, password, code=code, archive=archive())
    guard.succeeded(name, address)
    return user.actor(Origin.WEB)
