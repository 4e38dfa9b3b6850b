"""The day of a paper: signed, issued or delivered on; never a term, a birthday or the day of something it mentions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dms.domain.day import DayFound, find_compact_days, find_days
from dms.domain.proposal import FieldName, Proposal
from dms.ingest.understanding.certainty import GUESSED, LABELLED, PLACED, is_clear, weighed
from dms.ingest.understanding.cues import Cues, TypeCues
from dms.ingest.understanding.label import alternatives
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import Paper, Passage, View

# How much a context says that the day is the paper's; only the order of these figures matters.
_LABELLED = 100
"""Less the place of the label in the list of the type, so that 签订日期 outranks 日期."""
_SIGNED_IN_SENTENCE = 58
_ALONE_AT_END = 55
_ALONE = 40
_AT_END = 25
_ANYWHERE = 15

_LAST_LINES = 8
_AGREEMENTS = frozenset({"contract", "amendment", "termination", "guarantee"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    passage: Passage
    day: date
    plain: bool
    weight: int


def find_paper_day(paper: Paper, type_cues: TypeCues, cues: Cues) -> Proposal | None:
    """The day of the paper, or None where it bears none; a day that is surely another one is never proposed."""
    candidates = [c for c in _candidates(paper, type_cues, cues) if c.weight >= _least(type_cues)]
    if not candidates:
        return None
    best = max(c.weight for c in candidates)
    equal = [c for c in candidates if c.weight == best]
    return _proposal(_among_equals(equal, type_cues), several=len({c.day for c in equal}) > 1)


def _least(type_cues: TypeCues) -> int:
    return _ANYWHERE if type_cues.day_at_end else _ALONE


def _among_equals(equal: Sequence[_Candidate], type_cues: TypeCues) -> _Candidate:
    """Both parties date their signatures: the later day concludes the contract. A form is dated in its head."""
    if type_cues.code in _AGREEMENTS:
        return max(equal, key=lambda c: c.day)
    return equal[-1] if equal[0].weight <= _ALONE_AT_END else equal[0]


def _proposal(chosen: _Candidate, *, several: bool) -> Proposal:
    labelled = chosen.weight > _SIGNED_IN_SENTENCE
    sound = chosen.plain and is_clear(chosen.passage) and not several
    certain = sound and chosen.weight >= _ALONE_AT_END
    base = LABELLED if labelled else (PLACED if chosen.weight >= _ALONE else GUESSED)
    return Proposal(
        field=FieldName.DOC_DATE,
        value=chosen.day.isoformat(),
        as_read=chosen.passage.as_read,
        place=chosen.passage.place,
        confidence=weighed(min(base, PLACED) if several else base, chosen.passage),
        certain=certain,
        reason="" if certain else _why_uncertain(chosen, several=several),
    )


def _why_uncertain(chosen: _Candidate, *, several: bool) -> Reason:
    if several:
        return Reason.SEVERAL_READINGS
    if not chosen.plain:
        return Reason.LOOK_ALIKES_REPLACED
    if not is_clear(chosen.passage):
        return Reason.LOW_CONFIDENCE
    return Reason.LAST_DAY_ON_PAPER


def _candidates(paper: Paper, type_cues: TypeCues, cues: Cues) -> list[_Candidate]:
    found: dict[tuple[int, int], _Candidate] = {}
    for sheet in paper.sheets:
        last = sheet is paper.sheets[-1]
        for candidate in (
            *_in_view(sheet.lines, type_cues, cues, last=last),
            *_in_view(sheet.running, type_cues, cues, last=last),
        ):
            place = candidate.passage.place
            found.setdefault((place.page, place.start), candidate)
    return [found[key] for key in sorted(found)]


def _in_view(view: View, type_cues: TypeCues, cues: Cues, *, last: bool) -> Iterator[_Candidate]:
    for day in find_days(view.text):
        weight = _weight(view, day, type_cues, cues, last=last)
        if weight:
            yield _candidate(view, day, weight)
    for day in find_compact_days(view.text):
        by_label = _label_weight(view, day, type_cues, cues)
        if by_label:
            yield _candidate(view, day, by_label)


def _candidate(view: View, day: DayFound, weight: int) -> _Candidate:
    return _Candidate(passage=view.passage(day.start, day.end), day=day.day, plain=day.plain, weight=weight)


def _weight(view: View, day: DayFound, type_cues: TypeCues, cues: Cues, *, last: bool) -> int:
    """What the words around the day say; 0 where it is the day of something else."""
    by_label = _label_weight(view, day, type_cues, cues)
    if by_label is not None:
        return by_label
    if _is_term(view, day):
        return 0
    signed = _signed_in_sentence(view, day, type_cues)
    return _place_weight(view, day, type_cues, last=last) if signed is None else signed


def _label_weight(view: View, day: DayFound, type_cues: TypeCues, cues: Cues) -> int | None:
    """The weight of the label right before the day, 0 for the label of something else, None without a label."""
    before = view.text[max(0, day.start - 28) : day.start]
    match = _label_ending(type_cues.day_labels, cues.words.foreign_day_labels).search(before)
    if match is None or not _stands_free(view, day.start - len(before) + match.start("word"), match["word"]):
        return None
    word = match["word"]
    return _LABELLED - type_cues.day_labels.index(word) if word in type_cues.day_labels else 0


def _stands_free(view: View, start: int, word: str) -> bool:
    after_day = bool(re.search(r"[0-9]日$", view.text[max(0, start - 2) : start]))
    return len(word) > 3 or after_day or view.begins_cell(start)


@lru_cache(maxsize=64)
def _label_ending(own: tuple[str, ...], foreign: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{alternatives({*own, *foreign})})(?:\([^()\n]{{0,10}}\))?[:;.,·_\s]*(?:为|于|是)?:?\n?$"
    )


_TERM_BEFORE = re.compile(
    r"(?:自|从|至|到|截至|截止|截止到|不迟于|最迟|之前|延至|延期至|有效期|至迟|期限|[0-9日]-|~|—)[:于]?$"
)
_TERM_AFTER = re.compile(
    r"(?:之?前|以前|之?后|以后|起|止|至|到|开始|届满|生效|期间|期满|-|~|—|交货|发货|付款|支付|到货)"
)


def _is_term(view: View, day: DayFound) -> bool:
    """Whether the day begins, ends or limits something: 自…起, 至…止, …前, …后第49日."""
    before, after = view.text[max(0, day.start - 6) : day.start], view.text[day.end : day.end + 4]
    return bool(_TERM_BEFORE.search(before) or _TERM_AFTER.match(after))


_SIGNING = re.compile(
    r"[,]?(?:在|于)?[^,。;\n]{0,16}?(?:签订|签署|订立|签定|签约|签立)(?P<other>的|了|过|《|编号|编号为|的编号)?"
)


def _signed_in_sentence(view: View, day: DayFound, type_cues: TypeCues) -> int | None:
    """于2016年11月16日在苏州签订: the paper's own day on a contract, an earlier contract's day on anything else."""
    match = _SIGNING.match(view.text, day.end)
    if match is None:
        return None
    own = type_cues.code in {"contract", "guarantee"} and not match["other"]
    return _SIGNED_IN_SENTENCE if own else 0


def _place_weight(view: View, day: DayFound, type_cues: TypeCues, *, last: bool) -> int:
    start, end = view.line_bounds(day.start)
    rest = view.text[start : day.start] + view.text[day.end : end]
    alone = bool(
        re.fullmatch(
            r"(?:[\u4e00-\u9fff()]{4,30}(?:公司|厂|中心|委员会|局|院|法院|所|处)(?:\([^()]*\))?|[:.,\s]|日期|地点.*|\(章\)|\(盖章\))*",
            rest,
        )
    )
    low = last and view.text.count("\n", end) < _LAST_LINES
    if not type_cues.day_at_end:
        return _ALONE if alone and "登记机关" in view.text[:start] else 0
    if alone:
        return _ALONE_AT_END if low else _ALONE
    return _AT_END if low else _ANYWHERE
