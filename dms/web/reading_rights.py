"""What one account may see besides its grade: the form of its departments, and the form of a new grant."""

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from dms.custody import GrantWish, tidy_departments
from dms.domain.access import GrantedUse
from dms.domain.day import parse_day

EVERY_DEPARTMENT = "all"
_BETWEEN_NAMES = re.compile(r"[、,，;；\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGrant:
    """The form of a new grant as text; every attribute is the name of a field."""

    customer: str = ""
    """A code, or a code and a name behind it."""
    item_id: str = ""
    reason: str = ""
    until_on: str = ""
    uses: str = GrantedUse.LOOK.value


def departments_named(text: str) -> frozenset[str]:
    """The departments in a line of text, between commas of any kind."""
    return tidy_departments(_BETWEEN_NAMES.split(text))


def departments_typed(form: MultiDict[str, str]) -> frozenset[str] | None:
    """The departments that a form means: those ticked and those written beside them; None for all."""
    if form.get("scope") == EVERY_DEPARTMENT:
        return None
    return tidy_departments(form.getlist("departments")) | departments_named(form.get("others", ""))


def grant_typed_in(form: MultiDict[str, str]) -> TypedGrant:
    """The form of a new grant as it was sent."""
    return TypedGrant(
        customer=form.get("customer", "").strip(),
        item_id=form.get("item_id", "").strip(),
        reason=form.get("reason", "").strip(),
        until_on=form.get("until_on", "").strip(),
        uses=form.get("uses", GrantedUse.LOOK.value),
    )


def is_day_unusable(typed: TypedGrant) -> bool:
    """Whether a last day was stated that is no day; taken for none, it would make the grant endless."""
    return bool(typed.until_on) and parse_day(typed.until_on) is None


def wish_typed(typed: TypedGrant) -> GrantWish:
    """What the form of a new grant means."""
    return GrantWish(
        customer_code="".join(typed.customer.split(maxsplit=1)[:1]),
        item_id=typed.item_id,
        reason=typed.reason,
        until_on=parse_day(typed.until_on) if typed.until_on else None,
        uses=GrantedUse.TAKE if typed.uses == GrantedUse.TAKE else GrantedUse.LOOK,
    )
