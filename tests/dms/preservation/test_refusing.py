"""What a backup refuses, and what it leaves behind when it does: the former snapshots, and a record of why."""

import errno
import json
from pathlib import Path

import pytest
from preserved import Preserved
from simulators.archives import PASSPHRASE
from simulators.s3_store import S3Store, s3_store

from dms.bootstrap import RestoreOrder, restore_archive, unlocked_at
from dms.domain.actor import OPERATOR
from dms.domain.backup import PlaceKind
from dms.errors import DmsError
from dms.preservation import NewPlace, PlaceUnknown, PlaceUnusable, add_place, back_up, place_at
from dms.preservation.errors import (
    CredentialsRefused,
    NotKept,
    PlaceAhead,
    PlaceBusy,
    PlaceFailed,
    PlaceForeign,
    PlaceFull,
    PlaceMissing,
    PlaceNewer,
    PlaceOccupied,
    PlaceUnreachable,
)
from dms.preservation.folder_place import FolderPlace
from dms.preservation.place_opening import held
from vault import Disk, Passphrase
from vault.errors import StorageFailed, StorageFull


def refused(preserved: Preserved, kind: type[DmsError]) -> None:
    """A run is refused so, and recorded with its code."""
    place = preserved.place()
    with pytest.raises(kind):
        preserved.back_up()
    with preserved.archive.looking() as view:
        (run, *_) = view.backups.runs(place.id, limit=1)
        (entry,) = view.journal.entries(newest_first=1)
    assert (run.state.value, run.problem_code) == ("failed", kind.code)
    assert (entry.action, entry.details["problem"]) == ("backup_failed", kind.code)


def test_a_share_that_is_not_mounted_is_not_filled(preserved: Preserved):
    preserved.take_in(1)
    preserved.back_up()
    preserved.folder.rename(preserved.folder.with_name("unmounted"))
    refused(preserved, PlaceMissing)
    preserved.folder.mkdir()
    refused(preserved, PlaceMissing)
    assert list(preserved.folder.iterdir()) == []


def test_a_folder_with_other_things_is_not_written_to(preserved: Preserved):
    preserved.folder.mkdir()
    (preserved.folder / "holiday.jpg").write_bytes(b"photo")
    refused(preserved, PlaceOccupied)
    assert [path.name for path in preserved.folder.iterdir()] == ["holiday.jpg"]


def test_another_archives_place_is_not_written_to(preserved: Preserved, tmp_path):
    preserved.take_in(1)
    preserved.back_up()
    description = preserved.folder / "anjuan-backup.json"
    description.write_text(json.dumps(json.loads(description.read_text()) | {"archive": "f" * 32}))
    refused(preserved, PlaceForeign)


def test_a_place_of_a_newer_format_is_left_alone(preserved: Preserved):
    preserved.take_in(1)
    preserved.back_up()
    description = preserved.folder / "anjuan-backup.json"
    description.write_text(json.dumps(json.loads(description.read_text()) | {"version": 2}))
    refused(preserved, PlaceNewer)


def test_an_older_line_of_the_archive_does_not_write_over_a_newer_one(preserved: Preserved, tmp_path):
    preserved.take_in(1)
    first = preserved.back_up()
    preserved.take_in(1, seed=2)
    preserved.back_up()
    before = preserved.lying_there()
    preserved.restore(tmp_path / "older", snapshot_id=first.snapshot_id)
    from preserved import opened

    again = opened(tmp_path / "older", preserved.clock)
    refused(Preserved(archive=again, clock=preserved.clock, folder=preserved.folder), PlaceAhead)
    again.close()
    assert preserved.lying_there() == before


def test_one_run_at_a_time_writes_to_a_place(preserved: Preserved):
    with held(preserved.archive.home, preserved.place()):
        refused(preserved, PlaceBusy)


def test_what_is_not_a_place_is_not_registered(preserved: Preserved):
    home = preserved.archive.home
    for address in ("", "relative", str(home), str(home / "vault"), str(home.parent), "s3://"):
        with pytest.raises(PlaceUnusable):
            add_place(OPERATOR, NewPlace(address=address), archive=preserved.archive)
    assert add_place(OPERATOR, NewPlace(address=str(home / "backups")), archive=preserved.archive).id
    with pytest.raises(PlaceUnknown):
        back_up(OPERATOR, 99, archive=preserved.archive)


class ShareThat(Disk):
    """A mounted share with a fault."""

    def __init__(self, operation: str, refusal: Exception) -> None:
        self.operation, self.refusal = operation, refusal

    def append(self, descriptor: int, data: bytes) -> None:
        self._maybe("append")
        super().append(descriptor, data)

    def publish(self, temporary: Path, final: Path) -> None:
        self._maybe("publish")
        super().publish(temporary, final)

    def sync_folder(self, folder: Path) -> None:
        self._maybe("sync_folder")
        super().sync_folder(folder)

    def _maybe(self, operation: str) -> None:
        if operation == self.operation:
            raise self.refusal


