"""An archive as this version writes it, in both suites and through every change of its keys, read without it."""

from pathlib import Path

import pytest
from simulators.archives import CHEAP, COMPANY, PASSPHRASE, PASSWORD, ObedientClock
from simulators.scanner import scan

from dms.archive import Archive
from dms.bootstrap import Foundation, found_archive, open_archive
from dms.custody import change_root, retire_keys, rotate_keys
from dms.domain.actor import OPERATOR
from independent.archive_reading import contents
from independent.keyring_unlocking import unlock_with_passphrase, unlock_with_recovery_key
from vault import CipherSuite, Passphrase

PAPERS = ("运输合同\f第二页", "收据\f背面\f附件", "x" * 200_000)


@pytest.fixture(params=list(CipherSuite), ids=lambda suite: suite.value)
def archive(request, tmp_path) -> Archive:
    """With three papers, read; beside it lies its recovery key."""
    foundation = Foundation(
        fonds_code="Q001", company_name=COMPANY, administrator="admin", password=PASSWORD, suite=request.param
    )
    typed = found_archive(tmp_path / "archive", PASSPHRASE, foundation, clock=ObedientClock(), cost=CHEAP)
    (tmp_path / "recovery key").write_text(typed)
    opened = open_archive(tmp_path / "archive", PASSPHRASE, clock=ObedientClock())
    for text in PAPERS:
        scan(opened, text)
    yield opened
    opened.close()


def test_every_object_opens_as_it_was_founded(archive):
    assert _originals(archive) == _papers()
    assert _originals(archive, typed=_recovery_key_of(archive)) == _papers()


def test_every_object_opens_after_keys_were_made_new_and_old_ones_retired(archive):
    rotate_keys(OPERATOR, archive=archive)
    assert _originals(archive) == _papers()
    retire_keys(OPERATOR, archive=archive)
    assert _originals(archive) == _papers()


def test_every_object_opens_under_a_new_root(archive):
    typed = change_root(OPERATOR, {"新": Passphrase(PASSPHRASE)}, archive=archive, cost=CHEAP).printable()
    assert _originals(archive) == _papers()
    assert _originals(archive, typed=typed) == _papers()


def _papers() -> set[bytes]:
    return {text.encode() for text in PAPERS}


def _originals(archive: Archive, typed: str = "") -> set[bytes]:
    """What the other implementation reads, while the archive is open; size and digest of every object are compared."""
    stored = (archive.home / "keyring.json").read_bytes()
    keyring = unlock_with_recovery_key(stored, typed) if typed else unlock_with_passphrase(stored, PASSPHRASE)
    read = list(contents(archive.home, keyring))
    assert len(read) == sum(1 for path in _shelved(archive.home))
    return {content for row, content in read if row.role == "original"}


def _shelved(home: Path) -> list[Path]:
    return [path for path in (home / "vault").rglob("*") if path.is_file()]


def _recovery_key_of(archive: Archive) -> str:
    return (archive.home.parent / "recovery key").read_text()
