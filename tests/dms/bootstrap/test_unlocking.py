"""Why a secret did not open the archive is said by name; a want of memory or of a token is no damage."""

import pytest
from simulators.archives import PASSPHRASE, founded_archive

from dms.bootstrap.errors import KeyringUnreadable, MemoryTooSmall, PassphraseWrong, SecretWrong, TokenNotReady
from dms.bootstrap.unlocking import unlocked_keyring
from dms.errors import Kind
from vault import Keyring, Passphrase, RecoveryKey, errors


class Token:
    """Answers as it is told to."""

    provider = "pkcs11"
    key_name = "token/key"

    def __init__(self, answer):
        self.answer = answer

    def seal_key(self, key, *, context):
        return b"sealed"

    def unseal_key(self, sealed_key, *, context):
        raise self.answer


class PassphraseOnASmallMachine(Passphrase):
    """Cannot be tried here."""

    def expose(self):
        raise errors.NotEnoughMemory(65_536)


@pytest.fixture
def document(tmp_path):
    archive = founded_archive(tmp_path / "archive")
    document = archive.keyring.with_slot(Token(None)).document()
    archive.close()
    return document


def test_the_right_passphrase_opens(document):
    assert isinstance(unlocked_keyring(document, Passphrase(PASSPHRASE)), Keyring)


@pytest.mark.parametrize(
    ("secret", "refusal", "kind"),
    [
        (Passphrase("wrong"), PassphraseWrong, Kind.FORBIDDEN),
        (RecoveryKey.random(), SecretWrong, Kind.FORBIDDEN),
        (Token(errors.WrongKeyService()), SecretWrong, Kind.FORBIDDEN),
        (Token(errors.KeyServiceUnavailable("unplugged")), TokenNotReady, Kind.CONFLICT),
        (Token(errors.KeyServicePinRefused()), TokenNotReady, Kind.CONFLICT),
        (PassphraseOnASmallMachine("x"), MemoryTooSmall, Kind.CONFLICT),
    ],
    ids=["passphrase", "recovery key", "token of another", "no token", "PIN", "memory"],
)
def test_what_does_not_open_is_told_apart_from_damage(document, secret, refusal, kind):
    with pytest.raises(refusal) as caught:
        unlocked_keyring(document, secret)
    assert caught.value.kind is kind


def test_a_damaged_keyring_is_called_so(document):
    with pytest.raises(KeyringUnreadable) as caught:
        unlocked_keyring(document[:-10], Passphrase(PASSPHRASE))
    assert caught.value.kind is Kind.DAMAGE
