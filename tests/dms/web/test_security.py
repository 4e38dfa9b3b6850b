"""Every answer carries the headers that keep strangers out, and every address asks who is there."""

import re

import pytest
from simulators.desk import LIMITS, Desk

from dms.web import create_app
from dms.web.admitting import is_for_strangers

PAGES = [
    "/operations",
    "/",
    "/search",
    "/customers",
    "/volumes",
    "/upload",
    "/tray",
    "/users",
    "/journal",
    "/help",
    "/password",
]


def open_endpoints(desk: Desk) -> set[str]:
    """The addresses that declare to be open before anybody signs in."""
    with desk.app.app_context():
        return {rule.endpoint for rule in desk.app.url_map.iter_rules() if is_for_strangers(rule.endpoint)}


def addresses(desk: Desk) -> list[tuple[str, str]]:
    """Method and path of every route that wants a session, its parameters filled with something."""
    found, strangers = [], open_endpoints(desk)
    for rule in desk.app.url_map.iter_rules():
        if rule.endpoint in strangers:
            continue
        path = rule.rule
        for argument in rule.arguments:
            converter = rule._converters[argument]
            value = "1" if type(converter).__name__ == "IntegerConverter" else "some"
            path = path.replace(f"<{argument}>", value).replace(f"<int:{argument}>", value)
        found += [(method, path) for method in rule.methods or () if method in {"GET", "POST"}]
    return found


def test_no_page_is_open_to_strangers_and_no_act_goes_without_a_token(desk):
    routes = addresses(desk)
    assert len(routes) > 25
    for method, path in routes:
        answer = desk.browser.open(path, method=method)
        led_away = answer.status_code == 302 and answer.location.startswith("/sign-in")
        assert led_away or (method == "POST" and answer.status_code == 400), (method, path)


def test_only_the_sign_in_the_health_and_the_static_files_are_open(desk):
    assert open_endpoints(desk) == {
        *("static", "bootstrap.static", "health.healthz", "reminders.feed"),
        *("signing_in.page", "signing_in.sign_in", "signing_in.code_page", "signing_in.give_code"),
        *("openid.begin", "openid.back", "invitations.page", "invitations.accept"),
    }
    with desk.get("/static/css/anjuan.css") as sheet:
        assert sheet.status_code == 200


@pytest.mark.parametrize("path", ["/customers", "/nowhere", "/healthz", "/sign-in", "/static/css/anjuan.css"])
def test_every_answer_carries_the_headers(desk, path):
    with desk.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_are_not_kept_by_the_browser_and_hold_no_inline_script_or_style(office):
    for path in PAGES:
        answer = office.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        inline = re.findall(r"<style|<script>| style=| on\w+=|javascript:|//cdn", answer.text)
        assert not inline, (path, inline)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(desk):
    cookie = desk.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_https_the_cookie_never_travels_in_the_clear(archive):
    app = create_app(archive, limits=LIMITS, secret_key=bytes(32), secure_cookies=True)
    answer = app.test_client().get("/sign-in", base_url="https://archive.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-anjuan=")
    assert "Secure" in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_forms_work_behind_https_although_no_referrer_is_sent(archive):
    desk = Desk(archive)
    desk.app = create_app(archive, limits=LIMITS, secret_key=bytes(32), secure_cookies=True)
    desk.browser = desk.app.test_client()
    desk.browser.environ_base["wsgi.url_scheme"] = "https"
    desk.browser.environ_base["HTTPS"] = "on"
    form = {"name": "admin", "password": "wrong password"}
    desk.token = (
        desk.browser.get("/sign-in", base_url="https://localhost").text.split('csrf-token" content="')[1].split('"')[0]
    )
    answer = desk.browser.post("/sign-in", data=form | {"csrf_token": desk.token}, base_url="https://localhost")
    assert answer.status_code == 403


def test_health_answers_without_a_session_and_without_facts(desk):
    answer = desk.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "open"})
