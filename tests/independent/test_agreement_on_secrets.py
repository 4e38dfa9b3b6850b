"""Both implementations take the same secrets and the same wrapped keys, and refuse the rest with the same word."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from independent.keyring_unlocking import OpenKeyring, unlock_with_passphrase
from independent.refusal import Refused
from independent.typed_secrets import key_in_file, passphrase_bytes, recovery_key_as_typed
from vault import Argon2Cost, CipherSuite, KeyFile, Keyring, Passphrase, RecoveryKey, VaultError

CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
PRINTED = RecoveryKey.random().printable()
KEY = bytes(range(32))
ITEM_ID = "恒拓 2021-087"

typists_marks = st.text(st.sampled_from("0O1IL-‐‑‒–—―−﹣－ \t\u3000\u200bUuｕ０ｚ!é٣"), max_size=3)
places = st.integers(0, 200)


@settings(max_examples=200, deadline=None)
@given(place=places, typed=typists_marks, left_out=st.integers(0, 3))
def test_a_recovery_key_is_read_or_refused_alike(place, typed, left_out):
    written = PRINTED[:place] + typed + PRINTED[place + left_out :]
    assert _word(lambda: recovery_key_as_typed(written)) == _word(lambda: RecoveryKey.from_typed(written))


@settings(deadline=None)
@given(text=st.text(max_size=80))
def test_no_text_is_a_recovery_key_to_one_of_them_alone(text):
    assert _word(lambda: recovery_key_as_typed(text)) == _word(lambda: RecoveryKey.from_typed(text))


@pytest.fixture(scope="module")
def key_file(tmp_path_factory) -> tuple[Path, bytes]:
    path = tmp_path_factory.mktemp("key") / "key"
    KeyFile.create(path)
    return path, path.read_bytes()


@settings(max_examples=200, deadline=None)
@given(place=places, typed=st.binary(max_size=3), left_out=st.integers(0, 3))
@example(place=17, typed=b"\r", left_out=0)
@example(place=200, typed=b"\n", left_out=0)
def test_a_key_file_is_read_or_refused_alike(key_file, place, typed, left_out):
    path, sound = key_file
    altered = sound[:place] + typed + sound[place + left_out :]
    path.write_bytes(altered)
    assert _word(lambda: key_in_file(altered)) == _word(lambda: KeyFile.read(path))


@settings(deadline=None)
@given(text=st.text(max_size=30) | st.integers(1020, 1030).map(lambda size: "x" * size) | st.just("\ud800"))
@example(text="e\u0301" * 340)
def test_a_passphrase_is_usable_to_both_or_to_neither(text):
    assert _word(lambda: passphrase_bytes(text)) == _word(lambda: Passphrase(text))


@pytest.fixture(scope="module", params=list(CipherSuite), ids=lambda suite: suite.value)
def keyrings(request) -> tuple[Keyring, OpenKeyring, bytes]:
    """One keyring as each implementation has it, and an item's key wrapped under it."""
    keyring, _ = Keyring.create(Passphrase("x"), cost=CHEAP, suite=request.param)
    wrapped = keyring.wrap_item_key(KEY, item_id=ITEM_ID, grade=2)
    return keyring, unlock_with_passphrase(keyring.document().encode(), "x"), wrapped


@settings(max_examples=200, deadline=None)
@given(place=places, content=st.binary(max_size=4), left_out=st.integers(0, 4))
@example(place=5, content=b"\x01", left_out=1)
@example(place=5, content=b"\x02", left_out=1)
def test_a_wrapped_key_is_opened_or_refused_alike(keyrings, place, content, left_out):
    keyring, other, sound = keyrings
    altered = sound[:place] + content + sound[place + left_out :]
    word = _word(lambda: other.item_key(altered, ITEM_ID))
    assert word == _word(lambda: keyring.unwrap_item_key(altered, item_id=ITEM_ID))
    assert (word == "") == (altered == sound)


@settings(deadline=None)
@given(item_id=st.text(max_size=4) | st.integers(254, 258).map(lambda size: "x" * size))
def test_an_item_id_is_usable_to_both_or_to_neither(keyrings, item_id):
    keyring, other, sound = keyrings
    word = _word(lambda: other.item_key(sound, item_id))
    assert word == _word(lambda: keyring.unwrap_item_key(sound, item_id=item_id))


def _word(attempt) -> str:
    """The code of the refusal; empty where there is none."""
    try:
        attempt()
    except (Refused, VaultError) as refused:
        return refused.code
    return ""
