"""Which of the names on a paper is the other party: the customer of the archive, never the company that keeps it.

Who decides, in this order:
1. The names of the keeper are struck out; so are banks, registries and inspectors.
2. The customer whom the person named who handed the paper in, if the paper bears that name.
3. A customer whom the archive knows.
4. The role: the papers of this archive come from counterparties, so a licence is theirs, a voucher is written by who
   delivers, a receipt by who is paid; see ``customer_roles`` in the cue tables.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dms.ingest.understanding.cues import Cues, TypeCues
from dms.ingest.understanding.directory import KnownCustomer, differ_by_one, name_key
from dms.ingest.understanding.known import Known
from dms.ingest.understanding.outcome import MatchKind
from dms.ingest.understanding.paper import Paper, Passage
from dms.ingest.understanding.party import IN_TEXT, SIGNED, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparty:
    """The other party. `customer` and `how` are None for a name that the archive does not know."""

    value: str
    passage: Passage
    party: Party | None
    """None when the name was found by looking for it, outside any role."""
    customer: KnownCustomer | None
    how: MatchKind | None
    claimed: bool
    """Whether it is the customer whom the person named."""
    sole: bool
    """Whether nobody else was left to choose from after our own names were struck out."""
    disputed: bool
    """Whether another mention of it is spelled differently by one character: one of them is misread."""


def choose_counterparty(
    paper: Paper, parties: Sequence[Party], known: Known, type_cues: TypeCues, cues: Cues
) -> Counterparty | None:
    """The other party, or None where the paper names none."""
    others = [party for party in parties if _can_be_customer(party, known, cues)]
    ranked = sorted(others, key=lambda party: _rank(party, type_cues))
    claimed = known.directory.customer(known.claimed_customer_code)
    if claimed:
        found = _as_claimed(paper, ranked, claimed)
        if found:
            return found
    return _as_known(ranked, known) or _by_role(ranked)


def is_own(name: str, known: Known) -> bool:
    """Whether the name is one of the keeper's own, one misread character allowed."""
    key = name_key(name)
    return any(
        key == own or differ_by_one(key, own) or (len(key) >= _SHORTEST_REST and own.endswith(key))
        for own in map(name_key, known.own_names)
    )


_SHORTEST_REST = 8
"""The rest of our own name after a blank that the recogniser put into it is still ours; 有限公司 alone is not."""


def _can_be_customer(party: Party, known: Known, cues: Cues) -> bool:
    outside = party.role in cues.words.bystanders or party.role in cues.words.own_roles
    official = party.role in _UNSTATED and bool(_OFFICIAL.search(party.name.value))
    return not outside and not official and not is_own(party.name.value, known)


_UNSTATED = frozenset({SIGNED, IN_TEXT})
_OFFICIAL = re.compile(r"(?:律师事务所|公证处|法院|仲裁委员会|检察院|公安局|监督管理局|税务局|银行|支行|分行)$")
"""Who writes for others, or certifies: the counterparty of a contract only where a role says so."""


def _rank(party: Party, type_cues: TypeCues) -> tuple[bool, int, bool, float]:
    """Sorts by role, then by how well the name was read; on a voucher organisations come before persons.

    A person may be a party of a contract, but who signs for a delivery or writes a receipt is the organisation's clerk.
    """
    roles = type_cues.customer_roles
    places = [roles.index(role) for role in (party.role, party.also) if role in roles]
    place = min(places, default=_unlisted(party))
    clerk = not party.name.legal and type_cues.code not in _AGREEMENTS
    return clerk, place, not party.name.legal, -round(party.name.passage.confidence, 2)


_AGREEMENTS = frozenset({"contract", "amendment", "termination", "guarantee"})


def _unlisted(party: Party) -> int:
    return 1000 if party.role == IN_TEXT else 500


def _as_claimed(paper: Paper, ranked: Sequence[Party], claimed: KnownCustomer) -> Counterparty | None:
    for party in ranked:
        how = _how(party.name.value, claimed)
        if how:
            return replace(_known(party, ranked, claimed, how), claimed=True)
    return _looked_for(paper, claimed)


def _how(name: str, customer: KnownCustomer) -> MatchKind | None:
    key, present = name_key(name), name_key(customer.name)
    if key == present:
        return MatchKind.NAME
    if any(key == name_key(former) for former in customer.former_names):
        return MatchKind.FORMER_NAME
    return MatchKind.SIMILAR if len(key) > 4 and differ_by_one(key, present) else None


def _looked_for(paper: Paper, claimed: KnownCustomer) -> Counterparty | None:
    """The claimed customer's name wherever it stands: shops and persons have names that no form gives away."""
    for name, how in [(claimed.name, MatchKind.NAME), *((n, MatchKind.FORMER_NAME) for n in claimed.former_names)]:
        for view in paper.running_views():
            at = name_key(view.text).find(name_key(name)) if len(name_key(view.text)) == len(view.text) else -1
            if at >= 0 and len(name) >= 2:
                passage = view.passage(at, at + len(name_key(name)))
                return Counterparty(
                    value=claimed.name if how is MatchKind.NAME else name,
                    passage=passage, party=None, customer=claimed, how=how, claimed=True, sole=False, disputed=False,
                )  # fmt: skip
    return None


def _as_known(ranked: Sequence[Party], known: Known) -> Counterparty | None:
    """The best-placed party that the archive knows; similar names only after exact ones."""
    directory = known.directory
    for lookup, how in (
        (directory.by_name, MatchKind.NAME),
        (directory.by_former_name, MatchKind.FORMER_NAME),
        (directory.by_similar_name, MatchKind.SIMILAR),
    ):
        for party in ranked:
            customer = lookup(party.name.value)
            if customer:
                return _known(party, ranked, customer, how)
    return None


def _known(party: Party, ranked: Sequence[Party], customer: KnownCustomer, how: MatchKind) -> Counterparty:
    # A former name stays as the paper has it: the paper is of that time. A misread name becomes the known one.
    value = party.name.value if how is MatchKind.FORMER_NAME else customer.name
    return _counterparty(party, ranked, value, customer, how)


def _by_role(ranked: Sequence[Party]) -> Counterparty | None:
    if not ranked:
        return None
    best = _best_spelling(ranked[0], ranked)
    return _counterparty(best, ranked, best.name.value, None, None)


def _best_spelling(chosen: Party, ranked: Iterable[Party]) -> Party:
    """The same party as it is best written: by most mentions, then by confidence. A seal lies over one of them only."""
    key = name_key(chosen.name.value)
    alike = [p for p in ranked if name_key(p.name.value) == key or differ_by_one(name_key(p.name.value), key)]
    spellings = [name_key(p.name.value) for p in alike]

    def soundness(party: Party) -> tuple[bool, int, float]:
        return not party.name.completed, spellings.count(name_key(party.name.value)), party.name.passage.confidence

    best = max(alike, key=soundness)
    return replace(chosen, name=best.name)


def _counterparty(
    party: Party, ranked: Sequence[Party], value: str, customer: KnownCustomer | None, how: MatchKind | None
) -> Counterparty:
    key = name_key(party.name.value)
    rivals = {name_key(p.name.value) for p in ranked if p.name.legal} - {key}
    return Counterparty(
        value=value,
        passage=party.name.passage,
        party=party,
        customer=customer,
        how=how,
        claimed=False,
        sole=not any(not differ_by_one(key, rival) for rival in rivals),
        disputed=any(differ_by_one(key, rival) for rival in rivals),
    )
