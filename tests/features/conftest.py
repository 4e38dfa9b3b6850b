"""What the journeys share: one sample archive, read once by the real pipeline through the real command line."""

from pathlib import Path

import pytest
from program import Program


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The sample archive of ``dms demo``, read and searchable; look at it only, or take a copy with `copied_to`."""
    program = Program(tmp_path_factory.mktemp("sample"))
    program.found()
    program.run("demo", limit_s=900.0)
    return program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A new archive, empty."""
    program = Program(tmp_path)
    program.found()
    return program
