"""A real child, spoken to frame by frame."""

import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest

from dms.ingest.reading import ReadingLimits
from dms.ingest.reading.child_process import KEYLESS_CHILD, ChildProcess
from dms.ingest.reading.errors import DamagedDocument, ReaderDied
from reading.papers import encoded, written

PAPER = encoded(written(), "PNG")
CONFIGURATION = {"engine": "rapidocr", "limits": asdict(ReadingLimits())}


@pytest.fixture
def child():
    process = ChildProcess(KEYLESS_CHILD, CONFIGURATION)
    yield process
    process.close()


def test_a_child_keeps_the_paper_it_was_sent(child):
    first = child.ask({"ask": "examine", "token": 1}, [PAPER], limit_s=30)
    assert child.ask({"ask": "examine", "token": 1}, limit_s=30).header == first.header


def test_a_child_asked_about_a_paper_it_does_not_have_gives_up(child):
    child.ask({"ask": "examine", "token": 1}, [PAPER], limit_s=30)
    child.ask({"ask": "forget"}, limit_s=30)
    with pytest.raises(ReaderDied):
        child.ask({"ask": "examine", "token": 1}, limit_s=30)
    assert not child.usable


def test_a_refusal_leaves_the_child_alive(child):
    with pytest.raises(DamagedDocument):
        child.ask({"ask": "examine", "token": 1}, [PAPER[:400]], limit_s=30)
    assert child.usable
    assert child.ask({"ask": "examine", "token": 2}, [PAPER], limit_s=30).header["page_count"] == 1


def test_a_child_loads_nothing_that_holds_a_key_or_knows_a_catalogue(child):
    child.ask({"ask": "read", "page": 1, "token": 1}, [PAPER], limit_s=60)
    loaded = Path(f"/proc/{child.pid}/maps").read_text()
    assert "onnxruntime" in loaded
    assert not any(secret in loaded for secret in ("cryptography", "sqlcipher", "argon2"))


def test_a_child_has_a_clean_environment(child):
    child.ask({"ask": "examine", "token": 1}, [PAPER], limit_s=30)
    names = {entry.split(b"=")[0] for entry in Path(f"/proc/{child.pid}/environ").read_bytes().split(b"\0") if entry}
    assert not any(name.startswith((b"DMS", b"PYTHON")) for name in names)
    assert Path(f"/proc/{child.pid}/cwd").resolve() == Path("/")


def test_a_child_has_no_descriptor_but_its_own():
    with Path(__file__).open("rb") as held_open:
        process = ChildProcess(KEYLESS_CHILD, CONFIGURATION)
        process.ask({"ask": "examine", "token": 1}, [PAPER], limit_s=30)
        links = [link.readlink() for link in Path(f"/proc/{process.pid}/fd").iterdir()]
        process.close()
        assert held_open.name not in map(str, links)


def test_a_childs_memory_cannot_be_dumped(child):
    child.ask({"ask": "examine", "token": 1}, [PAPER], limit_s=30)
    limits = Path(f"/proc/{child.pid}/limits").read_text()
    assert "Max core file size        0                    0" in limits
    assert "Max file size             0                    0" in limits


def test_a_child_whose_pipe_is_closed_is_gone_at_once():
    process = subprocess.Popen(KEYLESS_CHILD, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
    process.stdin.close()
    assert process.wait(10) != 0
