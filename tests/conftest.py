"""What every test may ask for."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from simulators.addresses import share_addresses
from simulators.archives import ObedientClock, founded_archive
from simulators.statements import share_statements

from dms.archive import Archive

share_addresses()
share_statements()


@pytest.fixture
def clock() -> ObedientClock:
    """A clock that stands still until the test moves it."""
    return ObedientClock()


@pytest.fixture
def archive(tmp_path: Path, clock: ObedientClock) -> Iterator[Archive]:
    """A new archive with its series, its types and its first administrator."""
    opened = founded_archive(tmp_path / "archive", clock=clock)
    yield opened
    opened.close()


def pytest_collection_finish() -> None:
    """Lets the garbage collector pass over what lasts as long as the tests: the program, and the tests themselves."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Shows how many faults of the disk were tried, and what came of them."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    for name, sentence in (found for report in reports for found in getattr(report, "user_properties", ())):
        if name == "faults":
            terminalreporter.write_line(str(sentence))
