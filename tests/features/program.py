"""The ``dms`` command as a person starts it: a program of its own, in a home and with temporary folders of its own."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DMS = Path(sys.executable).with_name("dms")
STARTING_S = 60.0
ENDING_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a run of the command left behind."""

    exit_code: int
    output: str
    messages: str
    """Standard error."""

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        return dict(json.loads(self.output))


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """``dms serve``, running."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    """Both of its streams."""

    def healthy(self, *, within_s: float) -> bool:
        """Whether it answers in time."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=within_s) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


class Program:
    """An archive in a folder of the test, reached through the command line only."""

    def __init__(self, folder: Path) -> None:
        """Lay out the folders; nothing is founded yet."""
        self.folder = folder
        self.home = folder / "archive"
        self.user_home = folder / "user-home"
        self.temporary = folder / "temporary"
        self.passphrase_file = folder / "passphrase"
        self.password_file = folder / "password"
        for place in (self.user_home, self.temporary):
            place.mkdir(parents=True)
        self.passphrase_file.write_text(secrets.token_urlsafe(16))
        self.password_file.write_text(secrets.token_urlsafe(12))

    @property
    def password(self) -> str:
        """The first administrator's."""
        return self.password_file.read_text()

    @property
    def passphrase(self) -> str:
        """The archive's."""
        return self.passphrase_file.read_text()

    def environment(self) -> dict[str, str]:
        """All that the program is told by its surroundings."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.user_home),
            "TMPDIR": str(self.temporary),
            "LANG": "C.UTF-8",
            "DMS_HOME": str(self.home),
            "DMS_PASSPHRASE_FILE": str(self.passphrase_file),
            "DMS_READING_PROCESSES": "2",
        }

    def found(self) -> None:
        """Found the archive with the administrator ``admin``."""
        self.run("init", "--admin-password-file", str(self.password_file), "--json")

    def run(self, *arguments: str | Path, exit_code: int | None = 0, limit_s: float = 300.0) -> Finished:
        """Run one command to its end and hold it to its exit code, unless that is None."""
        done = subprocess.run(
            [DMS, *map(str, arguments)],
            env=self.environment(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit_s,
            check=False,
        )
        finished = Finished(exit_code=done.returncode, output=done.stdout.decode(), messages=done.stderr.decode())
        assert exit_code is None or finished.exit_code == exit_code, f"{arguments[0]}: {finished}"
        return finished

    def start(self, *arguments: str | Path, log: Path) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own, both streams into `log`."""
        with log.open("wb") as stream:
            return subprocess.Popen(
                [DMS, *map(str, arguments)],
                env=self.environment(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )

    @contextmanager
    def serving(self) -> Iterator[Service]:
        """The web application on a free port of this machine, until the block ends."""
        port = free_port()
        log = self.folder / f"serve-{port}.log"
        process = self.start("serve", "--port", str(port), log=log)
        service = Service(url=f"http://127.0.0.1:{port}", process=process, log=log)
        try:
            _await_service(service)
            yield service
        finally:
            end(process)

    def copied_to(self, folder: Path) -> "Program":
        """The same archive once more, to be written to without touching the first."""
        copy = Program(folder)
        shutil.copytree(self.home, copy.home)
        shutil.copy(self.passphrase_file, copy.passphrase_file)
        shutil.copy(self.password_file, copy.password_file)
        return copy


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end as an operator would, and kill its whole group if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(ENDING_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await_service(service: Service) -> None:
    deadline = time.monotonic() + STARTING_S
    while not service.healthy(within_s=2.0):
        assert service.process.poll() is None, service.log.read_text()
        assert time.monotonic() < deadline, "the service did not come up"
        time.sleep(0.1)
