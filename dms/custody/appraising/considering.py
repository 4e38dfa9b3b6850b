"""Considering: the members say what they think, and the chair decides every paper.

What always holds (A1 to A5 of `dms.domain.appraisal`):
- A member speaks for himself, with a reason; nobody decides before all have spoken of every paper.
- Where members agree, that is the verdict; where they differ the chair decides with a reason, but never destruction.
- What lies under a hold by then, whose contract is not closed, or whose term has not ended by the facts as they are
  now, is set aside whatever was said, and stays on the due list until it can be decided.
- New terms, filing notes, the states of volumes and the journal come in the same transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dms.archive import Archive
from dms.custody.appraised_volumes import note_appraised, volumes_put_back
from dms.custody.appraising.errors import (
    VERDICT_NAMES,
    AppraisalFactInvalid,
    NotAMember,
    TermTooShort,
    VerdictRefused,
    VerdictsMissing,
)
from dms.custody.appraising.finding import (
    MAX_REASON_CHARACTERS,
    MAX_REPORT_CHARACTERS,
    case_for,
    case_subject,
    stated_text,
)
from dms.custody.appraising.persons import person_of, require_settled
from dms.custody.appraising.standing import standings_now
from dms.custody.keeping import recompute_papers
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.appraisal import (
    MOST_YEARS,
    AppraisalCase,
    AppraisalLine,
    AppraisalState,
    Opinion,
    Verdict,
    agreed_on,
    extended_to,
    opinions_on,
)
from dms.domain.clock import local_day
from dms.domain.destruction_line import SpareReason, spare_reason
from dms.domain.due_day import TermExtension
from dms.domain.volume import SEALED_STATES
from dms.errors import Bilingual
from dms.store import UnitOfWork

_SET_ASIDE = {
    SpareReason.HELD: "冻结中，暂不处理",
    SpareReason.NOT_DUE: "按现有事实保管期限未满",
    SpareReason.UNSETTLED: "合同或争议未了结，抽出另存至办结",
    SpareReason.LENT: "原件借出未还",
    SpareReason.TITLE: "是在管的权证",
    SpareReason.GONE: "此前已销毁",
}
_NEW_TERMS = frozenset({Verdict.EXTEND, Verdict.PERMANENT})
_BEYOND_DECISION = frozenset({SpareReason.HELD, SpareReason.NOT_DUE, SpareReason.UNSETTLED, SpareReason.GONE})
"""What sets a paper aside already when it is decided; a loan or a title may be over when the list is carried out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A verdict with its reason, as a member or the chair states it."""

    verdict: Verdict
    years: int | None = None
    """By how many years to extend; left out of account with every other verdict."""
    reason: str


def give_opinion(
    actor: Actor, case_id: int, said: Said, *, line_ids: Sequence[int] = (), archive: Archive
) -> tuple[Opinion, ...]:
    """What a member thinks of these papers, or, without any, of all of which he says nothing else.

    Raises `PersonNeeded`, `AppraisalNotFound`, `AppraisalStateUnfit`, `NotAMember` or `AppraisalFactInvalid`.
    """
    actor.require(Permission.APPRAISE)
    name = person_of(actor)
    checked = _checked(said)
    with archive.begin() as work:
        case = case_for(actor, case_id, AppraisalState.CONSIDERING, work=work)
        if name not in case.members:
            raise NotAMember
        require_settled(actor, archive=archive, work=work)
        known = {line.id for line in work.appraisals.lines(case.id)} & set(line_ids) if line_ids else {None}
        opinions = tuple(
            Opinion(
                member=name,
                line_id=line_id,
                verdict=checked.verdict,
                years=checked.years,
                reason=checked.reason,
                given_at=archive.now(),
            )
            for line_id in sorted(known, key=lambda each: each or 0)
        )
        work.appraisals.say(case.id, opinions)
        told = {"verdict": VERDICT_NAMES[checked.verdict].zh, "reason": checked.reason}
        archive.record(work, actor, "appraisal_opinion_given", case_subject(case), items=len(line_ids) or None, **told)
    return opinions


def decide_appraisal(
    actor: Actor, case_id: int, *, decisions: Mapping[int, Said], report: str = "", archive: Archive
) -> AppraisalCase:
    """The case, decided by its chair; `decisions` are those about single papers, by line, the rest is as agreed.

    Raises `PersonNeeded`, `AppraisalNotFound`, `AppraisalStateUnfit`, `NotAMember`, `VerdictsMissing`,
    `VerdictRefused`, `TermTooShort` or `AppraisalFactInvalid`; nothing is decided then.
    """
    actor.require(Permission.APPRAISE)
    name = person_of(actor)
    told = stated_text(report, MAX_REPORT_CHARACTERS, "鉴定工作说明", "report", required=False)
    stated = {line_id: _checked(said) for line_id, said in decisions.items()}
    with archive.begin() as work:
        case = case_for(actor, case_id, AppraisalState.CONSIDERING, work=work)
        if name != case.chair:
            raise NotAMember
        require_settled(actor, archive=archive, work=work)
        decided = _decided(case, stated, archive, work=work)
        work.appraisals.decide(decided)
        done = replace(case, state=AppraisalState.DECIDED, decided_at=archive.now(), report=told)
        work.appraisals.change(done)
        _carry_into_terms(done, decided, archive, work=work)
        counts = {verdict.value: sum(line.verdict is verdict for line in decided) for verdict in Verdict}
        archive.record(work, actor, "appraisal_decided", case_subject(case), number=case.number, **counts)
    return done


def verdict_words(verdict: Verdict, due_on: date, years: int | None) -> str:
    """What a verdict is called with its new term: ``续存 10 年，至 2036-12-31``."""
    if verdict is Verdict.EXTEND and years:
        return f"续存 {years} 年，至 {extended_to(due_on, years)}"
    return VERDICT_NAMES[verdict].zh


def _decided(
    case: AppraisalCase, stated: Mapping[int, Said], archive: Archive, *, work: UnitOfWork
) -> list[AppraisalLine]:
    lines, today = work.appraisals.lines(case.id), local_day(archive.now())
    standing = standings_now([line.item_key for line in lines], today, at=archive.now(), work=work)
    spared = {line.id: spare_reason(standing[line.item_key], today) for line in lines}
    aside = {line.id: reason for line in lines if (reason := spared[line.id]) in _BEYOND_DECISION}
    opinions = work.appraisals.opinions(case.id)
    open_lines = [line for line in lines if line.id not in aside]
    counted = opinions_on((line.id for line in open_lines), opinions)
    unspoken = [line.position for line in open_lines if set(case.members) - set(counted[line.id])]
    agreed = {line.id: agreed_on(case.members, counted[line.id]) for line in open_lines}
    undecided = [line.position for line in open_lines if not agreed[line.id] and line.id not in stated]
    if unspoken or undecided:
        raise VerdictsMissing(unspoken, [each for each in undecided if each not in unspoken])
    set_aside = [
        replace(line, verdict=Verdict.SET_ASIDE, years=None, reason=_SET_ASIDE[aside[line.id]])
        for line in lines
        if line.id in aside
    ]
    rest = [_with_verdict(line, stated.get(line.id), agreed[line.id], counted[line.id], today) for line in open_lines]
    return _kept_with_volume(sorted((*set_aside, *rest), key=lambda line: line.position), work=work)


def _kept_with_volume(decided: Sequence[AppraisalLine], *, work: UnitOfWork) -> list[AppraisalLine]:
    """What is bound together is kept together: nothing goes out of a bound volume of which another paper stays on."""
    items = {item.key: item for item in work.items.with_keys([line.item_key for line in decided], actor=SYSTEM)}
    volumes = {line.id: items[line.item_key].volume_id for line in decided}
    staying = {volumes[line.id] for line in decided if line.verdict in _NEW_TERMS and volumes[line.id] is not None}
    bound = {
        volume_id
        for volume_id in staying
        if volume_id is not None and work.volumes.get(volume_id, actor=SYSTEM).state in SEALED_STATES
    }
    return [
        replace(line, verdict=Verdict.SET_ASIDE, years=None, reason="同卷其他资料续存，随卷保管")
        if line.verdict is Verdict.DESTROY and volumes[line.id] in bound
        else line
        for line in decided
    ]


def _with_verdict(
    line: AppraisalLine, said: Said | None, agreed: Opinion | None, counted: Mapping[str, Opinion], today: date
) -> AppraisalLine:
    chosen = said or (Said(verdict=agreed.verdict, years=agreed.years, reason=agreed.reason) if agreed else None)
    assert chosen is not None  # whoever calls has refused what is undecided
    against = [name for name, opinion in counted.items() if opinion.verdict is not Verdict.DESTROY]
    if chosen.verdict is Verdict.DESTROY and against:
        raise VerdictRefused(line.position, against)
    if chosen.verdict is Verdict.EXTEND:
        until_on = extended_to(line.due_on, chosen.years) if chosen.years else None
        if until_on is None or until_on <= today:
            raise TermTooShort(line.position, until_on)
    return replace(line, verdict=chosen.verdict, years=chosen.years, reason=chosen.reason)


def _carry_into_terms(
    case: AppraisalCase, decided: Sequence[AppraisalLine], archive: Archive, *, work: UnitOfWork
) -> None:
    """New terms, annotated (实施条例 §24), and volumes of which nothing is to go back on the shelf."""
    now = archive.now()
    work.due_dates.extend(
        TermExtension(
            item_key=line.item_key,
            until_on=extended_to(line.due_on, line.years) if line.years else None,
            authority=case.number,
            decided_by=case.chair,
            decided_at=now,
        )
        for line in decided
        if line.verdict in _NEW_TERMS
    )
    said = {
        line.item_key: f"经鉴定（{case.number}）{verdict_words(line.verdict, line.due_on, line.years)}"
        for line in decided
        if line.verdict in _NEW_TERMS
    }
    second = next(name for name in case.members if name != case.chair)
    note_appraised(said, by=case.chair, second_person=second, at=now, work=work)
    volumes_put_back([line.item_key for line in decided if line.verdict is not Verdict.DESTROY], work=work)
    recompute_papers([line.item_key for line in decided], at=now, work=work)


def _checked(said: Said) -> Said:
    reason = stated_text(said.reason, MAX_REASON_CHARACTERS, "理由", "reason")
    if said.verdict is not Verdict.EXTEND:
        return replace(said, reason=reason, years=None)
    if said.years is None or not 0 < said.years <= MOST_YEARS:
        raise AppraisalFactInvalid(
            Bilingual("续存年数不对。", "The number of years cannot be right."),
            Bilingual(
                f"请填写 1 到 {MOST_YEARS} 之间的整数；不再设期限的，选“转为永久”。",
                f"State a whole number from 1 to {MOST_YEARS}; what has no end is kept for ever.",
            ),
        )
    return replace(said, reason=reason)
