"""Argon2id: what a guess at a passphrase costs, and how dear this machine can afford to make it.

Invariant: a cost is within the bounds of the format (V13) before Argon2 runs with it.
"""

import os
import time
from dataclasses import dataclass, replace
from typing import Final

from argon2.exceptions import HashingError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from vault.errors import CostOutOfBounds, NotEnoughMemory
from vault.secret import KEY_BYTES, Secret

ARGON2_SALT_BYTES: Final = 16
MOST_MEMORY_KIB: Final = 1 << 20
MOST_TIME: Final = 16
MOST_PARALLELISM: Final = 8
_LEAST_MEMORY_KIB_A_LANE: Final = 8
_SHARE_OF_MACHINE: Final = 8
"""An eighth of the memory: the archive must still open while a machine is at work, or after a move to a smaller one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """What one guess at a passphrase costs (RFC 9106); the default is that standard's second recommendation."""

    memory_kib: int = 65_536
    time: int = 3
    parallelism: int = 4

    def first_out_of_bounds(self) -> tuple[str, int] | None:
        """Name and value of the first figure outside the bounds of the format (V13), None where all are inside."""
        if not 1 <= self.parallelism <= MOST_PARALLELISM:
            return "parallelism", self.parallelism
        if not 1 <= self.time <= MOST_TIME:
            return "time", self.time
        if not _LEAST_MEMORY_KIB_A_LANE * self.parallelism <= self.memory_kib <= MOST_MEMORY_KIB:
            return "memory_kib", self.memory_kib
        return None


DEFAULT_COST: Final = Argon2Cost()


def stretched(passphrase: bytes, cost: Argon2Cost, salt: bytes) -> Secret:
    """Argon2id (RFC 9106, version 0x13) of the passphrase; `CostOutOfBounds`, `NotEnoughMemory`."""
    excess = cost.first_out_of_bounds()
    if excess is not None:
        raise CostOutOfBounds(*excess)
    try:
        return Secret(
            hash_secret_raw(
                passphrase,
                salt,
                time_cost=cost.time,
                memory_cost=cost.memory_kib,
                parallelism=cost.parallelism,
                hash_len=KEY_BYTES,
                type=Type.ID,
                version=ARGON2_VERSION,
            )
        )
    except HashingError as error:
        raise NotEnoughMemory(cost.memory_kib) from error


def calibrated_cost(*, target_ms: int = 500, floor: Argon2Cost = DEFAULT_COST) -> Argon2Cost:
    """The dearest cost that this machine bears within about so many milliseconds, never below the floor.

    Memory first, since that is what an attacker's hardware cannot buy cheaply: it doubles up to an eighth of the
    machine; what is left of the target goes into time. Measuring takes about twice the target.
    """
    most_memory_kib = min(MOST_MEMORY_KIB, _physical_memory_kib() // _SHARE_OF_MACHINE)
    cost, took_ms = floor, _measured_ms(floor)
    while 2 * took_ms <= target_ms and 2 * cost.memory_kib <= most_memory_kib:
        dearer = replace(cost, memory_kib=2 * cost.memory_kib)
        dearer_ms = _measured_ms(dearer)
        if dearer_ms > target_ms:
            break
        cost, took_ms = dearer, dearer_ms
    affordable = int(cost.time * target_ms / took_ms)
    return replace(cost, time=max(cost.time, min(MOST_TIME, affordable)))


def _measured_ms(cost: Argon2Cost) -> float:
    """Milliseconds of one run; infinitely many where the memory cannot be had."""
    begun = time.perf_counter()
    try:
        stretched(b"a passphrase of nobody", cost, bytes(ARGON2_SALT_BYTES))
    except NotEnoughMemory:
        return float("inf")
    return max(1e-3, (time.perf_counter() - begun) * 1000)


def _physical_memory_kib() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024
    except (AttributeError, ValueError, OSError):
        return 0  # a system that does not tell gets the floor and spends the target on time
