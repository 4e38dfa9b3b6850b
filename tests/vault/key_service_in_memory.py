"""A key service as small as one can be: it writes what the token of docs/vault-format.md §5 writes."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault import errors


class KeyServiceInMemory:
    """Holds its key itself, and remembers what it was asked."""

    def __init__(self, token_key=None, *, provider="pkcs11", key_name="token/kek"):
        self._cipher = AESGCM(token_key or secrets.token_bytes(32))
        self.provider = provider
        self.key_name = key_name
        self.sealed = []
        self.asked = 0

    def seal_key(self, key, *, context):
        self.sealed.append(key)
        nonce = secrets.token_bytes(12)
        return b"\x01" + nonce + self._cipher.encrypt(nonce, key, context)

    def unseal_key(self, sealed_key, *, context):
        self.asked += 1
        try:
            return self._cipher.decrypt(sealed_key[1:13], sealed_key[13:], context)
        except InvalidTag as error:
            raise errors.WrongKeyService from error


class DeafKeyService(KeyServiceInMemory):
    """Cannot be reached when it is needed."""

    def unseal_key(self, sealed_key, *, context):
        raise errors.KeyServiceUnavailable("the network is down")


class BabblingKeyService(KeyServiceInMemory):
    """Answers something, whatever it is asked."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def unseal_key(self, sealed_key, *, context):
        return self.answer
