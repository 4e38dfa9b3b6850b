"""The writer writes exactly the format, in one pass, whatever pieces the content comes in."""

import hashlib

import pytest
from format_reference import seal_object
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.content import content_of
from vault.header import Prefix, new_header
from vault.sealing import sealed_parts
from vault.suite import SUITES

KEY = bytes(range(32))
OWNER = "客户/甲/original".encode()
ID = bytes(range(16))
SALT = bytes(range(100, 132))


def written(suite, plaintext, *, log2=8, key=KEY, owner=OWNER, object_id=ID, salt=SALT):
    prefix = Prefix(suite=SUITES[suite], chunk_size_log2=log2, object_id=object_id)
    return sealed_parts(new_header(prefix, salt=salt, key=key, owner=owner), content_of(plaintext))


def reference(suite, content, log2=8):
    return seal_object(content, key=KEY, owner=OWNER, object_id=ID, salt=SALT, log2=log2, suite=suite)


def test_the_writer_reproduces_every_sound_frozen_object_byte_for_byte(sound_object_vector):
    vector = sound_object_vector
    parts = written(
        bytes.fromhex(vector["sealed"])[9],
        bytes.fromhex(vector["plaintext"]),
        log2=vector["log2"],
        key=bytes.fromhex(vector["key"]),
        owner=vector["owner"].encode(),
        object_id=bytes.fromhex(vector["object_id"]),
        salt=bytes.fromhex(vector["salt"]),
    )
    assert b"".join(parts).hex() == vector["sealed"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=700), max_size=8))
def test_the_pieces_in_which_a_content_arrives_do_not_matter(suite, pieces):
    content = b"".join(pieces)
    assert b"".join(written(suite, iter(pieces))) == reference(suite, content)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 2_500_000])
def test_whole_bytes_are_sealed_like_the_reference_does(suite, size):
    content = hashlib.shake_128(b"content").digest(size)
    assert b"".join(written(suite, content, log2=16)) == reference(suite, content, log2=16)


def test_a_long_content_is_never_held_in_memory_whole(suite):
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield bytes(256)

    parts = written(suite, endless())
    for _ in range(10):
        next(parts)
    assert taken <= 11
