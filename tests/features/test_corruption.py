"""Whatever happens to the bytes at rest, the archive notices, and gives out no byte that is not the paper's own.

The archive is a real one, kept from the first version. ``DMS_TEST_DAMAGES`` sets how often it is damaged.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest
from damaging import DAMAGES, Changes, next_damage
from independent.archive_reading import contents
from independent.keyring_unlocking import unlock_with_passphrase
from kept_archives import objects_in, passphrase, unpacked

from vault import Argon2Cost, CipherSuite, Keyring, MemoryStorage, ObjectDamaged, Passphrase, Vault, errors

TIMES = int(os.environ.get("DMS_TEST_DAMAGES", "100000"))
CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
RANGES_READ = 0.2
"""In this share of the damages a range of the object is read as well, before its end is reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the archive knows about one sealed object, and what is really in it."""

    item_key: bytes
    owner: bytes
    plaintext: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """A vault whose storage lies open to whoever does the damage."""

    vault: Vault
    storage: MemoryStorage
    papers: dict[str, Paper]


@pytest.fixture(scope="module")
def shelves(tmp_path_factory) -> Shelves:
    """The objects of the real archive, byte for byte."""
    home = unpacked(tmp_path_factory.mktemp("kept"))
    document = (home / "keyring.json").read_bytes()
    reading = unlock_with_passphrase(document, passphrase())
    keyring = Keyring.unlock(document.decode(), Passphrase(passphrase()))
    storage, papers = MemoryStorage(), {}
    storage.objects.update(objects_in(home))
    for row, plaintext in contents(home, reading):
        item_key = keyring.unwrap_item_key(row.wrapped_key, item_id=row.item_id)
        papers[row.object_id] = Paper(item_key=item_key, owner=row.owner, plaintext=plaintext)
    return Shelves(vault=Vault(keyring, storage), storage=storage, papers=papers)


@pytest.fixture(scope="module")
def shelves_of_suite_2(shelves) -> Shelves:
    """The same papers in an archive with the national ciphers."""
    storage = MemoryStorage()
    vault = Vault(Keyring.create(Passphrase("x"), cost=CHEAP, suite=CipherSuite.SM4_GCM)[0], storage)
    papers = {
        vault.seal(paper.plaintext, key=paper.item_key, owner=paper.owner).object_id: paper
        for paper in shelves.papers.values()
    }
    return Shelves(vault=vault, storage=storage, papers=papers)


def test_every_damage_to_a_real_archive_is_noticed_and_no_wrong_byte_is_given_out(shelves, record_property):
    record_property("faults", _damage_again_and_again(shelves, times=TIMES, suite="aes-256-gcm"))


def test_every_damage_to_an_archive_with_the_national_ciphers_is_noticed(shelves_of_suite_2, record_property):
    record_property("faults", _damage_again_and_again(shelves_of_suite_2, times=TIMES // 10, suite="sm4-gcm"))


def test_no_object_opens_for_another_paper(shelves):
    """With the key of another item, or as another page or rendition of its own."""
    for name, own in shelves.papers.items():
        for other in shelves.papers.values():
            if other is own:
                continue
            for item_key, owner in ((other.item_key, other.owner), (own.item_key, other.owner)):
                with pytest.raises(errors.CommitmentMismatch):
                    shelves.vault.open(name, key=item_key, owner=owner)


def _damage_again_and_again(shelves: Shelves, *, times: int, suite: str) -> str:
    """One line that says what was done and what came of it."""
    dice = Random(f"damages to {suite}")
    sound = dict(shelves.storage.objects)
    done: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for _ in range(times):
        damage, victim, changes = next_damage(sound, dice)
        done[damage.__name__] += 1
        named.update(_refusals(shelves, victim, changes, dice))
        shelves.storage.objects = dict(sound)
    assert len(done) == len(DAMAGES)
    assert named.total() >= times
    by_code = ", ".join(f"{code} {count}" for code, count in sorted(named.items()))
    return f"{suite}: {done.total()} damages of {len(done)} kinds, all noticed, no wrong byte given out ({by_code})"


def _refusals(shelves: Shelves, victim: str, changes: Changes, dice: Random) -> Iterator[str]:
    """The code by which each object that was touched is refused."""
    for name, stored in changes.items():
        _lay(shelves.storage, name, stored)
    for name in changes:
        paper = shelves.papers.get(name, shelves.papers[victim])
        if dice.random() < RANGES_READ:
            _read_some_range(shelves.vault, name, paper, dice)
        yield _refusal(shelves.vault, name, paper)


def _lay(storage: MemoryStorage, name: str, stored: bytes | None) -> None:
    if stored is None:
        del storage.objects[name]
    else:
        storage.objects[name] = stored


def _refusal(vault: Vault, name: str, paper: Paper) -> str:
    """What the archive says instead of giving out the whole paper."""
    offset = 0
    try:
        with vault.open(name, key=paper.item_key, owner=paper.owner) as reader:
            for chunk in reader:
                assert paper.plaintext.startswith(chunk, offset), "a wrong byte was given out"
                offset += len(chunk)
    except (ObjectDamaged, errors.ObjectNotFound) as error:
        return error.code
    raise AssertionError("a damage went unnoticed")


def _read_some_range(vault: Vault, name: str, paper: Paper, dice: Random) -> None:
    """Gives the right bytes, or none."""
    start = dice.randrange(len(paper.plaintext))
    length = dice.choice((1, 100, 70_000))
    try:
        with vault.open(name, key=paper.item_key, owner=paper.owner) as reader:
            given = reader.read_at(start, length)
    except (ObjectDamaged, errors.ObjectNotFound):
        return
    assert given == paper.plaintext[start : start + length], "a wrong byte was given out"
