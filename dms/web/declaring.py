"""What each address asks for: whoever writes a view says it there, and a view that says nothing is open to nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from dms.domain.actor import Permission

View = Callable[..., Any]
Declaring = TypeVar("Declaring", bound=View)

_DECLARED: Final = "__anjuan_asks_for__"


class Openness(StrEnum):
    """Whom a view is open to where no permission is asked for."""

    STRANGERS = "strangers"
    """Everyone, signed in or not."""
    SIGNED_IN = "signed_in"
    """Everyone who is signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a view said of itself."""

    openness: Openness = Openness.SIGNED_IN
    any_of: frozenset[Permission] = frozenset()
    """One of these is needed; empty where signing in is enough."""


def needs(*any_of: Permission) -> Callable[[Declaring], Declaring]:
    """The view is for those who have one of these permissions."""
    return _declaring(Declaration(any_of=frozenset(any_of)))


def for_everyone_signed_in(view: Declaring) -> Declaring:
    """The view is for everyone who is signed in, whatever his role."""
    return _declaring(Declaration())(view)


def for_strangers(view: Declaring) -> Declaring:
    """The view is open before anybody signs in."""
    return _declaring(Declaration(openness=Openness.STRANGERS))(view)


def declared(view: View) -> Declaration | None:
    """What a view said of itself; None where it said nothing."""
    said = getattr(view, _DECLARED, None)
    return said if isinstance(said, Declaration) else None


def _declaring(declaration: Declaration) -> Callable[[Declaring], Declaring]:
    def declare(view: Declaring) -> Declaring:
        setattr(view, _DECLARED, declaration)
        return view

    return declare
