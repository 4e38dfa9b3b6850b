"""Objects that hold keys neither show nor give them away."""

import copy
import pickle

import pytest

from vault import KeyFile, Passphrase, Pkcs11KeyService, RecoveryKey, errors
from vault.secret import Secret
from vault.slot import PassphraseSlot

VALUE = b"SHOWN-NOWHERE" + bytes(19)


@pytest.fixture(params=["secret", "passphrase", "recovery key", "key file", "token", "keyring"])
def holder(request, keyring):
    return {
        "secret": Secret(VALUE),
        "passphrase": Passphrase("SHOWN-NOWHERE"),
        "recovery key": RecoveryKey(Secret(VALUE)),
        "key file": KeyFile(Secret(VALUE)),
        "token": Pkcs11KeyService(module_path="m", token_label="t", key_label="k", pin="SHOWN-NOWHERE"),
        "keyring": keyring,
    }[request.param]


def test_no_holder_of_a_key_shows_it(holder, keyring):
    for text in (repr(holder), str(holder), f"{holder}", repr([holder])):
        assert "SHOWN" not in text
        assert keyring.catalogue_key().hex() not in text


@pytest.mark.parametrize("travel", [pickle.dumps, copy.copy, copy.deepcopy])
def test_no_holder_of_a_key_can_travel_to_another_process(holder, travel):
    with pytest.raises(errors.SecretMayNotTravel):
        travel(holder)


def test_a_slot_that_holds_a_passphrase_cannot_travel_either():
    from cheap_cost import CHEAP

    with pytest.raises(errors.SecretMayNotTravel):
        pickle.dumps(PassphraseSlot(Passphrase("x"), CHEAP))


@pytest.mark.parametrize("value", [b"", bytes(31), bytes(33)])
def test_a_secret_has_exactly_32_bytes(value):
    with pytest.raises(errors.KeyUnusable):
        Secret(value)
