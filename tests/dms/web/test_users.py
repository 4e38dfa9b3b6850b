"""Administrators let people in, lock them out, and hand out passwords once."""

import re
from datetime import timedelta

import pytest
from simulators.desk import Desk

from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.filing import register_customer


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


NAME = "合肥远山商贸有限公司"


@pytest.fixture
def clerk(counter, archive) -> Desk:
    """A clerk who sees the customers of sales only, where one customer belongs to engineering."""
    facts = CustomerFacts(code="C0001", name=NAME, department="工程部")
    register_customer(OPERATOR, facts, archive=archive)
    stated = {"name": "wang", "display_name": "王芳", "roles": ["clerk"], "departments": "销售部"}
    password = shown_password(counter.post("/users", stated).text)
    counter.get("/users")
    return Desk(archive).sign_in("wang", password)


def test_departments_are_shown_and_changed_and_hold_at_once(counter, clerk):
    assert NAME not in clerk.get("/customers").text
    assert clerk.get("/customers/C0001").status_code == 404
    assert "销售部" in counter.get("/users").text
    page = counter.get("/users/wang/rights").text
    assert 'value="工程部"' in page and 'value="销售部" checked' in page
    counter.post("/users/wang/departments", {"scope": "some", "departments": ["工程部"]})
    assert NAME in clerk.get("/customers").text
    counter.post("/users/wang/departments", {"scope": "some"})
    assert NAME not in clerk.get("/customers").text
    assert "仅全公司客户" in counter.get("/users").text
    counter.post("/users/wang/departments", {"scope": "all"})
    assert clerk.get("/customers/C0001").status_code == 200


def test_a_grant_opens_a_customer_until_it_is_ended(counter, clerk):
    counter.get("/users/wang/rights")
    answer = counter.post("/users/wang/grants", {"customer": f"C0001 {NAME}", "reason": "审批 2026-17"})
    assert answer.status_code == 302
    assert clerk.get("/customers/C0001").status_code == 200
    assert "审批 2026-17" in counter.get("/users/wang/rights").text
    assert "另有授权 1 项" in counter.get("/users").text
    asked = counter.get("/users/wang/grants/1/end").text
    assert "终止 王芳 的这项授权？" in asked and NAME in asked
    assert clerk.get("/customers/C0001").status_code == 200
    counter.post("/users/wang/grants/1/end", {})
    assert clerk.get("/customers/C0001").status_code == 404
    assert "已终止" in counter.get("/users/wang/rights").text
    assert counter.get("/users/wang/grants/1/end").status_code == 302


def test_a_grant_lapses_behind_its_last_day(counter, clerk, clock):
    counter.get("/users/wang/rights")
    counter.post("/users/wang/grants", {"customer": "C0001", "reason": "审批", "until_on": "2026-03-03"})
    clock.advance(timedelta(days=1))
    assert clerk.get("/customers/C0001").status_code == 200
    clock.advance(timedelta(days=1))
    assert clerk.get("/customers/C0001").status_code == 404
    assert "已到期" in counter.get("/users/wang/rights").text


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"customer": "C0001"}, "没有填写授权理由"),
        ({"reason": "无"}, "没有说明授权查阅什么"),
        ({"customer": "C0009", "reason": "无"}, "没有代码为“C0009”的客户"),
        ({"customer": "C0001", "reason": "无", "until_on": "下周"}, "不是一个日期"),
        ({"customer": "C0001", "reason": "无", "until_on": "2026-03-01"}, "已经过去"),
    ],
)
def test_a_grant_that_means_nothing_comes_back_with_its_form_open(counter, clerk, stated, told):
    counter.get("/users/wang/rights")
    answer = counter.post("/users/wang/grants", stated)
    assert answer.status_code in {404, 422}
    assert told in answer.text and '<details class="card-sheet fold" open>' in answer.text
    assert "没有授权" in counter.get("/users/wang/rights").text


def test_nobody_changes_what_he_himself_may_see(counter):
    page = counter.get("/users/admin/rights").text
    assert "只能由另一位管理员更改" in page and '<form method="post" action="/users/admin' not in page
    assert counter.post("/users/admin/departments", {"scope": "all"}).status_code == 403
    assert counter.post("/users/admin/grants", {"customer": "C0001", "reason": "我要"}).status_code == 403
