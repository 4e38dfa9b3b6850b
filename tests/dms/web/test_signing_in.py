"""Signing in, being refused, and signing out for good."""

from datetime import timedelta

import pytest
from simulators.archives import PASSWORD
from simulators.desk import Desk

from dms.custody import change_password, disable_user, sign_in
from dms.domain.actor import OPERATOR, Origin, Role
from dms.web.attempts import PER_ACCOUNT, WINDOW


def attempt(desk: Desk, name: str = "admin", password: str = PASSWORD, onward: str = ""):
    desk.get("/sign-in")
    return desk.post(f"/sign-in{onward}", {"name": name, "password": password})


def test_who_comes_without_a_session_is_led_to_the_sign_in_and_then_to_where_he_wanted(desk):
    asked = desk.get("/customers?q=%E7%93%A6")
    assert asked.location == "/sign-in?next=/customers?q%3D%25E7%2593%25A6"
    answer = attempt(desk, onward="?next=/customers?q%3D%25E7%2593%25A6")
    assert answer.location == "/customers?q=%E7%93%A6"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example"],
)
def test_no_link_can_lead_from_the_sign_in_to_another_site(desk, elsewhere):
    assert attempt(desk, onward=f"?next={elsewhere}").location == "/"


def test_the_form_comes_back_with_the_name_kept_and_says_what_to_do(desk):
    answer = attempt(desk, name="admin", password="wrong password")
    assert answer.status_code == 403
    assert "用户名或密码不正确" in answer.text
    assert 'value="admin"' in answer.text
    assert "wrong password" not in answer.text


def test_after_too_many_failures_even_the_right_password_waits(desk, clock):
    for _ in range(PER_ACCOUNT):
        attempt(desk, password="wrong password")
    paused = attempt(desk)
    assert paused.status_code == 429
    assert 0 < int(paused.headers["Retry-After"]) <= WINDOW.total_seconds() + 1
    assert "之后再试" in paused.text
    clock.advance(WINDOW)
    assert attempt(desk).status_code == 302


def test_a_form_without_its_token_changes_nothing(desk):
    answer = desk.browser.post("/sign-in", data={"name": "admin", "password": PASSWORD})
    assert answer.status_code == 400
    assert "页面已过期" in answer.text
    assert desk.get("/").status_code == 302


def test_a_session_begun_by_somebody_else_is_not_taken_over(desk):
    desk.get("/sign-in")
    planted = desk.browser.get_cookie("anjuan").value
    desk.sign_in()
    assert desk.browser.get_cookie("anjuan").value != planted
    desk.browser.set_cookie("anjuan", planted)
    assert desk.get("/").status_code == 302


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(office):
    copied = office.browser.get_cookie("anjuan").value
    assert office.post("/sign-out", {}).location == "/sign-in"
    office.browser.set_cookie("anjuan", copied)
    assert office.get("/").status_code == 302


def test_signing_out_takes_a_post_with_a_token(office):
    assert office.browser.get("/sign-out").status_code == 400
    assert office.browser.post("/sign-out").status_code == 400
    assert office.get("/").status_code == 200


def test_a_changed_password_throws_out_every_session(archive, office):
    user = sign_in("admin", PASSWORD, archive=archive)
    change_password(user.actor(Origin.WEB), current_password=PASSWORD, new_password="另一把钥匙 2027", archive=archive)
    assert office.get("/").status_code == 302


def test_a_locked_account_is_thrown_out_at_its_next_request(archive, desk):
    desk.sign_in_as(Role.CLERK)
    disable_user(OPERATOR, "somebody", archive=archive)
    assert desk.get("/").status_code == 302
    assert desk.get("/", script=True).status_code == 401


def test_who_is_signed_in_does_not_sign_in_again(office):
    assert office.get("/sign-in?next=/customers").location == "/customers"


def test_the_language_chosen_at_the_door_stays_inside(desk):
    desk.get("/sign-in?lang=en")
    assert "Customers" in desk.sign_in().get("/").text


def test_a_cookie_made_up_by_somebody_opens_nothing(desk):
    desk.browser.set_cookie("anjuan", "eyJfdXNlcl9pZCI6IjEuMSJ9.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert desk.get("/").status_code == 302


def test_a_session_lasts_for_hours_not_for_ever(office):
    cookie = office.browser.get_cookie("anjuan")
    assert cookie.expires is not None
    assert office.app.permanent_session_lifetime <= timedelta(hours=12)
