"""Opening sealed objects that an attacker has had in his hands."""

import pytest
from format_reference import seal_object
from hypothesis import given, settings
from hypothesis import strategies as st

from vault import MemoryStorage, ObjectDamaged, VaultError, errors
from vault.opening import open_sealed

KEY = bytes(range(32))
OWNER = b"item/7/original"
ID = bytes(range(16))
CONTENT = bytes(i * 7 % 251 for i in range(600))


def sealed(suite, content=CONTENT, *, log2=8, salt=bytes(32), **changes):
    given = {"key": KEY, "owner": OWNER, "object_id": ID, "salt": salt, "log2": log2, "suite": suite}
    return seal_object(content, **(given | changes))


def storage_with(stored, object_id=ID):
    storage = MemoryStorage()
    storage.objects[object_id.hex()] = stored
    return storage


def opened(stored):
    return open_sealed(storage_with(stored), ID.hex(), key=KEY, owner=OWNER)


def released_from(stored):
    """Every byte that comes out before the first refusal, and that refusal."""
    released = b""
    try:
        with opened(stored) as reader:
            for chunk in reader:
                released += chunk
    except VaultError as error:
        return released, error
    return released, None


def outcome_of(vector):
    storage = storage_with(bytes.fromhex(vector["sealed"]), bytes.fromhex(vector["object_id"]))
    key, owner = bytes.fromhex(vector["key"]), vector["owner"].encode()
    try:
        with open_sealed(storage, vector["object_id"], key=key, owner=owner) as reader:
            return "ok", reader.read_all().hex()
    except VaultError as error:
        return error.code, None


def test_every_frozen_object_has_the_outcome_written_beside_it(sealed_object_vector):
    assert outcome_of(sealed_object_vector) == (sealed_object_vector["outcome"], sealed_object_vector.get("plaintext"))


@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_a_bit_flipped_in_any_byte_is_noticed_and_no_unauthentic_byte_comes_out(suite, bit):
    whole = sealed(suite)
    for position in range(len(whole)):
        altered = bytearray(whole)
        altered[position] ^= bit
        released, error = released_from(bytes(altered))
        assert isinstance(error, ObjectDamaged), position
        assert CONTENT.startswith(released) and len(released) <= max(0, position - 92), position


def test_a_paper_cut_off_at_any_byte_does_not_open_at_all(suite):
    whole = sealed(suite)
    for length in range(len(whole)):
        released, error = released_from(whole[:length])
        assert isinstance(error, ObjectDamaged) and released == b"", length


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512])
def test_cutting_off_is_noticed_for_contents_of_every_shape(suite, size):
    whole = sealed(suite, CONTENT[:size])
    assert released_from(whole) == (CONTENT[:size], None)
    for length in range(len(whole)):
        assert isinstance(released_from(whole[:length])[1], ObjectDamaged), length


@pytest.mark.parametrize("extra", [1, 15, 16, 17, 272, 273])
def test_something_appended_is_noticed_before_a_byte_comes_out(suite, extra):
    released, error = released_from(sealed(suite) + bytes(extra))
    assert isinstance(error, errors.EndNotAuthentic | errors.SealedLengthImpossible)
    assert released == b""


def chunks_of(whole):
    return [whole[start : start + 272] for start in range(92, len(whole), 272)]


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 0, 2), (1, 1, 2), (0, 2, 1), (2, 1, 0), (0, 2), (1, 2), (0, 1, 1, 2)])
def test_chunks_exchanged_repeated_or_left_out_are_noticed(suite, order):
    whole = sealed(suite)
    rearranged = whole[:92] + b"".join(chunks_of(whole)[index] for index in order)
    released, error = released_from(rearranged)
    assert isinstance(error, ObjectDamaged)
    assert CONTENT.startswith(released)


