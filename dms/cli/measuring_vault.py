"""``dms bench vault``: sealing and opening beside the bare cipher of the same library."""

import hashlib
import secrets
import tempfile
import time
from pathlib import Path
from statistics import median

import click

from dms.cli.measuring import bench_group
from dms.cli.session import Session, answer, with_session
from vault import (
    Argon2Cost,
    CipherSuite,
    Keyring,
    LocalStorage,
    Passphrase,
    SteadyMemory,
    Storage,
    Vault,
    VaultTiming,
    time_vault,
)

MEGABYTE = 1_000_000
LEAST_MB = 1
ROUNDS = 7
SLOWER = {CipherSuite.SM4_GCM: 8}
"""How many times less a suite is given, for without help from the processor it takes so much longer."""
HASHED_BYTES = 64 * MEGABYTE
CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
"""What is measured lies behind an unlocked keyring; unlocking itself is not."""


@bench_group.command("vault")
@click.option("--size-mb", type=click.IntRange(LEAST_MB, 4096), default=64, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@with_session
def bench_vault(session: Session, *, size_mb: int, as_json: bool) -> None:
    """Seal and open SIZE_MB in both suites, in memory and on the archive's disk, in turns with the bare cipher."""
    figures: dict[str, object] = {"size_mb": size_mb, "rounds": ROUNDS, "sha256_mb_s": _sha256_mb_a_second()}
    for suite in CipherSuite:
        size_bytes = size_mb * MEGABYTE // SLOWER.get(suite, 1)
        with tempfile.TemporaryDirectory(prefix=".anjuan-bench-", dir=_place(session.settings.home)) as folder:
            memory = SteadyMemory(size_bytes + size_bytes // 1000 + MEGABYTE)
            storages: dict[str, Storage] = {"memory": memory, "disk": LocalStorage(Path(folder) / "vault")}
            for name, storage in storages.items():
                timed = _timed(suite, storage, size_bytes)
                figures |= {f"{suite.value} {name} {key}": value for key, value in _figures(timed, size_bytes).items()}
    if as_json:
        answer(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name:58} {value}")


def _place(home: Path) -> Path | None:
    """A folder on the disk of the archive, whether that is founded yet or not; None for the usual temporary one."""
    return next((folder for folder in (home, home.parent) if folder.is_dir()), None)


def _timed(suite: CipherSuite, storage: Storage, size_bytes: int) -> VaultTiming:
    keyring, _ = Keyring.create(Passphrase(secrets.token_urlsafe()), cost=CHEAP, suite=suite)
    return time_vault(Vault(keyring, storage), storage, suite, size_bytes=size_bytes, rounds=ROUNDS)


def _figures(timed: VaultTiming, size_bytes: int) -> dict[str, float]:
    speeds = {
        "bare_encrypt": timed.cipher_encrypt_s,
        "bare_decrypt": timed.cipher_decrypt_s,
        "bare_store": timed.bare_store_s,
        "bare_store_and_read_back": timed.bare_store_and_read_back_s,
        "bare_read": timed.bare_read_s,
        "seal": timed.seal_s,
        "open": timed.open_s,
    }
    shares = {
        "seal_to_bare_encrypt": timed.seal_shares[0],
        "seal_to_bare_store": timed.seal_shares[1],
        "seal_to_bare_store_and_read_back": timed.seal_shares[2],
        "open_to_bare_decrypt": timed.open_shares[0],
        "open_to_bare_read": timed.open_shares[1],
    }
    return {f"{name}_mb_s": round(size_bytes / MEGABYTE / seconds) for name, seconds in speeds.items()} | {
        name: round(share, 2) for name, share in shares.items()
    }


def _sha256_mb_a_second() -> int:
    content, times = bytes(HASHED_BYTES), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        hashlib.sha256(content).digest()
        times.append(time.perf_counter() - began)
    return round(HASHED_BYTES / MEGABYTE / median(times))
