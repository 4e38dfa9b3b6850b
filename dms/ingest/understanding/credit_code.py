"""The unified social credit code of the other party."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dms.domain import uscc
from dms.domain.proposal import FieldName, Proposal
from dms.ingest.understanding.certainty import GUESSED, LABELLED, is_clear, weighed
from dms.ingest.understanding.counterparty import Counterparty, is_own
from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.directory import differ_by_one, name_key
from dms.ingest.understanding.known import Known
from dms.ingest.understanding.label import find_labels
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import Paper, Passage
from dms.ingest.understanding.party import IN_TEXT, Party

_CODE = re.compile(r"[0-9A-Z](?: ?[0-9A-Z]){14,20}")
_BARE_CODE = re.compile(r"(?<![0-9A-Z])9[0-9A-Z]{17}(?![0-9A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCode:
    """A code as it stands on the paper; `value` is repaired where `reason` says so."""

    passage: Passage
    value: str
    labelled: bool
    reason: Reason | None

    @property
    def valid(self) -> bool:
        """Whether the check character of the value is right."""
        return uscc.is_valid(self.value)

    @property
    def order(self) -> tuple[int, int]:
        """Sorts codes as they stand on the paper."""
        return self.passage.place.page, self.passage.place.start


def find_credit_codes(paper: Paper, cues: Cues) -> tuple[CreditCode, ...]:
    """Every code on the paper, in order: behind a label of any form, elsewhere only with a right check character."""
    found = {code.order: code for code in (*_bare(paper), *_labelled(paper, cues))}
    return tuple(found[order] for order in sorted(found))


def _labelled(paper: Paper, cues: Cues) -> Iterator[CreditCode]:
    for view in paper.views():
        for label in find_labels(view, cues.words.uscc_labels):
            match = _CODE.match(view.text, label.value)
            if match:
                yield _code(view.passage(*match.span()), labelled=True)


def _bare(paper: Paper) -> Iterator[CreditCode]:
    for view in paper.views():
        for match in _BARE_CODE.finditer(view.text):
            if uscc.is_valid(match.group()):
                yield _code(view.passage(*match.span()), labelled=False)


def _code(passage: Passage, *, labelled: bool) -> CreditCode:
    value, reason = _value(passage)
    return CreditCode(passage=passage, value=value, labelled=labelled, reason=reason)


def _value(passage: Passage) -> tuple[str, Reason | None]:
    """The code as read, or repaired where only one repair is valid.

    An invented or wrongly printed code must not be turned into somebody's valid one: what was read clearly and may
    stand where it stands is proposed as it is, whatever its check character says.
    """
    read = uscc.normalised(passage.text)
    if len(read) != uscc.LENGTH:
        return read, Reason.WRONG_LENGTH
    if uscc.is_valid(read):
        return read, None
    doubtful = _doubtful_places(passage)
    repaired = uscc.unique_repair(read, doubtful=doubtful) if doubtful or uscc.forced_places(read) else None
    if repaired:
        return repaired, Reason.CHECK_DIGIT_REPAIRED
    possible = uscc.with_forced_places_repaired(read)
    return possible, Reason.CHECK_DIGIT_FAILS if possible == read else Reason.IMPOSSIBLE_LETTERS_REPLACED


def _doubtful_places(passage: Passage) -> frozenset[int]:
    """`passage.doubtful` counted without the blanks that a code may be printed with."""
    kept = [i for i, c in enumerate(passage.text) if c.isalnum()]
    return frozenset(place for place, i in enumerate(kept) if i in passage.doubtful)


def propose_credit_code(
    codes: Sequence[CreditCode], parties: Sequence[Party], chosen: Counterparty | None, known: Known
) -> Proposal | None:
    """The code of the other party; None where the only codes belong to somebody else."""
    registered = _of_known_customer(codes, chosen, known)
    code = registered or _of_party(codes, parties, chosen, known)
    several = len({c.value for c in codes}) > 1
    return _proposal(code, ambiguous=several and not registered and not known.own_names) if code else None


def _proposal(code: CreditCode, *, ambiguous: bool) -> Proposal:
    reason = code.reason
    if not reason and not (code.labelled and is_clear(code.passage)):
        reason = Reason.LOW_CONFIDENCE
    if not reason and ambiguous:
        reason = Reason.OTHER_PARTY_BY_ROLE
    return Proposal(
        field=FieldName.USCC,
        value=code.value,
        as_read=code.passage.as_read,
        place=code.passage.place,
        confidence=weighed(LABELLED if code.valid else GUESSED + 0.15, code.passage),
        certain=reason is None,
        reason=reason or "",
    )


def _of_known_customer(codes: Sequence[CreditCode], chosen: Counterparty | None, known: Known) -> CreditCode | None:
    if chosen is None or chosen.customer is None or not chosen.customer.uscc:
        return None
    registered = uscc.normalised(chosen.customer.uscc)
    return next((code for code in codes if code.value == registered), None)


def _of_party(
    codes: Sequence[CreditCode], parties: Sequence[Party], chosen: Counterparty | None, known: Known
) -> CreditCode | None:
    named = [p for p in parties if p.role != IN_TEXT] or list(parties)
    owners = {code.order: _owner(code, codes, named) for code in codes}
    if chosen is None:
        foreign = [c for c in codes if not (owners[c.order] and is_own(owners[c.order] or "", known))]
        return foreign[0] if len(foreign) == 1 else None
    for code in codes:
        owner = owners[code.order]
        if _same(owner, chosen) if owner else len(codes) == 1:
            return code
    return None


def _same(owner: str, chosen: Counterparty) -> bool:
    first, second = name_key(owner), name_key(chosen.value)
    as_read = name_key(chosen.passage.raw)
    return first in {second, as_read} or differ_by_one(first, second) or differ_by_one(first, as_read)


def _owner(code: CreditCode, codes: Sequence[CreditCode], parties: Sequence[Party]) -> str | None:
    """Whose code it is: counted off where names and codes are as many, else of the last name before it."""
    names = list(dict.fromkeys(p.name.value for p in parties if p.name.legal))
    values = list(dict.fromkeys(c.value for c in codes))
    if len(names) == len(values):
        return names[values.index(code.value)]
    before = [p for p in parties if p.order < code.order and p.name.legal]
    after = [p for p in parties if p.order > code.order and p.name.legal]
    nearest = before[-1] if before else (after[0] if after else None)
    return nearest.name.value if nearest else None
