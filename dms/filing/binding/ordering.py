"""The order of papers in a volume (step 5 of the run).

The company rule: the date of signing, ascending; licences and papers of authority first; annexes after their main
paper. Papers of one matter (a contract) stay together; of several copies the original comes first (DA/T 22-2015).
"""

from collections.abc import Mapping, Sequence
from datetime import date

from dms.domain.contract import Contract
from dms.domain.item import CopyKind
from dms.store import FiledPaper

FIRST_TYPES = ("licence", "identity_proof", "capability_proof")
"""What stands before every matter where it belongs to none."""
AUTHORITY_TYPES = ("authorization", "identity_proof")
"""What stands first within a matter."""
_COPIES = (CopyKind.ORIGINAL, CopyKind.COUNTERPART, CopyKind.BORN_DIGITAL, CopyKind.UNKNOWN, CopyKind.COPY)
Group = tuple[FiledPaper, ...]
"""A paper and its annexes, which are never parted."""
_Key = tuple[int, date, int, int, date, int, int]


def in_order(
    papers: Sequence[FiledPaper], contracts: Mapping[int, Contract], main_of: Mapping[int, int]
) -> list[Group]:
    """The papers in groups, in order; `main_of` tells by key which paper another one is an annex of."""
    by_key = {paper.key: paper for paper in papers}
    annexes: dict[int, list[FiledPaper]] = {}
    for paper in papers:
        main = _main(paper.key, main_of, by_key)
        if main != paper.key:
            annexes.setdefault(main, []).append(paper)
    subordinate = {paper.key for group in annexes.values() for paper in group}
    begun = _beginnings(papers, contracts)
    mains = sorted((paper for paper in papers if paper.key not in subordinate), key=lambda each: _key(each, begun))
    return [(main, *sorted(annexes.get(main.key, ()), key=lambda each: _key(each, begun))) for main in mains]


def _main(key: int, main_of: Mapping[int, int], by_key: Mapping[int, FiledPaper]) -> int:
    """The paper at whose end this one lies: itself, where its main paper is not among them."""
    seen = [key]
    while main_of.get(seen[-1], -1) in by_key:
        main = main_of[seen[-1]]
        if main in seen:
            # Each is said to be an annex of another: the one that came first is the main paper of all.
            return min(seen)
        seen.append(main)
    return seen[-1]


def _beginnings(papers: Sequence[FiledPaper], contracts: Mapping[int, Contract]) -> dict[int, date]:
    """When each contract began: its signing, else its earliest paper."""
    begun: dict[int, date] = {}
    for paper in papers:
        if paper.contract_id is not None:
            begun[paper.contract_id] = min(begun.get(paper.contract_id, date.max), paper.doc_on or date.max)
    signed = {key: contracts[key].facts.signed_on for key in begun if key in contracts}
    return begun | {key: signed_on for key, signed_on in signed.items() if signed_on}


def _key(paper: FiledPaper, begun: Mapping[int, date]) -> _Key:
    own = paper.doc_on or date.max
    matter, matter_on = (paper.contract_id, begun[paper.contract_id]) if paper.contract_id is not None else (0, own)
    base = paper.contract_id is None and paper.type_code in FIRST_TYPES
    leading = AUTHORITY_TYPES if paper.contract_id is not None else FIRST_TYPES
    rank = leading.index(paper.type_code) if paper.type_code in leading else len(leading)
    # An annex that no paper is named for lies at the end of its matter.
    within = rank + len(leading) * paper.is_annex + paper.is_annex
    return (0 if base else 1, matter_on, matter, within, own, _COPIES.index(paper.copy_kind), paper.key)