def test_a_chunk_of_another_object_under_the_same_key_and_owner_is_noticed(suite):
    mine, other = sealed(suite), sealed(suite, salt=b"\1" * 32)
    mixed = mine[:92] + chunks_of(other)[0] + mine[92 + 272 :]
    assert released_from(mixed)[1].code == "chunk_not_authentic"


def test_an_object_lying_under_the_name_of_another_does_not_open(suite):
    other = sealed(suite, object_id=bytes(16))
    assert released_from(other)[1].code == "another_object_under_this_name"


def test_a_paper_opens_only_for_the_owner_and_key_it_was_sealed_with(suite):
    storage = storage_with(sealed(suite))
    for key, owner in [(KEY, b"item/8/original"), (KEY, OWNER + b"\0"), (bytes(32), OWNER)]:
        with pytest.raises(errors.CommitmentMismatch):
            open_sealed(storage, ID.hex(), key=key, owner=owner)


def test_bytes_of_a_sound_chunk_are_readable_though_another_is_damaged(suite):
    altered = bytearray(sealed(suite))
    altered[92] ^= 1
    reader = opened(bytes(altered))
    assert reader.read_at(256, 300) == CONTENT[256:556]
    with pytest.raises(errors.ChunkNotAuthentic) as refusal:
        reader.read_at(255, 2)
    assert refusal.value.index == 0


@settings(max_examples=150, deadline=None)
@given(size=st.integers(0, 1200), offset=st.integers(0, 1400), length=st.integers(0, 1400))
def test_reading_at_any_place_gives_the_same_bytes_as_the_paper_itself(suite, size, offset, length):
    content = (CONTENT * 2)[:size]
    with opened(sealed(suite, content)) as reader:
        assert reader.size_bytes == size
        assert reader.read_at(offset, length) == content[offset : offset + length]


class CountingStorage(MemoryStorage):
    """Remembers which ranges were read."""

    def __init__(self):
        super().__init__()
        self.ranges = []

    def read_at(self, object_id, offset, length):
        self.ranges.append((offset, length))
        return super().read_at(object_id, offset, length)


def test_only_the_chunks_touched_are_read(suite):
    storage = CountingStorage()
    storage.objects[ID.hex()] = sealed(suite, CONTENT * 10)
    reader = open_sealed(storage, ID.hex(), key=KEY, owner=OWNER)
    assert storage.ranges == [(0, 92), (92 + 23 * 272, 112 + 16)]
    storage.ranges.clear()
    reader.read_at(256 * 5 + 10, 20)
    reader.read_at(256 * 5 + 40, 20)
    assert storage.ranges == [(92 + 5 * 272, 272)]


def test_an_object_that_shrinks_while_it_is_open_gives_nothing_unauthentic(suite):
    storage = storage_with(sealed(suite))
    reader = open_sealed(storage, ID.hex(), key=KEY, owner=OWNER)
    storage.objects[ID.hex()] = sealed(suite)[:100]
    with pytest.raises(errors.ChunkNotAuthentic):
        reader.read_at(0, 10)


@pytest.mark.parametrize(("offset", "length"), [(-1, 1), (0, -1)])
def test_a_negative_place_is_refused(suite, offset, length):
    with pytest.raises(errors.RangeUnusable):
        opened(sealed(suite)).read_at(offset, length)


def test_a_closed_reader_gives_nothing_more(suite):
    with opened(sealed(suite)) as reader:
        chunks = iter(reader)
        next(chunks)
    with pytest.raises(errors.ReaderClosed):
        reader.read_at(0, 1)
    with pytest.raises(errors.ReaderClosed):
        next(chunks)


def test_a_name_that_is_no_object_id_is_refused_before_anything_is_read():
    storage = CountingStorage()
    for name in ("", "../../etc/passwd", ID.hex().upper(), ID.hex() + "\n"):
        with pytest.raises(errors.ObjectIdUnusable):
            open_sealed(storage, name, key=KEY, owner=OWNER)
    assert storage.ranges == []
