"""Who may sign in, and who may let whom in."""

import pytest
from simulators.archives import PASSWORD

from dms.custody import (
    AccountFactInvalid,
    CurrentPasswordWrong,
    LastAdministrator,
    NewAccount,
    OwnAccount,
    PasswordUnsuitable,
    SignInRefused,
    UserNameTaken,
    UserNotFound,
    add_user,
    change_password,
    disable_user,
    enable_user,
    generated_password,
    list_users,
    reset_password,
    sign_in,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role

GOOD = "一把好锁配一把好钥匙"
CLERK = frozenset({Role.CLERK})


def account(name="王芳", password=GOOD, roles=CLERK, **stated):
    return NewAccount(name=name, password=password, roles=roles, **stated)


def administrator(archive) -> Actor:
    return sign_in("admin", PASSWORD, archive=archive).actor(Origin.WEB)


def actions(archive) -> list[tuple[str, str]]:
    with archive.looking() as view:
        return [(entry.action, entry.subject) for entry in view.journal.entries()]


def test_a_person_signs_in_with_name_and_password_whatever_the_case_of_the_name(archive):
    assert sign_in(" Admin ", PASSWORD, archive=archive).name == "admin"
    assert actions(archive)[-1] == ("signed_in", "admin")


def test_the_same_password_typed_in_full_width_fits(archive):
    add_user(OPERATOR, account(name="li", password="correct horse 42"), archive=archive)
    assert sign_in("li", "ｃｏｒｒｅｃｔ　ｈｏｒｓｅ　４２", archive=archive).name == "li"


@pytest.mark.parametrize(
    ("name", "password"),
    [("admin", "wrong"), ("nobody", PASSWORD), ("", ""), ("admin", "x" * 100_000), ("admin\x00", PASSWORD)],
    ids=["wrong password", "unknown name", "nothing", "endless password", "control character"],
)
def test_what_does_not_fit_is_refused_in_one_way_and_journaled(archive, name, password):
    with pytest.raises(SignInRefused) as refusal:
        sign_in(name, password, archive=archive)
    assert str(refusal.value) == str(SignInRefused())
    assert actions(archive)[-1][0] == "sign_in_refused"


def test_a_locked_account_is_refused_like_a_wrong_password(archive):
    add_user(OPERATOR, account(name="li"), archive=archive)
    disable_user(OPERATOR, "li", archive=archive)
    with pytest.raises(SignInRefused):
        sign_in("li", GOOD, archive=archive)
    enable_user(OPERATOR, "li", archive=archive)
    assert sign_in("li", GOOD, archive=archive).name == "li"


def test_no_hash_leaves_the_house(archive):
    add_user(OPERATOR, account(), archive=archive)
    assert {user.password_hash for user in list_users(OPERATOR, archive=archive)} == {""}
    assert sign_in("admin", PASSWORD, archive=archive).password_hash == ""
    assert GOOD not in repr(account())


@pytest.mark.parametrize(
    "password",
    ["short", "王芳的密码有十个字以上", "aaaaaaaaaaaaaaaa", "x" * 1000],
    ids=["too short", "holds the user name", "one letter", "too long"],
)
def test_a_password_that_can_be_guessed_is_refused(archive, password):
    with pytest.raises(PasswordUnsuitable):
        add_user(OPERATOR, account(password=password), archive=archive)
    assert [user.name for user in list_users(OPERATOR, archive=archive)] == ["admin"]


def test_generated_passwords_are_good_and_never_the_same(archive):
    passwords = {generated_password() for _ in range(50)}
    assert len(passwords) == 50
    add_user(OPERATOR, account(password=passwords.pop()), archive=archive)


@pytest.mark.parametrize("name", ["", "a b", "x" * 41, "<script>", "名字/"])
def test_a_name_that_would_confuse_the_journal_is_refused(archive, name):
    with pytest.raises(AccountFactInvalid):
        add_user(OPERATOR, account(name=name), archive=archive)


def test_an_account_without_a_role_is_refused(archive):
    with pytest.raises(AccountFactInvalid):
        add_user(OPERATOR, account(roles=frozenset()), archive=archive)


def test_two_people_cannot_have_names_that_differ_in_case_only(archive):
    with pytest.raises(UserNameTaken):
        add_user(OPERATOR, account(name="ADMIN"), archive=archive)


def test_only_an_administrator_touches_accounts(archive):
    clerk = add_user(OPERATOR, account(), archive=archive).actor(Origin.WEB)
    for act in (
        lambda: add_user(clerk, account(name="new"), archive=archive),
        lambda: list_users(clerk, archive=archive),
        lambda: reset_password(clerk, "admin", archive=archive),
        lambda: disable_user(clerk, "admin", archive=archive),
        lambda: enable_user(clerk, "admin", archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            act()


def test_changing_a_password_asks_for_the_present_one_and_ends_other_sessions(archive):
    before = sign_in("admin", PASSWORD, archive=archive)
    actor = before.actor(Origin.WEB)
    with pytest.raises(CurrentPasswordWrong):
        change_password(actor, current_password="wrong", new_password=GOOD, archive=archive)
    after = change_password(actor, current_password=PASSWORD, new_password=GOOD, archive=archive)
    assert after.session_epoch == before.session_epoch + 1
    assert sign_in("admin", GOOD, archive=archive).id == before.id
    with pytest.raises(SignInRefused):
        sign_in("admin", PASSWORD, archive=archive)


def test_the_operator_of_the_machine_has_no_password_to_change(archive):
    with pytest.raises(UserNotFound):
        change_password(OPERATOR, current_password="", new_password=GOOD, archive=archive)


def test_a_reset_password_works_and_the_old_one_does_not(archive):
    add_user(OPERATOR, account(name="li"), archive=archive)
    password = reset_password(administrator(archive), "li", archive=archive)
    assert sign_in("li", password, archive=archive).name == "li"
    with pytest.raises(SignInRefused):
        sign_in("li", GOOD, archive=archive)
    with pytest.raises(UserNotFound):
        reset_password(OPERATOR, "nobody", archive=archive)


def test_nobody_locks_himself_out_and_an_administrator_always_remains(archive):
    with pytest.raises(OwnAccount):
        disable_user(administrator(archive), "admin", archive=archive)
    with pytest.raises(LastAdministrator):
        disable_user(OPERATOR, "admin", archive=archive)
    add_user(OPERATOR, account(name="second", roles=frozenset({Role.ADMINISTRATOR})), archive=archive)
    assert disable_user(OPERATOR, "admin", archive=archive).disabled
    with pytest.raises(LastAdministrator):
        disable_user(OPERATOR, "second", archive=archive)
