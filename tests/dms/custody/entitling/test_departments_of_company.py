"""The register of departments says who answers for each, and hands everything on before one is closed."""

from datetime import date

import pytest
from simulators.archives import PASSWORD
from simulators.people import ADMINISTRATOR, ARCHIVIST

from dms.custody import NewAccount, OwnRights, UserNotFound, acting_user, add_user
from dms.custody.entitling import (
    DepartmentClosed,
    DepartmentFactInvalid,
    DepartmentNameTaken,
    DepartmentNotFound,
    DepartmentStillNeeded,
    DepartmentWish,
    add_department,
    change_department,
    close_department,
    department_register,
    set_home_department,
    set_roles,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Origin, Role
from dms.domain.customer import CustomerFacts
from dms.filing import list_customers, register_customer

SALES = DepartmentWish(name="销售部", head="li", manager_in_charge="zhao", opened_on=date(2020, 1, 1))


@pytest.fixture
def people(archive):
    roles = {"li": Role.DEPARTMENT_MANAGER, "zhao": Role.MANAGER_IN_CHARGE, "wang": Role.CLERK}
    return {
        name: add_user(
            ADMINISTRATOR,
            NewAccount(name=name, password=PASSWORD, roles=frozenset({role}), departments=frozenset({"销售部"})),
            archive=archive,
        )
        for name, role in roles.items()
    }


def shown(archive, name):
    register = department_register(ADMINISTRATOR, archive=archive)
    return next(each for each in register.departments if each.department.name == name)


def test_a_department_says_who_answers_for_it(archive, people):
    added = add_department(ADMINISTRATOR, SALES, archive=archive)
    add_department(ADMINISTRATOR, DepartmentWish(name="销售一组", parent="销售部"), archive=archive)
    assert (added.head_id, added.manager_in_charge_id) == (people["li"].id, people["zhao"].id)
    entry = shown(archive, "销售部")
    assert (entry.head, entry.manager_in_charge, entry.parent, entry.is_open) == ("li", "zhao", "", True)
    assert shown(archive, "销售一组").parent == "销售部"
    with archive.looking() as view:
        assert view.departments.head_of("销售一组") == people["li"].id


def test_a_department_is_stated_anew_under_its_name(archive, people):
    add_department(ADMINISTRATOR, SALES, archive=archive)
    change_department(ADMINISTRATOR, DepartmentWish(name="销售部", manager_in_charge="zhao"), archive=archive)
    assert (shown(archive, "销售部").head, shown(archive, "销售部").manager_in_charge) == ("", "zhao")
    with pytest.raises(DepartmentNotFound):
        change_department(ADMINISTRATOR, DepartmentWish(name="财务部"), archive=archive)


def test_a_name_is_given_once(archive, people):
    add_department(ADMINISTRATOR, SALES, archive=archive)
    close_department(ADMINISTRATOR, "销售部", archive=archive)
    with pytest.raises(DepartmentNameTaken):
        add_department(ADMINISTRATOR, SALES, archive=archive)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (DepartmentWish(name="  "), DepartmentFactInvalid),
        (DepartmentWish(name="工程部", parent="无此部门"), DepartmentNotFound),
        (DepartmentWish(name="工程部", head="nobody"), UserNotFound),
        (DepartmentWish(name="工程部", head="wang"), DepartmentFactInvalid),
    ],
    ids=["no name", "no such parent", "no such person", "a person who decides nothing"],
)
def test_what_cannot_be_stated_is_refused(archive, people, wish, refusal):
    with pytest.raises(refusal):
        add_department(ADMINISTRATOR, wish, archive=archive)
    assert department_register(ADMINISTRATOR, archive=archive).departments == ()


def test_nobody_makes_himself_the_one_who_decides(archive, people):
    set_roles(ADMINISTRATOR, "zhao", frozenset({Role.ADMINISTRATOR, Role.MANAGER_IN_CHARGE}), archive=archive)
    zhao = acting_user("zhao", archive=archive).actor(Origin.WEB)
    with pytest.raises(OwnRights):
        add_department(zhao, SALES, archive=archive)


def test_no_department_is_a_part_of_itself(archive, people):
    add_department(ADMINISTRATOR, DepartmentWish(name="甲"), archive=archive)
    add_department(ADMINISTRATOR, DepartmentWish(name="乙", parent="甲"), archive=archive)
    with pytest.raises(DepartmentFactInvalid):
        change_department(ADMINISTRATOR, DepartmentWish(name="甲", parent="乙"), archive=archive)
    with pytest.raises(DepartmentFactInvalid):
        close_department(ADMINISTRATOR, "甲", successor="甲", archive=archive)


def test_a_closed_department_hands_everything_on(archive, people):
    for name in ("销售部", "市场部"):
        add_department(ADMINISTRATOR, DepartmentWish(name=name), archive=archive)
    add_department(ADMINISTRATOR, DepartmentWish(name="销售一组", parent="销售部"), archive=archive)
    set_home_department(ADMINISTRATOR, "wang", "销售部", archive=archive)
    register_customer(OPERATOR, CustomerFacts(code="C0001", name="甲公司", department="销售部"), archive=archive)
    for successor in ("", "市场部"):
        with pytest.raises(DepartmentStillNeeded):
            close_department(ADMINISTRATOR, "销售部", successor=successor, archive=archive)
    change_department(ADMINISTRATOR, DepartmentWish(name="销售一组"), archive=archive)
    with pytest.raises(DepartmentStillNeeded):
        close_department(ADMINISTRATOR, "销售部", archive=archive)
    close_department(ADMINISTRATOR, "销售部", successor="市场部", archive=archive)
    wang = acting_user("wang", archive=archive).actor(Origin.WEB)
    assert (wang.home_department, wang.departments) == ("市场部", {"市场部"})
    assert [customer.code for customer in list_customers(wang, archive=archive).customers] == ["C0001"]
    assert not shown(archive, "销售部").is_open and shown(archive, "销售部").belonging.is_empty
    with pytest.raises(DepartmentClosed):
        set_home_department(ADMINISTRATOR, "wang", "销售部", archive=archive)


def test_names_that_nobody_registered_are_told(archive, people):
    register_customer(OPERATOR, CustomerFacts(code="C0001", name="甲公司", department="工程部"), archive=archive)
    assert department_register(ADMINISTRATOR, archive=archive).unregistered == ("工程部", "销售部")


def test_only_who_manages_accounts_keeps_the_register(archive):
    for asked in (
        lambda: department_register(ARCHIVIST, archive=archive),
        lambda: add_department(ARCHIVIST, SALES, archive=archive),
        lambda: change_department(ARCHIVIST, SALES, archive=archive),
        lambda: close_department(ARCHIVIST, "销售部", archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            asked()
