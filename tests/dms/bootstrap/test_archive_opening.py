"""An archive opens with its passphrase only, whole, and with parts that belong together."""

import json
import shutil
from pathlib import Path

import pytest
from simulators.archives import CHEAP, PASSPHRASE, PASSWORD, ObedientClock, founded_archive

from dms.bootstrap import (
    ArchiveIncomplete,
    ArchiveNotWritable,
    Foundation,
    KeyringOutdated,
    KeyringUnreadable,
    NoArchiveHere,
    PassphraseUnusable,
    PassphraseWrong,
    found_archive,
    open_archive,
    passphrase_in,
)
from dms.custody import finish_rotation, rotate_keys
from dms.domain.actor import OPERATOR
from dms.errors import Kind
from dms.store import CatalogueUnreadable


@pytest.fixture
def home(tmp_path):
    founded_archive(tmp_path / "archive").close()
    return tmp_path / "archive"


@pytest.mark.parametrize("wrong", ["wrong", PASSPHRASE.upper(), f"{PASSPHRASE} x"])
def test_the_wrong_passphrase_opens_nothing(home, wrong):
    with pytest.raises(PassphraseWrong) as caught:
        open_archive(home, wrong)
    assert caught.value.kind is Kind.FORBIDDEN


@pytest.mark.parametrize("unusable", ["", "长" * 400])
def test_what_is_no_passphrase_is_called_so(home, unusable):
    with pytest.raises(PassphraseUnusable):
        open_archive(home, unusable)


def test_a_folder_without_an_archive_is_called_so_and_left_alone(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoArchiveHere):
            open_archive(folder, PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", ["keyring.json", "catalogue.db", "vault"])
def test_an_archive_from_which_a_part_is_missing_is_damaged_and_nothing_is_made_up_for_it(home, part):
    (home / part).rename(home.parent / part)
    with pytest.raises(ArchiveIncomplete) as caught:
        open_archive(home, PASSPHRASE)
    assert caught.value.kind is Kind.DAMAGE
    assert part in caught.value.message.zh
    assert part in caught.value.message.en
    assert not (home / part).exists()
    (home.parent / part).rename(home / part)
    open_archive(home, PASSPHRASE).close()


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"x" * 10_000_000,
        b"[1, 2, 3]",
    ],
    ids=["empty", "nothing in it", "no text", "without end", "something else"],
)
def test_a_keyring_that_is_none_is_named_as_damage(home, spoiled):
    (home / "keyring.json").write_bytes(spoiled)
    with pytest.raises(KeyringUnreadable):
        open_archive(home, PASSPHRASE)


def test_an_altered_keyring_is_named_as_damage(home):
    document = json.loads((home / "keyring.json").read_text())
    flipped = altered(document)
    (home / "keyring.json").write_text(json.dumps(flipped))
    with pytest.raises((KeyringUnreadable, PassphraseWrong)):
        open_archive(home, PASSPHRASE)


def altered(value):
    """The document with the last sign of its mac changed."""
    mac = value["mac"]
    return value | {"mac": ("A" if mac[0] != "A" else "B") + mac[1:]}


def test_a_catalogue_of_another_archive_is_not_opened(home, tmp_path):
    foundation = Foundation(fonds_code="Q002", company_name="", administrator="admin", password=PASSWORD)
    found_archive(tmp_path / "other", PASSPHRASE, foundation, clock=ObedientClock(), cost=CHEAP)
    shutil.copy(tmp_path / "other" / "catalogue.db", home / "catalogue.db")
    with pytest.raises(CatalogueUnreadable):
        open_archive(home, PASSPHRASE)


def test_two_processes_may_have_an_archive_open_at_once(home):
    first, second = open_archive(home, PASSPHRASE), open_archive(home, PASSPHRASE)
    with first.begin() as work:
        work.scheme.state_fonds(code="Q001", name="新名")
    with second.looking() as view:
        assert view.scheme.own_names() == ("新名",)
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("written", "passphrase"),
    [
        (b"correct horse\n", "correct horse"),
        ("四海之内\r\n第二行\n".encode(), "四海之内"),
        ("\ufeffwith a mark\n".encode(), "with a mark"),
        (b"  spaces around  ", "spaces around"),
    ],
)
def test_a_passphrase_file_gives_its_first_line(tmp_path, written, passphrase):
    (tmp_path / "passphrase").write_bytes(written)
    assert passphrase_in(tmp_path / "passphrase") == passphrase


@pytest.mark.parametrize("written", [b"", b"\n", b" \nsecond line", b"\xff\xfe"])
def test_a_passphrase_file_that_holds_none_is_refused(tmp_path, written):
    (tmp_path / "passphrase").write_bytes(written)
    with pytest.raises(PassphraseUnusable) as caught:
        passphrase_in(tmp_path / "passphrase")
    assert caught.value.message.zh and caught.value.message.en


def test_a_passphrase_file_that_is_not_there_is_refused(tmp_path):
    for place in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(PassphraseUnusable):
            passphrase_in(place)


def test_an_opening_that_fails_leaves_nothing_open(home):
    content = bytearray((home / "catalogue.db").read_bytes())
    for offset in range(3 * 4096, len(content), 4096):
        content[offset + 100] ^= 0xFF
    (home / "catalogue.db").write_bytes(content)
    with pytest.raises(CatalogueUnreadable):
        open_archive(home, PASSPHRASE)
    held = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    assert not [name for name in held if name.startswith(str(home))]


def test_a_keyring_from_before_a_rotation_opens_nothing_and_is_called_so(home):
    older = (home / "keyring.json").read_bytes()
    archive = open_archive(home, PASSPHRASE)
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs())
    finish_rotation(OPERATOR, archive=archive)  # the catalogue is under its old key still, as when it was cut off here
    newer = (home / "keyring.json").read_bytes()
    archive.close()
    (home / "keyring.json").write_bytes(older)
    with pytest.raises(KeyringOutdated):
        open_archive(home, PASSPHRASE)
    (home / "keyring.json").write_bytes(newer)
    open_archive(home, PASSPHRASE).close()


def test_a_keyring_from_before_the_catalogue_was_encrypted_anew_opens_nothing(home):
    older = (home / "keyring.json").read_bytes()
    archive = open_archive(home, PASSPHRASE)
    rotate_keys(OPERATOR, archive=archive)
    archive.close()
    (home / "keyring.json").write_bytes(older)
    with pytest.raises(CatalogueUnreadable) as caught:
        open_archive(home, PASSPHRASE)
    assert "旧副本" in caught.value.remedy.zh


@pytest.mark.parametrize("name", ["in-use.lock", "catalogue.db.lock", "catalogue.db.turnstile"])
def test_a_folder_in_which_nothing_can_be_written_is_called_so(home, name):
    (home / name).unlink(missing_ok=True)
    (home / name).mkdir()  # cannot be opened for writing, whoever runs the test
    with pytest.raises(ArchiveNotWritable) as caught:
        open_archive(home, PASSPHRASE)
    assert name in caught.value.message.zh
    (home / name).rmdir()
    open_archive(home, PASSPHRASE).close()
