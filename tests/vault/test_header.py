"""The header's bounds, and the key that commits to it."""

import pytest

from vault import errors
from vault.header import HEADER_BYTES, Prefix, new_header, open_header, parse_header
from vault.suite import SUITES

KEY = bytes(32)
PREFIX = Prefix(suite=SUITES[1], chunk_size_log2=16, object_id=bytes(16))


def header(owner=b"item/1"):
    return new_header(PREFIX, salt=bytes(32), key=KEY, owner=owner).header


@pytest.mark.parametrize("suite_id", SUITES)
def test_a_header_survives_writing_and_reading(suite_id):
    prefix = Prefix(suite=SUITES[suite_id], chunk_size_log2=16, object_id=bytes(16))
    written = new_header(prefix, salt=bytes(32), key=KEY, owner=b"item/1").header
    assert len(written.pack()) == HEADER_BYTES
    assert parse_header(written.pack()) == written
    assert written.pack()[9] == suite_id


def test_a_header_that_names_another_suite_does_not_open():
    with pytest.raises(errors.CommitmentMismatch):
        open_header(parse_header(altered(9, 2)), key=KEY, owner=b"item/1")


def altered(position, value):
    packed = bytearray(header().pack())
    packed[position] = value
    return bytes(packed)


def test_no_chunk_size_outside_the_bounds_is_ever_used():
    for log2 in (*range(8), *range(21, 256)):
        with pytest.raises(errors.SealedHeaderOutOfBounds):
            parse_header(altered(10, log2))


def test_a_suite_that_is_not_known_is_refused():
    for suite_id in (0, *range(3, 256)):
        with pytest.raises(errors.SealedSuiteUnknown):
            parse_header(altered(9, suite_id))


@pytest.mark.parametrize("owner", [b"", b"x" * 1025])
def test_an_owner_that_is_empty_or_too_long_is_refused(owner):
    with pytest.raises(errors.OwnerUnusable):
        header(owner)


@pytest.mark.parametrize("key", [b"", bytes(16), bytes(31), bytes(33)])
def test_a_key_of_another_length_is_refused(key):
    with pytest.raises(errors.KeyUnusable):
        open_header(header(), key=key, owner=b"item/1")


def test_no_two_owners_share_a_commitment():
    owners = [b"a", b"b", b"aa", b"a\0", b"\0\0\0\1a"]
    assert len({header(owner).commitment for owner in owners}) == len(owners)


def test_an_opened_header_does_not_show_its_key():
    opened = new_header(PREFIX, salt=bytes(32), key=b"K" * 32, owner=b"item/1")
    assert "KKKK" not in repr(opened)
