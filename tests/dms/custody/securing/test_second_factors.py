"""A second factor: asked for once its owner has it, each code good once, recovery codes for the day it is lost."""

from datetime import timedelta

import pytest
from simulators.archives import PASSWORD

from dms.custody import CurrentPasswordWrong, OwnAccount, SignInRefused, UserNotFound
from dms.custody.securing import (
    RECOVERY_CODES,
    SecondFactorAbsent,
    SecondFactorNeeded,
    SecondFactorPresent,
    SecondFactorRequired,
    SecondFactorWrong,
    Visit,
    begin_session,
    confirm_factor,
    factor_standing,
    finish_sign_in,
    offer_factor,
    present_person,
    remove_own_factor,
    renew_recovery_codes,
    reset_factor,
    sign_in,
    state_sign_in_rules,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.sign_in import SignInRules

from .securing_parts import Telephone, account, telephone_of

PERIOD = timedelta(seconds=30)


@pytest.fixture
def li(archive):
    return account(archive)


def test_a_factor_is_asked_for_only_once_its_owner_proved_that_he_has_it(archive, li):
    offer = offer_factor(li, archive=archive)
    assert offer.address.startswith("otpauth://totp/") and "issuer=" in offer.address
    assert offer.secret not in repr(offer)
    assert sign_in("li", PASSWORD, archive=archive).name == "li"
    assert offer_factor(li, archive=archive).secret == offer.secret
    with pytest.raises(SecondFactorWrong):
        confirm_factor(li, "000000", archive=archive)
    confirm_factor(li, Telephone(offer.secret, archive).code(), archive=archive)
    with pytest.raises(SecondFactorNeeded):
        sign_in("li", PASSWORD, archive=archive)
    with pytest.raises(SecondFactorPresent):
        offer_factor(li, archive=archive)


def test_a_code_is_good_for_one_sign_in_only(archive, li, clock):
    telephone, _ = telephone_of(li, archive)
    with pytest.raises(SecondFactorWrong):
        sign_in("li", PASSWORD, code=telephone.code(), archive=archive)  # the one that was confirmed with
    clock.advance(PERIOD)
    code = telephone.code()
    assert sign_in("li", PASSWORD, code=f"{code[:3]} {code[3:]}", archive=archive).name == "li"
    with pytest.raises(SecondFactorWrong):
        sign_in("li", PASSWORD, code=code, archive=archive)


@pytest.mark.parametrize(("off_s", "fits"), [(-90, False), (-30, True), (0, True), (30, True), (90, False)])
def test_the_telephone_may_be_half_a_minute_wrong_and_no_more(archive, li, clock, off_s, fits):
    telephone, _ = telephone_of(li, archive)
    clock.advance(timedelta(minutes=10))
    code = telephone.code(later_s=off_s)
    if fits:
        assert sign_in("li", PASSWORD, code=code, archive=archive).name == "li"
    else:
        with pytest.raises(SecondFactorWrong):
            sign_in("li", PASSWORD, code=code, archive=archive)


def test_a_recovery_code_opens_once_however_it_is_typed(archive, li):
    _, codes = telephone_of(li, archive)
    assert len(set(codes)) == RECOVERY_CODES
    assert sign_in("li", PASSWORD, code=f" {codes[0].upper()} ", archive=archive).name == "li"
    with pytest.raises(SecondFactorWrong):
        sign_in("li", PASSWORD, code=codes[0], archive=archive)
    assert factor_standing(li, archive=archive).recovery_codes_left == RECOVERY_CODES - 1
    with archive.looking() as view:
        assert codes[1] not in str([entry.details for entry in view.journal.entries()])


def test_the_codes_of_another_account_open_nothing_here(archive, li, clock):
    telephone_of(li, archive)
    wang = account(archive, "wang")
    telephone, codes = telephone_of(wang, archive)
    clock.advance(PERIOD)
    for code in (telephone.code(), codes[0]):
        with pytest.raises(SecondFactorWrong):
            sign_in("li", PASSWORD, code=code, archive=archive)


def test_new_recovery_codes_take_the_place_of_the_old_ones_and_cost_the_password(archive, li):
    _, old = telephone_of(li, archive)
    with pytest.raises(CurrentPasswordWrong):
        renew_recovery_codes(li, password="wrong", archive=archive)
    new = renew_recovery_codes(li, password=PASSWORD, archive=archive)
    with pytest.raises(SecondFactorWrong):
        sign_in("li", PASSWORD, code=old[0], archive=archive)
    assert sign_in("li", PASSWORD, code=new[0], archive=archive).name == "li"


def test_the_second_step_holds_only_for_the_account_as_it_was_in_the_first(archive, li, clock):
    telephone, _ = telephone_of(li, archive)
    clock.advance(PERIOD)
    with pytest.raises(SecondFactorNeeded) as needed:
        sign_in("li", PASSWORD, archive=archive)
    with pytest.raises(SignInRefused):
        finish_sign_in(needed.value.user_id, needed.value.epoch + 1, telephone.code(), archive=archive)
    assert finish_sign_in(needed.value.user_id, needed.value.epoch, telephone.code(), archive=archive).name == "li"


def test_who_must_have_a_factor_may_not_take_it_away(archive, li):
    telephone_of(li, archive)
    rules = SignInRules(second_factor_roles=frozenset({Role.CLERK}))
    state_sign_in_rules(OPERATOR, rules, archive=archive)
    with pytest.raises(SecondFactorRequired):
        remove_own_factor(li, password=PASSWORD, archive=archive)
    state_sign_in_rules(OPERATOR, SignInRules(), archive=archive)
    remove_own_factor(li, password=PASSWORD, archive=archive)
    assert sign_in("li", PASSWORD, archive=archive).name == "li"
    with pytest.raises(SecondFactorAbsent):
        remove_own_factor(li, password=PASSWORD, archive=archive)


def test_whoever_must_have_a_factor_is_told_so_at_every_request_until_he_has_one(archive, li):
    state_sign_in_rules(OPERATOR, SignInRules(second_factor_roles=frozenset({Role.CLERK})), archive=archive)
    user = sign_in("li", PASSWORD, archive=archive)
    token = begin_session(user, Visit(address="10.0.0.1", device="Firefox"), means="password", archive=archive)
    assert present_person(token, "10.0.0.1", archive=archive).must_set_up_factor
    telephone_of(li, archive)
    assert not present_person(token, "10.0.0.1", archive=archive).must_set_up_factor


def test_a_lost_factor_is_reset_by_an_administrator_for_others_only_and_ends_every_session(archive, li):
    boss = account(archive, "boss", Role.ADMINISTRATOR)
    telephone_of(li, archive)
    telephone_of(boss, archive)
    with pytest.raises(ActionForbidden):
        reset_factor(li, "boss", archive=archive)
    with pytest.raises(OwnAccount):
        reset_factor(boss, "boss", archive=archive)
    with pytest.raises(UserNotFound):
        reset_factor(boss, "nobody", archive=archive)
    with archive.looking() as view:
        user = view.users.with_name("li")
    token = begin_session(user, Visit(address="", device=""), means="password", archive=archive)
    reset_factor(boss, "li", archive=archive)
    assert present_person(token, "", archive=archive) is None
    assert sign_in("li", PASSWORD, archive=archive).name == "li"
    with pytest.raises(SecondFactorAbsent):
        reset_factor(boss, "li", archive=archive)
    with archive.looking() as view:
        acts = [(entry.action, entry.actor) for entry in view.journal.entries()]
    assert ("second_factor_reset", "boss") in acts


def test_the_operator_of_the_machine_has_no_factor_to_set_up(archive):
    with pytest.raises(UserNotFound):
        offer_factor(OPERATOR, archive=archive)