def failed(number: int) -> StorageFailed:
    refusal = StorageFailed("no")
    refusal.__cause__ = OSError(number, "no")
    return refusal


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [(StorageFull(), PlaceFull), (failed(errno.EIO), PlaceFailed), (failed(errno.EROFS), PlaceFailed)],
)
def test_a_disk_that_refuses_is_named(tmp_path, refusal: Exception, kind: type[DmsError]):
    place = FolderPlace(tmp_path, disk=ShareThat("append", refusal))
    with pytest.raises(kind):
        place.put("objects/ab/ab12", [b"content"])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_share_that_knows_neither_links_nor_syncing_of_folders_will_do(tmp_path):
    place = FolderPlace(tmp_path, disk=ShareThat("publish", failed(errno.EPERM)))
    assert place.put_new("anjuan-backup.json", b"ours")
    assert not place.put_new("anjuan-backup.json", b"others")
    unsynced = FolderPlace(tmp_path, disk=ShareThat("sync_folder", failed(errno.EINVAL)))
    unsynced.put("objects/ab/ab12", [b"content"])
    unsynced.settle()
    failing = FolderPlace(tmp_path, disk=ShareThat("sync_folder", failed(errno.EIO)))
    failing.put("objects/ab/ab12", [b"content"])
    with pytest.raises(PlaceFailed):
        failing.settle()


def test_a_link_laid_at_the_place_is_not_followed(preserved: Preserved, tmp_path):
    preserved.take_in(1)
    preserved.folder.mkdir()
    preserved.place()
    preserved.back_up()
    (tmp_path / "elsewhere").mkdir()
    for shard in (preserved.folder / "objects").iterdir():
        shard.rename(tmp_path / "moved")
        shard.symlink_to(tmp_path / "elsewhere")
    refused(preserved, PlaceFailed)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def on_s3(preserved: Preserved, store: S3Store, **options: str) -> int:
    new = NewPlace(address="s3://copies/anjuan", options=store.options | options)
    return add_place(OPERATOR, new, archive=preserved.archive).id or 0


def test_an_archive_is_backed_up_to_an_s3_store_and_comes_back(preserved: Preserved, tmp_path):
    preserved.take_in(12)
    with s3_store() as store:
        number = on_s3(preserved, store)
        first = back_up(OPERATOR, number, archive=preserved.archive)
        preserved.take_in(1, seed=2)
        second = back_up(OPERATOR, number, archive=preserved.archive)
        place = place_at(PlaceKind.S3, "s3://copies/anjuan/", store.options)
        order = RestoreOrder(place=place, home=tmp_path / "restored")
        restored = restore_archive(order, unlocked_at(place, Passphrase(PASSPHRASE)), clock=preserved.clock)
    assert (first.objects_copied, second.objects_copied, restored.objects_opened) == (12, 1, 13)


def test_a_store_that_knows_no_conditions_will_do(preserved: Preserved):
    with s3_store() as store:
        store.knows_conditions = False
        assert back_up(OPERATOR, on_s3(preserved, store), archive=preserved.archive).snapshot_id


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"refuses": "XMinioStorageFull"}, PlaceFull),
        ({"refuses": "AccessDenied"}, CredentialsRefused),
        ({"refuses": "InternalNonsense"}, PlaceFailed),
        ({"forgets": True}, NotKept),
        ({"rots": True}, NotKept),
    ],
    ids=["full", "read-only", "confused", "forgetful", "rotting"],
)
def test_a_store_that_fails_is_named_and_nothing_is_believed(preserved: Preserved, fault, kind: type[DmsError]):
    preserved.take_in(2)
    with s3_store() as store:
        number = on_s3(preserved, store)
        place = place_at(PlaceKind.S3, "s3://copies/anjuan", store.options)
        back_up(OPERATOR, number, archive=preserved.archive)
        preserved.take_in(1, seed=2)
        for name, value in fault.items():
            setattr(store, name, value)
        with pytest.raises(kind):
            back_up(OPERATOR, number, archive=preserved.archive)
        assert len(list(place.entries("snapshots"))) == 1
        for name in fault:
            setattr(store, name, None)
        assert back_up(OPERATOR, number, archive=preserved.archive).objects_total == 3


def test_wrong_credentials_and_a_store_that_is_gone_are_told_apart(preserved: Preserved):
    with s3_store() as store:
        wrong = on_s3(preserved, store, access_key_id="somebody")
        with pytest.raises(CredentialsRefused):
            back_up(OPERATOR, wrong, archive=preserved.archive)
    with pytest.raises(PlaceUnreachable):
        back_up(OPERATOR, wrong, archive=preserved.archive)


def test_credentials_stay_out_of_messages_journal_and_snapshots(preserved: Preserved):
    with s3_store() as store:
        number = on_s3(preserved, store)
        back_up(OPERATOR, number, archive=preserved.archive)
        with preserved.archive.looking() as view:
            (place,) = view.backups.places()
            journal = "".join(str(dict(entry.details)) for entry in view.journal.entries())
        together = b"".join(store.contents.values())
    assert place.options["secret_access_key"] == "not-so-secret"
    assert "not-so-secret" not in repr(place) + journal
    assert b"not-so-secret" not in together


def test_two_archives_never_share_a_place(preserved: Preserved, tmp_path):
    from simulators.archives import CHEAP, PASSWORD

    from dms.bootstrap import Foundation, found_archive, open_archive

    preserved.take_in(1)
    preserved.back_up()
    foundation = Foundation(fonds_code="Q002", company_name="", administrator="admin", password=PASSWORD)
    found_archive(tmp_path / "other", PASSPHRASE, foundation, clock=preserved.clock, cost=CHEAP)
    other = open_archive(tmp_path / "other", PASSPHRASE, clock=preserved.clock)
    refused(Preserved(archive=other, clock=preserved.clock, folder=preserved.folder), PlaceForeign)
    other.close()
