"""Asking the policy about one paper, with its facts as one transaction sees them."""

from dms.archive.errors import UseForbidden
from dms.domain.actor import Actor
from dms.domain.item import Item
from dms.domain.policy import RULES, PolicyPaper, Use, decide
from dms.store import UnitOfWork


def require_use(actor: Actor, use: Use, item: Item, *, work: UnitOfWork) -> None:
    """Raise `UseForbidden` unless the policy lets the actor use the paper so; it was found by `item_for` before."""
    decision = decide(actor, use, _facts(item, use, work=work))
    if not decision.allowed:
        raise UseForbidden(use, decision.reason)


def may_use(actor: Actor, use: Use, item: Item, *, work: UnitOfWork) -> bool:
    """Whether the policy lets the actor use the paper so."""
    return decide(actor, use, _facts(item, use, work=work)).allowed


def _facts(item: Item, use: Use, *, work: UnitOfWork) -> PolicyPaper:
    customer_id = item.classification.customer_id
    return PolicyPaper(
        key=item.key,
        grade=item.classification.grade,
        customer_id=customer_id,
        department=work.customers.get(customer_id).facts.department if customer_id is not None else "",
        state=item.state,
        storage_only=item.storage_only,
        held=not RULES[use].despite_hold and bool(work.holds.covering(item.key)),
    )
