"""Administrators keep the register of departments, and state what people are, on pages."""

import pytest
from simulators.archives import PASSWORD
from simulators.desk import Desk

from dms.custody import NewAccount, acting_user, add_user
from dms.custody.entitling import department_register
from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.filing import register_customer


@pytest.fixture
def counter(office, archive) -> Desk:
    for name, role in {"li": Role.DEPARTMENT_MANAGER, "zhao": Role.MANAGER_IN_CHARGE, "wang": Role.CLERK}.items():
        add_user(OPERATOR, NewAccount(name=name, password=PASSWORD, roles=frozenset({role})), archive=archive)
    office.get("/departments")
    return office


def register(archive):
    return {each.department.name: each for each in department_register(OPERATOR, archive=archive).departments}


def test_a_department_is_entered_with_those_who_answer_for_it(counter, archive):
    page = counter.get("/departments").text
    assert "还没有部门" in page and '<option value="li"' in page and '<option value="wang"' not in page
    form = {"name": "销售部", "head": "li", "manager_in_charge": "zhao", "opened_on": "2020-01-01"}
    assert counter.post("/departments", form).status_code == 302
    assert register(archive)["销售部"].head == "li"
    assert "销售部" in counter.get("/departments").text


def test_what_is_refused_comes_back_as_it_was_typed(counter):
    answer = counter.post("/departments", {"name": "销售部", "opened_on": "昨天"})
    assert answer.status_code == 422 and 'value="销售部"' in answer.text and "不是一个日期" in answer.text
    counter.post("/departments", {"name": "销售部"})
    assert counter.post("/departments", {"name": "销售部"}).status_code == 409


def test_a_department_is_changed_and_closed(counter, archive):
    counter.post("/departments", {"name": "销售部", "head": "li"})
    counter.post("/departments", {"name": "市场部"})
    register_customer(OPERATOR, CustomerFacts(code="C0001", name="甲公司", department="销售部"), archive=archive)
    one = f"/departments/{register(archive)['销售部'].department.id}"
    assert '<option value="li" selected' in counter.get(one).text
    assert counter.post(one, {"manager_in_charge": "zhao"}).status_code == 302
    assert (register(archive)["销售部"].head, register(archive)["销售部"].manager_in_charge) == ("", "zhao")
    assert "接管部门" in counter.get(f"{one}/close").text
    assert counter.post(f"{one}/close", {}).status_code == 409
    assert counter.post(f"{one}/close", {"successor": "市场部"}).status_code == 302
    assert register(archive)["市场部"].belonging.customers == 1
    assert "撤销" in counter.get(one).text
    assert counter.get("/departments/99").status_code == 404


def test_a_name_that_nobody_registered_leads_to_the_form(counter, archive):
    register_customer(OPERATOR, CustomerFacts(code="C0001", name="甲公司", department="工程部"), archive=archive)
    assert "尚未登记的部门" in counter.get("/departments").text
    assert 'value="工程部"' in counter.get("/departments?name=工程部").text


def test_what_a_person_is_is_stated_on_the_page_of_his_rights(counter, archive):
    counter.post("/departments", {"name": "销售部"})
    assert "角色、密级与部门" in counter.get("/users/wang/rights").text
    form = {"roles": ["archivist", "lawyer"], "clearance": "1", "home_department": "销售部"}
    assert counter.post("/users/wang/position", form).status_code == 302
    wang = acting_user("wang", archive=archive)
    assert (wang.roles, wang.clearance, wang.home_department) == ({Role.ARCHIVIST, Role.LAWYER}, 1, "销售部")
    assert counter.post("/users/wang/position", {"roles": [], "clearance": "1"}).status_code == 422
    assert counter.post("/users/admin/position", {"roles": ["clerk"], "clearance": "1"}).status_code == 403
    assert "更改角色" in counter.get("/journal").text


def test_the_policy_is_read_by_administrators_and_auditors_alone(counter, archive, desk):
    page = counter.get("/access-policy").text
    assert "每种利用的条件" in page and "/items/&lt;item_id&gt;/original" in page
    assert "each use asks for" in counter.get("/access-policy?lang=en").text
    assert Desk(archive).sign_in_as(Role.CLERK).get("/access-policy").status_code == 403


def test_a_grant_says_how_far_it_reaches(counter, archive):
    register_customer(OPERATOR, CustomerFacts(code="C0001", name="甲公司"), archive=archive)
    for uses in ("look", "take"):
        form = {"customer": "C0001", "reason": "审批 3", "uses": uses}
        assert counter.post("/users/wang/grants", form).status_code == 302
    page = counter.get("/users/wang/rights").text
    assert "仅在线查阅</span>" in page and "查阅并可下载、复制</span>" in page
    assert acting_user("wang", archive=archive).granted.customers_to_take
