"""The door, built once, and the program that goes through it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crash.door import build, environment

if sys.platform != "linux":  # elsewhere nothing can be put between a program and its C library in this way
    collect_ignore_glob = ["test_every_*.py", "test_door.py"]

Breaking = Callable[[str, str], dict[str, Any]]
THOROUGH = os.environ.get("DMS_TEST_FAULTS", "") == "all"


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The door as a library."""
    return build(tmp_path_factory.mktemp("door"))


@pytest.fixture
def breaking(door: Path, tmp_path: Path) -> Breaking:
    """Breaks a workload in every way of a kind; what came of it."""

    def run(workload: str, kind: str) -> dict[str, Any]:
        arguments = [workload, kind, str(tmp_path), *(["all"] if THOROUGH else [])]
        ended = subprocess.run(
            [sys.executable, "-m", "crash.program", *arguments],
            env=environment(door),
            stdout=subprocess.PIPE,
            check=True,
        )
        shutil.rmtree(tmp_path)
        result = json.loads(ended.stdout)
        assert isinstance(result, dict)
        return result

    return run
