"""What a hardware or cloud key service is to the keyring: the keeper of a key that never leaves it."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class KeyService(Protocol):
    """Seals and unseals 32-byte keys under a key of its own.

    Duties of the service:
    - What it seals can be unsealed only by the same key of the same service and for the same context; it says so
      with `WrongKeyService` where key, context or any byte differs.
    - Its own key never leaves it. It remembers nothing of what it sealed.
    - What keeps it from working (no library, no token, no network, no such key) is `KeyServiceUnavailable`; a PIN
      that is refused is `KeyServicePinRefused`, and is not tried again, for tokens lock.
    - It does not show, pickle or log a PIN or a key.

    Duties of the caller, the keyring:
    - It never hands over the root or anything derived from it: only random keys made for one slot (V29).
    - It believes what was unsealed only so far as a commitment fits it (V29).
    - It asks only for what names this provider.
    """

    @property
    def provider(self) -> str:
        """What kind of service this is, as the slot will name it: 1 to 32 of ``a``-``z``, ``0``-``9``, hyphen."""
        ...

    @property
    def key_name(self) -> str:
        """The name of the service's own key, 1 to 256 characters, for people who look for it later."""
        ...

    def seal_key(self, key: bytes, *, context: bytes) -> bytes:
        """1 to 4096 bytes from which only `unseal_key` with the same context gives the 32 bytes back.

        `KeyServiceUnavailable`, `KeyServicePinRefused`.
        """
        ...

    def unseal_key(self, sealed_key: bytes, *, context: bytes) -> bytes:
        """The 32 bytes; `WrongKeyService`, `KeyServiceUnavailable`, `KeyServicePinRefused`."""
        ...
