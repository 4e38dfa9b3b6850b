"""A passphrase costs what its slot says, and a new one what the machine can bear."""

import os
from pathlib import Path

import pytest
from cheap_cost import CHEAP

from vault import DEFAULT_COST, Argon2Cost, calibrated_cost, errors
from vault.stretching import stretched


def test_argon2id_gives_the_same_key_for_the_same_passphrase_cost_and_salt_alone():
    salt, dearer = bytes(16), Argon2Cost(memory_kib=16, time=1, parallelism=1)
    key = stretched(b"secret", CHEAP, salt).expose()
    assert key == stretched(b"secret", CHEAP, salt).expose()
    others = (
        stretched(b"Secret", CHEAP, salt),
        stretched(b"secret", dearer, salt),
        stretched(b"secret", CHEAP, b"1" * 16),
    )
    assert key not in {other.expose() for other in others}


def test_a_cost_out_of_bounds_never_reaches_argon2():
    with pytest.raises(errors.CostOutOfBounds):
        stretched(b"x", Argon2Cost(memory_kib=1 << 30, time=1, parallelism=1), bytes(16))


def test_the_calibrated_cost_is_never_below_the_floor():
    assert calibrated_cost(target_ms=0, floor=CHEAP) == CHEAP
    assert calibrated_cost(target_ms=0) == DEFAULT_COST


def test_memory_is_raised_before_time():
    floor = Argon2Cost(memory_kib=64, time=1, parallelism=1)
    cost = calibrated_cost(target_ms=20, floor=floor)
    assert cost.memory_kib > floor.memory_kib
    assert cost.first_out_of_bounds() is None
    assert cost.parallelism == floor.parallelism


def test_a_machine_that_cannot_give_the_memory_is_told_apart_from_damage():
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_used_bytes() + (256 << 20), hard))
    try:
        with pytest.raises(errors.NotEnoughMemory) as refusal:
            stretched(b"x", Argon2Cost(memory_kib=1 << 20, time=1, parallelism=1), bytes(16))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    assert not isinstance(refusal.value, errors.KeyringDamaged | errors.UnlockRefused)


def _used_bytes():
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
