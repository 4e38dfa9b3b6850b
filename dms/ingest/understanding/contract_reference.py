"""The number of the contract that a paper is, or speaks of.

What always holds: for an amendment or a termination the number of the original contract is sought, for a voucher that
of the contract it fulfils; the paper's own number (协议编号, 单号, NO.) is only ever second best.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dms.domain.contract_number import canonical_number, find_numbers, folded_number, number_at, repaired_number
from dms.domain.proposal import FieldName, Proposal
from dms.ingest.understanding.certainty import GUESSED, LABELLED, PLACED, is_clear, weighed
from dms.ingest.understanding.cues import Cues, NumberKind, TypeCues, Words
from dms.ingest.understanding.known import Known
from dms.ingest.understanding.label import Label, alternatives, find_labels, find_misread_labels
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import Paper, Passage, View

# How much a context says that the number is the contract's; only the order of these figures matters.
_ORIGINAL = 100
_CONCLUDED_EARLIER = 90
_IN_SENTENCE = 80
_LABEL = 70
_OWN_LABEL = 60
_MISREAD_LABEL = 50
_ORDER_LABEL = 45
_SHAPE_WITH_WORD = 40
_SHAPE = 25
_AGREEMENT_OF_AMENDMENT = 20

_AGREEMENTS = frozenset({"amendment", "termination"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    passage: Passage
    value: str
    weight: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractNumber:
    """The proposal, and whether the paper names several contracts with equal right."""

    proposal: Proposal
    several: bool


def find_contract_number(paper: Paper, type_cues: TypeCues, known: Known, cues: Cues) -> ContractNumber | None:
    """The contract number of the paper, or None where it bears none."""
    candidates = _candidates(paper, type_cues, cues)
    if not candidates:
        return None
    chosen = _as_claimed(candidates, known) or _best(candidates)
    rivals = {folded_number(c.value) for c in candidates if c.weight == chosen.weight} - {folded_number(chosen.value)}
    return ContractNumber(proposal=_proposal(chosen, candidates, known, several=bool(rivals)), several=bool(rivals))


def _candidates(paper: Paper, type_cues: TypeCues, cues: Cues) -> list[_Candidate]:
    found: list[_Candidate] = []
    for sheet in paper.sheets:
        found += _labelled(sheet.lines, type_cues, cues)
        found += _in_sentences(sheet.running, type_cues, cues)
    if not any(c.weight >= _OWN_LABEL for c in found):
        for sheet in paper.sheets:
            found += _misread(sheet.lines, cues)
            found += _by_shape(sheet.lines, type_cues, cues)
    return found


def _best(candidates: Sequence[_Candidate]) -> _Candidate:
    times = Counter(folded_number(c.value) for c in candidates)
    return max(candidates, key=lambda c: (c.weight, times[folded_number(c.value)]))


def _as_claimed(candidates: Sequence[_Candidate], known: Known) -> _Candidate | None:
    if not known.claimed_contract_no:
        return None
    claimed = folded_number(known.claimed_contract_no)
    equal = [c for c in candidates if folded_number(c.value) == claimed]
    return _best(equal) if equal else None


def _proposal(chosen: _Candidate, candidates: Sequence[_Candidate], known: Known, *, several: bool) -> Proposal:
    value, reason = _as_in_ledger(chosen, known)
    if several and not reason:
        reason = Reason.SEVERAL_READINGS
    certain = reason is None and chosen.weight >= _OWN_LABEL and is_clear(chosen.passage)
    base = LABELLED if chosen.weight >= _OWN_LABEL else PLACED
    return Proposal(
        field=FieldName.CONTRACT_NO,
        value=value,
        as_read=chosen.passage.as_read,
        place=chosen.passage.place,
        confidence=weighed(GUESSED if several else base, chosen.passage),
        certain=certain,
        reason=reason or ("" if certain else _why_uncertain(chosen)),
    )


def _why_uncertain(chosen: _Candidate) -> Reason:
    return Reason.LOW_CONFIDENCE if not is_clear(chosen.passage) else Reason.BY_POSITION


def _as_in_ledger(chosen: _Candidate, known: Known) -> tuple[str, Reason | None]:
    """The number as the ledger spells it where the reading differs only in look-alikes; never in a digit."""
    if known.directory.contracts(chosen.value):
        return chosen.value, chosen.reason
    alike = {contract.number for contract in known.directory.contracts_read_alike(chosen.value)}
    if len(alike) == 1:
        return alike.pop(), Reason.LOOK_ALIKES_REPLACED
    return chosen.value, chosen.reason


def _labelled(view: View, type_cues: TypeCues, cues: Cues) -> Iterator[_Candidate]:
    for label in find_labels(view, _all_labels(cues)):
        weight = _label_weight(label, type_cues, cues.words)
        if weight and not (label.word in cues.words.own_number_labels and not _near_top(view, label)):
            yield from _number_after(view, label, weight)


@lru_cache(maxsize=8)
def _all_labels(cues: Cues) -> tuple[str, ...]:
    """Foreign labels are looked for as well, so that 单号 is never mistaken for a shorter label inside it."""
    words = cues.words
    return (
        *words.original_number_labels, *words.number_labels, *words.agreement_number_labels, *words.own_number_labels,
        *words.foreign_number_labels,
    )  # fmt: skip


def _label_weight(label: Label, type_cues: TypeCues, words: Words) -> int:
    if label.word in words.original_number_labels:
        return _ORIGINAL
    if label.word in words.number_labels:
        return _LABEL
    if label.word in words.agreement_number_labels:
        return _agreement_weight(type_cues)
    return _OWN_LABEL if label.word in words.own_number_labels and type_cues.number is NumberKind.OWN else 0


def _agreement_weight(type_cues: TypeCues) -> int:
    if type_cues.code in _AGREEMENTS:
        return _AGREEMENT_OF_AMENDMENT
    return _OWN_LABEL + 5 if type_cues.number is NumberKind.OWN else _ORDER_LABEL


def _near_top(view: View, label: Label) -> bool:
    return view.text.count("\n", 0, label.start) < 10


def _number_after(view: View, label: Label, weight: int) -> Iterator[_Candidate]:
    # What looks like a remark in brackets may be the year of the number, or the number itself.
    in_bracket = (label.end, label.end + 1) if re.search(r"[0-9]", label.bracket) else ()
    for start in (*in_bracket, label.value):
        number = number_at(view.text, start)
        if number:
            of_amendment = weight == _AGREEMENT_OF_AMENDMENT
            yield (_original_of if of_amendment else _candidate)(view, number.start, number.end, weight)
            return


def _candidate(view: View, start: int, end: int, weight: int) -> _Candidate:
    passage, breaks_off = view.passage(start, end), view.breaks_off(end)
    value = repaired_number(passage.raw)
    reason = Reason.LOOK_ALIKES_REPLACED if value != canonical_number(passage.raw) else None
    if not reason and breaks_off:
        reason = Reason.SEVERAL_READINGS
    return _Candidate(passage=passage, value=value, weight=weight, reason=reason)


def _original_of(view: View, start: int, end: int, weight: int) -> _Candidate:
    """The number of the contract inside the number of its amendment: XS-2024-0551-B1 amends XS-2024-0551."""
    passage = view.passage(start, end)
    value = repaired_number(passage.raw)
    original = re.sub(r"(?<=[0-9号])[-(（]?(?:B|BC|BG|BX|补|变|补充|变更|解|终止|S|C)-?[0-9]{0,2}[)）]?$", "", value)
    reason = Reason.DERIVED_FROM_AGREEMENT_NUMBER
    return _Candidate(passage=passage, value=original, weight=weight, reason=reason)


_NUMBERED = re.compile(r"(?:合同|协议|订单|契约)?(?:编号|合同号|协议号|号码)\)?(?:分别)?(?:为|是|系)?[:\"“”]*")
_CONTRACT_AFTER = re.compile(
    r"[)）\"”]?(?:的|号|之|项下|项下的)?(?:的)?[《<]?[\u4e00-\u9fff·]{0,16}?(?:合同|协议|契约|订单|购销|采购|买卖)"
)
_EARLIER = re.compile(r"原|已|曾|签订|签署|订立|《|上述")
_BROKEN_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9\-/_.]* [A-Z0-9\-/_. ]*[A-Z0-9]")


def _in_sentences(view: View, type_cues: TypeCues, cues: Cues) -> Iterator[_Candidate]:
    """签订编号为…的合同, 《购销合同》（合同编号：…）, …号合同; the line may end within the number."""
    for match in _NUMBERED.finditer(view.text):
        # At the start of a cell it is a label, and those have been weighed by what they say.
        begins_cell = match.start() == 0 or match.start() in view.gaps
        span = None if begins_cell else _span_in_sentence(view, match.end())
        if span and _speaks_of_contract(view, match, span) and not _certainly_foreign(view, span[0], cues):
            yield _candidate(view, *span, _sentence_weight(view, match.start(), type_cues))
    for number in find_numbers(view.text):
        if _CONTRACT_WORD.match(view.text, number.end) and not _foreign_before(view, number.start, type_cues, cues):
            yield _candidate(view, number.start, number.end, _IN_SENTENCE - 5)


_CONTRACT_WORD = re.compile(r"号?(?:的)?[《<]?[\u4e00-\u9fff]{0,8}?(?:合同|协议)")


def _span_in_sentence(view: View, start: int) -> tuple[int, int] | None:
    broken = _BROKEN_NUMBER.match(view.text, start)
    if broken and re.match(r"[的号)》之,\"”]", view.text[broken.end() :]):
        whole = number_at(broken.group().replace(" ", ""), 0)
        if whole and whole.end == len(broken.group().replace(" ", "")):
            return broken.span()
    number = number_at(view.text, start)
    return (number.start, number.end) if number else None


def _speaks_of_contract(view: View, match: re.Match[str], span: tuple[int, int]) -> bool:
    """Whether the words around say 合同: a certificate or a voucher has an 编号 as well."""
    before = view.text[max(0, match.start() - 14) : match.end()]
    return bool(
        _CONTRACT_AFTER.match(view.text, span[1])
        or re.search(r"(?:合同|协议|契约)[》>]?[(（]?(?:合同|协议)?编?号", before)
    )


def _sentence_weight(view: View, start: int, type_cues: TypeCues) -> int:
    """A number in a sentence about an earlier contract outranks every label of an amendment."""
    before = view.text[max(0, start - 40) : start]
    earlier = _EARLIER.search(before.rsplit("。", maxsplit=1)[-1])
    if earlier and type_cues.code in _AGREEMENTS:
        return _CONCLUDED_EARLIER
    return _IN_SENTENCE if type_cues.number is NumberKind.REFERRED else _LABEL - 5


def _misread(view: View, cues: Cues) -> Iterator[_Candidate]:
    for label in find_misread_labels(view, cues.words.number_labels):
        if label.word not in _all_labels(cues):
            yield from _number_after(view, label, _MISREAD_LABEL)


def _by_shape(view: View, type_cues: TypeCues, cues: Cues) -> Iterator[_Candidate]:
    """Numbers that only their shape gives away: with a year in them, and no label of something else before them."""
    if type_cues.number is NumberKind.NONE:
        return
    for number in find_numbers(view.text):
        dated = re.search(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|^[A-Z]{1,6}20[0-9]{2}", number.value)
        if dated and not _foreign_before(view, number.start, type_cues, cues):
            yield _candidate(view, number.start, number.end, _SHAPE)


def _foreign_before(view: View, start: int, type_cues: TypeCues, cues: Cues) -> bool:
    agreements = cues.words.agreement_number_labels if type_cues.code in _AGREEMENTS else ()
    before = view.text[max(0, start - 16) : start]
    match = _foreign_ending(cues.words.foreign_number_labels + agreements).search(before)
    return bool(match)


def _certainly_foreign(view: View, start: int, cues: Cues) -> bool:
    """Whether a longer label than 编号 stands before, such as 承兑协议编号."""
    words = cues.words
    labels = tuple(w for w in words.foreign_number_labels if w not in words.own_number_labels)
    return bool(_foreign_ending(labels).search(view.text[max(0, start - 16) : start]))


@lru_cache(maxsize=16)
def _foreign_ending(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(labels)})(?:\([^()]*\))?[:.;\s#]*$")
