"""The vault: sealed objects under the keyring of one archive.

Invariant: the suite of an object is the keyring's; its key is an item's, wrapped by the keyring before it is kept.
"""

import hashlib
import hmac
from collections.abc import Iterable

from vault.keyring import Keyring
from vault.sealed_objects import SealedObjects
from vault.storage import Storage


class Vault(SealedObjects):
    """Sealed objects of one archive; holds no state, safe to share between threads."""

    def __init__(self, keyring: Keyring, storage: Storage) -> None:
        super().__init__(storage, keyring.suite)
        self._keyring = keyring

    def new_item_key(self) -> bytes:
        """32 random bytes; wrap them with `Keyring.wrap_item_key` before storing them."""
        return self.new_key()

    def digest_keyed(self, purpose: str, chunks: Iterable[bytes] | bytes) -> str:
        """HMAC-SHA-256 of the joined chunks in hex, under the derived key of this purpose; `PurposeUnusable`.

        Tells equal contents apart from others to this archive alone, unlike a public hash.
        """
        digest = hmac.new(self._keyring.derive(purpose), digestmod=hashlib.sha256)
        for chunk in (chunks,) if isinstance(chunks, bytes) else chunks:
            digest.update(chunk)
        return digest.hexdigest()
