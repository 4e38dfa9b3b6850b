"""The policy in cases that people would name: who may do what with which paper, and why not."""

from dataclasses import replace

import pytest

from dms.domain.actor import OPERATOR, Actor, Origin, Permission, Role
from dms.domain.item import ItemState
from dms.domain.policy import RULES, Decision, PolicyPaper, Reason, Use, decide, may, reach

PAPER = PolicyPaper(key=7, grade=3, customer_id=4, department="销售部", state=ItemState.FILED)
SECRET = replace(PAPER, grade=1)
WITHDRAWN = replace(PAPER, state=ItemState.WITHDRAWN)
DESTROYED = replace(PAPER, state=ItemState.DESTROYED)
STORAGE_ONLY = replace(PAPER, storage_only=True)
HELD = replace(PAPER, held=True)


def person(*roles: Role, clearance: int = 3, **stated: object) -> Actor:
    return Actor(user_id=1, name="甲", roles=frozenset(roles), clearance=clearance, origin=Origin.WEB, **stated)


ARCHIVIST = person(Role.ARCHIVIST, clearance=1)
CLERK = person(Role.CLERK)
HANDLER = person(Role.HANDLER)
MANAGER = person(Role.DEPARTMENT_MANAGER, departments=frozenset({"销售部"}))
STRANGER = person(Role.CLERK, departments=frozenset({"工程部"}))
SHOWN = replace(STRANGER, granted_items=frozenset({7}))
GIVEN = replace(SHOWN, items_to_take=frozenset({7}))
CUSTOMER_SHOWN = replace(STRANGER, granted_customers=frozenset({4}))
CUSTOMER_GIVEN = replace(CUSTOMER_SHOWN, customers_to_take=frozenset({4}))
SHOWN_TO_MANAGER = replace(MANAGER, granted_items=frozenset({7}))
GIVEN_TO_MANAGER = replace(SHOWN_TO_MANAGER, items_to_take=frozenset({7}))
ADMINISTRATOR = person(Role.ADMINISTRATOR, clearance=1)
GIVEN_TO_ADMINISTRATOR = replace(GIVEN, roles=frozenset({Role.ADMINISTRATOR}))

