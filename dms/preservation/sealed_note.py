"""A short text that lies at a place sealed: the proofs of destruction, which name persons and authorities."""

from typing import Final

from vault import Keyring, MemoryStorage, Vault

_PURPOSE: Final = "backup-note"
_OWNER: Final = b"backup/destroyed"


def seal_note(text: bytes, keyring: Keyring) -> tuple[str, bytes]:
    """The id of the note and its sealed bytes; any later keyring of the archive opens it."""
    storage = MemoryStorage()
    receipt = Vault(keyring, storage).seal(text, key=keyring.derive(_PURPOSE), owner=_OWNER)
    return receipt.object_id, storage.read_at(receipt.object_id, 0, storage.size(receipt.object_id))


def open_note(object_id: str, sealed_bytes: bytes, keyring: Keyring) -> bytes:
    """The text; an error of the vault where anything about it was altered."""
    storage = MemoryStorage()
    storage.put(object_id, [sealed_bytes])
    with Vault(keyring, storage).open(object_id, key=keyring.derive(_PURPOSE), owner=_OWNER) as reader:
        return reader.read_all()
