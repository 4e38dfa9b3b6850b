"""A server that is killed again and again while people send papers loses nothing that it acknowledged, keeps nothing
twice, and needs nobody to start again."""

import hashlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from program import ENDING_S, Program, Service, end, free_port
from simulators.archives import PASSPHRASE, PASSWORD, founded_archive
from uploaders import Ledger, sending_people

from dms.archive import Archive, owner_of
from dms.bootstrap import open_archive
from dms.domain.item import RenditionRole
from dms.domain.journal import first_broken
from dms.store import SealedRow

KILLS = int(os.environ.get("DMS_TEST_SERVER_KILLS", "20"))
PEOPLE = 4
UNDER_LOAD_S = 3.0
"""The longest time that a service is let serve before it is killed."""
STARTING_SHARE = 0.3
"""So many kills come before the service answers, the others while people send."""
STARTING_S = 60.0
NOTES = Path(__file__).parents[2] / "artefacts" / "server-kills.txt"
BATCH = 1000

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 20 * KILLS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a service is killed."""

    serving: bool
    """Counted from its first answer; otherwise from its start."""
    delay_s: float


class KilledService:
    """``dms serve`` on one port, started again whenever it was killed."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.port = free_port()
        self.log = program.folder / "serve.log"
        self.process = self._started()
        self.readers: set[int] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers_after_s(self) -> float:
        """How long it takes from now until it answers."""
        began = time.monotonic()
        service = Service(url=self.url, process=self.process, log=self.log)
        while not service.healthy(within_s=2.0):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - began < STARTING_S, "the service did not come up by itself"
            time.sleep(0.05)
        return time.monotonic() - began

    def kill(self, moment: "Moment") -> None:
        """Let it live until then, kill it as no program can prepare for, and start it again."""
        if moment.serving:
            self.answers_after_s()
        time.sleep(moment.delay_s)
        self.readers |= children_of(self.process.pid)
        assert self.process.poll() is None, self.log.read_text()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = self._started()

    def end(self) -> None:
        """Ask it to end, as an operator would."""
        self.readers |= children_of(self.process.pid)
        end(self.process)
        assert self.process.returncode == 0, self.log.read_text()

    def _started(self) -> subprocess.Popen[bytes]:
        return self.program.start("serve", "--port", str(self.port), log=self.log)


class OneReader(Program):
    """Leaves the second core to the service and to those who send."""

    def environment(self) -> dict[str, str]:
        return super().environment() | {"DMS_READING_PROCESSES": "1"}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """An archive under a cheap passphrase, so that opening it again costs the test nothing."""
    program = OneReader(tmp_path)
    founded_archive(program.home).close()
    program.passphrase_file.write_text(PASSPHRASE)
    return program


def test_a_server_killed_again_and_again_loses_and_doubles_nothing(program, capsys):
    began = time.monotonic()
    service = KilledService(program)
    try:
        usual_start_s = service.answers_after_s()
        with sending_people(service.url, PASSWORD, how_many=PEOPLE) as ledger:
            wait_for_everybody(ledger)
            for moment in moments(usual_start_s):
                service.kill(moment)
            service.answers_after_s()
    finally:
        service.end()
    assert stray(service.readers) == []
    archive = open_archive(program.home, PASSPHRASE)
    try:
        lost, doubled = held_to_account(archive, ledger)
        with archive.looking() as view:
            recovered = sum(entry.action == "recovered" for entry in view.journal.entries())
            broken_entry = first_broken(view.journal.entries())
        damage = archive.store.damage()
    finally:
        archive.close()
    told = (
        f"{KILLS} kills in {time.monotonic() - began:.0f} s (a start takes {usual_start_s:.1f} s): "
        f"{len(ledger.item_ids)} papers acknowledged, {ledger.cut_off} cut off on the way, of which "
        f"{ledger.recognised} had arrived; {recovered} starts set something right; "
        f"{len(lost)} lost, {len(doubled)} doubled"
    )
    note(told)
    with capsys.disabled():
        print(f"\n{told}")
    assert (lost, doubled, ledger.complaints) == ([], [], [])
    assert (broken_entry, damage) == (None, ())
    assert ledger.item_ids and ledger.cut_off, "nobody was sending when the kills came"


