"""An archive is founded whole or not at all, in a new or empty folder, and never over anything."""

import errno
import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from simulators.archives import CHEAP, COMPANY, PASSPHRASE, PASSWORD, ObedientClock

from dms.bootstrap import (
    FolderNotEmpty,
    FolderUnusable,
    FondsCodeUnusable,
    Foundation,
    found_archive,
    open_archive,
)
from dms.custody import AccountFactInvalid, PassphraseTooWeak, PassphraseUntidy, PasswordUnsuitable
from dms.domain.actor import Role
from dms.domain.document_type import DEFAULT_SERIES
from vault import Keyring, RecoveryKey

FOUNDATION = Foundation(fonds_code="Q001", company_name=COMPANY, administrator="admin", password=PASSWORD)


def found(home: Path, passphrase: str = PASSPHRASE, **changes: str) -> str:
    return found_archive(home, passphrase, replace(FOUNDATION, **changes), clock=ObedientClock(), cost=CHEAP)


@pytest.fixture(params=["new", "empty", "deep"])
def home(request, tmp_path):
    """A folder that does not exist, one that is empty, and one whose parents do not exist either."""
    place = tmp_path / "there" / "deeper" / "archive" if request.param == "deep" else tmp_path / "archive"
    if request.param == "empty":
        place.mkdir()
    return place


def test_a_founded_archive_opens_with_its_frame_its_company_and_its_administrator(home):
    found(home)
    archive = open_archive(home, PASSPHRASE)
    with archive.looking() as view:
        assert (view.scheme.fonds_code(), view.scheme.own_names()) == ("Q001", (COMPANY,))
        assert tuple(view.scheme.all_series()) == DEFAULT_SERIES
        admin = view.users.with_name("admin")
        assert [entry.action for entry in view.journal.entries()] == ["archive_founded", "user_added"]
    archive.close()
    assert {Role.ADMINISTRATOR, Role.ARCHIVIST} <= admin.roles
    assert admin.clearance == 1
    assert admin.password_hash.startswith("$argon2id$")


def test_a_founded_archive_is_its_owners_alone(tmp_path):
    home = tmp_path / "archive"
    found(home)
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "keyring.json").stat().st_mode & 0o077 == 0
    named = {path.name for path in home.iterdir() if not path.name.startswith("catalogue.db.")}
    assert named == {"backups", "catalogue.db", "inbox", "keyring.json", "vault"}
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_folder_below_a_file_is_told_as_unusable_and_not_as_filled(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(FolderUnusable):
        found(tmp_path / "file" / "archive")


def test_the_recovery_key_that_is_shown_once_opens_the_keyring(tmp_path):
    printed = found(tmp_path / "archive")
    document = (tmp_path / "archive" / "keyring.json").read_text()
    assert Keyring.unlock(document, RecoveryKey.from_typed(printed)).document() == document
    assert printed not in document
    assert json.loads(document)


@pytest.mark.parametrize("content", ["a.txt", ".hidden", "keyring.json"])
def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path, content):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / content).write_text("precious")
    with pytest.raises(FolderNotEmpty) as caught:
        found(tmp_path / "archive")
    assert caught.value.message.zh and caught.value.message.en
    assert [path.name for path in (tmp_path / "archive").iterdir()] == [content]
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_plain_file_in_the_place_of_the_folder_is_left_as_it_is(tmp_path):
    (tmp_path / "archive").write_text("precious")
    with pytest.raises(FolderNotEmpty):
        found(tmp_path / "archive")
    assert (tmp_path / "archive").read_text() == "precious"


def test_a_place_in_which_nothing_can_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises((FolderUnusable, FolderNotEmpty)):
        found(tmp_path / "file" / "archive")
    with pytest.raises(FolderUnusable) as caught:
        found(tmp_path / ("长" * 200))
    assert os.strerror(errno.ENAMETOOLONG) in caught.value.message.zh


def test_an_archive_is_never_founded_over_another(tmp_path):
    found(tmp_path / "archive")
    before = (tmp_path / "archive" / "keyring.json").read_bytes()
    with pytest.raises(FolderNotEmpty):
        found(tmp_path / "archive")
    assert (tmp_path / "archive" / "keyring.json").read_bytes() == before


def test_two_founders_in_one_place_make_one_archive(tmp_path):
    start, outcomes = threading.Barrier(2), []

    def found_here():
        start.wait()
        try:
            outcomes.append(found(tmp_path / "archive"))
        except FolderNotEmpty:
            outcomes.append(None)

    threads = [threading.Thread(target=found_here) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcome is not None for outcome in outcomes) == 1
    open_archive(tmp_path / "archive", PASSPHRASE).close()
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"password": "short"}, PasswordUnsuitable),
        ({"administrator": ""}, AccountFactInvalid),
        ({"administrator": "a/b"}, AccountFactInvalid),
        ({"fonds_code": ""}, FondsCodeUnusable),
        ({"fonds_code": "全宗"}, FondsCodeUnusable),
        ({"fonds_code": "Q" * 17}, FondsCodeUnusable),
        ({"passphrase": ""}, PassphraseTooWeak),
        ({"passphrase": "short 1"}, PassphraseTooWeak),
        ({"passphrase": "长" * 400}, PassphraseTooWeak),
        ({"passphrase": "ends with a blank "}, PassphraseUntidy),
    ],
    ids=str,
)
def test_what_cannot_begin_an_archive_is_refused_and_leaves_nothing(tmp_path, changes, refusal):
    with pytest.raises(refusal) as caught:
        found(tmp_path / "archive", **changes)
    assert caught.value.message.zh and caught.value.message.en
    assert list(tmp_path.iterdir()) == []


def test_a_founding_that_is_killed_leaves_nothing_that_looks_like_an_archive(tmp_path):
    program = f"""
import os, signal
from pathlib import Path
from simulators.archives import CHEAP, PASSPHRASE, PASSWORD
from dms.bootstrap import Foundation, found_archive

class DeadlyClock:
    def now(self):
        os.kill(os.getpid(), signal.SIGKILL)

foundation = Foundation(fonds_code="Q001", company_name="", administrator="admin", password=PASSWORD)
found_archive(Path({str(tmp_path / "archive")!r}), PASSPHRASE, foundation, clock=DeadlyClock(), cost=CHEAP)
"""
    tests = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", program], check=False, cwd=tests.parent, env=os.environ | {"PYTHONPATH": f"{tests}:."}
    )
    assert killed.returncode == -9
    assert not (tmp_path / "archive").exists()
    found(tmp_path / "archive")
    open_archive(tmp_path / "archive", PASSPHRASE).close()


def test_names_are_stated_without_what_nobody_can_see(tmp_path):
    found(tmp_path / "archive", company_name=" 安徽\u200b皖江\n重工 ", fonds_code=" Q-001 ")
    archive = open_archive(tmp_path / "archive", PASSPHRASE)
    with archive.looking() as view:
        assert (view.scheme.fonds_code(), view.scheme.own_names()) == ("Q-001", ("安徽皖江 重工",))
    archive.close()
