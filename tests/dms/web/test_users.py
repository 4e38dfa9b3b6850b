"""Administrators let people in, lock them out, and hand out passwords once."""

import re

import pytest
from simulators.desk import Desk

from dms.domain.actor import Role


def shown_password(page: str) -> str:
    return re.search(r'class="password-shown">([^<]+)<', page)[1]


@pytest.fixture
def counter(office) -> Desk:
    """An administrator before the list of users."""
    office.get("/users")
    return office


def test_a_new_user_signs_in_with_the_password_that_was_shown_once(counter, archive):
    answer = counter.post("/users", {"name": "wang", "display_name": "王芳", "roles": ["archivist"], "clearance": "2"})
    password = shown_password(answer.text)
    assert password not in counter.get("/users").text
    page = Desk(archive).sign_in("wang", password).get("/").text
    assert "王芳" in page


def test_the_password_is_never_put_in_the_cookie(counter):
    before = counter.browser.get_cookie("anjuan").value
    answer = counter.post("/users", {"name": "wang", "roles": ["clerk"]})
    assert "Set-Cookie" not in answer.headers or shown_password(answer.text) not in answer.headers["Set-Cookie"]
    assert counter.browser.get_cookie("anjuan").value[:20] == before[:20]


def test_a_refused_account_comes_back_with_its_form_open(counter):
    answer = counter.post("/users", {"name": "wang", "display_name": "王芳"})
    assert answer.status_code == 422
    assert "请至少选择一个角色" in answer.text
    assert 'value="王芳"' in answer.text
    assert counter.post("/users", {"name": "ADMIN", "roles": ["clerk"]}).status_code == 409


def test_locking_unlocking_and_resetting(counter, archive):
    password = shown_password(counter.post("/users", {"name": "wang", "roles": ["clerk"]}).text)
    clerk = Desk(archive).sign_in("wang", password)
    counter.post("/users/wang/disable", {})
    assert clerk.get("/").status_code == 302
    assert "已停用" in counter.get("/users").text
    counter.post("/users/wang/enable", {})
    reset = shown_password(counter.post("/users/wang/password", {}).text)
    assert reset != password
    Desk(archive).sign_in("wang", reset)


def test_nobody_locks_himself_out(counter):
    assert counter.post("/users/admin/disable", {}).status_code == 409
    assert counter.get("/users").status_code == 200


def test_a_user_who_does_not_exist_is_refused_clearly(counter):
    assert "没有用户“nobody”" in counter.post("/users/nobody/password", {}).text


@pytest.mark.parametrize("role", [Role.ARCHIVIST, Role.AUDITOR])
def test_only_administrators_come_here(desk, role):
    desk.sign_in_as(role)
    assert desk.get("/users").status_code == 403
    assert desk.post("/users", {"name": "me2", "roles": ["administrator"]}).status_code == 403
