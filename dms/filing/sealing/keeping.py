"""Until when the papers of a volume are kept.

What always holds:
- K1 The longest term of what lies together holds for all of it.
- K2 A paper of a contract is kept from the day on which the contract was closed; while it runs, without an end.
- K3 What amends or renews a contract moves the start of the whole chain: the latest closing day counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dms.domain.actor import SYSTEM
from dms.domain.contract import Contract, closing_on
from dms.domain.item import RelationKind
from dms.domain.retention import RetentionRule, RetentionTrigger, longest, retention_ends_on
from dms.store import FiledPaper, UnitOfWork

_CHAIN = frozenset({RelationKind.AMENDS, RelationKind.UNDER, RelationKind.TERMINATES, RelationKind.ANNEX_OF})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUntil:
    """When the term of a volume ends."""

    rule: RetentionRule | None
    """The longest term that applies; None where none is known."""
    ends_on: date | None
    """None for a permanent one, and while a contract runs."""
    running: tuple[str, ...] = ()
    """The numbers of the contracts that are not closed yet."""


def kept_until(volume_id: int, *, work: UnitOfWork) -> KeptUntil:
    """Until when the volume is kept, as its papers and their contracts stand now; for the archive's own work."""
    volume = work.volumes.get(volume_id, actor=SYSTEM)
    papers = work.volumes.items_of(volume_id)
    rule = _longest_rule([volume.retention_code, *(paper.retention_code for paper in papers)], work=work)
    if rule is None or rule.permanent:
        return KeptUntil(rule=rule, ends_on=None)
    contracts = _contracts_of(papers, work=work)
    if rule.trigger is RetentionTrigger.CLOSING:
        running = tuple(contract.number for contract in contracts if closing_on(contract.facts) is None)
        if running:
            return KeptUntil(rule=rule, ends_on=None, running=running)  # K2
    dates = [paper.doc_on or paper.received_at.date() for paper in papers]
    closings = [closing_on(contract.facts) for contract in contracts]
    stated = [day for day in (*dates, *closings, volume.last_on) if day is not None]
    return KeptUntil(rule=rule, ends_on=retention_ends_on(rule, max(stated, default=None)))  # K3


def _longest_rule(codes: Iterable[str | None], *, work: UnitOfWork) -> RetentionRule | None:
    known = {rule.code: rule for rule in work.retention.all()}
    rules = [known[code] for code in codes if code in known]
    return longest(rules) if rules else None  # K1


def _contracts_of(papers: Iterable[FiledPaper], *, work: UnitOfWork) -> list[Contract]:
    """The contracts of the papers, and of the papers that are chained to them by amendment or under a framework."""
    listed = list(papers)
    ids = {paper.contract_id for paper in listed if paper.contract_id is not None}
    related = work.relations.among_items([paper.key for paper in listed])
    for relation in related:
        if relation.kind in _CHAIN:
            ends = (work.items.get(key).classification.contract_id for key in (relation.item_key, relation.other_key))
            ids |= {contract_id for contract_id in ends if contract_id is not None}
    return list(work.contracts.with_ids(ids).values())
