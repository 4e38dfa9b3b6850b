"""Signing in through the company's own service: away to it, and back with its word."""

import secrets

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from dms.custody.securing import (
    BY_OPENID,
    SecondFactorNeeded,
    openid_secret,
    sign_in_identified,
    user_of_identity,
)
from dms.web.current import archive
from dms.web.declaring import for_strangers
from dms.web.errors import OpenIdFailed
from dms.web.navigation import same_site_path
from dms.web.openid_provider import OpenIdRequest, identity_for, leaving_address, new_request
from dms.web.sessions import await_code, start_session

blueprint = Blueprint("openid", __name__, url_prefix="/sign-in/openid")

_KEY = "openid"


@blueprint.get("")
@for_strangers
def begin() -> Response:
    """Send the browser to the company's sign-in service."""
    asked = new_request()
    address = leaving_address(asked, back=_back())
    session[_KEY] = {
        "state": asked.state,
        "nonce": asked.nonce,
        "verifier": asked.verifier,
        "next": same_site_path(request.args.get("next")),
    }
    return redirect(address)


@blueprint.get("/back")
@for_strangers
def back() -> Response:
    """Take the service's word for who this is; on to where the person wanted to go, or to the second step."""
    kept = session.pop(_KEY, None) or {}
    state = str(kept.get("state", ""))
    if not state or not secrets.compare_digest(state.encode(), request.args.get("state", "").encode()):
        raise OpenIdFailed("state")
    code = request.args.get("code", "")
    if not code:
        raise OpenIdFailed("code")
    asked = OpenIdRequest(state=state, nonce=str(kept["nonce"]), verifier=str(kept["verifier"]))
    identity = identity_for(code, asked, back=_back(), secret=openid_secret(archive=archive()), now=archive().now())
    onward = same_site_path(kept.get("next"))
    try:
        user = sign_in_identified(user_of_identity(identity, archive=archive()), archive=archive())
    except SecondFactorNeeded as needed:
        await_code(needed.user_id, needed.epoch, after=BY_OPENID)
        return redirect(url_for("signing_in.code_page", next=onward))
    start_session(user, means=BY_OPENID)
    return redirect(onward or url_for("home.page"))


def _back() -> str:
    return url_for("openid.back", _external=True)
