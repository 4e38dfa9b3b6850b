"""What computing all due days takes: the first time, when nothing changed, and after a rule changed."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from dms.archive import Archive
from dms.cli.measuring_custody.filling import Holdings
from dms.custody.keeping import DueWish, due_list, recompute_due, settle_due
from dms.domain.actor import OPERATOR, SYSTEM
from dms.domain.contract import ContractState
from dms.domain.retention import RetentionTrigger

CONTRACTS_CHANGED = 200
PAPERS_A_PAGE = 50


def due_figures(archive: Archive, holdings: Holdings) -> dict[str, Any]:
    """Seconds of each computation, and how long one that writes had to wait at most."""
    first_s = _timed(lambda: recompute_due(SYSTEM, archive=archive))
    again_s = _timed(lambda: recompute_due(SYSTEM, archive=archive))
    settled_s = _timed(lambda: _change_contracts(archive))
    with archive.begin() as work:
        rule = work.retention.with_code("D30")
        assert rule is not None
        work.retention.state(replace(rule, trigger=RetentionTrigger.DOCUMENT_DATE))
    changed_s = _timed(lambda: recompute_due(SYSTEM, archive=archive))
    listed_s = _timed(lambda: due_list(OPERATOR, DueWish(by_on=date(2026, 1, 1), limit=PAPERS_A_PAGE), archive=archive))
    return {
        "items": holdings.items,
        "volumes": holdings.volumes,
        "contracts": holdings.contracts,
        "first_computation_s": round(first_s, 1),
        "nothing_changed_s": round(again_s, 1),
        "after_a_rule_changed_s": round(changed_s, 1),
        f"{CONTRACTS_CHANGED}_contracts_changed_s": round(settled_s, 2),
        "due_list_page_s": round(listed_s, 3),
    }


def _change_contracts(archive: Archive) -> None:
    with archive.begin() as work:
        contracts = work.contracts.with_ids(range(1, CONTRACTS_CHANGED + 1))
        for contract_id, contract in contracts.items():
            closed = replace(contract.facts, state=ContractState.PERFORMED, performed_on=date(2025, 6, 30))
            work.contracts.change(contract_id, closed)
    settle_due(archive)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
