"""Accounts are found by their name in any case, and every change that matters ends their sessions."""

import pytest

from dms.domain.actor import Origin, Role


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def add(work, name="Zhang.San"):
    return work.users.add(
        name=name, display_name="张三", password_hash="hash", roles=frozenset({Role.CLERK}), clearance=2
    )


@pytest.mark.parametrize(("name", "typed"), [("Zhang.San", "zhang.SAN"), ("张三", "张三"), ("Öz", "Öz"), ("ÖZ", "ÖZ")])
def test_an_account_is_found_by_its_name(work, name, typed):
    user_id = add(work, name)
    assert work.users.with_name(typed).id == user_id
    assert work.users.with_name(f"{typed}x") is None


def test_an_account_acts_in_its_roles_and_clearance(work):
    user = work.users.get(add(work))
    actor = user.actor(Origin.WEB)
    assert (actor.user_id, actor.name, actor.roles, actor.clearance) == (user.id, user.name, user.roles, 2)
    assert work.users.get(99) is None


def test_a_new_password_and_a_lock_end_every_session(work):
    user_id = add(work)
    work.users.change_password(user_id, "another")
    assert (work.users.get(user_id).password_hash, work.users.get(user_id).session_epoch) == ("another", 2)
    work.users.disable(user_id)
    assert (work.users.get(user_id).disabled, work.users.get(user_id).session_epoch) == (True, 3)
    work.users.enable(user_id)
    assert (work.users.get(user_id).disabled, work.users.get(user_id).session_epoch) == (False, 3)


def test_accounts_are_listed_by_name(work):
    for name in ("b", "a", "c"):
        add(work, name)
    assert [user.name for user in work.users.all()] == ["a", "b", "c"]
