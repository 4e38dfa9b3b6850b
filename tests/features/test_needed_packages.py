"""A machine that has what the tests need is taken as it is, and one that has not is told what to install."""

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "need-debian.sh"


def _need(packages: str, test: str, tools: Path) -> subprocess.CompletedProcess[str]:
    """Ask the script on a machine whose apt-get is the one in the folder `tools`."""
    return subprocess.run(
        [SCRIPT, packages, test],
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def _apt_get(folder: Path, body: str) -> Path:
    """Lay an apt-get whose shell script is `body` into the folder, and an id that says root."""
    for name, text in (("apt-get", body), ("id", "echo 0")):
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    return folder


def test_a_long_list_answered_at_its_first_line_is_no_missing_package(tmp_path: Path) -> None:
    tools = _apt_get(tmp_path, "exit 1")
    asked = _need("fonts-noto-cjk", "seq 1000000 | grep -qx 1", tools)
    assert asked.returncode == 0, asked.stderr


def test_what_is_missing_is_installed_by_its_name(tmp_path: Path) -> None:
    tools = _apt_get(tmp_path, f'case "$*" in *install*softhsm2*) touch {tmp_path}/there;; esac')
    asked = _need("softhsm2", f"test -e {tmp_path}/there", tools)
    assert asked.returncode == 0, asked.stderr


def test_what_cannot_be_installed_is_named_with_the_command(tmp_path: Path) -> None:
    tools = _apt_get(tmp_path, "echo no network >&2; exit 100")
    asked = _need("softhsm2 gcc", "false", tools)
    assert asked.returncode == 1
    assert "apt-get install --no-install-recommends softhsm2 gcc" in asked.stderr
    assert "no network" in asked.stderr
