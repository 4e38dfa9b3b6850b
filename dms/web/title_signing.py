"""Signing at the desk for what is kept like cash: the person who is signed in gives his own password once more."""

from flask import request

from dms.domain.actor import Actor
from dms.web.current import actor
from dms.web.second_person import proved_person, second_person


def signed_by_me() -> Actor:
    """The person who is signed in, having given his own password; raises as `proved_person` does."""
    asking = actor()
    proved_person(asking.name, request.form.get("own_password", ""), code=request.form.get("own_code", ""))
    return asking


def signed_by_both() -> tuple[Actor, Actor]:
    """The person who is signed in and the witness, each by his own password; raises as `proved_person` does."""
    return signed_by_me(), second_person()
