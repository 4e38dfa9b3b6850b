"""Roles grant what they grant and nothing else, and nobody sees above his clearance."""

import pytest
from simulators.people import person

from dms.domain.actor import OPERATOR, SYSTEM, ActionForbidden, Permission, Role

GRANTED = {
    Role.ADMINISTRATOR: {"manage_users", "operate", "read_journal"},
    Role.ARCHIVIST: {"receive", "confirm", "consult", "manage_customers"},
    Role.CLERK: {"receive", "confirm", "consult"},
    Role.LAWYER: {"consult"},
    Role.AUDITOR: {"read_journal"},
}


@pytest.mark.parametrize("role", Role)
def test_a_role_grants_exactly_what_was_decided(role):
    assert {permission.value for permission in Permission if person(role).may(permission)} == GRANTED[role]


@pytest.mark.parametrize("permission", Permission)
def test_whoever_has_no_role_may_do_nothing_and_is_told_what_he_lacks(permission):
    with pytest.raises(ActionForbidden) as caught:
        person().require(permission)
    assert caught.value.message.zh and permission.value in caught.value.message.en


def test_several_roles_add_up():
    both = person(Role.LAWYER, Role.AUDITOR)
    assert both.may(Permission.CONSULT) and both.may(Permission.READ_JOURNAL)
    assert not both.may(Permission.CONFIRM)


def test_the_operator_and_the_archive_itself_may_do_everything():
    for actor in (OPERATOR, SYSTEM):
        assert all(actor.may(permission) for permission in Permission)
        assert actor.clearance == 1 and actor.departments is None
