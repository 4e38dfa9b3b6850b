"""How papers stand at this moment: held, due, settled, lent, a title; asked inside the transaction that acts."""

from collections.abc import Collection
from datetime import date, datetime

from dms.custody.keeping import recompute_papers
from dms.domain.actor import SYSTEM
from dms.domain.contract import is_running
from dms.domain.destruction_line import Standing
from dms.domain.item import Item, ItemState
from dms.store import UnitOfWork


def standings_now(item_keys: Collection[int], on: date, *, at: datetime, work: UnitOfWork) -> dict[int, Standing]:
    """How each of these papers stands, its due day reckoned anew: nothing is destroyed by what was true last night."""
    recompute_papers(item_keys, at=at, work=work)
    return standings(item_keys, on, work=work)


def standings(item_keys: Collection[int], on: date, *, work: UnitOfWork) -> dict[int, Standing]:
    """How each of these papers stands on this day, by key, its due day as it was last computed."""
    keys = frozenset(item_keys)
    due = work.due_dates.of_items(keys)
    held = work.holds.held_among(keys)
    lent = work.loans.away_among(keys)
    titles = work.destruction_lists.titled_among(keys)
    items = work.items.with_keys(keys, actor=SYSTEM)
    return {
        item.key: Standing(
            is_destroyed=item.state is ItemState.DESTROYED,
            is_held=item.key in held,
            due_on=due[item.key].due_on if item.key in due else None,
            is_unsettled=is_unsettled(item, on, work=work),
            is_lent=item.key in lent,
            is_title=item.key in titles,
        )
        for item in items
    }


def is_unsettled(item: Item, on: date, *, work: UnitOfWork) -> bool:
    """Whether a claim may still hang on the paper: its contract is not closed, or a dispute about it is open.

    令79 §19: what belongs to unsettled claims and debts is never destroyed.
    """
    contract_id = item.classification.contract_id
    if contract_id is not None and is_running(work.contracts.get(contract_id).facts, on):
        return True
    disputes = work.disputes.of_paper(item_key=item.key, contract_ids=[contract_id] if contract_id else [])
    return any(dispute.is_open for dispute in disputes)