def moments(usual_start_s: float) -> list[Moment]:
    """When to kill: spread over starting and serving, at random within their stretches, in any order."""
    starting = round(KILLS * STARTING_SHARE)
    drawn = [Moment(serving=False, delay_s=delay_s) for delay_s in spread(starting, usual_start_s)]
    drawn += [Moment(serving=True, delay_s=delay_s) for delay_s in spread(KILLS - starting, UNDER_LOAD_S)]
    random.shuffle(drawn)
    return drawn


def spread(count: int, longest_s: float) -> list[float]:
    return [longest_s * (number + random.random()) / count for number in range(count)]


def wait_for_everybody(ledger: Ledger) -> None:
    """Return once everybody has signed in and had a paper acknowledged."""
    deadline = time.monotonic() + STARTING_S
    while len({sent.sender for sent, _ in ledger.acknowledged()}) < PEOPLE:
        assert time.monotonic() < deadline, "nobody could send a paper"
        time.sleep(0.05)


def held_to_account(archive: Archive, ledger: Ledger) -> tuple[list[str], list[str]]:
    """What is lost of that which was acknowledged, and what is there more than once or that nobody was told of."""
    kept = originals(archive)
    expected = {(item_id, hashlib.sha256(sent.content).hexdigest()) for sent, item_id in ledger.acknowledged()}
    times = Counter(digest for _, digest in kept)
    lost = [item_id for item_id, _ in expected - set(kept)]
    return lost, [item_id for item_id, digest in kept if times[digest] > 1 or (item_id, digest) not in expected]


def originals(archive: Archive) -> list[tuple[str, str]]:
    """Id of every item and SHA-256 of its original as it opens; every other object of the catalogue is opened too."""
    found, after_object_id = [], ""
    while rows := next_rows(archive, after_object_id):
        after_object_id = rows[-1].object_id
        for row in rows:
            opened = opened_bytes(archive, row)
            if row.role is RenditionRole.ORIGINAL:
                found.append((row.item_id, hashlib.sha256(opened).hexdigest()))
    with archive.looking() as view:
        assert len(view.items.ids(limit=10 * len(found) + 1)) == len(found), "an item has no original"
    return found


def next_rows(archive: Archive, after_object_id: str) -> list[SealedRow]:
    with archive.looking() as view:
        return view.contents.sealed(after_object_id=after_object_id, limit=BATCH)


def opened_bytes(archive: Archive, row: SealedRow) -> bytes:
    key = archive.unwrapped_key(row.item_id, row.item_key, row.wrapped_key)
    with archive.vault.open(row.object_id, key=key, owner=owner_of(row.item_id, row.role, row.page)) as reader:
        return reader.read_all()


def children_of(pid: int) -> set[int]:
    """The reading children at this moment."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return {int(child) for task in tasks for child in (task / "children").read_text().split()}
    except OSError:
        return set()


def stray(readers: set[int]) -> list[int]:
    """Reading children that live on although their service is dead, after time enough to notice."""
    deadline = time.monotonic() + ENDING_S
    while (alive := [pid for pid in readers if is_reader(pid)]) and time.monotonic() < deadline:
        time.sleep(0.2)
    return alive


def is_reader(pid: int) -> bool:
    """Whether this process lives and is one of ours, for numbers of processes are given out again."""
    try:
        return b"multiprocessing" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def note(sentence: str) -> None:
    """Keep a line for whoever wants to know how it went."""
    NOTES.parent.mkdir(exist_ok=True)
    with NOTES.open("a") as notes:
        notes.write(sentence + "\n")
