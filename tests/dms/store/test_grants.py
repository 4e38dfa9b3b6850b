"""Grants are added and ended, lapse by themselves, and are never deleted or altered."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from store_parts import NOW, add_customer, add_item

from dms.domain.access import NOTHING_GRANTED, Granted, GrantedUse
from dms.domain.actor import Origin, Role
from dms.domain.clock import local_day

TODAY = local_day(NOW)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def add_user(work, name="wang", **stated):
    return work.users.add(
        name=name, display_name="", password_hash="hash", roles=frozenset({Role.CLERK}), clearance=3, **stated
    )


def grant(work, user_id, *, customer_id=None, item_key=None, until_on=None, **more):
    return work.grants.add(
        user_id=user_id,
        customer_id=customer_id,
        item_key=item_key,
        reason="审批",
        granted_by="admin",
        granted_at=NOW,
        until_on=until_on,
        **more,
    )


def test_what_is_granted_adds_up_while_it_is_in_force(work):
    user_id, customer_id, item_key = add_user(work), add_customer(work), add_item(work).key
    assert work.grants.in_force(user_id, at=NOW) == NOTHING_GRANTED
    open_ended = grant(work, user_id, customer_id=customer_id)
    for_today = grant(work, user_id, item_key=item_key, until_on=TODAY)
    both = Granted(customers=frozenset({customer_id}), items=frozenset({item_key}))
    assert work.grants.in_force(user_id, at=NOW) == both
    assert work.grants.counts_in_force(at=NOW) == {user_id: 2}
    assert work.grants.in_force(user_id, at=TOMORROW) == Granted(customers=frozenset({customer_id}))
    work.grants.end(open_ended.id, at=NOW)
    assert work.grants.in_force(user_id, at=NOW) == Granted(items=frozenset({item_key}))
    assert [each.id for each in work.grants.of_user(user_id)] == [for_today.id, open_ended.id]
    assert not work.grants.get(open_ended.id).is_in_force(NOW)
    assert for_today.is_in_force(NOW) and not for_today.is_in_force(TOMORROW)


def test_a_grant_lapses_at_its_moment_and_says_whether_copies_may_be_taken(work):
    user_id, customer_id, item_key = add_user(work), add_customer(work), add_item(work).key
    in_an_hour = NOW + timedelta(hours=1)
    given = grant(work, user_id, item_key=item_key, until_on=TODAY, uses=GrantedUse.TAKE, until_at=in_an_hour)
    grant(work, user_id, customer_id=customer_id)
    items, customers = frozenset({item_key}), frozenset({customer_id})
    both = Granted(customers=customers, items=items, items_to_take=items)
    assert work.grants.in_force(user_id, at=NOW) == both
    assert given.is_in_force(NOW) and not given.is_in_force(in_an_hour)
    assert work.grants.in_force(user_id, at=in_an_hour) == Granted(customers=customers)


def test_a_grant_is_one_persons_alone(work):
    wang, zhang, customer_id = add_user(work), add_user(work, "zhang"), add_customer(work)
    grant(work, wang, customer_id=customer_id)
    assert work.grants.in_force(zhang, at=NOW) == NOTHING_GRANTED
    assert work.grants.get(99) is None


def test_a_grant_ends_once(work):
    given = grant(work, add_user(work), customer_id=add_customer(work))
    work.grants.end(given.id, at=NOW)
    work.grants.end(given.id, at=NOW + timedelta(days=9))
    assert work.grants.get(given.id).ended_at == NOW


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM access_grant",
        "UPDATE access_grant SET until_on = '2999-01-01', ended_at = 'x'",
        "UPDATE access_grant SET until_on = '2999-01-01'",
        "UPDATE access_grant SET user_id = 2, ended_at = 'x'",
        "UPDATE access_grant SET ended_at = NULL",
        "INSERT INTO access_grant (user_id, reason, granted_by, granted_at) VALUES (1, '', '', '')",
        "INSERT INTO access_grant (user_id, customer_id, item_key, reason, granted_by, granted_at) "
        "VALUES (1, 1, 1, '', '', '')",
    ],
)
def test_nothing_else_ever_happens_to_a_grant(work, statement):
    grant(work, add_user(work), customer_id=add_customer(work))
    add_item(work)
    add_user(work, "zhang")
    with pytest.raises(DatabaseError):
        work.connection.execute(text(statement))


@pytest.mark.parametrize("departments", [None, frozenset(), frozenset({"销售部", "工程部"})])
def test_an_account_acts_with_its_departments(work, departments):
    user = work.users.get(add_user(work, departments=departments))
    assert user.departments == departments
    assert user.actor(Origin.WEB).departments == departments
    work.users.set_departments(user.id, frozenset({"法务部"}))
    assert work.users.get(user.id).actor(Origin.WEB).departments == {"法务部"}
    work.users.set_departments(user.id, None)
    assert work.users.get(user.id).departments is None
