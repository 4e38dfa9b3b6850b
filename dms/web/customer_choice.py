"""From what a person typed about a customer to the customer that is meant, and back."""

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.customer import Customer
from dms.filing import list_customers

CHOICES_SHOWN = 12
_LOOKED_THROUGH = 200


def customer_as_typed(customer: Customer) -> str:
    """How a customer stands in a field: ``C0012 苏州瑞泰精密机械有限公司``."""
    return f"{customer.code} {customer.name}"


def chosen_customer(actor: Actor, typed: str, *, archive: Archive) -> Customer | None:
    """The one customer that `typed` names, by code, by code and name, by full name or by credit code; else None."""
    words = " ".join(typed.split())
    for attempt in dict.fromkeys((words, words.split(" ", 1)[0])):
        found = _exactly(actor, attempt, archive=archive) if attempt else None
        if found:
            return found
    return None


def customer_choices(actor: Actor, words: str, *, archive: Archive) -> list[dict[str, str]]:
    """What a field offers while a person types: ``code``, ``name`` and ``uscc`` of at most `CHOICES_SHOWN`."""
    found = list_customers(actor, archive=archive, words=words, limit=CHOICES_SHOWN).customers
    return [{"code": each.code, "name": each.name, "uscc": each.facts.uscc or ""} for each in found]


def _exactly(actor: Actor, words: str, *, archive: Archive) -> Customer | None:
    near = list_customers(actor, archive=archive, words=words, limit=_LOOKED_THROUGH).customers
    wanted = words.casefold()
    return next((each for each in near if wanted in _names(each)), None)


def _names(customer: Customer) -> set[str]:
    return {name.casefold() for name in (customer.code, customer.name, customer.facts.uscc) if name}
