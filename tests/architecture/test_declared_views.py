"""No address of the web application without a statement of whom it is for."""

from flask import Flask

from dms.web.admitting import declaration_of
from dms.web.application import SUBJECTS
from dms.web.declaring import Openness

FOR_STRANGERS = {
    "bootstrap.static",
    "health.healthz",
    "reminders.feed",
    "signing_in.page",
    "signing_in.sign_in",
    "static",
}
"""What may be open before anybody signs in, besides the steps of signing in; the feed has a secret address instead."""
STEPS_OF_SIGNING_IN = ("signing_in.", "openid.", "invitations.")


def every_endpoint() -> list[tuple[str, Flask]]:
    app = Flask("dms.web")
    for subject in SUBJECTS:
        app.register_blueprint(subject.blueprint)
    return [(rule.endpoint, app) for rule in app.url_map.iter_rules()]


def test_every_view_declares_whom_it_is_for():
    silent = [endpoint for endpoint, app in every_endpoint() if declaration_of(endpoint, app=app) is None]
    assert silent == []


def test_little_is_open_before_anybody_signs_in():
    declarations = {endpoint: declaration_of(endpoint, app=app) for endpoint, app in every_endpoint()}
    opened = {endpoint for endpoint, said in declarations.items() if said and said.openness is Openness.STRANGERS}
    beside = {endpoint for endpoint in opened if not endpoint.startswith(STEPS_OF_SIGNING_IN)}
    assert beside <= FOR_STRANGERS
    assert "signing_in.sign_in" in opened
