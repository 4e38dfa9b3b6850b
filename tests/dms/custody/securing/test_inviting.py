"""Who is invited sets a password that nobody else ever knew; a code is good once, and not for ever."""

from datetime import timedelta

import pytest
from simulators.archives import PASSWORD

from dms.custody import PasswordUnsuitable, SignInRefused, UserNotFound, disable_user, sign_in
from dms.custody.securing import (
    AccountNotOpen,
    InvitationNotOpen,
    Visit,
    accept_invitation,
    begin_session,
    invitations_open,
    invite,
    invited_person,
    present_person,
    withdraw_invitation,
)
from dms.domain.actor import OPERATOR, ActionForbidden

from .securing_parts import account

OWN = "一把只有我知道的钥匙"


@pytest.fixture
def li(archive):
    return account(archive)


def test_the_invited_person_sets_a_password_and_the_code_is_spent(archive, li):
    with archive.looking() as view:
        user = view.users.with_name("li")
    token = begin_session(user, Visit(address="", device=""), means="password", archive=archive)
    invited = invite(OPERATOR, "LI", archive=archive)
    assert invited.code not in repr(invited)
    assert invited_person(invited.code.upper().replace("-", " "), archive=archive).name == "li"
    accept_invitation(invited.code, OWN, archive=archive)
    assert sign_in("li", OWN, archive=archive).name == "li"
    assert present_person(token, "", archive=archive) is None
    for password in (PASSWORD, OWN + "x"):
        with pytest.raises(SignInRefused):
            sign_in("li", password, archive=archive)
    with pytest.raises(InvitationNotOpen):
        accept_invitation(invited.code, OWN, archive=archive)
    with archive.looking() as view:
        entries = list(view.journal.entries())
    assert ("invitation_accepted", "li") in [(entry.action, entry.actor) for entry in entries]
    told = str([entry.details for entry in entries])
    assert invited.code not in told and OWN not in told


def test_a_newer_invitation_closes_the_older_one(archive, li):
    first, second = invite(OPERATOR, "li", archive=archive), invite(OPERATOR, "li", archive=archive)
    with pytest.raises(InvitationNotOpen):
        invited_person(first.code, archive=archive)
    assert set(invitations_open(OPERATOR, archive=archive)) == {li.user_id}
    assert withdraw_invitation(OPERATOR, "li", archive=archive)
    assert not withdraw_invitation(OPERATOR, "li", archive=archive)
    with pytest.raises(InvitationNotOpen):
        invited_person(second.code, archive=archive)


def test_an_invitation_lapses(archive, li, clock):
    invited = invite(OPERATOR, "li", archive=archive)
    clock.advance(timedelta(days=7) - timedelta(seconds=1))
    assert invited_person(invited.code, archive=archive).name == "li"
    clock.advance(timedelta(seconds=1))
    with pytest.raises(InvitationNotOpen):
        accept_invitation(invited.code, OWN, archive=archive)
    assert invitations_open(OPERATOR, archive=archive) == {}


def test_an_invitation_does_not_open_a_locked_account(archive, li):
    invited = invite(OPERATOR, "li", archive=archive)
    disable_user(OPERATOR, "li", archive=archive)
    with pytest.raises(InvitationNotOpen):
        invited_person(invited.code, archive=archive)
    with pytest.raises(AccountNotOpen):
        invite(OPERATOR, "li", archive=archive)


@pytest.mark.parametrize("code", ["", "----", "aaaaa-aaaaa-aaaaa-aaaaa", "'; DROP TABLE user; --", "一二三"])
def test_what_is_no_code_opens_nothing(archive, li, code):
    invite(OPERATOR, "li", archive=archive)
    with pytest.raises(InvitationNotOpen):
        invited_person(code, archive=archive)


def test_the_rules_of_passwords_hold_for_the_invited_too(archive, li):
    invited = invite(OPERATOR, "li", archive=archive)
    for weak in ("password2026!", "short", "安徽皖江重工机械有限公司的密码"):
        with pytest.raises(PasswordUnsuitable):
            accept_invitation(invited.code, weak, archive=archive)
    accept_invitation(invited.code, OWN, archive=archive)


def test_only_administrators_invite(archive, li):
    with pytest.raises(ActionForbidden):
        invite(li, "li", archive=archive)
    with pytest.raises(UserNotFound):
        invite(OPERATOR, "nobody", archive=archive)