CASES = [
    ("an archivist reads what is secret", ARCHIVIST, Use.LOOK, SECRET, Reason.OWN_RIGHT),
    ("a clerk does not know of what is secret", CLERK, Use.KNOW, SECRET, Reason.GRADE),
    ("a clerk takes a copy of what he may read", CLERK, Use.TAKE, PAPER, Reason.OWN_RIGHT),
    ("a handler reads on screen", HANDLER, Use.LOOK, PAPER, Reason.OWN_RIGHT),
    ("a handler takes nothing away", HANDLER, Use.TAKE, PAPER, Reason.NO_PERMISSION),
    ("a manager reads the papers of his department", MANAGER, Use.LOOK, PAPER, Reason.OWN_RIGHT),
    ("a manager takes nothing away unasked", MANAGER, Use.TAKE, PAPER, Reason.NO_PERMISSION),
    ("a manager shown a paper still takes nothing", SHOWN_TO_MANAGER, Use.TAKE, PAPER, Reason.NO_PERMISSION),
    ("a manager takes what he was granted as a copy", GIVEN_TO_MANAGER, Use.TAKE, PAPER, Reason.GRANTED),
    ("another department's paper is not known", STRANGER, Use.KNOW, PAPER, Reason.DEPARTMENT),
    ("a granted paper is read", SHOWN, Use.LOOK, PAPER, Reason.GRANTED),
    ("a granted paper is read whatever its grade", SHOWN, Use.LOOK, SECRET, Reason.GRANTED),
    ("a paper granted to be looked at is not taken away", SHOWN, Use.TAKE, PAPER, Reason.LOOK_ONLY),
    ("a paper granted to be looked at is not changed", SHOWN, Use.CHANGE, PAPER, Reason.LOOK_ONLY),
    ("a paper granted as a copy is taken", GIVEN, Use.TAKE, SECRET, Reason.GRANTED),
    ("a granted customer's paper is read", CUSTOMER_SHOWN, Use.LOOK, PAPER, Reason.GRANTED),
    ("a granted customer's secrets stay secret", CUSTOMER_SHOWN, Use.KNOW, SECRET, Reason.GRADE),
    ("a customer granted to be looked at is not taken away", CUSTOMER_SHOWN, Use.TAKE, PAPER, Reason.LOOK_ONLY),
    ("a customer granted as copies is taken", CUSTOMER_GIVEN, Use.TAKE, PAPER, Reason.GRANTED),
    ("whoever confirms knows of rejected papers", CLERK, Use.LOOK, WITHDRAWN, Reason.OWN_RIGHT),
    ("whoever does not confirm knows of none", MANAGER, Use.KNOW, WITHDRAWN, Reason.WITHDRAWN),
    ("no grant opens a rejected paper", SHOWN_TO_MANAGER, Use.KNOW, WITHDRAWN, Reason.WITHDRAWN),
    ("of a destroyed paper the stub is known", MANAGER, Use.KNOW, DESTROYED, Reason.OWN_RIGHT),
    ("of a destroyed paper nothing is read", ARCHIVIST, Use.LOOK, DESTROYED, Reason.STATE),
    ("what is kept in store only is not known", CLERK, Use.KNOW, STORAGE_ONLY, Reason.STORAGE_ONLY),
    ("no grant opens what is kept in store only", SHOWN, Use.KNOW, STORAGE_ONLY, Reason.STORAGE_ONLY),
    ("whoever answers for personal data reads it", ARCHIVIST, Use.LOOK, STORAGE_ONLY, Reason.OWN_RIGHT),
    ("nobody takes away what is kept in store only", ARCHIVIST, Use.TAKE, STORAGE_ONLY, Reason.STORAGE_ONLY),
    ("nobody changes what is kept in store only", OPERATOR, Use.CHANGE, STORAGE_ONLY, Reason.STORAGE_ONLY),
    ("what is kept in store only may be destroyed", ARCHIVIST, Use.DESTROY, STORAGE_ONLY, Reason.OWN_RIGHT),
    ("an archivist lends", ARCHIVIST, Use.LEND, PAPER, Reason.OWN_RIGHT),
    ("nobody lends what is not filed", ARCHIVIST, Use.LEND, replace(PAPER, state=ItemState.REVIEW), Reason.STATE),
    ("nobody lends what is held", OPERATOR, Use.LEND, HELD, Reason.HELD),
    ("nobody destroys what is held", OPERATOR, Use.DESTROY, HELD, Reason.HELD),
    ("what is held is read", CLERK, Use.LOOK, HELD, Reason.OWN_RIGHT),
    ("a clerk does not lend", CLERK, Use.LEND, PAPER, Reason.NO_PERMISSION),
    ("an administrator knows of no paper", ADMINISTRATOR, Use.KNOW, PAPER, Reason.NO_CONSULTATION),
    ("an auditor knows of no paper", person(Role.AUDITOR, clearance=1), Use.LOOK, PAPER, Reason.NO_CONSULTATION),
    ("a grant makes no reader of an administrator", GIVEN_TO_ADMINISTRATOR, Use.TAKE, PAPER, Reason.NO_CONSULTATION),
]  # fmt: skip  # a line a case

ALLOWING = {Reason.OWN_RIGHT, Reason.GRANTED}


@pytest.mark.parametrize(
    ("who", "use", "paper", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_policy_says(who, use, paper, reason):
    assert decide(who, use, paper) == Decision(allowed=reason in ALLOWING, reason=reason)
    assert may(who, use, paper) is (reason in ALLOWING)


def test_every_use_has_a_line_of_its_own():
    assert set(RULES) == set(Use)


@pytest.mark.parametrize("use", Use)
def test_whoever_is_in_no_role_reaches_nothing(use):
    assert reach(person(), use).is_empty
    assert not may(person(), use, PAPER)


@pytest.mark.parametrize("role", Role)
def test_no_right_goes_past_that_to_know_of_a_paper(role):
    for paper in (PAPER, SECRET, WITHDRAWN, DESTROYED, STORAGE_ONLY, HELD):
        known = may(person(role), Use.KNOW, paper)
        assert known or not any(may(person(role), use, paper) for use in Use)


def test_nobody_takes_copies_by_role_but_who_is_trusted_with_them():
    taking = {role for role in Role if person(role).may(Permission.TAKE_COPIES)}
    assert taking == {Role.ARCHIVIST, Role.CLERK, Role.LAWYER}
