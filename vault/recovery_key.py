"""The recovery key: 256 random bits in a form that a person can write down and type again (docs/vault-format.md §5)."""

import hashlib
import secrets
import unicodedata
from typing import Final, NoReturn

from vault.errors import RecoveryKeyMistyped, SecretMayNotTravel
from vault.secret import KEY_BYTES, Secret

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_LABEL: Final = b"anjuan/recovery-key/1"
_KEY_CHARACTERS: Final = 52
_CHECK_CHARACTERS: Final = 4
_PADDING_BITS: Final = _KEY_CHARACTERS * 5 - KEY_BYTES * 8
_GROUP: Final = 4
_LONGEST_TYPED: Final = 1000


class RecoveryKey:
    """32 random bytes that open the keyring when every passphrase is lost; shown once, then only on paper."""

    __slots__ = ("_secret",)

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    @classmethod
    def random(cls) -> "RecoveryKey":
        """A new recovery key."""
        return cls(Secret(secrets.token_bytes(KEY_BYTES)))

    @classmethod
    def from_typed(cls, untrusted_text: str) -> "RecoveryKey":
        """The key that a person typed; `RecoveryKeyMistyped` where it cannot be one."""
        number = _number(_characters(untrusted_text))
        key, check = number >> 20, number & 0xFFFFF
        raw = (key >> _PADDING_BITS).to_bytes(KEY_BYTES, "big")
        if key & ((1 << _PADDING_BITS) - 1) or check != _check(raw):
            raise RecoveryKeyMistyped
        return cls(Secret(raw))

    def printable(self) -> str:
        """Fourteen groups of four characters with hyphens; whoever reads this can open the archive."""
        raw = self._secret.expose()
        number = (int.from_bytes(raw, "big") << _PADDING_BITS << 20) | _check(raw)
        length = _KEY_CHARACTERS + _CHECK_CHARACTERS
        text = "".join(_ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))
        return "-".join(text[start : start + _GROUP] for start in range(0, length, _GROUP))

    def secret(self) -> Secret:
        """The 32 bytes, still covered."""
        return self._secret

    def __repr__(self) -> str:
        return "RecoveryKey(…)"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


def _characters(untrusted_text: str) -> str:
    if len(untrusted_text) > _LONGEST_TYPED:
        raise RecoveryKeyMistyped
    # An input method for Chinese types full-width letters and digits; NFKC makes them the ordinary ones.
    folded = unicodedata.normalize("NFKC", untrusted_text).upper()
    return "".join(character for character in folded if character not in "-‐‑–—−" and not character.isspace())


def _number(characters: str) -> int:
    if len(characters) != _KEY_CHARACTERS + _CHECK_CHARACTERS:
        raise RecoveryKeyMistyped
    number = 0
    for character in characters:
        if character not in _VALUES:
            raise RecoveryKeyMistyped
        number = number << 5 | _VALUES[character]
    return number


def _check(raw: bytes) -> int:
    """The first 20 bits of the digest, four characters."""
    return int.from_bytes(hashlib.sha256(_LABEL + raw).digest()[:3], "big") >> 4
