"""A folder on a local disk: crashes, intruders' links, and what can be seen from outside."""

import os
import stat

import pytest
from breaking_disk import CountedDisk, DiskThatLosesPower, FullDisk, PowerLost

from vault import LocalStorage, errors

ID = "ab" + "0" * 30
OTHER = "ab" + "1" * 30


@pytest.fixture
def root(tmp_path):
    return tmp_path / "vault"


@pytest.fixture
def storage(root):
    return LocalStorage(root)


def everything_in(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_an_object_lies_in_its_shard_under_its_id_and_nothing_else_is_there(storage, root):
    storage.put(ID, [b"x"])
    assert everything_in(root) == [f"ab/{ID}"]


@pytest.mark.skipif(os.name == "nt", reason="modes mean nothing there")
def test_only_the_owner_of_the_process_may_read_folders_and_objects(storage, root):
    storage.put(ID, [b"x"])
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (root, root / "ab", root / "ab" / ID)]
    assert modes == [0o700, 0o700, 0o600]


def test_data_is_synced_before_it_has_a_name_and_the_folder_before_put_returns(root):
    disk = CountedDisk()
    storage = LocalStorage(root, disk=disk)
    storage.put(ID, [b"ab", b"c"])
    assert disk.done == [
        *("make_folder", "sync_folder"),
        *("make_folder", "sync_folder"),
        *("create", "append", "append", "sync", "close", "publish", "sync_folder"),
    ]
    disk.done.clear()
    storage.put(OTHER, [b"abc"])
    assert disk.done == ["create", "append", "sync", "close", "publish", "sync_folder"]
    disk.done.clear()
    storage.remove(OTHER)
    assert disk.done == ["remove", "sync_folder"]


def test_power_lost_at_any_operation_leaves_a_complete_object_or_none(tmp_path):
    for operations in range(11):
        root = tmp_path / str(operations)
        with pytest.raises(PowerLost):
            LocalStorage(root, disk=DiskThatLosesPower(operations)).put(ID, [b"ab", b"c"])
        after = LocalStorage(root)
        listed = list(after.list())
        assert listed == ([ID] if after.exists(ID) else [])
        assert all(after.read_at(object_id, 0, 9) == b"abc" for object_id in listed)
        for leftover in list(after.leftovers()):
            after.remove_leftover(leftover)
        assert everything_in(root) == [f"ab/{object_id}" for object_id in listed]
        if not listed:
            after.put(ID, [b"abc"])
            assert after.read_at(ID, 0, 9) == b"abc"


def test_an_unfinished_object_is_a_leftover_and_never_listed(root):
    with pytest.raises(PowerLost):
        LocalStorage(root, disk=DiskThatLosesPower(6)).put(ID, [b"ab", b"c"])
    storage = LocalStorage(root)
    assert list(storage.list()) == [] and not storage.exists(ID)
    (leftover,) = storage.leftovers()
    assert leftover.startswith(f"ab/.{ID}.")


def test_a_full_disk_is_named_and_leaves_nothing(root):
    storage = LocalStorage(root, disk=FullDisk())
    with pytest.raises(errors.StorageFull):
        storage.put(ID, [b"ab", b"c"])
    assert everything_in(root) == []


@pytest.mark.parametrize(
    "name",
    ["", f"ab/{ID}", "../keyring.json", f"ab/../.{ID}.{'0' * 16}.part", f"cd/.{ID}.{'0' * 16}.part", f"ab/.{ID}.part"],
)
def test_nothing_but_a_leftover_is_removed_as_one(storage, name):
    storage.put(ID, [b"x"])
    with pytest.raises(errors.NotALeftover):
        storage.remove_leftover(name)
    assert storage.exists(ID)


def test_a_leftover_that_is_gone_already_is_no_leftover(storage):
    storage.put(ID, [b"x"])
    with pytest.raises(errors.NotALeftover):
        storage.remove_leftover(f"ab/.{ID}.{'0' * 16}.part")


def test_names_of_strangers_are_neither_objects_nor_leftovers(storage, root):
    storage.put(ID, [b"x"])
    for stranger in ("README", "ab/notes.txt", f"ab/{'cd' + '0' * 30}", "ab/.hidden.part"):
        (root / stranger).write_bytes(b"?")
    (root / "ab" / OTHER).mkdir()
    (root / "lost+found").mkdir()
    assert list(storage.list()) == [ID]
    assert list(storage.leftovers()) == []
    assert not storage.exists(OTHER)


def test_a_shard_that_leads_elsewhere_is_not_followed(storage, root, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ID).write_bytes(b"not ours")
    (root / "ab").symlink_to(elsewhere)
    verbs = (
        lambda: storage.put(OTHER, [b"x"]),
        lambda: storage.read_at(ID, 0, 1),
        lambda: storage.size(ID),
        lambda: storage.remove(ID),
        lambda: list(storage.list()),
        lambda: storage.exists(ID),
    )
    for verb in verbs:
        with pytest.raises(errors.PathOutsideStorage):
            verb()
    assert everything_in(elsewhere) == [ID]


def test_a_link_in_the_place_of_an_object_is_neither_followed_nor_replaced(storage, root, tmp_path):
    storage.put(OTHER, [b"x"])
    (tmp_path / "secret").write_bytes(b"not ours")
    (root / "ab" / ID).symlink_to(tmp_path / "secret")
    assert not storage.exists(ID)
    assert list(storage.list()) == [OTHER]
    with pytest.raises(errors.StorageFailed):
        storage.read_at(ID, 0, 8)
    with pytest.raises(errors.ObjectExists):
        storage.put(ID, [b"x"])
    assert list(storage.leftovers()) == []
    assert (tmp_path / "secret").read_bytes() == b"not ours"


def test_a_vault_whose_folder_is_gone_says_that_the_disk_failed(storage, root):
    root.rmdir()
    with pytest.raises(errors.StorageFailed):
        storage.put(ID, [b"x"])
    with pytest.raises(errors.StorageFailed):
        list(storage.list())


def test_the_root_itself_may_be_reached_through_a_link(root, tmp_path):
    (tmp_path / "real").mkdir()
    root.symlink_to(tmp_path / "real")
    storage = LocalStorage(root)
    storage.put(ID, [b"x"])
    assert storage.read_at(ID, 0, 1) == b"x"
