"""What the tests of sign-in share: an account, and the telephone of its owner."""

import pyotp
from simulators.archives import PASSWORD

from dms.archive import Archive
from dms.custody import NewAccount, add_user
from dms.custody.securing import confirm_factor, offer_factor
from dms.domain.actor import OPERATOR, Actor, Origin, Role

WRONG = "not the password at all"


def account(archive: Archive, name: str = "li", *roles: Role) -> Actor:
    """A new account with the password of the tests."""
    new = NewAccount(name=name, password=PASSWORD, roles=frozenset(roles) or frozenset({Role.CLERK}))
    return add_user(OPERATOR, new, archive=archive).actor(Origin.WEB)


class Telephone:
    """Shows the code of the moment."""

    def __init__(self, secret: str, archive: Archive) -> None:
        self._totp, self._archive = pyotp.TOTP(secret), archive

    def code(self, *, later_s: int = 0) -> str:
        return self._totp.at(int(self._archive.now().timestamp()) + later_s)


def telephone_of(actor: Actor, archive: Archive) -> tuple[Telephone, tuple[str, ...]]:
    """The telephone on which the actor set up his second factor, and his recovery codes."""
    telephone = Telephone(offer_factor(actor, archive=archive).secret, archive)
    codes = confirm_factor(actor, telephone.code(), archive=archive)
    return telephone, codes
