"""The secrets that people hold: the recovery key as typed, the content of a key file, a passphrase as bytes (§5)."""

import hashlib
import re
import unicodedata

from independent.refusal import Refused, demand

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DASHES = "-\u2010\u2011\u2013\u2014\u2212"
_KEY_CHARACTERS, _CHECK_CHARACTERS = 52, 4
_KEY_FILE = re.compile(
    rb"anjuan-key-file 1\r?\nkey (?P<key>[0-9a-f]{64})\r?\ncheck (?P<check>[0-9a-f]{16})(?:\r?\n)?",
)


def recovery_key_as_typed(typed: str) -> bytes:
    """The 32 bytes of a recovery key, read as generously as the page allows."""
    meant = "".join(map(_meant_character, unicodedata.normalize("NFKC", typed).upper()))
    demand(len(meant) == _KEY_CHARACTERS + _CHECK_CHARACTERS, "recovery_key_mistyped", "length")
    demand(set(meant) <= set(ALPHABET), "recovery_key_mistyped", "an impossible character")
    number = 0
    for character in meant[:_KEY_CHARACTERS]:
        number = number * 32 + ALPHABET.index(character)
    demand(number % 16 == 0, "recovery_key_mistyped", "the last four bits")
    key = (number >> 4).to_bytes(32, "big")
    demand(_check_characters(key) == meant[_KEY_CHARACTERS:], "recovery_key_mistyped", "check characters")
    return key


def key_in_file(content: bytes) -> bytes:
    """The 32 bytes in a key file."""
    demand(len(content) <= 1024, "key_file_unusable", "too long")
    match = _KEY_FILE.fullmatch(content)
    if match is None:
        raise Refused("key_file_unusable")
    key = bytes.fromhex(match["key"].decode())
    check = hashlib.sha256(b"anjuan/key-file/1" + key).digest()[:8]
    demand(check.hex() == match["check"].decode(), "key_file_unusable", "check")
    return key


def passphrase_bytes(passphrase: str) -> bytes:
    """What Argon2id is given."""
    try:
        encoded = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("passphrase_unusable") from error
    demand(1 <= len(encoded) <= 1024, "passphrase_unusable")
    return encoded


def _meant_character(character: str) -> str:
    """Nothing for what means nothing; the letters that look like digits as these."""
    if character.isspace() or character in _DASHES:
        return ""
    return {"O": "0", "I": "1", "L": "1"}.get(character, character)


def _check_characters(key: bytes) -> str:
    first_bits = int.from_bytes(hashlib.sha256(b"anjuan/recovery-key/1" + key).digest()[:3], "big") >> 4
    return "".join(ALPHABET[first_bits >> shift & 31] for shift in (15, 10, 5, 0))
