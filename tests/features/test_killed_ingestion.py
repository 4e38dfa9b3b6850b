"""An ingestion that is killed at any moment loses nothing that was acknowledged and keeps nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn import pages
from program import Program
from simulators.archives import PASSPHRASE, founded_archive
from simulators.processes import is_running

from dms.archive import Archive
from dms.bootstrap import open_archive
from dms.domain.actor import OPERATOR
from dms.domain.item import Item, ItemState, RenditionRole
from dms.domain.journal import GENESIS_DIGEST
from dms.search import SearchRequest, search
from dms.store import ItemFilter

PAPERS = 20
KILLS = int(os.environ.get("DMS_TEST_KILLS", "4"))
CHILD = Path(__file__).with_name("receiving_for_test.py")
NOTES = Path(__file__).parents[2] / "artefacts" / "kills.txt"
WORDS = "江河湖海山川林原田野桥路港站塔楼城镇村乡"
CHILDREN_END_WITHIN_S = 10.0

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twenty papers, some of several pages; each page has a sentence that no other one has."""
    folder = tmp_path_factory.mktemp("papers")
    paths = [folder / f"{number:02d}.tif" for number in range(PAPERS)]
    for number, path in enumerate(paths):
        path.write_bytes(pages(*[[sentence(number, page)] for page in page_numbers(number)], width_px=600))
    return paths


