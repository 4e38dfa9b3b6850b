"""A plaintext is measured and compared the same, whole or as a stream."""

import hashlib

import pytest

from vault.content import content_of

CHUNK = 256
LONG = hashlib.shake_128(b"long").digest(3_000_000)
"""Long enough to be digested in a thread of its own."""
CONTENTS = [b"", b"a", bytes(CHUNK), bytes(range(256)) * 3, LONG]


def in_pieces(plaintext):
    return (plaintext[start : start + 100_003] for start in range(0, len(plaintext), 100_003))


def exhausted(content):
    return b"".join(chunk for chunk, _ in content.chunks(CHUNK))


@pytest.fixture(params=[bytes, in_pieces], ids=["whole", "streamed"])
def form(request):
    return request.param


@pytest.mark.parametrize("plaintext", CONTENTS, ids=len)
def test_size_and_digest_are_those_of_the_plaintext(form, plaintext):
    content = content_of(form(plaintext))
    assert exhausted(content) == plaintext
    assert (content.size_bytes, content.digest) == (len(plaintext), hashlib.sha256(plaintext).hexdigest())


@pytest.mark.parametrize("plaintext", CONTENTS, ids=len)
def test_only_the_last_chunk_is_short_and_marked(form, plaintext):
    chunks = list(content_of(form(plaintext)).chunks(CHUNK))
    assert [last for _, last in chunks] == [False] * (len(chunks) - 1) + [True]
    assert {len(chunk) for chunk, _ in chunks[:-1]} <= {CHUNK}
    assert bool(len(chunks[-1][0])) is bool(plaintext)


@pytest.mark.parametrize("plaintext", CONTENTS, ids=len)
def test_exactly_the_same_content_is_the_same_however_it_comes_back(form, plaintext):
    content = content_of(form(plaintext))
    exhausted(content)
    assert content.is_same([plaintext])
    assert content.is_same([plaintext[:1], plaintext[1:], b""])
    assert not content.is_same([plaintext, b"x"])


@pytest.mark.parametrize("plaintext", CONTENTS[1:], ids=len)
def test_one_bit_more_or_less_is_another_content(form, plaintext):
    content = content_of(form(plaintext))
    exhausted(content)
    altered = bytes([plaintext[0] ^ 1]) + plaintext[1:]
    assert not any(content.is_same([other]) for other in (altered, plaintext[:-1], plaintext[1:], b""))
