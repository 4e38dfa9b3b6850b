"""Signing in through the company's own service: believed only in what it signed for this browser, a moment ago."""

from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from simulators.archives import PASSWORD
from simulators.desk import LIMITS, CompiledTemplates, Desk
from simulators.openid_service import CLIENT_ID, CLIENT_SECRET, openid_service

from dms.custody import NewAccount, add_user, disable_user
from dms.custody.securing import set_email, state_openid_secret
from dms.domain.actor import OPERATOR, Role
from dms.web import create_app
from dms.web.openid_provider import OpenIdAddress


@pytest.fixture
def service(archive, clock):
    with openid_service() as running:
        running.now = clock.now
        yield running


@pytest.fixture
def door(archive, service):
    """A browser before an archive whose company has a sign-in service, and where li has an account."""
    new = NewAccount(name="li", password=PASSWORD, roles=frozenset({Role.CLERK}), display_name="李雷")
    add_user(OPERATOR, new, archive=archive)
    set_email(OPERATOR, "li", "li@example.com", archive=archive)
    state_openid_secret(OPERATOR, CLIENT_SECRET, archive=archive)
    desk = Desk(archive)
    address = OpenIdAddress(issuer=service.issuer, client_id=CLIENT_ID)
    desk.app = create_app(archive, limits=LIMITS, secret_key=bytes(32), openid_address=address)
    desk.app.testing = True
    desk.app.jinja_env.bytecode_cache = CompiledTemplates()
    desk.browser = desk.app.test_client()
    return desk


def come_back(door, service, onward=""):
    away = door.get(f"/sign-in/openid{onward}")
    assert away.status_code == 302 and away.location.startswith(f"{service.issuer}/authorize?")
    return door.get(service.let_in(away.location))


def test_who_is_known_there_and_here_is_signed_in_and_goes_where_he_wanted(door, service):
    assert "用公司统一登录" in door.get("/sign-in?next=/customers").text
    answer = come_back(door, service, "?next=/customers")
    assert (answer.status_code, answer.location) == (302, "/customers")
    assert "李雷" in door.get("/").text
    service.person["email"] = "changed@example.com"
    assert come_back(door, service).location == "/"


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example"])
def test_no_link_leads_through_the_service_to_another_site(door, service, onward):
    assert come_back(door, service, f"?next={onward}").location == "/"


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another archive"},
        {"nonce": "of another browser"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"azp": "another archive"},
    ],
    ids=lambda lie: "-".join(lie),
)
def test_what_was_not_said_for_this_browser_and_this_archive_lets_nobody_in(door, service, lie):
    service.lies = lie
    answer = come_back(door, service)
    assert answer.status_code == 403 and "统一登录没有成功" in answer.text
    assert door.get("/").status_code == 302


def test_a_word_that_another_key_signed_is_not_believed(door, service):
    service.change_key()
    assert come_back(door, service).status_code == 403


def test_a_word_signed_with_the_public_key_as_a_shared_secret_is_not_believed(door, service):
    public = service._published.as_pem(private=False)
    honest = service._token

    def forged(form, authorization):
        status, content = honest(form, authorization)
        claims = jwt.decode(content["id_token"], service._published).claims
        content["id_token"] = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(public))
        return status, content

    service._token = forged
    assert come_back(door, service).status_code == 403


def test_an_old_word_is_not_believed(door, service, clock):
    service.now = lambda: clock.now() - timedelta(minutes=10)
    assert come_back(door, service).status_code == 403


def test_a_code_cannot_be_planted_in_another_browser(door, service):
    away = door.get("/sign-in/openid")
    back = service.let_in(away.location)
    assert door.get(back.split("&")[0] + "&state=planted").status_code == 403
    assert door.get(back).status_code == 403
    assert door.get("/sign-in/openid/back?state=&code=x").status_code == 403


def test_a_service_that_calls_itself_otherwise_is_not_believed(door, service):
    service.describes_itself_as = "https://elsewhere.example"
    assert door.get("/sign-in/openid").status_code == 403


def test_whoever_has_no_account_gets_none(door, service, archive):
    for person in ({"sub": "u-2", "email": "nobody@example.com", "email_verified": True},
                   {"sub": "u-3", "email": "li@example.com", "email_verified": False}):  # fmt: skip
        service.person = person
        answer = come_back(door, service)
        assert answer.status_code == 403 and "没有与之对应的账号" in answer.text
    with archive.looking() as view:
        assert {user.name for user in view.users.all()} == {"admin", "li"}


def test_a_locked_account_stays_locked(door, service, archive):
    disable_user(OPERATOR, "li", archive=archive)
    assert come_back(door, service).status_code == 409
    assert door.get("/").status_code == 302


def test_a_wrong_secret_or_a_service_that_is_away_lets_nobody_in(door, service, archive):
    state_openid_secret(OPERATOR, "wrong", archive=archive)
    assert come_back(door, service).status_code == 403
    away = door.get("/sign-in/openid")
    service._server.shutdown()
    service._server.server_close()
    assert door.get(service.let_in(away.location)).status_code == 403


def test_without_a_service_the_door_says_nothing_of_it(desk):
    assert "统一登录" not in desk.get("/sign-in").text
    assert desk.get("/sign-in/openid").status_code == 404


def test_only_encrypted_ways_lead_to_a_service_elsewhere(archive):
    desk = Desk(archive)
    address = OpenIdAddress(issuer="http://id.example.com", client_id=CLIENT_ID)
    desk.app = create_app(archive, limits=LIMITS, secret_key=bytes(32), openid_address=address)
    desk.browser = desk.app.test_client()
    answer = desk.get("/sign-in/openid")
    assert answer.status_code == 403 and "https" in answer.text
