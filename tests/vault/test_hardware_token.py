"""A keyring in the custody of a PKCS#11 token; SoftHSM stands in for the hardware."""

import secrets

import pytest

from vault import Keyring, Pkcs11KeyService, errors

KEY = bytes(range(32))
CONTEXT = b"a keyring and a slot"


@pytest.fixture
def service_with(soft_token):
    def made(**changes):
        given = {
            "module_path": soft_token.module,
            "token_label": soft_token.label,
            "key_label": secrets.token_hex(4),
            "pin": soft_token.pin,
        }
        return Pkcs11KeyService(**(given | changes))

    return made


@pytest.fixture
def service(service_with):
    made = service_with()
    made.make_key()
    return made


def test_a_token_gives_back_what_it_sealed(service):
    sealed = service.seal_key(KEY, context=CONTEXT)
    assert len(sealed) == 61 and KEY not in sealed
    assert service.unseal_key(sealed, context=CONTEXT) == KEY


def test_sealing_twice_looks_different(service):
    assert service.seal_key(KEY, context=CONTEXT) != service.seal_key(KEY, context=CONTEXT)


def test_a_change_of_any_byte_or_of_the_context_is_noticed_by_the_token(service):
    sealed = service.seal_key(KEY, context=CONTEXT)
    altered = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    for claimed in (*altered, b"", sealed[:-1], sealed + b"\0"):
        with pytest.raises(errors.WrongKeyService):
            service.unseal_key(claimed, context=CONTEXT)
    with pytest.raises(errors.WrongKeyService):
        service.unseal_key(sealed, context=CONTEXT + b"x")


def test_another_key_of_the_same_token_opens_nothing(service, service_with):
    other = service_with()
    other.make_key()
    with pytest.raises(errors.WrongKeyService):
        other.unseal_key(service.seal_key(KEY, context=CONTEXT), context=CONTEXT)


def test_the_key_is_made_once_and_found_by_its_name(service_with):
    service = service_with()
    assert not service.has_key()
    service.make_key()
    assert service.has_key()
    with pytest.raises(errors.KeyServiceKeyExists):
        service.make_key()


def test_the_key_of_the_token_cannot_leave_it(service, soft_token):
    pkcs11 = pytest.importorskip("pkcs11")
    module, token, pin = soft_token.module, soft_token.label, soft_token.pin
    with pkcs11.lib(module).get_token(token_label=token).open(user_pin=pin) as session:
        key = session.get_key(label=service.key_name.split("/")[1])
        assert key[pkcs11.Attribute.NEVER_EXTRACTABLE] and key[pkcs11.Attribute.SENSITIVE]
        with pytest.raises(pkcs11.AttributeSensitive):
            key[pkcs11.Attribute.VALUE]


def test_a_key_that_may_leave_the_token_seals_nothing(service_with, soft_token):
    pkcs11 = pytest.importorskip("pkcs11")
    module, token, pin = soft_token.module, soft_token.label, soft_token.pin
    label = secrets.token_hex(4)
    with pkcs11.lib(module).get_token(token_label=token).open(user_pin=pin, rw=True) as session:
        template = {pkcs11.Attribute.EXTRACTABLE: True, pkcs11.Attribute.SENSITIVE: False}
        session.generate_key(pkcs11.KeyType.AES, 256, label=label, store=True, template=template)
    with pytest.raises(errors.KeyServiceUnavailable, match="may leave"):
        service_with(key_label=label).seal_key(KEY, context=CONTEXT)


def test_a_wrong_pin_is_told_apart_from_a_wrong_key(service, service_with):
    sealed = service.seal_key(KEY, context=CONTEXT)
    label = service.key_name.split("/")[1]
    with pytest.raises(errors.KeyServicePinRefused):
        service_with(key_label=label, pin="0000-nobody").unseal_key(sealed, context=CONTEXT)
    assert service.unseal_key(sealed, context=CONTEXT) == KEY


@pytest.mark.parametrize(
    "change", [{"module_path": "/nowhere/token.so"}, {"token_label": "lost"}, {"key_label": "never-made"}]
)
def test_a_token_that_is_not_there_is_named(service, service_with, change):
    sealed = service.seal_key(KEY, context=CONTEXT)
    with pytest.raises(errors.KeyServiceUnavailable):
        service_with(**change).unseal_key(sealed, context=CONTEXT)


def test_a_keyring_of_either_suite_opens_by_its_token_after_a_restart(service, keyring):
    document = keyring.with_slot(service, label="机房加密卡").document()
    assert Keyring.unlock(document, service).document() == document
    (slot,) = (slot for slot in keyring.with_slot(service).slots() if slot.provider)
    assert (slot.provider, slot.key_name) == ("pkcs11", service.key_name)


def test_the_pin_is_shown_nowhere(service, soft_token):
    assert soft_token.pin not in repr(service)
