"""What the tests of the vault share: a cheap keyring, and the frozen vectors."""

import json
from pathlib import Path

import pytest
from cheap_cost import CHEAP
from simulators.soft_token import SoftToken, is_installed
from simulators.soft_token import soft_token as the_soft_token

from vault import CipherSuite, Keyring, MemoryStorage, Passphrase, RecoveryKey, Vault

_VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))


def pytest_generate_tests(metafunc):
    """Gives each test that asks for a kind of vector every vector of that kind, by name."""
    kinds = {
        "sealed_object_vector": _VECTORS["sealed_objects"],
        "sound_object_vector": [vector for vector in _VECTORS["sealed_objects"] if vector["outcome"] == "ok"],
        "keyring_vector": _VECTORS["keyrings"],
        "sound_keyring_vector": [vector for vector in _VECTORS["keyrings"] if vector["outcome"] == "ok"],
        "key_file_vector": _VECTORS["key_files"],
        "wrapped_item_key_vector": _VECTORS["wrapped_item_keys"],
        "recovery_key_vector": _VECTORS["recovery_keys"],
    }
    for fixture in set(kinds) & set(metafunc.fixturenames):
        metafunc.parametrize(fixture, [pytest.param(vector, id=vector["name"]) for vector in kinds[fixture]])


@pytest.fixture(scope="session", params=[1, 2], ids=["aes", "sm4"])
def suite(request) -> int:
    """The number of each suite in turn: every rule of the format holds for both."""
    return request.param


@pytest.fixture(scope="session")
def keyring_and_recovery_key(suite) -> tuple[Keyring, RecoveryKey]:
    name = {1: CipherSuite.AES_256_GCM, 2: CipherSuite.SM4_GCM}[suite]
    return Keyring.create(Passphrase("正确的口令"), cost=CHEAP, suite=name)


@pytest.fixture(scope="session")
def keyring(keyring_and_recovery_key) -> Keyring:
    return keyring_and_recovery_key[0]


def _opened(vector):
    secret = vector["secret"]
    typed = secret.get("recovery_key")
    return Keyring.unlock(
        json.dumps(vector["document"]), RecoveryKey.from_typed(typed) if typed else Passphrase(secret["passphrase"])
    )


@pytest.fixture(scope="session")
def frozen_keyrings() -> dict[str, Keyring]:
    """The keyrings under which the frozen item keys are wrapped, by name."""
    names = {vector["keyring"] for vector in _VECTORS["wrapped_item_keys"]}
    return {vector["name"]: _opened(vector) for vector in _VECTORS["keyrings"] if vector["name"] in names}


@pytest.fixture(scope="session")
def frozen_keyring(frozen_keyrings) -> Keyring:
    """One of version 1."""
    return frozen_keyrings["opened by passphrase"]


@pytest.fixture
def memory() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
def vault(keyring, memory) -> Vault:
    return Vault(keyring, memory)


@pytest.fixture(scope="session")
def soft_token() -> SoftToken:
    if not is_installed():
        pytest.skip("SoftHSM is not installed (package softhsm2)")
    return the_soft_token()