@pytest.fixture(scope="module")
def usual_duration_s(papers: list[Path], tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long the ingestion takes when nobody kills it."""
    program = new_archive(tmp_path_factory.mktemp("unhurt"))
    child = start(program, papers)
    started = time.monotonic()
    output, _ = child.communicate(timeout=300)
    assert output.decode().splitlines()[-1] == "done"
    return time.monotonic() - started


@pytest.mark.parametrize("seed", range(KILLS))
def test_what_was_acknowledged_survives_the_kill(seed, papers, usual_duration_s, tmp_path):
    program = new_archive(tmp_path)
    # Stratified: the moments of one run lie spread over the whole ingestion, each at random within its stretch.
    moment_s = usual_duration_s * (seed + random.SystemRandom().random()) / KILLS
    acknowledged = killed_after(moment_s, start(program, papers))
    note(f"killed after {moment_s:6.3f} s: {len(acknowledged):2} of {PAPERS} acknowledged")
    answer = program.run("ingest", *papers, "--wait", "--json").answer
    assert {result["status"] for result in answer["items"]} <= {"ready", "review", "duplicate"}
    archive = open_archive(program.home, program.passphrase)
    try:
        hold_to_account(archive, papers, acknowledged)
    except AssertionError as failure:
        raise AssertionError(f"killed {moment_s:.3f} s after the start: {failure}") from failure
    finally:
        archive.close()


def test_readers_end_by_themselves_when_their_master_is_killed(papers, tmp_path):
    program = new_archive(tmp_path)
    child = start(program, papers)
    readers = waits_for_readers(child.pid)
    child.kill()
    child.communicate()
    deadline = time.monotonic() + CHILDREN_END_WITHIN_S
    while any(is_running(pid) for pid in readers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in readers if is_running(pid)] == []


def page_numbers(number: int) -> range:
    """Every fifth paper has four pages, so that kills also come between two pages of one paper."""
    return range(1, 2 if number % 5 else 5)


def sentence(number: int, page: int) -> str:
    return f"第{number:02d}号 {WORDS[number]}东仓库 ZX{number:02d}{page}"


def new_archive(folder: Path) -> Program:
    """An archive under a cheap passphrase, so that opening it costs the test nothing."""
    program = Program(folder)
    founded_archive(program.home).close()
    program.passphrase_file.write_text(PASSPHRASE)
    return program


def start(program: Program, papers: list[Path]) -> subprocess.Popen[bytes]:
    """The receiving process in a process group of its own, as soon as it has begun."""
    child = subprocess.Popen(
        [sys.executable, CHILD, program.home, program.passphrase, *papers],
        env=program.environment(),
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"begun\n"
    return child


def killed_after(moment_s: float, child: subprocess.Popen[bytes]) -> list[str]:
    """Kill the whole process group at that moment; the ids that were acknowledged by then."""
    time.sleep(moment_s)
    os.killpg(child.pid, signal.SIGKILL)
    output, _ = child.communicate()
    lines = output.decode().splitlines()
    return [line.split()[0] for line in lines if line != "done"]


def note(sentence: str) -> None:
    """Keep a line for whoever wants to know when the kills came."""
    NOTES.parent.mkdir(exist_ok=True)
    with NOTES.open("a") as notes:
        notes.write(sentence + "\n")


def hold_to_account(archive: Archive, papers: list[Path], acknowledged: list[str]) -> None:
    """Every paper is there, readable and findable, once; catalogue, journal and vault are whole."""
    with archive.looking() as view:
        items = view.items.list(ItemFilter(), actor=OPERATOR, limit=1000)
    assert set(acknowledged) <= {item.id for item in items}
    assert sorted(item.original_filename for item in items) == [path.name for path in papers]
    assert {item.state for item in items} == {ItemState.REVIEW}
    by_name = {path.name: path for path in papers}
    for item in items:
        assert original_bytes(archive, item) == by_name[item.original_filename].read_bytes()
        number = int(item.original_filename[:2])
        for page in page_numbers(number):
            assert found_by(archive, sentence(number, page)) == [(item.id, page)]
    for broken in (*broken_links(archive), *damage(archive), *unreadable_objects(archive, items)):
        raise AssertionError(broken)


def original_bytes(archive: Archive, item: Item) -> bytes:
    with archive.looking() as view:
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    assert original is not None
    return archive.unseal(item, original)


def found_by(archive: Archive, phrase: str) -> list[tuple[str, int | None]]:
    result = search(OPERATOR, SearchRequest(query=f'"{phrase}"'), archive=archive)
    return [(hit.item_id, hit.page) for hit in result.hits]


def broken_links(archive: Archive) -> Iterator[str]:
    """Entries of the journal that do not follow from the one before."""
    with archive.looking() as view:
        entries = list(view.journal.entries())
    previous = GENESIS_DIGEST
    for number, entry in enumerate(entries, start=1):
        if (entry.seq, entry.previous_digest, entry.digest) != (number, previous, entry.computed_digest()):
            yield f"journal entry {entry.seq} does not follow"
        previous = entry.digest


def damage(archive: Archive) -> Iterator[str]:
    """What the database says of itself."""
    with archive.looking() as view:
        for pragma, sound in (
            ("integrity_check", [("ok",)]),
            ("cipher_integrity_check", []),
            ("foreign_key_check", []),
        ):
            answer = [tuple(row) for row in view.connection.exec_driver_sql(f"PRAGMA {pragma}")]
            if answer != sound:
                yield f"{pragma}: {answer}"


def unreadable_objects(archive: Archive, items: list[Item]) -> Iterator[str]:
    """Page images, thumbnails and layouts that are missing or do not open."""
    for item in items:
        with archive.looking() as view:
            made = [
                view.contents.rendition(item.key, role, page)
                for role in (RenditionRole.PAGE_IMAGE, RenditionRole.THUMBNAIL, RenditionRole.LAYOUT)
                for page in page_numbers(int(item.original_filename[:2]))
            ]
        if None in made:
            yield f"{item.original_filename} lacks a rendition"
        if not all(archive.unseal(item, rendition) for rendition in made if rendition):
            yield f"{item.original_filename} has an empty rendition"


def waits_for_readers(pid: int) -> list[int]:
    """The ids of the reading children, as soon as there are two."""
    for _ in range(300):
        found = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        if len(found) >= 2:
            return found
        time.sleep(0.1)
    raise AssertionError("no readers came")
