"""What a crash left behind is set right at the next opening, by whoever is alone, and only then."""

from dataclasses import replace

import pytest
from simulators.archives import PASSPHRASE, sealed_objects

from dms.archive import Archive, Content, Presence
from dms.bootstrap import open_archive
from dms.bootstrap.recovering import recover
from dms.domain.item import RenditionRole
from dms.store import Store
from vault import Disk, LocalStorage
from vault.errors import StorageFull

CONTENT = Content(role=RenditionRole.ORIGINAL, page=None, plaintext=b"x", media_type="text/plain", recipe="")


class FullDisk(Disk):
    """Takes nothing more."""

    def append(self, descriptor: int, data: bytes) -> None:
        raise StorageFull


def leave_half_an_object(archive: Archive) -> None:
    rendition = archive.seal("someitem", archive.vault.new_item_key(), CONTENT)
    (place,) = [path for path in sealed_objects(archive) if path.name == rendition.object_id]
    place.with_name(f".{rendition.object_id}.{'0' * 16}.part").write_bytes(place.read_bytes()[:50])


@pytest.fixture
def cut_off(archive):
    """An archive whose process was killed while it wrote an object."""
    leave_half_an_object(archive)
    archive.close()
    (archive.home / "in-use.mark").touch()
    return archive


def test_a_half_written_object_is_removed_after_a_crash_and_the_journal_says_so(cut_off):
    reopened = open_archive(cut_off.home, PASSPHRASE)
    assert reopened.recovery.leftovers_removed == 1
    assert not [path for path in sealed_objects(reopened) if path.name.endswith(".part")]
    with reopened.looking() as view:
        (entry,) = view.journal.entries(newest_first=1)
    assert (entry.action, entry.details["leftovers"]) == ("recovered", 1)
    reopened.close()


def test_after_a_good_end_nothing_is_looked_for(archive):
    leave_half_an_object(archive)
    archive.close()
    reopened = open_archive(archive.home, PASSPHRASE)
    assert reopened.recovery.is_empty
    reopened.close()


def test_whoever_is_not_alone_touches_nothing(cut_off):
    other = Presence(cut_off.home)
    other.share()
    opened = open_archive(cut_off.home, PASSPHRASE)
    assert opened.recovery.is_empty
    assert [path for path in sealed_objects(opened) if path.name.endswith(".part")]
    opened.close()
    other.end()


def test_an_object_that_no_row_knows_is_left_alone(archive):
    archive.seal("someitem", archive.vault.new_item_key(), CONTENT)
    archive.close()
    (archive.home / "in-use.mark").touch()
    reopened = open_archive(archive.home, PASSPHRASE)
    assert reopened.recovery.is_empty
    assert len(sealed_objects(reopened)) == 1
    reopened.close()


def test_an_archive_opens_although_there_is_no_room_to_finish_a_rotation(archive):
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs().with_new_catalogue_key())
    cramped = Store.open(archive.home / "catalogue.db", lambda: archive.keyring.catalogue_keys(), disk=FullDisk())
    recovery = recover(replace(archive, store=cramped), LocalStorage(archive.home / "vault"), was_cut_off=True)
    cramped.close()
    assert recovery.catalogue_rekeyed == 0
    archive.close()
    reopened = open_archive(archive.home, PASSPHRASE)
    assert reopened.recovery.catalogue_rekeyed == 1
    reopened.close()
