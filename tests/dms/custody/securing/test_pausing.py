"""Too many failures in a row make a name wait, longer each time, over restarts, whoever bears it or nobody."""

from datetime import timedelta

import pytest
from simulators.archives import PASSPHRASE, PASSWORD

from dms.bootstrap import open_archive
from dms.custody import CurrentPasswordWrong, SignInRefused, UserNotFound, change_password
from dms.custody.securing import (
    SecondFactorNeeded,
    SecondFactorWrong,
    SignInPaused,
    account_overview,
    end_pause,
    finish_sign_in,
    pauses,
    sign_in,
)
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.sign_in import FIRST_WAIT, FREE_FAILURES, LONGEST_WAIT

from .securing_parts import WRONG, account, telephone_of


def fail(archive, times, name="li"):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(name, WRONG, archive=archive)


def wait_of(archive, name="li"):
    with pytest.raises(SignInPaused) as refusal:
        sign_in(name, PASSWORD, archive=archive)
    return refusal.value.until_at - archive.now()


def test_the_wait_doubles_with_every_further_failure_up_to_a_day(archive, clock):
    account(archive)
    fail(archive, FREE_FAILURES)
    waits = []
    for _ in range(9):
        fail(archive, 1)
        waits.append(wait_of(archive))
        clock.advance(waits[-1])
    assert waits[:4] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4, FIRST_WAIT * 8]
    assert max(waits) == waits[-1] == LONGEST_WAIT
    assert sign_in("li", PASSWORD, archive=archive).name == "li"
    fail(archive, FREE_FAILURES)


def test_a_pause_outlives_a_restart_and_waits_for_nobodys_name_alike(archive, clock):
    account(archive)
    fail(archive, FREE_FAILURES + 1)
    fail(archive, FREE_FAILURES + 1, name="nobody")
    waits = wait_of(archive), wait_of(archive, name=" NOBODY ")
    home = archive.home
    archive.close()
    again = open_archive(home, PASSPHRASE, clock=clock)
    assert (wait_of(again), wait_of(again, name="nobody")) == waits
    again.close()


def test_an_administrator_sees_a_pause_and_ends_it(archive):
    li = account(archive)
    fail(archive, FREE_FAILURES + 1)
    assert set(pauses(OPERATOR, archive=archive)) == {"li"}
    shown = account_overview(OPERATOR, "li", archive=archive)
    assert shown.is_paused and shown.failures.count == FREE_FAILURES + 1
    with pytest.raises(ActionForbidden):
        end_pause(li, "li", archive=archive)
    with pytest.raises(UserNotFound):
        end_pause(OPERATOR, "nobody", archive=archive)
    assert end_pause(OPERATOR, "LI", archive=archive)
    assert not end_pause(OPERATOR, "li", archive=archive)
    assert sign_in("li", PASSWORD, archive=archive).name == "li"


def test_a_session_left_open_does_not_serve_to_find_the_password(archive):
    li = account(archive)
    for _ in range(FREE_FAILURES + 1):
        with pytest.raises(CurrentPasswordWrong):
            change_password(li, current_password=WRONG, new_password="另一把钥匙 2027", archive=archive)
    with pytest.raises(SignInPaused):
        change_password(li, current_password=PASSWORD, new_password="另一把钥匙 2027", archive=archive)


def test_who_knows_the_password_cannot_try_codes_for_ever(archive, clock):
    telephone_of(account(archive), archive)
    clock.advance(timedelta(minutes=5))
    for _ in range(FREE_FAILURES + 1):
        with pytest.raises(SecondFactorNeeded) as needed:
            sign_in("li", PASSWORD, archive=archive)
        with pytest.raises(SecondFactorWrong):
            finish_sign_in(needed.value.user_id, needed.value.epoch, "000000", archive=archive)
    with pytest.raises(SignInPaused):
        sign_in("li", PASSWORD, archive=archive)


def test_failures_long_ago_count_no_more(archive, clock):
    account(archive)
    fail(archive, FREE_FAILURES)
    clock.advance(timedelta(days=3))
    fail(archive, FREE_FAILURES)
    assert sign_in("li", PASSWORD, archive=archive).name == "li"
