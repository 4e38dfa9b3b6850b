"""A folder place under power failures: what was settled is durable, whoever wrote it."""

from pathlib import Path

from dms.preservation.folder_place import FolderPlace
from vault import Disk


class WatchedDisk(Disk):
    """Remembers which folders were synced."""

    def __init__(self) -> None:
        self.synced: set[Path] = set()

    def sync_folder(self, folder: Path) -> None:
        self.synced.add(folder)
        super().sync_folder(folder)


def test_what_is_settled_has_reached_the_medium_with_every_folder_above_it(tmp_path):
    disk = WatchedDisk()
    place = FolderPlace(tmp_path / "copies", disk=disk)
    place.prepare()
    place.put("objects/ab/ab12", [b"content"])
    place.settle()
    root = tmp_path / "copies"
    assert {tmp_path, root, root / "objects", root / "objects" / "ab"} <= disk.synced


def test_what_a_run_that_was_cut_off_named_is_made_durable_by_the_next(tmp_path):
    root = tmp_path / "copies"
    cut_off = FolderPlace(root)
    cut_off.prepare()
    cut_off.put("objects/ab/ab12", [b"content"])  # and no more: nothing was settled
    disk = WatchedDisk()
    following = FolderPlace(root, disk=disk)
    following.sweep()
    following.settle()
    assert {root, root / "objects", root / "objects" / "ab"} <= disk.synced


def test_only_what_a_run_left_unfinished_is_swept_away(tmp_path):
    place = FolderPlace(tmp_path)
    place.put("pieces/ab/ab12", [b"content"])
    unfinished = tmp_path / "pieces" / "ab" / ".0a0b0c0d0e0f0a0b.part"
    others = tmp_path / ".nfs0000"
    unfinished.write_bytes(b"half")
    others.write_bytes(b"the share's own")
    place.sweep()
    assert not unfinished.exists()
    assert others.exists()
    assert place.size("pieces/ab/ab12") == 7
