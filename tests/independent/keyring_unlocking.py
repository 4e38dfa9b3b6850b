"""From a keyring document and one secret to the keys it holds (§5)."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from independent import galois_counter
from independent.block_ciphers import aes_256
from independent.keyring_document import Object, canonical, canonical_content, parse_keyring, suite_of
from independent.opener import unwrap_item_key
from independent.refusal import Refused, demand
from independent.suites import Suite
from independent.typed_secrets import key_in_file, passphrase_bytes, recovery_key_as_typed

_PURPOSE_NUMBERS = {"items": 1, "catalogue": 2, "derivation": 3}
_ARGON2_VERSION = 0x13

SlotKey = Callable[[Object], bytes | None]
"""The key that opens a given slot, if it is the right one; None where there cannot be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenKeyring:
    """Every key that the document holds."""

    suite: Suite
    keyring_id: bytes
    root: bytes
    wrapping_keys: dict[tuple[str, int, int], bytes]
    """By purpose, grade and epoch."""

    def item_key(self, blob: bytes, item_id: str) -> bytes:
        """The key of an item, from what the catalogue stores beside it."""
        return unwrap_item_key(blob, item_id=item_id, suite=self.suite, wrapping_keys=self.wrapping_keys)

    def catalogue_keys(self) -> list[bytes]:
        """The raw keys under which the catalogue may be, the newest first."""
        epochs = sorted((epoch for purpose, _, epoch in self.wrapping_keys if purpose == "catalogue"), reverse=True)
        return [self.wrapping_keys["catalogue", 0, epoch] for epoch in epochs]

    def derived(self, purpose: str) -> bytes:
        """A key for the application that never changes."""
        derivation_key = self.wrapping_keys.get(("derivation", 0, 1), self.root)
        return _subkey(self.suite, derivation_key, self.keyring_id, "derived/" + purpose)

    def rooted(self, purpose: str) -> bytes:
        """A key for the application that changes with the root."""
        return _subkey(self.suite, self.root, self.keyring_id, "rooted/" + purpose)


def unlock_with_passphrase(stored: bytes, passphrase: str) -> OpenKeyring:
    """The keyring that this passphrase opens."""
    secret = passphrase_bytes(passphrase)
    return _unlocked(stored, "passphrase", lambda slot: _argon2id(secret, slot["argon2id"]), "wrong_passphrase")


def unlock_with_recovery_key(stored: bytes, typed: str) -> OpenKeyring:
    """The keyring that this recovery key opens, typed as people type."""
    key = recovery_key_as_typed(typed)
    return _unlocked(stored, "recovery", lambda _: key, "wrong_recovery_key")


def unlock_with_key_file(stored: bytes, content: bytes) -> OpenKeyring:
    """The keyring that a key file of this content opens."""
    key = key_in_file(content)
    return _unlocked(stored, "key_file", lambda _: key, "wrong_key_file")


def unlock_with_token_key(stored: bytes, token_key: bytes) -> OpenKeyring:
    """The keyring that a token opens whose own AES key is known, which no real token tells."""
    keyring_id = bytes.fromhex(parse_keyring(stored)["keyring_id"])

    def slot_key(slot: Object) -> bytes | None:
        sealed = bytes.fromhex(slot["key_service"]["sealed_key"])
        if slot["key_service"]["provider"] != "pkcs11" or len(sealed) != 61 or sealed[0] != 1:
            return None
        associated = b"anjuan/key-service/1" + keyring_id + bytes.fromhex(slot["id"])
        return galois_counter.opened(aes_256(token_key), sealed[1:13], sealed[13:], associated)

    return _unlocked(stored, "key_service", slot_key, "wrong_key_service")


def _unlocked(stored: bytes, kind: str, slot_key: SlotKey, otherwise: str) -> OpenKeyring:
    document = parse_keyring(stored)
    slots = [slot for slot in document["slots"] if slot["kind"] == kind]
    demand(slots, "no_such_slot")
    for slot in slots:
        key = slot_key(slot)
        root = key and _root_in(document, slot, key)
        if root:
            return _with_keys(document, root)
    raise Refused(otherwise)


def _argon2id(secret: bytes, cost: Object) -> bytes:
    return hash_secret_raw(
        secret,
        bytes.fromhex(cost["salt"]),
        time_cost=cost["time"],
        memory_cost=cost["memory_kib"],
        parallelism=cost["parallelism"],
        hash_len=32,
        type=Type.ID,
        version=_ARGON2_VERSION,
    )


def _root_in(document: Object, slot: Object, slot_key: bytes) -> bytes | None:
    described = canonical({name: value for name, value in slot.items() if name != "wrapped_root"})
    context = b"slot" + bytes.fromhex(document["keyring_id"]) + described
    return suite_of(document).unwrapped(slot_key, bytes.fromhex(slot["wrapped_root"]), context)


def _with_keys(document: Object, root: bytes) -> OpenKeyring:
    """The mac first (V15), then every wrapping key."""
    suite, keyring_id = suite_of(document), bytes.fromhex(document["keyring_id"])
    mac = suite.hmac(_subkey(suite, root, keyring_id, "mac"), canonical_content(document))
    demand(hmac.compare_digest(mac.hex(), document["mac"]), "keyring_not_authentic")
    keys = {
        (key["purpose"], key["grade"], key["epoch"]): _wrapping_key(document, key, root)
        for key in document["wrapping_keys"]
    }
    return OpenKeyring(suite=suite, keyring_id=keyring_id, root=root, wrapping_keys=keys)


def _wrapping_key(document: Object, described: Object, root: bytes) -> bytes:
    suite, keyring_id = suite_of(document), bytes.fromhex(document["keyring_id"])
    place = bytes([_PURPOSE_NUMBERS[described["purpose"]], described["grade"]]) + described["epoch"].to_bytes(4, "big")
    context = b"wrapping-key" + keyring_id + place
    key = suite.unwrapped(_subkey(suite, root, keyring_id, "wrap"), bytes.fromhex(described["wrapped_key"]), context)
    if key is None:
        raise Refused("keyring_not_authentic", "a wrapping key does not open")
    return key


def _subkey(suite: Suite, key: bytes, keyring_id: bytes, label: str) -> bytes:
    return suite.hkdf(key, keyring_id, b"anjuan/keyring/1/" + label.encode(), 32)
