"""An archive as the command line meets it: a folder, a passphrase file, and the environment that names both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from simulators.archives import PASSPHRASE, founded_archive
from simulators.soft_token import SoftToken, is_installed
from simulators.soft_token import soft_token as the_soft_token

from dms.archive import Archive


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing of the machine's own settings; messages in English, for the tests to read."""
    for name in ("LANG", "LC_ALL", "DMS_OCR_ENGINE", "DMS_MAX_UPLOAD_MB", "DMS_SECURE_COOKIES", "DMS_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DMS_LANG", "en")
    monkeypatch.setenv("DMS_HOME", str(tmp_path / "archive"))
    monkeypatch.setenv("DMS_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.setenv("DMS_READING_PROCESSES", "1")
    monkeypatch.setenv("DMS_MIN_FREE_DISK_MB", "0")
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    return monkeypatch


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The archive in ``DMS_HOME``, open beside the commands as it may be in another process."""
    opened = founded_archive(tmp_path / "archive")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def soft_token() -> SoftToken:
    """A hardware token in software, made for this run."""
    if not is_installed():
        pytest.skip("SoftHSM is not installed (package softhsm2)")
    return the_soft_token()
