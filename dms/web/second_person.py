"""The second person at the desk: whoever must sign beside the one who is signed in, by name and password."""

from flask import request

from dms.custody import sign_in
from dms.domain.actor import Actor, Origin
from dms.web.current import archive, surroundings


def second_person() -> Actor:
    """The person whose name and password stand in the form; raises `SignInRefused` or `TooManyAttempts`.

    The session stays that of the person who is signed in.
    """
    name, password = request.form.get("second_name", "").strip(), request.form.get("second_password", "")
    address, guard = request.remote_addr or "", surroundings().guard
    guard.begin(name, address)
    user = sign_in(name, password, archive=archive())
    guard.succeeded(name, address)
    return user.actor(Origin.WEB)
