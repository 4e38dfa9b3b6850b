"""The disk that is assumed loses exactly what was not synced."""

from pathlib import Path

import pytest

from crash.cutting import Depth, choices
from crash.door import Operation
from crash.medium import Bytes, Medium, Stored, identity, lengths_without_bytes, materialise
from crash.tracing import Done, Trait

INODES = {"a": 1, "b": 2}
DEPTH = Depth(stride=1, singles=10, torn=0, again_stride=1)


def done(operation: Operation, path: str, *, data: bytes = b"", offset: int = 0, **traits: bool) -> Done:
    named = sum(Trait[name.upper()] for name, given in traits.items() if given)
    return Done(
        number=1,
        operation=operation,
        traits=Trait(named),
        inode=INODES.get(path, 9),
        offset=offset,
        path=path,
        other="",
        data=data,
    )


def created(path: str) -> Done:
    return done(Operation.OPEN, path, created=True)


def renamed(path: str, other: str) -> Done:
    return Done(
        number=1, operation=Operation.RENAME, traits=Trait(0), inode=0, offset=0, path=path, other=other, data=b""
    )


@pytest.fixture
def medium(tmp_path: Path) -> Medium:
    """A disk with one folder and one file, both durable."""
    base = tmp_path / "base"
    (base / "vault").mkdir(parents=True)
    (base / "old").write_bytes(b"old")
    return Medium(base)


def test_what_was_there_is_durable(medium):
    assert medium.image(()) == {"vault": None, "old": b"old"}


def test_a_synced_content_without_a_synced_name_is_lost(medium):
    for step in (created("a"), done(Operation.WRITE, "a", data=b"x"), done(Operation.SYNC, "a")):
        medium.do(step)
    assert "a" not in medium.image(())
    assert medium.image(medium.pending)["a"] == b"x"


def test_a_synced_name_without_synced_content_is_empty(medium):
    for step in (created("a"), done(Operation.WRITE, "a", data=b"x"), done(Operation.SYNC, ".", folder=True)):
        medium.do(step)
    assert medium.image(())["a"] == b""


def test_what_lies_before_a_kept_write_reads_as_zeros(medium):
    for step in (created("a"), done(Operation.WRITE, "a", data=b"x"), done(Operation.WRITE, "a", data=b"y", offset=3)):
        medium.do(step)
    name, _, last = medium.pending
    assert medium.image([name, last])["a"] == b"\0\0\0y"


def test_a_rename_happens_whole_or_not_at_all(medium):
    medium.do(renamed("old", "b"))
    assert sorted(medium.image(())) == ["old", "vault"]
    assert sorted(medium.image(medium.pending)) == ["b", "vault"]


def test_a_failed_operation_changes_nothing(medium):
    medium.do(done(Operation.UNLINK, "old", failed=True))
    assert medium.pending == []


def test_lengths_may_arrive_without_their_bytes(medium):
    for step in (created("a"), done(Operation.WRITE, "a", data=b"xy")):
        medium.do(step)
    assert medium.image(lengths_without_bytes(medium.pending))["a"] == b"\0\0"


def test_a_write_is_torn_only_between_sectors():
    stored = Stored()
    parts = list(Bytes(stored, 500, bytes(600)).sectors())
    assert [(part.offset, len(part.data)) for part in parts] == [(500, 12), (512, 512), (1024, 76)]


def test_every_subset_of_few_changes_is_tried(medium):
    for step in (created("a"), done(Operation.WRITE, "a", data=b"x"), done(Operation.UNLINK, "old")):
        medium.do(step)
    images = {identity(medium.image(kept)) for _, kept in choices(medium.pending, 1, DEPTH)}
    # The write shows only under its name, so of the eight subsets six differ; the seventh has the length alone.
    assert len(images) == 7


def test_an_image_becomes_a_folder(medium, tmp_path):
    materialise(medium.image(()), tmp_path / "disk")
    assert (tmp_path / "disk" / "old").read_bytes() == b"old"
    assert (tmp_path / "disk" / "vault").is_dir()
