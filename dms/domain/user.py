"""People who sign in."""

from dataclasses import dataclass
from datetime import datetime

from dms.domain.access import NOTHING_GRANTED, Granted
from dms.domain.actor import Actor, Origin, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account; `password_hash` is an argon2 string and never leaves the store and the sign-in."""

    id: int
    name: str
    display_name: str
    password_hash: str
    roles: frozenset[Role]
    clearance: int
    departments: frozenset[str] | None
    """Whose customers' papers the person may see, besides those of customers of the whole company; None for all."""
    disabled: bool
    session_epoch: int
    """Raised to end every session of this account at once."""
    home_department: str = ""
    """The department the person belongs to, as the register names it; empty where none is stated."""
    email: str = ""
    """Where mail reaches the person; empty where nobody stated it. No two accounts have the same."""
    closed_at: datetime | None = None
    """When the person left and the account was closed; None for one that was not."""
    granted: Granted = NOTHING_GRANTED
    """The grants in force when the account was looked up to act; an account looked up for a list has none."""

    def actor(self, origin: Origin) -> Actor:
        """The person as the actor of a use case, having come in through `origin`."""
        return Actor(
            user_id=self.id,
            name=self.name,
            roles=self.roles,
            clearance=self.clearance,
            origin=origin,
            departments=self.departments,
            granted_customers=self.granted.customers,
            granted_items=self.granted.items,
            customers_to_take=self.granted.customers_to_take,
            items_to_take=self.granted.items_to_take,
            home_department=self.home_department,
        )
