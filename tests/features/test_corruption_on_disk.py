"""``dms verify --full`` names every object that was damaged on the disk, what befell it, and nothing else."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from damaging import Changes, next_damage
from kept_archives import objects_in, passphrase, unpacked
from simulators.command_line import run

DAMAGES = 200
DAMAGES_AT_ONCE = 8
"""As many as a bad night brings: one damage must not hide another."""
BITS_TURNED = 25
STAND_TOGETHER = ("keyring.json", "catalogue.db", "catalogue.db-wal", "catalogue.db-shm", "journal-head.json")
"""What belongs to one moment of an archive; of two moments, a verification rightly says so."""
AN_HOUR_S = 3600
OF_THE_MACHINE = {"disk_nearly_full", "owner_differs", "archive_exposed"}
"""What the place of the test may bring about; nothing of it is about an object."""


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    (tmp_path / "passphrase").write_text(passphrase())
    monkeypatch.setenv("DMS_HOME", str(tmp_path / "archive"))
    monkeypatch.setenv("DMS_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    return unpacked(tmp_path)


def test_a_full_verification_names_each_damaged_object_and_nothing_else(home, record_property):
    dice = Random("damages on the disk")
    sound = objects_in(home)
    assert _named_by_verifying() == {}
    done = 0
    while done < DAMAGES:
        changes, count = _damages_of_different_objects(sound, dice)
        _lay(home, changes)
        assert _named_by_verifying() == {name: _expected(name, stored, sound) for name, stored in changes.items()}
        _lay(home, {name: sound.get(name) for name in changes})
        done += count
    record_property("faults", f"{done} damages on the disk: each named by verify --full, and nothing else")
    assert _named_by_verifying() == {}


@pytest.mark.parametrize(
    ("touched_name", "codes"),
    [("keyring.json", {"keyring_damaged"}), ("catalogue.db", {"catalogue_damaged", "catalogue_unreadable"})],
)
def test_one_wrong_bit_in_keyring_or_catalogue_is_never_passed_over(home, touched_name, codes):
    dice = Random(touched_name)
    run("verify", "--json")  # brings the catalogue to the present form
    standing = {name: (home / name).read_bytes() for name in STAND_TOGETHER if (home / name).exists()}
    for _ in range(BITS_TURNED):
        altered = bytearray(standing[touched_name])
        altered[dice.randrange(len(altered))] ^= 1 << dice.randrange(8)
        _stand(home, standing | {touched_name: bytes(altered)})
        assert set(_named_by_verifying().values()) & codes
    _stand(home, standing)
    assert _named_by_verifying() == {}


def _stand(home: Path, contents: Mapping[str, bytes]) -> None:
    """Each in a file of its own: whoever still holds the one that was there before writes to that one alone."""
    for name in STAND_TOGETHER:
        (home / name).unlink(missing_ok=True)
    for name, content in contents.items():
        (home / name).write_bytes(content)


def _damages_of_different_objects(sound: Mapping[str, bytes], dice: Random) -> tuple[Changes, int]:
    """Several damages at once, and how many."""
    together: Changes = {}
    for _ in range(DAMAGES_AT_ONCE):
        _, _, changes = next_damage(sound, dice)
        while changes.keys() & together.keys():
            _, _, changes = next_damage(sound, dice)
        together.update(changes)
    return together, DAMAGES_AT_ONCE


def _lay(home: Path, changes: Changes) -> None:
    """Old enough that nobody can still be at work on it."""
    for name, stored in changes.items():
        path = home / "vault" / name[:2] / name
        if stored is None:
            path.unlink()
            continue
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(stored)
        path.chmod(0o600)
        written_at = time.time() - AN_HOUR_S
        os.utime(path, (written_at, written_at))


def _expected(name: str, stored: bytes | None, sound: Mapping[str, bytes]) -> str:
    if name not in sound:
        return "object_unknown"
    return "object_missing" if stored is None else "object_damaged"


def _named_by_verifying() -> dict[str, str]:
    """What was found, by what it is about."""
    done = run("verify", "--full", "--json")
    findings = {each["subject"]: each for each in done.answer["findings"] if each["code"] not in OF_THE_MACHINE}
    is_damaged = any(each["severity"] == "damage" for each in findings.values())
    assert done.exit_code == (7 if is_damaged else 0)
    return {subject: each["code"] for subject, each in findings.items()}
