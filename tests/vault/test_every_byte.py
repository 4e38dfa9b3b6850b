"""Small things altered in every possible place: no byte of an object or a keyring may change unnoticed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import pytest
from format_reference import digest, seal_object

from vault import Keyring, MemoryStorage, ObjectDamaged, Vault, VaultError, errors, read_keyring

KEY, OWNER = bytes(range(32)), b"item/1/original/0"
NAME, OTHER_NAME = "a1" * 16, "b2" * 16
CHUNK_BYTES = 256
SEALED_CHUNK_BYTES = CHUNK_BYTES + 16
HEADER_BYTES = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One place in a vault, where anything may be put."""

    vault: Vault
    storage: MemoryStorage

    def refusal(self, stored: bytes, plaintext: bytes, name: str = NAME) -> str:
        """The code by which these bytes are refused, empty where they open; whatever is given out is checked."""
        self.storage.objects[name] = stored
        offset = 0
        try:
            with self.vault.open(name, key=KEY, owner=OWNER) as reader:
                for chunk in reader:
                    assert plaintext.startswith(chunk, offset), "a wrong byte was given out"
                    offset += len(chunk)
        except ObjectDamaged as error:
            return error.code
        assert offset == len(plaintext), "a part was given out for the whole"
        return ""


@pytest.fixture
def shelf(vault, memory) -> Shelf:
    return Shelf(vault=vault, storage=memory)


def _sealed(plaintext: bytes, suite: int, name: str = NAME) -> bytes:
    salt = bytes(32)
    return seal_object(plaintext, key=KEY, owner=OWNER, object_id=bytes.fromhex(name), salt=salt, log2=8, suite=suite)


