"""Passwords: whether one will do, its hash, and whether it fits.

What always holds:
- A password exists only as its argon2id hash; the hash never leaves the store and these modules.
- Looking for the right password takes as long as refusing a wrong one, or one for a name that nobody bears.
"""

import secrets
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from dms.custody.errors import PasswordUnsuitable
from dms.domain.password import (
    MAX_PASSWORD_CHARACTERS,
    MIN_PASSWORD_CHARACTERS,
    Weakness,
    folded_password,
    weakness_of,
)
from dms.errors import Bilingual
from dms.store import UnitOfWork

GENERATED_GROUPS = 4
_GENERATED_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and figures that people confuse when they copy from paper."""

_hasher = PasswordHasher()

_TOLD: dict[Weakness, tuple[Bilingual, Bilingual]] = {
    Weakness.LENGTH: (
        Bilingual(zh="密码长度不合要求。", en="The password is too short or too long."),
        Bilingual(
            zh=f"请使用 {MIN_PASSWORD_CHARACTERS} 到 {MAX_PASSWORD_CHARACTERS} 个字符，一句容易记住的话就很好。",
            en=f"Use {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters; a sentence does well.",
        ),
    ),
    Weakness.NAME: (
        Bilingual(
            zh="密码太容易猜到：其中有您或公司的名称。", en="The password is too easy to guess: it holds a name."
        ),
        Bilingual(
            zh="密码不要包含用户名、姓名或公司名称。",
            en="Leave out your own name, the user name and the name of the company.",
        ),
    ),
    Weakness.COMMON: (
        Bilingual(
            zh="密码太容易猜到：几乎全由常用词、键盘顺序或数字组成。",
            en="The password is too easy to guess: it is made of common words, rows of keys or figures.",
        ),
        Bilingual(
            zh="请用一句只有您自己会说的话，或几个互不相干的词。",
            en="Use a sentence that only you would say, or some words that have nothing to do with each other.",
        ),
    ),
}


def generated_password() -> str:
    """A random password of four groups of five characters, about 99 bits, fit to be copied by hand."""
    groups = ("".join(secrets.choice(_GENERATED_ALPHABET) for _ in range(5)) for _ in range(GENERATED_GROUPS))
    return "-".join(groups)


def names_to_leave_out(*own: str, view: UnitOfWork) -> tuple[str, ...]:
    """The names that a password must not hold: the person's `own` and the company's."""
    return (*own, *view.scheme.own_names())


def hashed(password: str, *, names: Iterable[str]) -> str:
    """The hash of a password that will do for a person of these names; raises `PasswordUnsuitable`."""
    weakness = weakness_of(password, names=names)
    if weakness is not None:
        raise PasswordUnsuitable(*_TOLD[weakness])
    return _hasher.hash(folded_password(password))


def nobodys_hash() -> str:
    """The hash of a password that was made up this moment and that nobody knows."""
    return _hasher.hash(generated_password())


def fits(password: str, password_hash: str) -> bool:
    """Whether the password is the one that was hashed."""
    if len(password) > MAX_PASSWORD_CHARACTERS:
        return False
    try:
        return _hasher.verify(password_hash, folded_password(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def decoy_hash() -> str:
    """A hash that no password fits, to be tried where a name is nobody's."""
    return _hasher.hash(secrets.token_hex())
