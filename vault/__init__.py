"""Bytes and keys: sealed objects, the keyring that opens them, and the storages that hold them.

A library of its own: it knows nothing of documents, people, SQL or the web. The format, and what an attacker can and
cannot do to it, is written down in docs/vault-format.md; the marks V1 … V31 in the code are that page's obligations.
"""

from vault.disk import Disk
from vault.errors import ObjectDamaged, VaultError
from vault.hardware_token import Pkcs11KeyService
from vault.held_object import HeldObject
from vault.key_file import KeyFile
from vault.key_service import KeyService
from vault.keyring import Keyring
from vault.keyring_at_rest import read_keyring, replace_keyring, store_new_keyring
from vault.local_storage import LocalStorage
from vault.memory_storage import MemoryStorage
from vault.opening import SealedReader, open_sealed
from vault.recovery_key import RecoveryKey
from vault.sealed_objects import SealedObjects
from vault.sealing import SealedReceipt
from vault.signing import SIGNATURE_ALGORITHM, SigningKey, is_signed_by, public_key_pem
from vault.slot import Passphrase, UnlockSecret
from vault.slot_record import SlotKind, SlotSummary
from vault.storage import Storage
from vault.stretching import DEFAULT_COST, Argon2Cost, calibrated_cost
from vault.suite import CipherSuite
from vault.timing import SteadyMemory, VaultTiming, time_vault
from vault.token_address import TokenAddress, token_address
from vault.vault import Vault

__all__ = [
    "DEFAULT_COST",
    "SIGNATURE_ALGORITHM",
    "Argon2Cost",
    "CipherSuite",
    "Disk",
    "HeldObject",
    "KeyFile",
    "KeyService",
    "Keyring",
    "LocalStorage",
    "MemoryStorage",
    "ObjectDamaged",
    "Passphrase",
    "Pkcs11KeyService",
    "RecoveryKey",
    "SealedObjects",
    "SealedReader",
    "SealedReceipt",
    "SigningKey",
    "SlotKind",
    "SlotSummary",
    "SteadyMemory",
    "Storage",
    "TokenAddress",
    "UnlockSecret",
    "Vault",
    "VaultError",
    "VaultTiming",
    "calibrated_cost",
    "errors",
    "is_signed_by",
    "open_sealed",
    "public_key_pem",
    "read_keyring",
    "replace_keyring",
    "store_new_keyring",
    "time_vault",
    "token_address",
]

from vault import errors
