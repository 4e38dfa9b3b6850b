"""The amount of a paper: the total of a contract, the sum of a receipt; cross-checked between figures and capitals.

What always holds: where figures and capitals both stand and differ, the capitals are proposed, for so custom and the
courts decide between them (a negotiable instrument is void then, 票据法 article 8), and a person is asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dms.domain.amount import AmountForm, AmountFound, canonical_amount, find_amounts
from dms.domain.proposal import FieldName, Proposal
from dms.ingest.understanding.certainty import GUESSED, LABELLED, PLACED, weighed
from dms.ingest.understanding.cues import Cues, TypeCues
from dms.ingest.understanding.label import alternatives
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import Paper, Sheet, View

_LOOK_BACK = 30
"""Characters before an amount in which its label stands."""


_WELL_GROUPED = re.compile(r"(?<![0-9])(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{2})?|[0-9]+\.[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """An amount as it stands on the paper, in one form or in both next to each other."""

    view: View
    figures: AmountFound | None
    capitals: AmountFound | None
    rank: int
    """Place of its label in the list of the type; as long as the list where it has none."""
    scale: int
    """10,000 where the label says 万元, else 1."""

    @property
    def differ(self) -> bool:
        """Whether both forms stand there and do not say the same."""
        return bool(self.figures and self.capitals and self.figures.amount != self.capitals.amount)

    @property
    def agree(self) -> bool:
        """Whether both forms stand there and say the same."""
        return bool(self.figures and self.capitals) and not self.differ

    @property
    def shown(self) -> AmountFound:
        """The form that is proposed: capitals where they were read without repair, or stand alone."""
        if self.capitals and (self.capitals.plain or not self.figures) and not self.agree:
            return self.capitals
        found = self.figures or self.capitals
        if found is None:
            raise ValueError("a sum has at least one form")
        return found

    @property
    def crosses_line_end(self) -> bool:
        """Whether its figures go on over a line end, are grouped as money is, and read without doubt."""
        found = self.figures
        if found is None or not found.plain or not any(found.start < i < found.end for i in self.view.wraps):
            return False
        return bool(_WELL_GROUPED.search(self.view.text[found.start : found.end]))

    def overlaps(self, other: "_Sum") -> bool:
        """Whether a form of this sum stands among the characters of the other one."""
        mine, others = self._characters(), other._characters()
        return bool(mine & others)

    def _characters(self) -> set[int]:
        forms = [found for found in (self.figures, self.capitals) if found]
        return {self.view.origins[i] for found in forms for i in range(found.start, found.end)}

    @property
    def amount(self) -> Decimal:
        """In yuan."""
        return self.shown.amount * self.scale


def find_total(paper: Paper, type_cues: TypeCues, cues: Cues) -> Proposal | None:
    """The amount of the paper, or None where its type has none or none can be told from the others."""
    if not type_cues.amount_labels:
        return None
    sums = [s for sheet in paper.sheets for s in _sums_of_sheet(sheet, type_cues, cues)]
    unlabelled = len(type_cues.amount_labels)
    candidates = [s for s in sums if s.rank < unlabelled] or [s for s in sums if s.agree]
    return _proposal(_best(candidates), candidates, unlabelled) if candidates else None


def _best(candidates: Sequence[_Sum]) -> _Sum:
    """Both forms before one, then the better label; among equals the one that is said most often, then the greatest."""
    amounts = [s.amount for s in candidates]
    return max(candidates, key=lambda s: (s.agree or s.differ, -s.rank, amounts.count(s.amount), s.amount))


def _proposal(chosen: _Sum, candidates: Sequence[_Sum], unlabelled: int) -> Proposal:
    shown = chosen.shown
    passage = chosen.view.passage(shown.start, shown.end)
    reason = _why_uncertain(chosen, candidates, unlabelled)
    base = LABELLED if chosen.agree else (GUESSED if chosen.differ else PLACED)
    return Proposal(
        field=FieldName.AMOUNT,
        value=canonical_amount(chosen.amount),
        as_read=passage.as_read,
        place=passage.place,
        confidence=weighed(base, passage),
        certain=reason is None,
        reason=reason or "",
    )


def _why_uncertain(chosen: _Sum, candidates: Sequence[_Sum], unlabelled: int) -> Reason | None:
    if chosen.differ:
        return Reason.FIGURES_AND_CAPITALS_DIFFER
    if not chosen.agree:
        return Reason.ONE_FORM_ONLY
    if any(s.rank == chosen.rank and s.agree and s.amount != chosen.amount for s in candidates):
        return Reason.SEVERAL_READINGS
    # Two forms that agree check each other, so a doubtful character in one of them does no harm; a missing label does.
    return Reason.BY_POSITION if chosen.rank >= unlabelled else None


def _sums_of_sheet(sheet: Sheet, type_cues: TypeCues, cues: Cues) -> list[_Sum]:
    """All sums of a page; where a number is whole only across a line end, that one instead of its pieces."""
    whole = [s for s in _sums(sheet.joined, type_cues, cues) if s.crosses_line_end]
    pieces = [s for s in _sums(sheet.running, type_cues, cues) if not any(s.overlaps(w) for w in whole)]
    return whole + pieces


def _sums(view: View, type_cues: TypeCues, cues: Cues) -> Iterator[_Sum]:
    found = [a for a in find_amounts(view.text) if a.amount]
    used: set[int] = set()
    for index, amount in enumerate(found):
        if index in used:
            continue
        partner = _partner(view, found, index)
        if partner is not None:
            used.add(partner)
        yield from _sum(view, amount, found[partner] if partner is not None else None, type_cues, cues)


_BETWEEN = re.compile(
    r"(?:[()（）:;,.。/\s<>〈〉【】\[\]]|人民币|大写|小写|金额|合计|总计|计|即|整|元|圆|¥|￥|RMB|CNY|为|价税)*"
)


def _partner(view: View, found: Sequence[AmountFound], index: int) -> int | None:
    """The next amount if it is the same sum in the other form, with nothing but marks and 大写, 小写 between them."""
    for other in range(index + 1, min(index + 2, len(found))):
        between = view.text[found[index].end : found[other].start]
        if found[other].form is not found[index].form and len(between) <= 16 and _BETWEEN.fullmatch(between):
            return other
    return None


def _sum(view: View, first: AmountFound, second: AmountFound | None, type_cues: TypeCues, cues: Cues) -> Iterator[_Sum]:
    by_form = {amount.form: amount for amount in (first, second) if amount}
    label = _label_before(view, first, type_cues, cues)
    if label is None:
        return
    rank, scale, adjacent = label
    if second or first.marked or _looks_like_money(view, first) or adjacent:
        yield _Sum(
            view=view,
            figures=by_form.get(AmountForm.FIGURES),
            capitals=by_form.get(AmountForm.CAPITALS),
            rank=rank,
            scale=scale,
        )


def _looks_like_money(view: View, amount: AmountFound) -> bool:
    """Whether figures without 元 have cents or thousands separators; a bare 164 is a quantity."""
    return bool(re.search(r"[.,][0-9]{2,3}$", view.text[amount.start : amount.end]))


def _label_before(view: View, amount: AmountFound, type_cues: TypeCues, cues: Cues) -> tuple[int, int, bool] | None:
    """Rank of the nearest label before the amount, its scale, and whether the amount follows it at once.

    None where the nearest label belongs to another kind of amount (单价, 预付款, 注册资本).
    """
    floor = max(0, amount.start - _LOOK_BACK)
    # A semicolon right before the amount is a misread colon; further away it ends a statement.
    floor = max(floor, *(view.text.rfind(mark, floor, amount.start - 1) + 1 for mark in "。;"))
    before = view.text[floor : amount.start]
    labels = list(_labels(type_cues.amount_labels, cues.words.foreign_amount_labels).finditer(before))
    if not labels:
        return len(type_cues.amount_labels), 1, False
    nearest = _telling_label(view, floor, labels)
    rest = before[nearest.end() :]
    if nearest["word"] not in type_cues.amount_labels or _SHARE.search(rest):
        return None
    scale = 10_000 if "万元" in rest and amount.form is AmountForm.FIGURES and not amount.marked else 1
    return type_cues.amount_labels.index(nearest["word"]), scale, bool(_ADJACENT.fullmatch(rest))


_SHARE = re.compile(r"[0-9]\s?%|百分之|[0-9一二三四五六七八九]成")
"""合同总价的30%, 即…: a part of what the label names."""
_ADJACENT = re.compile(r"(?:\([^()]{0,8}\))?[:;.\s]*(?:为|是|计)?(?:人民币)?[:\s]*")
_WEAK = frozenset({"人民币", "大写", "小写", "金额", "合计", "计人民币"})


def _telling_label(view: View, floor: int, labels: Sequence[re.Match[str]]) -> re.Match[str]:
    """The label nearest to the amount; of 合同总价 and 大写 side by side the one that says which amount it is.

    A weak label that begins a cell stands for itself: the 预付款 in the cell before has nothing to do with it.
    """
    nearest = labels[-1]
    for label in reversed(labels[:-1]):
        announces = nearest["word"] != "人民币" or nearest.string[nearest.end() : nearest.end() + 1] in {"(", ":"}
        begins_cell = announces and floor + nearest.start() in view.gaps
        if nearest["word"] not in _WEAK or begins_cell or nearest.start() - label.end() > 8:
            break
        nearest = label
    return nearest


@lru_cache(maxsize=64)
def _labels(own: tuple[str, ...], foreign: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?P<word>{alternatives({*own, *foreign})})")
