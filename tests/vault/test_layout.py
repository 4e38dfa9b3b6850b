"""Where chunks lie, for every length an object can and cannot have."""

import pytest

from vault import errors
from vault.layout import MOST_CHUNKS, chunk_nonce, claimed_layout


def sealed_size(size):
    return 92 + size + 16 * max(1, -(-size // 256))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 513, 100_000])
def test_the_size_of_the_content_follows_from_the_length_of_the_object(size):
    layout = claimed_layout(sealed_size(size), chunk_size_bytes=256)
    assert layout.size_bytes == size
    offset, length = layout.sealed_range(layout.count - 1)
    assert offset + length == sealed_size(size)


def test_every_length_is_either_that_of_one_content_or_impossible():
    possible = {sealed_size(size) for size in range(1500)}
    for length in range(max(possible)):
        if length in possible:
            assert sealed_size(claimed_layout(length, chunk_size_bytes=256).size_bytes) == length
            continue
        with pytest.raises(errors.SealedLengthImpossible):
            claimed_layout(length, chunk_size_bytes=256)


def test_an_object_longer_than_any_can_be_is_refused():
    with pytest.raises(errors.SealedLengthImpossible):
        claimed_layout(92 + (MOST_CHUNKS + 1) * 272, chunk_size_bytes=256)


def test_no_nonce_is_used_beyond_what_it_can_count():
    assert chunk_nonce(MOST_CHUNKS - 1, last=True) == bytes(7) + b"\xff\xff\xff\xff\x01"
    with pytest.raises(errors.ObjectTooLarge):
        chunk_nonce(MOST_CHUNKS, last=False)
