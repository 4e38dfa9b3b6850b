"""Both implementations agree: each opens what the other sealed, and both refuse the same with the same word."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from independent.keyring_document import canonical_content
from independent.keyring_unlocking import unlock_with_recovery_key
from independent.opener import open_sealed_object
from independent.refusal import Refused
from independent.sealing import Choices, seal
from independent.suites import SUITES
from vault import Argon2Cost, CipherSuite, Keyring, MemoryStorage, Passphrase, RecoveryKey, Vault, VaultError

CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
KEYRING, _ = Keyring.create(Passphrase("x"), cost=CHEAP)
OWNER = "item/甲/original/0".encode()
CHUNK_BYTES = 256

keys = st.binary(min_size=32, max_size=32)
owners = st.binary(min_size=1, max_size=1024)
choices = st.builds(
    Choices,
    suite=st.sampled_from([1, 2]),
    chunk_size_log2=st.integers(8, 10),
    object_id=st.binary(min_size=16, max_size=16),
    salt=keys,
)
around_borders = st.builds(
    lambda chunks, offset: max(0, chunks * CHUNK_BYTES + offset), st.integers(0, 9), st.integers(-17, 17)
)
plaintexts = st.builds(lambda size, seed: (seed * size)[:size], around_borders, st.binary(min_size=1, max_size=40))
edits = st.one_of(
    st.tuples(st.just("changed"), st.integers(0, 4000), st.binary(min_size=1, max_size=40)),
    st.tuples(st.just("slipped in"), st.integers(0, 4000), st.binary(min_size=1, max_size=600)),
    st.tuples(st.just("left out"), st.integers(0, 4000), st.binary(min_size=1, max_size=600)),
    st.tuples(st.just("cut"), st.integers(0, 4000), st.just(b"")),
)

json_values = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 300), st.floats(), st.text(max_size=5), st.just([]), st.just({})
)
plausible_values = ["key_file", "catalogue", "derivation", "2026-02-28", "2026-02-30", "ab" * 16, "ab" * 112, "\ud800"]


@settings(max_examples=100, deadline=None)
@given(plaintext=plaintexts, item_key=keys, owner=owners, chosen=choices)
def test_the_vault_opens_what_the_other_implementation_seals(plaintext, item_key, owner, chosen):
    stored = seal(plaintext, item_key=item_key, owner=owner, choices=chosen)
    name = chosen.object_id.hex()
    assert open_sealed_object(stored, name=name, item_key=item_key, owner=owner) == plaintext
    assert _opened_by_the_vault(stored, name, item_key, owner) == plaintext


@settings(max_examples=60, deadline=None)
@given(plaintext=plaintexts, chosen=choices, ranges=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000))))
def test_every_range_of_an_object_is_that_range_of_the_paper(plaintext, chosen, ranges):
    stored = seal(plaintext, item_key=bytes(32), owner=b"o", choices=chosen)
    with _vault_with(stored, chosen.object_id.hex()).open(chosen.object_id.hex(), key=bytes(32), owner=b"o") as reader:
        for start, length in ranges:
            assert reader.read_at(start, length) == plaintext[start : start + length]


@settings(max_examples=200, deadline=None)
@given(plaintext=plaintexts, chosen=choices, edit=edits)
def test_both_refuse_an_altered_object_with_the_same_word(plaintext, chosen, edit):
    sound = seal(plaintext, item_key=bytes(32), owner=OWNER, choices=chosen)
    altered = _edited(sound, *edit)
    name = chosen.object_id.hex()
    word = _refused_here(altered, name)
    assert word == _refused_by_the_vault(altered, name)
    assert (word == "") == (altered == sound)


@settings(max_examples=60, deadline=None)
@given(plaintext=plaintexts, chosen=choices, another=choices)
def test_both_refuse_an_object_under_another_header(plaintext, chosen, another):
    """The body of one object behind the header of another, sealed with the same key for the same owner."""
    one = seal(plaintext, item_key=bytes(32), owner=OWNER, choices=chosen)
    other = seal(plaintext, item_key=bytes(32), owner=OWNER, choices=replace(another, suite=chosen.suite))
    mixed = other[:92] + one[92:]
    word = _refused_here(mixed, another.object_id.hex())
    assert word == _refused_by_the_vault(mixed, another.object_id.hex())
    assert (word == "") == (mixed == other)


@pytest.fixture(scope="module", params=list(CipherSuite), ids=lambda suite: suite.value)
def keyring_and_recovery_key(request) -> tuple[str, str]:
    keyring, recovery_key = Keyring.create(Passphrase("x"), cost=CHEAP, suite=request.param, label="门卫")
    return keyring.document(), recovery_key.printable()


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_both_judge_an_altered_keyring_alike(keyring_and_recovery_key, data):
    document, typed = keyring_and_recovery_key
    place = data.draw(st.integers(0, len(document) - 1))
    replacement = data.draw(st.text(st.characters(max_codepoint=0x2FF), max_size=3))
    altered = document[:place] + replacement + document[place + data.draw(st.integers(0, 3)) :]
    assert _keyring_refused_here(altered, typed) == _keyring_refused_by_the_vault(altered, typed)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_both_judge_alike_what_somebody_wrote_into_a_keyring(keyring_and_recovery_key, data):
    """Any value in the place of any other, a name more or less, and in half of the cases the checksum made right."""
    document, typed = keyring_and_recovery_key
    fields = json.loads(document)
    slots, wrapping_keys = fields["slots"], fields["wrapping_keys"]
    holder = data.draw(st.sampled_from([fields, *slots, *wrapping_keys, slots[0]["argon2id"]]))
    name = data.draw(st.sampled_from(sorted(holder)) | st.sampled_from(["label", "created_on", "new"]))
    holder[name] = data.draw(json_values | st.sampled_from(plausible_values))
    if data.draw(st.booleans()):
        fields["checksum"] = _checksum_of(fields)
    altered = json.dumps(fields)
    assert _keyring_refused_here(altered, typed) == _keyring_refused_by_the_vault(altered, typed)


def _checksum_of(fields: dict) -> str:
    try:
        return SUITES.get(fields["suite"], SUITES[1]).digest(canonical_content(fields)).hex()
    except (Refused, TypeError):
        return fields["checksum"]


def _edited(stored: bytes, how: str, place: int, content: bytes) -> bytes:
    place %= len(stored)
    match how:
        case "changed":
            return (stored[:place] + content + stored[place + len(content) :])[: len(stored)]
        case "slipped in":
            return stored[:place] + content + stored[place:]
        case "left out":
            return stored[:place] + stored[place + len(content) :]
        case _:
            return stored[:place]


def _vault_with(stored: bytes, name: str) -> Vault:
    storage = MemoryStorage()
    storage.objects[name] = stored
    return Vault(KEYRING, storage)


def _opened_by_the_vault(stored: bytes, name: str, item_key: bytes, owner: bytes) -> bytes:
    with _vault_with(stored, name).open(name, key=item_key, owner=owner) as reader:
        return reader.read_all()


def _refused_here(stored: bytes, name: str) -> str:
    try:
        open_sealed_object(stored, name=name, item_key=bytes(32), owner=OWNER)
    except Refused as refused:
        return refused.code
    return ""


def _refused_by_the_vault(stored: bytes, name: str) -> str:
    try:
        _opened_by_the_vault(stored, name, bytes(32), OWNER)
    except VaultError as error:
        return error.code
    return ""


def _keyring_refused_here(document: str, typed: str) -> str:
    try:
        unlock_with_recovery_key(document.encode(), typed)
    except Refused as refused:
        return refused.code
    return ""


def _keyring_refused_by_the_vault(document: str, typed: str) -> str:
    try:
        Keyring.unlock(document, RecoveryKey.from_typed(typed))
    except VaultError as error:
        return error.code
    return ""
