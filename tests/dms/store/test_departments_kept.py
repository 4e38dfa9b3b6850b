"""Departments are found by name and outward, and never removed."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from dms.domain.actor import Role
from dms.domain.department import Department


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def add_user(work, name):
    return work.users.add(
        name=name, display_name="", password_hash="hash", roles=frozenset({Role.DEPARTMENT_MANAGER}), clearance=3
    )


def test_whoever_answers_for_a_department_is_found_outward(work):
    li, zhao = add_user(work, "li"), add_user(work, "zhao")
    sales = work.departments.add(Department(id=0, name="销售部", head_id=li, manager_in_charge_id=zhao))
    team = work.departments.add(Department(id=0, name="销售一组", parent_id=sales.id))
    assert [each.name for each in work.departments.upwards("销售一组")] == ["销售一组", "销售部"]
    assert work.departments.head_of("销售一组") == li
    assert work.departments.manager_in_charge_of("销售一组") == zhao
    work.departments.change(replace(team, head_id=zhao))
    assert work.departments.head_of("销售一组") == zhao
    assert [each.name for each in work.departments.answered_for_by(zhao)] == ["销售部", "销售一组"]


def test_of_a_department_that_nobody_registered_nothing_is_known(work):
    assert work.departments.named("财务部") is None and work.departments.find(9) is None
    assert work.departments.upwards("财务部") == []
    assert work.departments.head_of("财务部") is None


def test_departments_that_are_part_of_each_other_are_gone_through_once(work):
    one = work.departments.add(Department(id=0, name="甲"))
    other = work.departments.add(Department(id=0, name="乙", parent_id=one.id))
    work.departments.change(replace(one, parent_id=other.id))
    assert [each.name for each in work.departments.upwards("甲")] == ["甲", "乙"]


def test_a_department_is_never_removed(work):
    work.departments.add(Department(id=0, name="销售部"))
    with pytest.raises(DatabaseError, match="departments_are_never_deleted"):
        work.connection.execute(text("DELETE FROM department"))
    assert [each.name for each in work.departments.all()] == ["销售部"]
