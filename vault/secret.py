"""A holder for 32 bytes that must not be seen.

Invariants:
- Neither `repr` nor `str` nor a traceback of locals shows the bytes (V17).
- The holder cannot be pickled or copied, so no key reaches a child process by accident (V17).
"""

import secrets
from typing import Final, NoReturn

from vault.errors import KeyUnusable, SecretMayNotTravel

KEY_BYTES: Final = 32


class Secret:
    """32 secret bytes; `expose` is the only way to them, so that every use can be found by its name."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = checked_key(value)

    @classmethod
    def random(cls) -> "Secret":
        """A new secret from the operating system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def expose(self) -> bytes:
        """The 32 bytes themselves."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


def checked_key(claimed_key: bytes) -> bytes:
    """The same bytes, known to be 32 of them; `KeyUnusable` otherwise."""
    if len(claimed_key) != KEY_BYTES:
        raise KeyUnusable(len(claimed_key))
    return bytes(claimed_key)
