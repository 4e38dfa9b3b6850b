"""Merging customers that turned out to be one: a redirect, by which both codes stay and nothing is renumbered.

What always holds:
- Papers and volumes keep the customer under which they were filed; the file of the other one shows them too.
- New papers are filed under the customer that stands for itself, whichever code is given.
- A merger is not undone, and never leads round in a circle.
"""

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor, Permission
from dms.domain.customer import Customer
from dms.domain.item import READABLE_STATES
from dms.filing.errors import CustomersNotMergeable
from dms.store import ItemFilter


def merge_customers(actor: Actor, code: str, into_code: str, *, archive: Archive) -> Customer:
    """The customer that now stands for both; papers of the merged one are found by its names from then on.

    Where `into_code` was merged itself, what it was merged into is meant. Raises `CustomerNotFound` or
    `CustomersNotMergeable`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        merged = customer_for(actor, code, work=work)
        heir = work.customers.heir(customer_for(actor, into_code, work=work))
        is_heir_known = work.customers.is_known(heir.id, actor=actor)
        if merged.merged_into_id is not None or heir.id == merged.id or not is_heir_known:
            raise CustomersNotMergeable(merged.code, into_code)
        work.customers.merge(merged.id, into_id=heir.id)
        theirs = ItemFilter(customer_ids=work.customers.ids_of(merged.id), states=READABLE_STATES)
        for item_key in work.items.keys(theirs):
            archive.index_item(work, item_key)
        archive.record(work, actor, "customer_merged", merged.code, name=merged.name, into=heir.code)
        return heir
