"""Archives of earlier versions, opened by the other implementation alone."""

import hashlib
import json
import tarfile
from pathlib import Path

import pytest

from independent.archive_reading import catalogued_objects, contents
from independent.keyring_unlocking import OpenKeyring, unlock_with_passphrase, unlock_with_recovery_key
from independent.refusal import Refused

ARCHIVES = sorted((Path(__file__).parents[1] / "archives").glob("*/facts.json"))


@pytest.fixture(params=ARCHIVES, ids=[facts.parent.name for facts in ARCHIVES])
def facts(request) -> dict:
    """What was written down about the archive when it was made; ``home`` is a copy of it."""
    folder = request.param.parent
    home = request.getfixturevalue("tmp_path")
    with tarfile.open(folder / "archive.tar.gz") as packed:
        packed.extractall(home, filter="data")
    return json.loads(request.param.read_text(encoding="utf-8")) | {"home": home / "archive"}


@pytest.fixture
def keyring(facts) -> OpenKeyring:
    return unlock_with_passphrase((facts["home"] / "keyring.json").read_bytes(), facts["passphrase"])


def test_the_passphrase_and_the_recovery_key_open_the_same_keys(facts, keyring):
    stored = (facts["home"] / "keyring.json").read_bytes()
    assert unlock_with_recovery_key(stored, facts["recovery_key"]) == keyring
    assert unlock_with_recovery_key(stored, facts["recovery_key"].lower().replace("-", " ")) == keyring


def test_another_passphrase_opens_nothing(facts):
    with pytest.raises(Refused) as refused:
        unlock_with_passphrase((facts["home"] / "keyring.json").read_bytes(), facts["passphrase"] + "!")
    assert refused.value.code == "wrong_passphrase"


def test_every_object_of_every_item_opens_to_what_the_catalogue_says(facts, keyring):
    rows = [row for row, _ in contents(facts["home"], keyring)]
    assert sorted(row.object_id for row in rows) == sorted(facts["objects"])
    assert len(rows) == sum(path.is_file() for path in (facts["home"] / "vault").rglob("*"))


def test_every_original_is_the_paper_that_was_received(facts, keyring):
    originals = {row.item_id: content for row, content in contents(facts["home"], keyring) if row.role == "original"}
    received = {item["item_id"]: item["sha256"] for item in facts["items"]}
    assert {item_id: hashlib.sha256(content).hexdigest() for item_id, content in originals.items()} == received


def test_no_object_opens_with_the_key_of_another_item(facts, keyring):
    one, other = _of_two_items(catalogued_objects(facts["home"], keyring))
    with pytest.raises(Refused) as refused:
        keyring.item_key(one.wrapped_key, other.item_id)
    assert refused.value.code == "wrapped_key_not_authentic"


def _of_two_items(rows):
    return rows[0], next(row for row in rows if row.item_id != rows[0].item_id)
