"""A bag appears whole under its name or not at all."""

import os
import stat

import pytest

from dms.exchange import ExportTargetNotEmpty, ExportTargetUnusable, ExportUnderWay
from dms.exchange.packing import bag_for


def left_behind(folder):
    return sorted(path.name for path in folder.iterdir())


def fill(bag):
    bag.add("data/items/a/original.pdf", [b"paper"])
    return bag.close({"External-Identifier": "Q001"}, b"read me")


def test_a_filled_bag_stands_under_its_name_and_nothing_beside_it(tmp_path):
    with bag_for(tmp_path / "bag") as bag:
        fill(bag)
        assert not (tmp_path / "bag").exists()
    assert left_behind(tmp_path) == ["bag"]
    assert (tmp_path / "bag/data/items/a/original.pdf").read_bytes() == b"paper"


def test_an_empty_folder_becomes_the_bag(tmp_path):
    (tmp_path / "bag").mkdir()
    with bag_for(tmp_path / "bag") as bag:
        fill(bag)
    assert (tmp_path / "bag/bagit.txt").is_file()


def test_a_bag_that_breaks_off_leaves_nothing_readable(tmp_path):
    with pytest.raises(KeyboardInterrupt), bag_for(tmp_path / "bag") as bag:
        bag.add("data/x", [b"secret"])
        raise KeyboardInterrupt
    assert left_behind(tmp_path) == []


def test_what_a_killed_export_left_is_removed_by_the_next(tmp_path):
    left = tmp_path / ".bag.anjuan-unfinished" / "data"
    left.mkdir(parents=True)
    (left / "secret").write_bytes(b"secret")
    (left.parent / "bagit.txt").write_bytes(b"half")
    with bag_for(tmp_path / "bag") as bag:
        fill(bag)
    assert left_behind(tmp_path) == ["bag"]
    assert not (tmp_path / "bag/data/secret").exists()


@pytest.mark.parametrize("kind", ["full folder", "paper", "link"])
def test_a_place_that_holds_something_is_refused(tmp_path, kind):
    target = tmp_path / "bag"
    if kind == "full folder":
        target.mkdir()
        (target / "x").touch()
    elif kind == "paper":
        target.touch()
    else:
        (tmp_path / "elsewhere").mkdir()
        target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ExportTargetNotEmpty), bag_for(target):
        pass


def test_two_exports_do_not_write_one_bag(tmp_path):
    with bag_for(tmp_path / "bag") as bag:
        with pytest.raises(ExportUnderWay), bag_for(tmp_path / "bag"):
            pass
        fill(bag)
    assert (tmp_path / "bag/bagit.txt").is_file()


def test_a_disk_that_refuses_is_told_by_name(tmp_path):
    (tmp_path / "no folder").touch()
    with pytest.raises(ExportTargetUnusable), bag_for(tmp_path / "no folder" / "bag"):
        pass


def test_nobody_else_can_read_what_is_written(tmp_path):
    before = os.umask(0)
    try:
        with bag_for(tmp_path / "bag") as bag:
            fill(bag)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "bag").rglob("*")}
    assert modes == {0o600, 0o700}


def test_what_breaks_off_while_it_is_written_is_not_in_the_bag(tmp_path):
    def broken():
        yield b"half"
        raise LookupError

    with bag_for(tmp_path / "bag") as bag:
        with pytest.raises(LookupError):
            bag.add("data/x", broken())
        fill(bag)
    assert not (tmp_path / "bag/data/x").exists()
    assert "data/x" not in (tmp_path / "bag/manifest-sha256.txt").read_text()
