"""Bytes and keys: sealed objects, the keyring that opens them, and the storages that hold them.

A library of its own: it knows nothing of documents, people, SQL or the web. The format, and what an attacker can and
cannot do to it, is written down in docs/vault-format.md; the marks V1 … V22 in the code are that page's obligations.
"""

from vault.disk import Disk
from vault.errors import ObjectDamaged, VaultError
from vault.keyring import DEFAULT_COST, Keyring
from vault.keyring_at_rest import read_keyring, replace_keyring, store_new_keyring
from vault.keyring_document import Argon2Cost
from vault.local_storage import LocalStorage
from vault.memory_storage import MemoryStorage
from vault.opening import SealedReader
from vault.recovery_key import RecoveryKey
from vault.sealing import SealedReceipt
from vault.slot import Passphrase
from vault.storage import Storage
from vault.vault import Vault

__all__ = [
    "DEFAULT_COST",
    "Argon2Cost",
    "Disk",
    "Keyring",
    "LocalStorage",
    "MemoryStorage",
    "ObjectDamaged",
    "Passphrase",
    "RecoveryKey",
    "SealedReader",
    "SealedReceipt",
    "Storage",
    "Vault",
    "VaultError",
    "errors",
    "read_keyring",
    "replace_keyring",
    "store_new_keyring",
]

from vault import errors
