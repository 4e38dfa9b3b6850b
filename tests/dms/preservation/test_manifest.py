"""A manifest is believed whole or not at all."""

import json
from datetime import UTC, datetime

import pytest

from dms.preservation.errors import ManifestDamaged
from dms.preservation.manifest import (
    Manifest,
    NeededKeys,
    Pieces,
    is_snapshot_id,
    new_snapshot_id,
    parse_description,
    parse_manifest,
    render_description,
    render_manifest,
)

KEY = bytes(range(32))
MADE_AT = datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)
MANIFEST = Manifest(
    snapshot_id="20260302-090005-0a0b0c0d",
    made_at=MADE_AT,
    catalogue=Pieces(size_bytes=1_500_000, names=("a" * 64, "b" * 64)),
    objects=Pieces(size_bytes=48, names=("c" * 64,)),
    objects_total=2,
    objects_bytes=40_000,
    items_total=2,
    journal_seq=17,
    journal_digest="d" * 64,
    keys=NeededKeys(catalogue=("e" * 32,), items={"3": (1, 2)}),
    destroyed=Pieces(size_bytes=110, names=("f" * 64,)),
    destroyed_note="0" * 32,
    missing=("1" * 32,),
)


def test_a_manifest_comes_back_as_it_was():
    assert parse_manifest(render_manifest(MANIFEST, key=KEY), MANIFEST.snapshot_id, key=KEY) == MANIFEST


def test_any_changed_byte_is_noticed():
    rendered = render_manifest(MANIFEST, key=KEY)
    for at in range(len(rendered)):
        altered = bytearray(rendered)
        altered[at] ^= 1
        with pytest.raises(ManifestDamaged):
            parse_manifest(bytes(altered), MANIFEST.snapshot_id, key=KEY)


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_what_is_cut_off_is_noticed(cut: int):
    with pytest.raises(ManifestDamaged):
        parse_manifest(render_manifest(MANIFEST, key=KEY)[:cut], MANIFEST.snapshot_id, key=KEY)


def test_another_key_or_another_name_is_noticed():
    rendered = render_manifest(MANIFEST, key=KEY)
    with pytest.raises(ManifestDamaged):
        parse_manifest(rendered, MANIFEST.snapshot_id, key=bytes(32))
    with pytest.raises(ManifestDamaged):
        parse_manifest(rendered, "20260303-090005-0a0b0c0d", key=KEY)


@pytest.mark.parametrize("nonsense", [b"", b"[]", b"{}", b'{"manifest":1,"hmac":2}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_manifest_is_damage(nonsense: bytes):
    with pytest.raises(ManifestDamaged):
        parse_manifest(nonsense, MANIFEST.snapshot_id, key=KEY)


def test_a_snapshot_is_named_after_its_moment_and_never_twice():
    names = {new_snapshot_id(MADE_AT) for _ in range(50)}
    assert len(names) == 50
    assert all(is_snapshot_id(name) and name.startswith("20260302-090005-") for name in names)
    assert not is_snapshot_id("../20260302-090005-0a0b0c0d")


def test_a_description_says_which_archive_and_which_format():
    assert parse_description(render_description(mark="f" * 32, made_at=MADE_AT)) == (1, "f" * 32)


@pytest.mark.parametrize("nonsense", [b"", b"{}", b"[]", json.dumps({"format": "other", "version": 1}).encode()])
def test_what_is_no_description_is_not_taken_for_one(nonsense: bytes):
    with pytest.raises(ValueError, match=r".+"):
        parse_description(nonsense)
