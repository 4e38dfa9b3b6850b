"""``dms serve`` starts at once: sealed, or open where the settings name a secret; what keeps it from that is told."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from simulators.archives import founded_archive
from simulators.command_line import run
from simulators.logs import log_put_back

SERVE = "from dms.cli import main; main()"
ENDING_S = 40.0


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serving(port, log, *arguments, **environment):
    """The command as a program of its own, answering."""
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port), *arguments]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, stderr=stream, stdout=stream, env=os.environ | environment, cwd=Path(__file__).parents[3]
        )
    deadline = time.monotonic() + 30
    while health(port) is None:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return process


def health(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return json.load(answer)["status"]
    except OSError:
        return None


def ended(process, log):
    """What it said, after SIGTERM."""
    process.send_signal(signal.SIGTERM)
    assert process.wait(ENDING_S) == 0
    return log.read_text()


def test_without_a_secret_it_starts_sealed_and_asks_nobody(archive, environment, port, tmp_path):
    environment.delenv("DMS_PASSPHRASE_FILE")
    process = serving(port, tmp_path / "log", DMS_LOG="text")
    assert health(port) == "sealed"
    said = ended(process, tmp_path / "log")
    assert f"Anjuan is sealed: unlock it at http://127.0.0.1:{port}/unlock" in said
    assert "service_started state=sealed" in said


def test_with_a_passphrase_file_it_is_open_and_speaks_json_to_programs(archive, port, tmp_path):
    process = serving(port, tmp_path / "log")
    assert health(port) == "open"
    events = [json.loads(line)["event"] for line in ended(process, tmp_path / "log").splitlines()]
    # Upkeep begins beside it, and may log in between.
    begun = ["archive_opened", "service_unlocked", "service_started"]
    assert [event for event in events if event in begun] == begun
    assert events[-1] == "archive_closed"


def test_a_request_that_says_it_was_forwarded_is_no_neighbour_of_the_metrics(archive, port, tmp_path):
    process = serving(port, tmp_path / "log")
    address = f"http://127.0.0.1:{port}/metrics"
    with urllib.request.urlopen(address) as answer:
        assert b"anjuan_sealed 0.0" in answer.read()
    forwarded = urllib.request.Request(address, headers={"X-Forwarded-For": "127.0.0.1"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(forwarded)
    ended(process, tmp_path / "log")


def test_an_address_that_is_taken_is_told_before_anything_is_opened(archive, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        command = [sys.executable, "-c", SERVE, "serve", "--port", str(port)]
        done = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[3], check=False)
    assert done.returncode == 6
    assert b"address_in_use" in done.stderr
    with archive.looking() as view:
        assert "service_unlocked" not in [entry.action for entry in view.journal.entries()]


@pytest.mark.parametrize(
    ("passphrase", "exit_code", "code"), [("wrong", 5, "passphrase_wrong"), ("", 2, "passphrase_unusable")]
)
def test_a_secret_that_opens_nothing_ends_the_start(archive, tmp_path, port, passphrase, exit_code, code):
    (tmp_path / "passphrase").write_text(passphrase)
    with log_put_back():
        done = run("serve", "--port", str(port))
    assert (done.exit_code, code in done.messages) == (exit_code, True)


def test_without_an_archive_nothing_is_served(tmp_path, port):
    with log_put_back():
        done = run("serve", "--port", str(port))
    assert done.exit_code == 4
    assert not (tmp_path / "archive").exists()


def test_another_server_gets_the_same_gate(environment, tmp_path):
    founded_archive(tmp_path / "archive").close()
    script = """
import json, sys
from werkzeug.test import Client
from dms.wsgi import make_application
print(Client(make_application()).get("/healthz").json["status"])
"""
    for named, status in ((True, "open"), (False, "sealed")):
        told = {name: value for name, value in os.environ.items() if named or name != "DMS_PASSPHRASE_FILE"}
        done = subprocess.run(
            [sys.executable, "-c", script], env=told, capture_output=True, cwd=Path(__file__).parents[3], check=True
        )
        assert done.stdout.decode().split() == [status]
