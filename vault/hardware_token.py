"""A key service behind PKCS#11 (OASIS, version 2.40 and later): a smart card, a USB token, an HSM, or SoftHSM.

Invariants:
- The token's key is made on the token, sensitive and not extractable; one that could leave is not used for sealing.
- The library of the token is loaded on first use only, so that an archive without a token needs none.
- One session at a time and never left open: the state of login belongs to the whole process.
"""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from vault.errors import (
    KeyServiceKeyExists,
    KeyServicePinRefused,
    KeyServiceUnavailable,
    SecretMayNotTravel,
    WrongKeyService,
)
from vault.secret import KEY_BYTES, checked_key
from vault.suite import NONCE_BYTES, TAG_BYTES
from vault.token_address import TokenAddress

_VERSION: Final = b"\x01"
_SEALED_BYTES: Final = len(_VERSION) + NONCE_BYTES + KEY_BYTES + TAG_BYTES
_KEY_BITS: Final = 256
_ONE_AT_A_TIME: Final = threading.Lock()


class Pkcs11KeyService:
    """A secret AES-256 key on a token, named by its label; see `KeyService` for the duties.

    `sealed_key` is u8(1), a 12-byte nonce, and AES-256-GCM of the key (docs/vault-format.md §5). The token must offer
    ``CKM_AES_GCM`` with a nonce given by the caller.
    """

    __slots__ = ("_key_label", "_module_path", "_pin", "_token_label")

    def __init__(self, *, module_path: str, token_label: str, key_label: str, pin: str) -> None:
        self._module_path = module_path
        self._token_label = token_label
        self._key_label = key_label
        self._pin = pin

    @classmethod
    def at(cls, address: TokenAddress, *, pin: str) -> "Pkcs11KeyService":
        """The service at this address; nothing is asked of the token yet."""
        return cls(
            module_path=address.module_path,
            token_label=address.token_label,
            key_label=address.key_label,
            pin=pin,
        )

    @property
    def provider(self) -> str:
        """``pkcs11``."""
        return "pkcs11"

    @property
    def key_name(self) -> str:
        """Token and key as people look for them: ``token/key``."""
        return f"{self._token_label}/{self._key_label}"

    def make_key(self) -> None:
        """Make the token's key, on the token, never to leave it.

        `KeyServiceKeyExists`, `KeyServiceUnavailable`, `KeyServicePinRefused`.
        """
        with self._session(writes=True) as (pkcs11, session):
            if self._found(pkcs11, session):
                raise KeyServiceKeyExists(self._key_label)
            session.generate_key(
                pkcs11.KeyType.AES,
                _KEY_BITS,
                label=self._key_label,
                store=True,
                template={pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False},
            )

    def has_key(self) -> bool:
        """Whether the token has a key of this label; `KeyServiceUnavailable`, `KeyServicePinRefused`."""
        with self._session() as (pkcs11, session):
            return bool(self._found(pkcs11, session))

    def seal_key(self, key: bytes, *, context: bytes) -> bytes:
        """See `KeyService.seal_key`; 61 bytes."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        with self._session() as (pkcs11, session):
            token_key = self._only(pkcs11, session)
            if token_key[pkcs11.Attribute.EXTRACTABLE] or not token_key[pkcs11.Attribute.SENSITIVE]:
                raise KeyServiceUnavailable(f"the key {self._key_label} may leave the token")
            sealed = _with_gcm(pkcs11, token_key.encrypt, checked_key(key), nonce, context)
        return _VERSION + nonce + sealed

    def unseal_key(self, sealed_key: bytes, *, context: bytes) -> bytes:
        """See `KeyService.unseal_key`."""
        if len(sealed_key) != _SEALED_BYTES or not sealed_key.startswith(_VERSION):
            raise WrongKeyService
        nonce, sealed = sealed_key[1 : 1 + NONCE_BYTES], sealed_key[1 + NONCE_BYTES :]
        with self._session() as (pkcs11, session):
            token_key = self._only(pkcs11, session)
            try:
                return _with_gcm(pkcs11, token_key.decrypt, sealed, nonce, context)
            except _token_trouble(pkcs11):
                raise
            except pkcs11.PKCS11Error as error:
                # Tokens answer a wrong tag with whatever error they like, SoftHSM with a general one.
                raise WrongKeyService from error

    @contextmanager
    def _session(self, *, writes: bool = False) -> Iterator[tuple[Any, Any]]:
        """The library and a session that is logged in, with the library's errors replaced by ours."""
        pkcs11 = _library_binding()
        try:
            with _ONE_AT_A_TIME, self._token(pkcs11).open(rw=writes, user_pin=self._pin) as session:
                yield pkcs11, session
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked) as error:
            raise KeyServicePinRefused from error
        except pkcs11.PKCS11Error as error:
            raise KeyServiceUnavailable(str(error) or type(error).__name__) from error

    def _token(self, pkcs11: Any) -> Any:  # noqa: ANN401 — the library ships no types
        found = list(pkcs11.lib(self._module_path).get_tokens(token_label=self._token_label))
        if len(found) != 1:
            raise KeyServiceUnavailable(f"{len(found)} tokens are named {self._token_label}")
        return found[0]

    def _found(self, pkcs11: Any, session: Any) -> list[Any]:  # noqa: ANN401
        wanted = {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY,
            pkcs11.Attribute.KEY_TYPE: pkcs11.KeyType.AES,
            pkcs11.Attribute.LABEL: self._key_label,
        }
        return list(session.get_objects(wanted))

    def _only(self, pkcs11: Any, session: Any) -> Any:  # noqa: ANN401
        found = self._found(pkcs11, session)
        if len(found) != 1:
            raise KeyServiceUnavailable(f"the token has {len(found)} keys named {self._key_label}")
        return found[0]

    def __repr__(self) -> str:
        return f"Pkcs11KeyService({self.key_name})"

    def __reduce__(self) -> NoReturn:
        raise SecretMayNotTravel


def _library_binding() -> Any:  # noqa: ANN401
    try:
        import pkcs11
    except ImportError as error:
        raise KeyServiceUnavailable("the optional part pkcs11 is not installed (anjuan[pkcs11])") from error
    return pkcs11


def _with_gcm(pkcs11: Any, transform: Callable[..., Any], data: bytes, nonce: bytes, context: bytes) -> bytes:  # noqa: ANN401
    parameters = pkcs11.GCMParams(nonce, context, TAG_BYTES * 8)
    return bytes(transform(data, mechanism=pkcs11.Mechanism.AES_GCM, mechanism_param=parameters))


def _token_trouble(pkcs11: Any) -> tuple[type[Exception], ...]:  # noqa: ANN401
    """What says nothing about the sealed key, only that the token is not at work."""
    return (
        pkcs11.DeviceError,
        pkcs11.DeviceMemory,
        pkcs11.DeviceRemoved,
        pkcs11.HostMemory,
        pkcs11.MechanismInvalid,
        pkcs11.SessionClosed,
        pkcs11.SessionHandleInvalid,
        pkcs11.TokenNotPresent,
        pkcs11.UserNotLoggedIn,
    )
