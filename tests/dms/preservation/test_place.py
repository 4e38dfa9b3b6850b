"""Every kind of place keeps the same promises."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from simulators.s3_store import s3_store

from dms.domain.backup import PlaceKind
from dms.preservation import Place, place_at
from dms.preservation.errors import PlaceMissing, PlaceOccupied
from dms.preservation.place import Entry, EntryMissing

LARGE = bytes(range(256)) * 40_000
"""More than one part of an upload."""
IDS = [f"{number:02x}{'0' * 28}{number:02x}" for number in (1, 2, 0x10, 0xA0, 0xA1, 0xFE, 0xFF)]


@pytest.fixture(params=list(PlaceKind))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param is PlaceKind.FOLDER:
        made = place_at(PlaceKind.FOLDER, str(tmp_path / "deep" / "copies"), {})
        made.prepare()
        yield made
        return
    with s3_store() as store:
        made = place_at(PlaceKind.S3, "s3://copies/some/prefix", store.options)
        made.prepare()
        yield made


def joined(place: Place, name: str) -> bytes:
    return b"".join(place.read(name))


@pytest.mark.parametrize("content", [b"", b"x", LARGE], ids=["nothing", "a byte", "10 MB"])
def test_a_place_gives_back_what_was_put(place: Place, content: bytes):
    place.put("objects/ab/ab12", [content[:5], content[5:]])
    place.settle()
    assert joined(place, "objects/ab/ab12") == content
    assert place.size("objects/ab/ab12") == len(content)


def test_what_was_put_takes_the_place_of_what_was_there(place: Place):
    place.put("keyring.json", [b"old"])
    place.put("keyring.json", [b"newer"])
    assert joined(place, "keyring.json") == b"newer"


def test_the_first_one_to_claim_a_name_keeps_it(place: Place):
    assert place.put_new("anjuan-backup.json", b"first")
    assert not place.put_new("anjuan-backup.json", b"second")
    assert joined(place, "anjuan-backup.json") == b"first"


def test_where_nothing_lies_a_place_says_so(place: Place):
    assert place.size("objects/ab/ab12") is None
    assert list(place.entries("objects")) == []
    with pytest.raises(EntryMissing):
        joined(place, "objects/ab/ab12")
    place.remove("objects/ab/ab12")


def test_entries_come_in_the_order_of_their_names(place: Place):
    for object_id in reversed(IDS):
        place.put(f"objects/{object_id[:2]}/{object_id}", [b"content"])
    place.put("pieces/ab/abcd", [b"other"])
    assert list(place.entries("objects")) == [Entry(name=object_id, size_bytes=7) for object_id in sorted(IDS)]
    place.put("snapshots/20260302-090000-0a0b0c0d.json", [b"{}"])
    assert [entry.name for entry in place.entries("snapshots")] == ["20260302-090000-0a0b0c0d.json"]


def test_what_is_removed_is_gone(place: Place):
    place.put("pieces/ab/abcd", [b"content"])
    place.remove("pieces/ab/abcd")
    place.settle()
    assert place.size("pieces/ab/abcd") is None
    assert list(place.entries("pieces")) == []


@pytest.mark.parametrize("size", [10, len(LARGE)])
def test_what_is_cut_off_leaves_nothing_behind(place: Place, size: int):
    def breaking() -> Iterator[bytes]:
        yield LARGE[:size]
        yield LARGE[:size]
        raise InterruptedError

    place.put("objects/ab/ab12", [b"before"])
    with pytest.raises(InterruptedError):
        place.put("objects/ab/ab12", breaking())
    place.sweep()
    assert joined(place, "objects/ab/ab12") == b"before"


def test_a_place_that_holds_something_else_is_not_taken(place: Place):
    place.put("pieces/ab/abcd", [b"content"])
    with pytest.raises(PlaceOccupied):
        place.prepare()
    place.put_new("anjuan-backup.json", b"ours")
    place.prepare()


@pytest.mark.parametrize("name", ["../escape", "objects/../../x", "/etc/passwd", "objects/AB/x", ""])
def test_no_name_leads_elsewhere(place: Place, name: str):
    with pytest.raises(ValueError, match="no name"):
        place.put(name, [b"x"])


def test_a_bucket_that_does_not_exist_is_not_made():
    with s3_store("another") as store:
        place = place_at(PlaceKind.S3, "s3://copies", store.options)
        assert not place.is_reachable()
        with pytest.raises(PlaceMissing):
            place.prepare()
