"""A report lies at its new path whole, or not at all."""

import resource
from pathlib import Path

import pytest

from dms.cli.errors import TargetExists, TargetUnwritable
from dms.cli.reports import require_new, write_report

ROOM_BYTES = 4096


@pytest.fixture
def little_room():
    """As on a full disk: no more than so many bytes of one file can be written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_BYTES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_report_is_written_once_and_never_over_another(tmp_path: Path):
    write_report(tmp_path / "report.pdf", b"%PDF")
    with pytest.raises(TargetExists):
        write_report(tmp_path / "report.pdf", b"another")
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF"


def test_half_a_report_is_not_left_behind(tmp_path: Path, little_room: None):
    with pytest.raises(TargetUnwritable):
        write_report(tmp_path / "report.pdf", bytes(2 * ROOM_BYTES))
    assert not (tmp_path / "report.pdf").exists()


def test_what_could_not_be_written_is_refused_before_the_work(tmp_path: Path):
    require_new(None)
    require_new(tmp_path / "report.pdf")
    (tmp_path / "link.pdf").symlink_to("nowhere")
    for target, refusal in ((tmp_path / "link.pdf", TargetExists), (tmp_path / "none" / "r.pdf", TargetUnwritable)):
        with pytest.raises(refusal):
            require_new(target)
