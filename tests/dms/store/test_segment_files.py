"""The files of the index: whole or not at all, unreadable without their row, gone once nobody needs them."""

import os
import time

import pytest
from simulators.advised_disk import AdvisedDisk
from simulators.crowded_disk import DiskWithoutRoom

from dms.index import Family, Row
from dms.store import CatalogueDiskFull, IndexUnreadable
from dms.store.segment_files import GARBAGE_AFTER_SECONDS, SegmentFiles, SegmentName
from vault import held_object

SENTENCE = "违约金按日万分之五计算"
ROWS = (Row(Family.PAIR, 7, b"places" * 30_000), Row(Family.GROUP, 5, SENTENCE.encode()))
PACKED = (SENTENCE.encode("utf-16-le"), b"", b"third")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def files(folder):
    return SegmentFiles(folder)


def file_of(folder, name):
    return folder / name.object_id[:2] / name.object_id


def swept(files, named, *, once_named=()):
    return files.remove(files.garbage(named, once_named=once_named, older_than_s=GARBAGE_AFTER_SECONDS))


def make_old(path):
    old = time.time() - GARBAGE_AFTER_SECONDS - 60
    os.utime(path, (old, old))


def test_what_was_sealed_is_read_again_also_by_others(folder, files):
    name = files.seal(ROWS, PACKED)
    for reader in (files, SegmentFiles(folder)):
        laid = reader.opened(name).laid
        assert laid.row(Family.PAIR, 7) == b"places" * 30_000
        assert laid.all_packed() == PACKED


def test_nothing_of_it_can_be_read_on_the_disk_or_with_another_key(folder, files):
    name = files.seal(ROWS, PACKED)
    lying = file_of(folder, name).read_bytes()
    assert SENTENCE.encode() not in lying
    assert SENTENCE.encode("utf-16-le") not in lying
    with pytest.raises(IndexUnreadable):
        SegmentFiles(folder).opened(SegmentName(name.object_id, bytes(32)))
    assert name.key.hex() not in repr(name)


@pytest.mark.parametrize("place", [0, 50, 100, -1])
def test_a_changed_byte_is_noticed_and_never_believed(folder, files, place):
    name = files.seal(ROWS, PACKED)
    damaged = bytearray(file_of(folder, name).read_bytes())
    damaged[place] ^= 1
    file_of(folder, name).write_bytes(damaged)
    with pytest.raises(IndexUnreadable):
        SegmentFiles(folder).opened(name)


def test_damage_inside_is_noticed_when_that_place_is_read(folder, files):
    name = files.seal(ROWS, PACKED)
    damaged = bytearray(file_of(folder, name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file_of(folder, name).write_bytes(damaged)
    segment = SegmentFiles(folder).opened(name)
    assert segment.laid.packed(2) == b"third"
    with pytest.raises(IndexUnreadable):
        segment.laid.row(Family.PAIR, 7)
    with pytest.raises(IndexUnreadable):
        segment.read_through()


def test_a_file_that_is_gone_is_told(folder, files):
    name = files.seal(ROWS, PACKED)
    assert not files.lost([name])
    assert files.bytes_of([name]) == file_of(folder, name).stat().st_size
    file_of(folder, name).unlink()
    assert files.lost([name]) == {name.object_id}
    with pytest.raises(IndexUnreadable):
        SegmentFiles(folder).opened(name)


def test_garbage_goes_only_once_no_transaction_can_name_it_any_more(folder, files):
    kept, young, old = (files.seal(ROWS, PACKED) for _ in range(3))
    leftover = folder / "ab" / f".ab{'0' * 30}.{'0' * 16}.part"
    leftover.parent.mkdir(exist_ok=True)
    leftover.write_bytes(b"half")
    for path in (file_of(folder, kept), file_of(folder, old), leftover):
        make_old(path)
    assert swept(files, {kept.object_id}) == 2
    assert [file_of(folder, name).exists() for name in (kept, young, old)] == [True, True, False]
    assert not leftover.exists()


def test_what_was_named_before_goes_however_young_it_is(folder, files):
    kept, replaced, waiting = (files.seal(ROWS, PACKED) for _ in range(3))
    assert swept(files, {kept.object_id}, once_named={kept.object_id, replaced.object_id}) == 1
    assert [file_of(folder, name).exists() for name in (kept, replaced, waiting)] == [True, False, True]


def test_what_somebody_else_swept_meanwhile_is_passed_over(folder, files):
    name = files.seal(ROWS, PACKED)
    make_old(file_of(folder, name))
    garbage = files.garbage(set(), once_named=(), older_than_s=GARBAGE_AFTER_SECONDS)
    assert files.remove([*garbage, *garbage]) == 1


def test_who_reads_a_segment_goes_on_when_it_is_removed(folder, files):
    name = files.seal(ROWS, PACKED)
    reading = files.opened(name)
    files.let_go(set())
    make_old(file_of(folder, name))
    assert swept(files, set()) == 1
    assert reading.laid.packed(2) == b"third"
    with pytest.raises(IndexUnreadable):
        files.opened(name)


def test_a_full_disk_refuses_and_leaves_nothing_half_written(folder):
    with pytest.raises(CatalogueDiskFull):
        SegmentFiles(folder, disk=DiskWithoutRoom()).seal(ROWS, PACKED)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def read_ahead(files, names, *, most_bytes=10**9, stops_after=100):
    answers = iter([False] * stops_after)
    return files.read_ahead(names, most_bytes=most_bytes, should_stop=lambda: next(answers, True))


def test_the_machine_is_let_read_every_byte_of_every_file_before_anybody_asks(folder, monkeypatch):
    monkeypatch.setattr(held_object, "_PIECE_BYTES", 50_000)  # of files of 180,000
    disk = AdvisedDisk()
    files = SegmentFiles(folder, disk=disk)
    names = [files.seal(ROWS, PACKED) for _ in range(3)]
    size = file_of(folder, names[0]).stat().st_size
    assert read_ahead(files, names) == 3 * size
    reached = disk.bytes_advised()
    assert len(reached) == 3
    assert min(reached.values()) >= size


def test_no_more_is_read_ahead_than_there_is_room_for_nor_once_the_service_ends(folder, files):
    names = [files.seal(ROWS, PACKED) for _ in range(3)]
    size = file_of(folder, names[0]).stat().st_size
    assert read_ahead(files, names, most_bytes=2 * size) == 2 * size
    assert read_ahead(files, names, most_bytes=size - 1) == 0
    assert read_ahead(files, names, stops_after=1) == size
    assert read_ahead(files, names, stops_after=0) == 0


def test_a_file_that_is_gone_is_not_read_ahead(folder, files):
    name = files.seal(ROWS, PACKED)
    file_of(folder, name).unlink()
    with pytest.raises(IndexUnreadable):
        read_ahead(files, [name])
