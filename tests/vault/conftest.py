"""What the tests of the vault share: a cheap keyring, and the frozen vectors."""

import json
from pathlib import Path

import pytest
from cheap_cost import CHEAP

from vault import Keyring, MemoryStorage, Passphrase, RecoveryKey, Vault

_VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))


def pytest_generate_tests(metafunc):
    """Gives each test that asks for a kind of vector every vector of that kind, by name."""
    kinds = {
        "sealed_object_vector": _VECTORS["sealed_objects"],
        "sound_object_vector": [vector for vector in _VECTORS["sealed_objects"] if vector["outcome"] == "ok"],
        "keyring_vector": _VECTORS["keyrings"],
        "wrapped_item_key_vector": _VECTORS["wrapped_item_keys"],
        "recovery_key_vector": _VECTORS["recovery_keys"],
    }
    for fixture in set(kinds) & set(metafunc.fixturenames):
        metafunc.parametrize(fixture, [pytest.param(vector, id=vector["name"]) for vector in kinds[fixture]])


@pytest.fixture(scope="session")
def keyring_and_recovery_key() -> tuple[Keyring, RecoveryKey]:
    return Keyring.create(Passphrase("正确的口令"), cost=CHEAP)


@pytest.fixture(scope="session")
def keyring(keyring_and_recovery_key) -> Keyring:
    return keyring_and_recovery_key[0]


@pytest.fixture(scope="session")
def frozen_keyring() -> Keyring:
    sound = _VECTORS["keyrings"][0]
    return Keyring.unlock(json.dumps(sound["document"]), Passphrase(sound["secret"]["passphrase"]))


@pytest.fixture
def memory() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
def vault(keyring, memory) -> Vault:
    return Vault(keyring, memory)
