"""Whoever resets passwords or makes accounts cannot sign in the place of others: it takes a week, and they notice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from simulators.archives import PASSWORD
from simulators.committee import GO, SIGNERS, STATED, Committee, found_committee

from dms.custody import NewAccount, add_user, reset_password
from dms.custody.appraising import (
    AccountJustChanged,
    approve_list,
    begin_destruction,
    check_list,
    draw_up_list,
    give_opinion,
    return_list,
    sign_list,
    submit_list,
)
from dms.custody.entitling import set_roles
from dms.domain.actor import OPERATOR, Role
from dms.domain.destruction_list import ListState, Office


@pytest.fixture
def committee(archive) -> Committee:
    return found_committee(archive)


def test_an_administrator_who_resets_everybodys_password_can_sign_nothing_for_a_week(committee, archive, clock):
    list_id = committee.drawn_up(committee.paper("一九九〇年谈判记录"))
    root = committee.person("root")
    for name in ("vice", "archive-head", "sales-head", "keeper", "handler", "boss", "clerk", "second-clerk"):
        reset_password(root, name, archive=archive)
    with pytest.raises(AccountJustChanged) as refused:
        sign_list(committee.person("vice"), list_id, archive=archive)
    assert str((archive.now() + timedelta(days=7)).date()) in refused.value.message.zh
    clock.advance(timedelta(days=6, hours=23))
    with pytest.raises(AccountJustChanged):
        sign_list(committee.person("handler"), list_id, archive=archive)
    clock.advance(timedelta(hours=2))
    assert sign_list(committee.person("vice"), list_id, archive=archive).state is ListState.SIGNING


@pytest.mark.parametrize(
    ("name", "step"), [("boss", approve_list), ("clerk", check_list), ("keeper", begin_destruction)]
)
def test_each_later_step_asks_for_an_account_that_nobody_else_had_a_hand_in(committee, archive, name, step):
    list_id = committee.drawn_up(committee.paper("一九九〇年谈判记录"))
    if name != "boss":
        committee.sign_all(list_id)
    if name == "keeper":
        approve_list(committee.person("boss"), list_id, archive=archive)
        for supervisor in ("clerk", "second-clerk"):
            check_list(committee.person(supervisor), list_id, archive=archive)
    reset_password(OPERATOR, name, archive=archive)
    with pytest.raises(AccountJustChanged):
        step(committee.person(name), list_id, archive=archive)


def test_roles_given_today_make_no_signer_of_today(committee, archive):
    list_id = committee.drawn_up(committee.paper("一九九〇年谈判记录"))
    set_roles(committee.person("root"), "handler", frozenset({Role.HANDLER, Role.CLERK}), archive=archive)
    with pytest.raises(AccountJustChanged):
        sign_list(committee.person("handler"), list_id, archive=archive)


def test_whoever_keeps_papers_from_being_destroyed_need_not_wait(committee, archive):
    list_id = committee.drawn_up(committee.paper("一九九〇年谈判记录"))
    reset_password(OPERATOR, "vice", archive=archive)
    assert return_list(committee.person("vice"), list_id, "有一件尚未结清", archive=archive).state is ListState.RETURNED


def test_an_account_in_other_hands_has_no_say_in_an_appraisal(committee, archive):
    case_id = committee.considered(committee.paper("一九九〇年谈判记录"))
    reset_password(OPERATOR, "lawyer", archive=archive)
    with pytest.raises(AccountJustChanged):
        give_opinion(committee.person("lawyer"), case_id, GO, archive=archive)


def test_an_account_made_today_signs_no_list_of_today(committee, archive):
    account = NewAccount(name="newcomer", password=PASSWORD, roles=frozenset({Role.HANDLER}), clearance=1)
    add_user(committee.person("root"), account, archive=archive)
    case_id = committee.considered(committee.paper("一九九〇年谈判记录"))
    committee.agree(case_id)
    signers = (*SIGNERS[:-1], (Office.BUSINESS_HANDLER, "newcomer"))
    listed = draw_up_list(committee.keeper, replace(STATED, signers=signers), case_ids=[case_id], archive=archive)
    submit_list(committee.keeper, listed.id, archive=archive)
    with pytest.raises(AccountJustChanged):
        sign_list(committee.person("newcomer"), listed.id, archive=archive)
