"""Where a token and its key are found, written as a PKCS#11 URI (RFC 7512)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from vault.errors import TokenAddressUnusable

_SCHEME: Final = "pkcs11:"
_LONGEST: Final = 4096
_PATH_NAMES: Final = frozenset({"token", "object", "type"})
_QUERY_NAMES: Final = frozenset({"module-path", "pin-source"})
_SECRET_KEY: Final = "secret-key"  # noqa: S105 — the name of a class of objects, not a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAddress:
    """Everything about a token's key but the PIN; no secret."""

    module_path: str
    """The library of the token's maker."""
    token_label: str
    key_label: str
    pin_source: Path | None
    """A file whose first line is the PIN; None where a person types it."""


def token_address(untrusted_uri: str) -> TokenAddress:
    """The address in ``pkcs11:token=…;object=…?module-path=…&pin-source=…``; `TokenAddressUnusable`.

    ``pin-value`` is refused, for everybody on the machine sees command lines and environments.
    """
    if len(untrusted_uri) > _LONGEST or not untrusted_uri.startswith(_SCHEME):
        raise TokenAddressUnusable
    path, _, query = untrusted_uri.removeprefix(_SCHEME).partition("?")
    stated = _attributes(path, ";", _PATH_NAMES) | _attributes(query, "&", _QUERY_NAMES)
    if stated.get("type", _SECRET_KEY) != _SECRET_KEY:
        raise TokenAddressUnusable
    if not (stated.get("token") and stated.get("object") and stated.get("module-path")):
        raise TokenAddressUnusable
    pin_source = stated.get("pin-source", "").removeprefix("file:")
    return TokenAddress(
        module_path=stated["module-path"],
        token_label=stated["token"],
        key_label=stated["object"],
        pin_source=Path(pin_source) if pin_source else None,
    )


def _attributes(text: str, separator: str, known: frozenset[str]) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(separator) if part]
    names = [name for name, _, _ in pairs]
    if len(set(names)) != len(names) or not known.issuperset(names):
        raise TokenAddressUnusable
    try:
        return {name: unquote(value, errors="strict") for name, _, value in pairs}
    except UnicodeDecodeError as error:
        raise TokenAddressUnusable from error
