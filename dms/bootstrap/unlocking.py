"""The secrets that open an archive: where a person or the settings name one, and what may be one."""

from pathlib import Path

from dms.bootstrap.errors import (
    KeyFileOpenToOthers,
    KeyFileRefused,
    KeyringUnreadable,
    MemoryTooSmall,
    PassphraseUnusable,
    PassphraseWrong,
    SecretWrong,
    TokenNotReady,
    TokenUnnamed,
)
from dms.config import Settings
from dms.errors import Bilingual
from vault import (
    KeyFile,
    Keyring,
    Passphrase,
    Pkcs11KeyService,
    RecoveryKey,
    UnlockSecret,
    VaultError,
    token_address,
)
from vault.errors import (
    KeyFileExposed,
    KeyServicePinRefused,
    KeyServiceUnavailable,
    NotEnoughMemory,
    RecoveryKeyMistyped,
    TokenAddressUnusable,
    UnlockRefused,
    WrongPassphrase,
)
from vault.errors import PassphraseUnusable as VaultPassphraseUnusable

ArchiveSecret = UnlockSecret
"""What opens an archive."""


def secret_in_settings(settings: Settings) -> ArchiveSecret | None:
    """The secret in the place that the settings name; None where they name none.

    Raises `PassphraseUnusable`, `KeyFileRefused` or `TokenUnnamed` for a place that cannot be read or holds no secret.
    """
    if settings.recovery_key_file:
        return recovery_key(passphrase_in(settings.recovery_key_file))
    if settings.key_file:
        return key_file_at(settings.key_file)
    if settings.passphrase_file:
        return usable_passphrase(passphrase_in(settings.passphrase_file))
    if settings.token_uri:
        return _token(settings.token_uri)
    return None


def unlocked_keyring(document: str, secret: ArchiveSecret) -> Keyring:
    """The keyring in this document, opened.

    Raises `PassphraseWrong` or `SecretWrong`; `MemoryTooSmall` or `TokenNotReady`, which say nothing against keyring
    and secret; `KeyringUnreadable` where the document is damaged or was tampered with.
    """
    try:
        return Keyring.unlock(document, secret)
    except WrongPassphrase as error:
        raise PassphraseWrong from error
    except UnlockRefused as error:
        raise SecretWrong(error.code) from error
    except NotEnoughMemory as error:
        raise MemoryTooSmall from error
    except KeyServicePinRefused as error:
        raise TokenNotReady("PIN") from error
    except KeyServiceUnavailable as error:
        raise TokenNotReady(error.reason) from error
    except VaultError as error:
        raise KeyringUnreadable(error.code) from error


def _token(untrusted_uri: str) -> Pkcs11KeyService:
    """The token at this address, which names the place of its PIN, for nobody is there to type it."""
    try:
        address = token_address(untrusted_uri)
    except TokenAddressUnusable as error:
        raise TokenUnnamed from error
    if address.pin_source is None:
        raise TokenUnnamed
    return Pkcs11KeyService.at(address, pin=passphrase_in(address.pin_source))


def key_file_at(place: Path) -> KeyFile:
    """The key in this file; raises `KeyFileRefused` or `KeyFileOpenToOthers`."""
    try:
        return KeyFile.read(place)
    except KeyFileExposed as error:
        raise KeyFileOpenToOthers(place) from error
    except VaultError as error:
        raise KeyFileRefused(place, error.code) from error


def typed_secret(untrusted_text: str) -> ArchiveSecret:
    """A recovery key where the text is one by its form, else the text as a passphrase; `PassphraseUnusable`."""
    try:
        return RecoveryKey.from_typed(untrusted_text)
    except RecoveryKeyMistyped:
        return usable_passphrase(untrusted_text)


def recovery_key(untrusted_text: str) -> RecoveryKey:
    """The recovery key that a person typed; raises `PassphraseUnusable`."""
    try:
        return RecoveryKey.from_typed(untrusted_text)
    except RecoveryKeyMistyped as error:
        raise PassphraseUnusable(
            Bilingual(
                "恢复密钥抄写有误：应为 14 组、每组 4 个字符。",
                "The recovery key is mistyped: it has fourteen groups of four characters.",
            )
        ) from error


def usable_passphrase(untrusted_text: str) -> Passphrase:
    """The text as a passphrase; raises `PassphraseUnusable`."""
    try:
        return Passphrase(untrusted_text)
    except VaultPassphraseUnusable as error:
        raise PassphraseUnusable(Bilingual("口令为空或过长。", "The passphrase is empty or too long.")) from error


def passphrase_in(place: Path) -> str:
    """The first line of a passphrase file; raises `PassphraseUnusable`."""
    try:
        lines = place.read_text(encoding="utf-8-sig").splitlines()  # some editors begin every file with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseUnusable(
            Bilingual(zh=f"口令文件 {place} 无法读取。", en=f"The passphrase file {place} cannot be read.")
        ) from error
    if not lines or not lines[0].strip():
        raise PassphraseUnusable(
            Bilingual(zh=f"口令文件 {place} 是空的。", en=f"The passphrase file {place} is empty.")
        )
    return lines[0].strip()
