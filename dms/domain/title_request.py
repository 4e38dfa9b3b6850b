"""Asking that a title document leaves its safe: never an ordinary loan, always decided by somebody else."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from dms.domain.actor import Role


class TitleUse(StrEnum):
    """What it is to leave for."""

    OUTSIDE = "outside"
    """外出使用, and back by a day"""
    EXCHANGE = "exchange"
    """换证: another certificate comes back in its place"""
    RELEASE = "release"
    """解押退还 to its owner"""
    CANCELLATION = "cancellation"
    """注销"""
    WRITE_OFF = "write_off"
    """核销: what a stock-take did not find"""


COMES_BACK = frozenset({TitleUse.OUTSIDE, TitleUse.EXCHANGE})
"""Uses with a day by which something comes back."""


class TitleRequestState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Approved, and not made use of in time."""
    OUT = "out"
    CLOSED = "closed"
    """Carried out, and everything is back that comes back."""
    LOST = "lost"
    """What was out is lost."""


OPEN_REQUESTS = frozenset({TitleRequestState.ASKED, TitleRequestState.APPROVED, TitleRequestState.OUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRequest:
    """One request, about one title document."""

    id: int
    number: str
    title_id: int
    use: TitleUse
    quantity: int
    purpose: str
    recipient: str
    """Who takes it away."""
    due_on: date | None
    """By when it is back; None for what leaves for good."""
    asked_by: str
    asked_at: datetime
    decides: Role
    """Whose decision it is, as the routes said when it was asked."""
    state: TitleRequestState = TitleRequestState.ASKED
    decided_by: str = ""
    decided_at: datetime | None = None
    opinion: str = ""
    valid_to_on: date | None = None
    """Until when an approval may be made use of; None before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRoute:
    """Who decides on title documents up to a value."""

    role: Role
    up_to: Decimal | None = None
    """In yuan; None for every value, and for what has none."""


DEFAULT_TITLE_ROUTES: tuple[TitleRoute, ...] = (TitleRoute(role=Role.GENERAL_MANAGER),)


def role_that_decides(routes: tuple[TitleRoute, ...], value: Decimal | None) -> Role:
    """The role of the narrowest route that the value fits; that of the widest where it has none."""
    bounded = sorted((route for route in routes if route.up_to is not None), key=lambda route: route.up_to or 0)
    fitting = [route for route in bounded if value is not None and value <= (route.up_to or 0)]
    widest = next((route for route in routes if route.up_to is None), DEFAULT_TITLE_ROUTES[0])
    return fitting[0].role if fitting else widest.role
