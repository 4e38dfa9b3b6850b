"""Roles grant what they grant and nothing else, and nobody sees above his clearance."""

import pytest
from simulators.people import person

from dms.domain.actor import OPERATOR, SYSTEM, ActionForbidden, Permission, Role

MANAGES = {
    "consult",
    "request_use",
    "decide_requests",
    "oversee_duties",
    "review_customers",
    "appraise",
    "sign_destruction",
    "read_reports",
}
GRANTED = {
    Role.ADMINISTRATOR: {"manage_users", "operate", "read_journal"},
    Role.ARCHIVIST: {
        *("receive", "confirm", "consult", "take_copies", "manage_customers", "request_use", "lend"),
        *("review_customers", "hold", "manage_retention", "appraise", "sign_destruction", "carry_out_destruction"),
        *("read_reports", "see_personal_data", "manage_personal_data"),
    },
    Role.CLERK: {
        *("receive", "confirm", "consult", "take_copies", "request_use", "review_customers", "sign_destruction"),
    },
    Role.HANDLER: {"receive", "consult", "request_use", "review_customers", "sign_destruction"},
    Role.CUSTODIAN: {"consult", "request_use", "keep_titles"},
    Role.DEPARTMENT_MANAGER: MANAGES,
    Role.MANAGER_IN_CHARGE: MANAGES,
    Role.GENERAL_MANAGER: {*MANAGES, "approve_destruction"},
    Role.LAWYER: {
        *("consult", "take_copies", "request_use", "hold", "appraise", "read_reports"),
        *("see_personal_data", "manage_personal_data"),
    },
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


def test_nobody_may_carry_out_alone_what_takes_several():
    for role in Role:
        granted = GRANTED[role]
        assert not {"approve_destruction", "carry_out_destruction"} <= granted
        assert not {"decide_requests", "lend"} <= granted
        assert not granted & {"manage_users", "operate"} or not granted & {"consult", "take_copies"}


def test_several_roles_add_up():
    both = person(Role.LAWYER, Role.AUDITOR)
    assert both.may(Permission.CONSULT) and both.may(Permission.READ_JOURNAL)
    assert not both.may(Permission.CONFIRM)


def test_the_operator_and_the_archive_itself_may_do_everything():
    for actor in (OPERATOR, SYSTEM):
        assert all(actor.may(permission) for permission in Permission)
        assert actor.clearance == 1 and actor.departments is None
