"""Signatures by a key of the archive: whoever holds the public half can tell that this archive said so.

Ed25519 (RFC 8032). The private half is derived from the derivation key (V16, V27), so it is the same for as long as the
archive lives, opens with the archive alone, and is never stored.
"""

from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vault.errors import SecretMayNotTravel
from vault.keyring import Keyring

SIGNATURE_ALGORITHM = "Ed25519"
_PREFIX = "signing-"


class SigningKey:
    """The key with which an archive signs for one purpose; safe to share between threads."""

    __slots__ = ("_key", "_purpose")

    def __init__(self, keyring: Keyring, purpose: str) -> None:
        """`PurposeUnusable` for a purpose that is not short and in lower-case letters, digits and dashes."""
        self._purpose = purpose
        self._key = Ed25519PrivateKey.from_private_bytes(keyring.derive(_PREFIX + purpose))

    @property
    def public_key(self) -> bytes:
        """The 32 bytes with which anybody can check what this key has signed."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes; the same for the same message."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"SigningKey({self._purpose})"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


def is_signed_by(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this key signed exactly this message; False also for what is no key or signature at all."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key_pem(public_key: bytes) -> str:
    """The public key as other programs read it (RFC 8410, PEM); `ValueError` for what is no key."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
