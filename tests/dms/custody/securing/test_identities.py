"""The company's sign-in service opens accounts that are there; it never makes one."""

import pytest

from dms.custody import UserNotFound, disable_user
from dms.custody.securing import (
    AccountNotOpen,
    EmailUnusable,
    Identity,
    IdentityUnknown,
    SecondFactorNeeded,
    identities_of,
    openid_secret,
    set_email,
    sign_in_identified,
    state_openid_secret,
    untie_identities,
    user_of_identity,
)
from dms.domain.actor import OPERATOR, ActionForbidden

from .securing_parts import account, telephone_of

ISSUER = "https://id.example.com"
LI = Identity(issuer=ISSUER, subject="u-1", email="Li@example.com")


@pytest.fixture
def li(archive):
    actor = account(archive)
    set_email(OPERATOR, "li", "li@example.com", archive=archive)
    return actor


def test_the_first_time_the_address_decides_and_from_then_on_the_subject(archive, li):
    assert user_of_identity(LI, archive=archive).name == "li"
    moved = Identity(issuer=ISSUER, subject="u-1", email="other@example.com")
    assert user_of_identity(moved, archive=archive).name == "li"
    assert identities_of(OPERATOR, "li", archive=archive) == ((ISSUER, "u-1"),)


@pytest.mark.parametrize(
    "identity",
    [
        Identity(issuer=ISSUER, subject="u-2", email="li@example.com"),
        Identity(issuer=ISSUER, subject="u-3", email="nobody@example.com"),
        Identity(issuer=ISSUER, subject="u-4"),
    ],
    ids=["another subject with the address", "an address without account", "no verified address"],
)
def test_whoever_is_not_the_one_gets_no_account(archive, li, identity):
    user_of_identity(LI, archive=archive)
    account(archive, "wang")
    with pytest.raises(IdentityUnknown):
        user_of_identity(identity, archive=archive)
    with archive.looking() as view:
        assert {user.name for user in view.users.all()} == {"admin", "li", "wang"}


def test_a_locked_account_is_not_opened_and_a_second_factor_is_still_asked_for(archive, li):
    user = user_of_identity(LI, archive=archive)
    assert sign_in_identified(user, archive=archive).name == "li"
    telephone_of(li, archive)
    with pytest.raises(SecondFactorNeeded):
        sign_in_identified(user, archive=archive)
    disable_user(OPERATOR, "li", archive=archive)
    with pytest.raises(AccountNotOpen):
        sign_in_identified(user_of_identity(LI, archive=archive), archive=archive)


def test_an_untied_account_is_matched_anew(archive, li):
    user_of_identity(LI, archive=archive)
    assert untie_identities(OPERATOR, "li", archive=archive) == 1
    again = Identity(issuer=ISSUER, subject="u-9", email="li@example.com")
    assert user_of_identity(again, archive=archive).name == "li"


@pytest.mark.parametrize("email", ["li", "li@", "@example.com", "a b@example.com", "li@example", "x" * 250 + "@e.com"])
def test_what_is_no_address_is_refused(archive, li, email):
    with pytest.raises(EmailUnusable):
        set_email(OPERATOR, "li", email, archive=archive)


def test_no_two_accounts_have_the_same_address(archive, li):
    account(archive, "wang")
    with pytest.raises(EmailUnusable):
        set_email(OPERATOR, "wang", "LI@example.com", archive=archive)
    set_email(OPERATOR, "li", "", archive=archive)
    assert set_email(OPERATOR, "wang", "li@example.com", archive=archive).email == "li@example.com"
    with pytest.raises(UserNotFound):
        set_email(OPERATOR, "nobody", "", archive=archive)


def test_the_secret_of_the_service_is_kept_and_never_journaled(archive, li):
    state_openid_secret(OPERATOR, "very secret indeed", archive=archive)
    assert openid_secret(archive=archive) == "very secret indeed"
    with archive.looking() as view:
        assert "very secret" not in str([(entry.subject, entry.details) for entry in view.journal.entries()])
    with pytest.raises(ActionForbidden):
        state_openid_secret(li, "mine", archive=archive)