def _plaintext(size_bytes: int, first: int = 0) -> bytes:
    """Every chunk another one, so that no two of them may be taken for each other."""
    return b"".join((first + i).to_bytes(4, "big") for i in range(-(-size_bytes // 4)))[:size_bytes]


@pytest.mark.parametrize("size_bytes", [0, 1, 40])
def test_every_value_of_every_byte_of_a_small_object_is_noticed(shelf, suite, size_bytes):
    plaintext = _plaintext(size_bytes)
    sound = _sealed(plaintext, suite)
    altered = bytearray(sound)
    for place, value in product(range(len(sound)), range(256)):
        altered[place] = value
        assert (shelf.refusal(bytes(altered), plaintext) == "") == (value == sound[place]), (place, value)
        altered[place] = sound[place]


@pytest.mark.parametrize("size_bytes", [CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_every_bit_of_an_object_of_several_chunks_is_noticed(shelf, suite, size_bytes):
    plaintext = _plaintext(size_bytes)
    sound = _sealed(plaintext, suite)
    altered = bytearray(sound)
    for place, bit in product(range(len(sound)), range(8)):
        altered[place] ^= 1 << bit
        assert shelf.refusal(bytes(altered), plaintext) != "", (place, bit)
        altered[place] ^= 1 << bit


@pytest.mark.parametrize("size_bytes", [0, 1, 255, 256, 257, 512, 1000])
def test_no_object_is_shorter_or_longer_than_it_was(shelf, suite, size_bytes):
    plaintext = _plaintext(size_bytes)
    sound = _sealed(plaintext, suite)
    for stored in _shorter_or_longer(sound):
        assert shelf.refusal(stored, plaintext) in {"sealed_length_impossible", "end_not_authentic"}


def _shorter_or_longer(sound: bytes) -> Iterator[bytes]:
    yield from (sound[:left] for left in range(len(sound)))
    more = sound[HEADER_BYTES:] * 3 + sound
    for added in range(1, 2 * SEALED_CHUNK_BYTES + 20):
        yield sound + bytes(added)
        yield sound + (more * 9)[:added]
        yield sound + sound[-added:]


def test_every_swap_of_chunks_within_an_object_is_noticed(shelf, suite):
    plaintext = _plaintext(5 * CHUNK_BYTES + 100)
    header, chunks = _cut(_sealed(plaintext, suite))
    for one, other in combinations(range(len(chunks)), 2):
        swapped = list(chunks)
        swapped[one], swapped[other] = chunks[other], chunks[one]
        assert shelf.refusal(header + b"".join(swapped), plaintext) != ""


def test_every_chunk_in_the_place_of_every_other_left_out_or_repeated_is_noticed(shelf, suite):
    plaintext = _plaintext(4 * CHUNK_BYTES)
    header, chunks = _cut(_sealed(plaintext, suite))
    for taken, place in product(range(4), repeat=2):
        if taken != place:
            laid = [*chunks[:place], chunks[taken], *chunks[place + 1 :]]
            assert shelf.refusal(header + b"".join(laid), plaintext) != ""
        assert shelf.refusal(header + b"".join([*chunks[:place], chunks[taken], *chunks[place:]]), plaintext) != ""
        assert shelf.refusal(header + b"".join(chunks[:place] + chunks[place + 1 :]), plaintext) != ""


def test_every_chunk_of_another_object_under_the_same_key_is_noticed(shelf, suite):
    """Even one of another object with the very same content and salt: the object's id is in its key."""
    plaintext = _plaintext(4 * CHUNK_BYTES)
    header, chunks = _cut(_sealed(plaintext, suite))
    for others in (_plaintext(4 * CHUNK_BYTES), _plaintext(4 * CHUNK_BYTES, first=4096)):
        _, strange = _cut(_sealed(others, suite, OTHER_NAME))
        for taken, place in product(range(4), repeat=2):
            laid = [*chunks[:place], strange[taken], *chunks[place + 1 :]]
            assert shelf.refusal(header + b"".join(laid), plaintext) != ""


def test_chunks_of_the_size_that_is_written_are_no_more_exchangeable(shelf, vault, memory):
    plaintexts = [_plaintext(size_bytes) for size_bytes in (131_072, 131_072, 200_000)]
    names = [vault.seal(plaintext, key=KEY, owner=OWNER).object_id for plaintext in plaintexts]
    cut = [_cut(memory.objects[name], 65_536 + 16) for name in names]
    for own, other in product(range(3), repeat=2):
        header, chunks = cut[own]
        for place, taken in product(range(len(chunks)), range(len(cut[other][1]))):
            if (own, place) != (other, taken):
                laid = [*chunks[:place], cut[other][1][taken], *chunks[place + 1 :]]
                assert shelf.refusal(header + b"".join(laid), plaintexts[own], names[own]) != ""


def _cut(stored: bytes, sealed_chunk_bytes: int = SEALED_CHUNK_BYTES) -> tuple[bytes, list[bytes]]:
    starts = range(HEADER_BYTES, len(stored), sealed_chunk_bytes)
    return stored[:HEADER_BYTES], [stored[start : start + sealed_chunk_bytes] for start in starts]


def test_every_byte_of_a_wrapped_item_key_counts(keyring):
    sound = keyring.wrap_item_key(KEY, item_id="甲", grade=2)
    altered = bytearray(sound)
    for place, bit in product(range(len(sound)), range(8)):
        altered[place] ^= 1 << bit
        with pytest.raises(VaultError):
            keyring.unwrap_item_key(bytes(altered), item_id="甲")
        altered[place] ^= 1 << bit


def test_every_byte_of_a_stored_keyring_counts(keyring_and_recovery_key, tmp_path):
    """Every bit turned, every byte made a blank, a zero, or one that no text has; only white space means nothing."""
    keyring, recovery_key = keyring_and_recovery_key
    path, sound = tmp_path / "keyring.json", keyring.document().encode()
    codes = set()
    for place, value in product(range(len(sound)), (*(1 << bit for bit in range(8)), " ", "0", "\xff")):
        altered = bytearray(sound)
        altered[place] = sound[place] ^ value if isinstance(value, int) else ord(value)
        if altered != sound:
            codes.add(_keyring_refusal(path, bytes(altered), recovery_key, sound))
    assert codes - {""} == {"keyring_damaged", "keyring_unsupported", "keyring_not_authentic"}


def _keyring_refusal(path, stored, recovery_key, sound) -> str:
    """The code of the refusal; empty where the document says exactly what it said before."""
    try:
        Keyring.unlock(_text_of(stored, path), recovery_key)
    except (errors.KeyringDamaged, errors.KeyringUnsupported) as error:
        return error.code
    except errors.KeyringNotAuthentic as error:
        assert {**json.loads(stored), "mac": ""} == {**json.loads(sound), "mac": ""}, "the checksum told nothing"
        return error.code
    assert json.loads(stored) == json.loads(sound)
    return ""


def _text_of(stored: bytes, path: Path) -> str:
    """As `read_keyring` gives it; the disk is asked only where that may refuse."""
    if stored.isascii():
        return stored.decode()
    path.write_bytes(stored)
    return read_keyring(path)


def test_every_digit_of_a_keyring_counts_even_where_the_checksum_was_made_right(keyring_and_recovery_key):
    """What somebody who knows the format may try; the root key alone makes the mac."""
    keyring, recovery_key = keyring_and_recovery_key
    for fields in _with_one_digit_changed(json.loads(keyring.document())):
        with pytest.raises(VaultError) as refused:
            Keyring.unlock(_with_checksum(fields), recovery_key)
        assert refused.value.code in {"keyring_not_authentic", "wrong_recovery_key"}


def _with_one_digit_changed(fields: dict) -> Iterator[dict]:
    places = [
        (fields, "keyring_id"),
        (fields, "mac"),
        *((slot, name) for slot in fields["slots"] for name in ("id", "wrapped_root")),
        (fields["slots"][0]["argon2id"], "salt"),
        *((key, "wrapped_key") for key in fields["wrapping_keys"]),
    ]
    for holder, name in places:
        sound = holder[name]
        for i, digit in enumerate(sound):
            holder[name] = f"{sound[:i]}{int(digit, 16) ^ 1:x}{sound[i + 1 :]}"
            yield fields
        holder[name] = sound


def _with_checksum(fields: dict) -> str:
    content = {name: value for name, value in fields.items() if name not in ("checksum", "mac")}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    return json.dumps(fields | {"checksum": digest(canonical, fields["suite"]).hex()})
