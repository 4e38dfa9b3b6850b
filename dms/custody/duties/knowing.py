"""Who may read of a duty: whoever may know what it is about.

Invariant (I5): what names a paper, a customer or a hand-over is told in full only to those who may know of it; to
whoever oversees the rest it is told by its kind and number.
"""

from dataclasses import replace
from datetime import datetime

from dms.domain.actor import Actor, Origin
from dms.domain.duty import Duty
from dms.domain.user import User
from dms.store import UnitOfWork


def actor_of(user: User, *, view: UnitOfWork, at: datetime) -> Actor:
    """The person as an actor, with what is granted to him now."""
    return replace(user, granted=view.grants.in_force(user.id, at=at)).actor(Origin.SYSTEM)


def may_know(actor: Actor, duty: Duty, *, view: UnitOfWork) -> bool | None:
    """Whether the actor may know what the duty is about; None where that cannot be told from its subject."""
    kind, _, name = duty.subject.partition("/")
    match kind:
        case "item":
            return view.items.with_id(name, actor=actor) is not None
        case "customer":
            return view.customers.known_with_code(name, actor=actor) is not None
        case "transfer":
            return name.isdecimal() and view.transfers.known(int(name), actor=actor) is not None
        case "missing" | "statistics" | "supply":
            return True
        case _:
            return None
