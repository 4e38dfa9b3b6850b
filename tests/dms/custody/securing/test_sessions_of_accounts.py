"""Sessions lie in the catalogue: seen from anywhere, ended from anywhere, and by themselves."""

from datetime import timedelta

import pytest
from simulators.archives import PASSWORD

from dms.custody import UserNotFound, change_password, disable_user
from dms.custody.securing import (
    SessionUnknown,
    SignInRuleInvalid,
    Visit,
    begin_session,
    end_session,
    own_sessions,
    present_person,
    revoke_other_sessions,
    revoke_own_session,
    revoke_session,
    revoke_sessions,
    sessions_of,
    sign_in_rules,
    state_sign_in_rules,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.sign_in import SignInRules

from .securing_parts import account

RULES = SignInRules(idle_for=timedelta(minutes=30), session_for=timedelta(hours=8))


@pytest.fixture
def li(archive):
    return account(archive)


def begin(archive, name="li", device="Firefox · Windows"):
    with archive.looking() as view:
        user = view.users.with_name(name)
    return begin_session(user, Visit(address="10.0.0.1", device=device), means="password", archive=archive)


def is_in(archive, token):
    return present_person(token, "10.0.0.2", archive=archive) is not None


def test_a_token_opens_until_its_session_is_ended(archive, li):
    token = begin(archive)
    found = present_person(token, "10.0.0.1", archive=archive)
    assert (found.user.name, found.user.password_hash, found.session.device) == ("li", "", "Firefox · Windows")
    assert not is_in(archive, token + "x") and not is_in(archive, "")
    end_session(token, archive=archive)
    assert not is_in(archive, token)


def test_nobody_who_reads_the_catalogue_learns_a_token(archive, li):
    token = begin(archive)
    with archive.looking() as view:
        rows = view.connection.exec_driver_sql("SELECT * FROM web_session").all()
    assert token not in str(rows)


def test_a_session_ends_after_so_long_without_a_request_and_at_the_latest_after_so_long(archive, li, clock):
    state_sign_in_rules(OPERATOR, RULES, archive=archive)
    idle, busy = begin(archive), begin(archive)
    for _ in range(15):
        clock.advance(timedelta(minutes=29))
        assert is_in(archive, busy)
    assert not is_in(archive, idle)
    clock.advance(timedelta(minutes=29))
    assert begin(archive) and is_in(archive, busy)
    clock.advance(timedelta(minutes=29))
    assert not is_in(archive, busy)


def test_requests_are_noted_at_most_once_a_minute(archive, li, clock):
    token = begin(archive)
    with archive.looking() as view:
        before = view.web_sessions.of_user(li.user_id)[0]
    clock.advance(timedelta(seconds=59))
    present_person(token, "10.0.0.7", archive=archive)
    with archive.looking() as view:
        assert view.web_sessions.of_user(li.user_id)[0] == before
    clock.advance(timedelta(seconds=1))
    present_person(token, "10.0.0.7", archive=archive)
    with archive.looking() as view:
        after = view.web_sessions.of_user(li.user_id)[0]
    assert (after.seen_at, after.address) == (archive.now(), "10.0.0.7")


def test_one_ends_a_session_elsewhere_or_all_of_them_but_this(archive, li):
    here, phone, home = begin(archive), begin(archive, device="iPhone"), begin(archive)
    phone_id = next(each.session.id for each in own_sessions(li, archive=archive) if each.session.device == "iPhone")
    revoke_own_session(li, phone_id, archive=archive)
    assert not is_in(archive, phone) and is_in(archive, home)
    with pytest.raises(SessionUnknown):
        revoke_own_session(li, phone_id, archive=archive)
    assert revoke_other_sessions(li, here, archive=archive) == 1
    assert is_in(archive, here) and not is_in(archive, home)


def test_nobody_ends_the_session_of_another_by_its_number(archive, li):
    account(archive, "wang")
    begin(archive, "wang")
    (theirs,) = sessions_of(OPERATOR, "wang", archive=archive)
    with pytest.raises(SessionUnknown):
        revoke_own_session(li, theirs.session.id, archive=archive)
    with pytest.raises(ActionForbidden):
        revoke_sessions(li, "wang", archive=archive)


def test_an_administrator_sees_and_ends_sessions_and_the_journal_tells_it(archive, li):
    token, other = begin(archive), begin(archive, device="iPhone")
    first, second = sessions_of(OPERATOR, "li", archive=archive)
    assert {first.is_open, second.is_open} == {True}
    revoke_session(OPERATOR, "li", second.session.id, archive=archive)
    assert revoke_sessions(OPERATOR, "LI", archive=archive) == 1
    assert not is_in(archive, token) and not is_in(archive, other)
    with pytest.raises(UserNotFound):
        revoke_sessions(OPERATOR, "nobody", archive=archive)
    with archive.looking() as view:
        acts = [entry.action for entry in view.journal.entries()]
    assert acts[-2:] == ["session_revoked", "sessions_revoked"]


def test_locking_and_a_new_password_end_every_session(archive, li):
    token = begin(archive)
    change_password(li, current_password=PASSWORD, new_password="另一把钥匙 2027", archive=archive)
    assert not is_in(archive, token)
    token = begin(archive)
    disable_user(OPERATOR, "li", archive=archive)
    assert not is_in(archive, token)
    assert not any(each.is_open for each in sessions_of(OPERATOR, "li", archive=archive))


@pytest.mark.parametrize(
    "rules",
    [
        SignInRules(idle_for=timedelta(minutes=1)),
        SignInRules(session_for=timedelta(days=30)),
        SignInRules(invitation_for=timedelta(0)),
    ],
)
def test_rules_that_make_no_sense_are_refused(archive, rules):
    with pytest.raises(SignInRuleInvalid):
        state_sign_in_rules(OPERATOR, rules, archive=archive)
    assert sign_in_rules(OPERATOR, archive=archive) == SignInRules()


def test_rules_are_for_administrators(archive, li):
    with pytest.raises(ActionForbidden):
        sign_in_rules(li, archive=archive)
    with pytest.raises(ActionForbidden):
        state_sign_in_rules(li, RULES, archive=archive)
    stated = SignInRules(second_factor_roles=frozenset({Role.ADMINISTRATOR, Role.GENERAL_MANAGER}))
    assert state_sign_in_rules(OPERATOR, stated, archive=archive) == stated
