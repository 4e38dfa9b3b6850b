"""What a person is changes by somebody else's hand, at once, and the journal tells what was before."""

import pytest
from simulators.archives import PASSWORD
from simulators.people import ADMINISTRATOR, ARCHIVIST

from dms.custody import (
    AccountFactInvalid,
    LastAdministrator,
    NewAccount,
    OwnRights,
    UserNotFound,
    acting_user,
    add_user,
)
from dms.custody.entitling import (
    DepartmentNotFound,
    DepartmentWish,
    Position,
    add_department,
    set_clearance,
    set_home_department,
    set_roles,
    state_position,
)
from dms.domain.actor import ActionForbidden, Origin, Permission, Role


@pytest.fixture
def wang(archive):
    account = NewAccount(name="wang", password=PASSWORD, roles=frozenset({Role.CLERK}))
    return add_user(ADMINISTRATOR, account, archive=archive)


def acting(archive, name="wang"):
    return acting_user(name, archive=archive).actor(Origin.WEB)


def told(archive, action):
    with archive.looking() as view:
        return [dict(each.details) for each in view.journal.entries() if each.action == action]


def test_roles_hold_from_the_next_thing_a_person_does(archive, wang):
    assert not acting(archive).may(Permission.LEND)
    user = set_roles(ADMINISTRATOR, "wang", frozenset({Role.ARCHIVIST}), archive=archive)
    assert user.roles == {Role.ARCHIVIST} and not user.password_hash
    assert acting(archive).may(Permission.LEND)
    assert told(archive, "roles_set") == [{"before": "clerk", "after": "archivist"}]


def test_a_clearance_is_one_of_the_grades(archive, wang):
    assert set_clearance(ADMINISTRATOR, "wang", 1, archive=archive).clearance == 1
    with pytest.raises(AccountFactInvalid):
        set_clearance(ADMINISTRATOR, "wang", 4, archive=archive)
    assert told(archive, "clearance_set") == [{"before": "3", "after": "1"}]


def test_a_person_belongs_to_a_department_of_the_register(archive, wang):
    with pytest.raises(DepartmentNotFound):
        set_home_department(ADMINISTRATOR, "wang", "销售部", archive=archive)
    add_department(ADMINISTRATOR, DepartmentWish(name="销售部"), archive=archive)
    assert set_home_department(ADMINISTRATOR, "wang", " 销售部 ", archive=archive).home_department == "销售部"
    assert acting(archive).home_department == "销售部"
    assert set_home_department(ADMINISTRATOR, "wang", "", archive=archive).home_department == ""
    assert len(told(archive, "home_department_set")) == 2


def test_what_stays_as_it_is_is_not_told(archive, wang):
    stated = Position(roles=wang.roles, clearance=wang.clearance, home_department="")
    assert state_position(ADMINISTRATOR, "wang", stated, archive=archive).roles == wang.roles
    assert told(archive, "roles_set") == told(archive, "clearance_set") == told(archive, "home_department_set") == []


def test_what_cannot_be_stated_leaves_everything_as_it_was(archive, wang):
    with pytest.raises(AccountFactInvalid):
        state_position(ADMINISTRATOR, "wang", Position(clearance=1, roles=frozenset()), archive=archive)
    with pytest.raises(AccountFactInvalid):
        state_position(ADMINISTRATOR, "wang", Position(roles=frozenset({Role.LAWYER}), clearance=9), archive=archive)
    assert (acting(archive).roles, acting(archive).clearance) == ({Role.CLERK}, 3)
    with pytest.raises(UserNotFound):
        set_clearance(ADMINISTRATOR, "zhang", 1, archive=archive)


def test_nobody_states_what_he_is_himself(archive):
    admin = acting(archive, "admin")
    for stated in (Position(clearance=1), Position(roles=frozenset(Role)), Position(home_department="")):
        with pytest.raises(OwnRights):
            state_position(admin, "admin", stated, archive=archive)


def test_the_last_administrator_stays_one(archive, wang):
    with pytest.raises(LastAdministrator):
        set_roles(ADMINISTRATOR, "admin", frozenset({Role.CLERK}), archive=archive)
    set_roles(ADMINISTRATOR, "wang", frozenset({Role.ADMINISTRATOR}), archive=archive)
    assert set_roles(acting(archive), "admin", frozenset({Role.CLERK}), archive=archive).roles == {Role.CLERK}


def test_only_who_manages_accounts_states_positions(archive, wang):
    with pytest.raises(ActionForbidden):
        set_roles(ARCHIVIST, "wang", frozenset({Role.ARCHIVIST}), archive=archive)
