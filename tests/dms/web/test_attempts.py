"""Sign-in may fail only so often, and nobody is locked out for longer than the window."""

from datetime import timedelta

import pytest
from simulators.archives import ObedientClock

from dms.web.attempts import MAX_NAMES, PER_ACCOUNT, PER_ADDRESS, WINDOW, SignInGuard
from dms.web.errors import TooManyAttempts


@pytest.fixture
def guard(clock: ObedientClock) -> SignInGuard:
    return SignInGuard(clock)


def fail(guard: SignInGuard, times: int, *, account: str = "admin", address: str = "10.0.0.1") -> None:
    for _ in range(times):
        guard.begin(account, address)


def test_an_account_is_paused_after_its_failures_and_free_again_after_the_window(guard, clock):
    fail(guard, PER_ACCOUNT)
    with pytest.raises(TooManyAttempts) as refusal:
        guard.begin("admin", "10.0.0.2")
    assert 0 < refusal.value.wait_seconds <= WINDOW.total_seconds() + 1
    clock.advance(WINDOW)
    guard.begin("admin", "10.0.0.2")


def test_the_refusal_says_in_both_languages_when_to_try_again(guard, clock):
    fail(guard, PER_ACCOUNT)
    clock.advance(timedelta(minutes=5))
    with pytest.raises(TooManyAttempts) as refusal:
        guard.begin("admin", "10.0.0.1")
    free_at = (clock.now() + WINDOW - timedelta(minutes=5)).astimezone().strftime("%H:%M")
    assert free_at in refusal.value.message.zh
    assert free_at in refusal.value.message.en


def test_spelling_a_name_differently_does_not_buy_more_attempts(guard):
    for spelling in ("admin", "ADMIN", " Admin ", "aDmin") * 2:
        guard.begin(spelling, "10.0.0.1")
    with pytest.raises(TooManyAttempts):
        guard.begin("admin", "10.0.0.1")


def test_one_address_cannot_try_every_account(guard):
    for number in range(PER_ADDRESS):
        guard.begin(f"user{number}", "10.0.0.9")
    with pytest.raises(TooManyAttempts):
        guard.begin("yet another", "10.0.0.9")
    guard.begin("yet another", "10.0.0.10")


def test_success_clears_the_account_and_takes_one_attempt_off_the_address(guard):
    fail(guard, PER_ACCOUNT - 1)
    guard.begin("admin", "10.0.0.1")
    guard.succeeded("admin", "10.0.0.1")
    fail(guard, PER_ACCOUNT)


def test_people_behind_one_address_who_sign_in_rightly_are_never_paused(guard):
    for number in range(PER_ADDRESS * 2):
        guard.begin(f"user{number}", "10.0.0.1")
        guard.succeeded(f"user{number}", "10.0.0.1")


def test_waiting_does_not_grow_with_refused_attempts(guard, clock):
    fail(guard, PER_ACCOUNT)
    clock.advance(WINDOW - timedelta(seconds=1))
    with pytest.raises(TooManyAttempts):
        guard.begin("admin", "10.0.0.1")
    clock.advance(timedelta(seconds=1))
    guard.begin("admin", "10.0.0.1")


def test_memory_is_bounded_however_many_names_are_tried(guard):
    for number in range(MAX_NAMES + 50):
        guard.begin(f"user{number}", f"address{number}")
    assert len(guard._accounts.failures) == len(guard._addresses.failures) == MAX_NAMES
