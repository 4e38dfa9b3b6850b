"""Convening a committee: who is on it, and which of the due papers are put before it.

What always holds:
- Only papers whose term has ended, free of holds, and neither before another committee nor on a destruction list.
- Every member may see every paper; whoever may not is not named.
- From the moment the committee is asked, its papers and its members are fixed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.custody.appraised_volumes import volumes_appraised, volumes_put_back
from dms.custody.appraising.errors import (
    AppraisalEmpty,
    AppraisalFactInvalid,
    CommitteeTooSmall,
    NothingAppraisable,
    Unappraisable,
)
from dms.custody.appraising.finding import (
    MAX_REASON_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    case_for,
    case_subject,
    stated_text,
)
from dms.custody.appraising.persons import fit_person
from dms.domain.actor import Actor, Permission
from dms.domain.appraisal import LEAST_MEMBERS, AppraisalCase, AppraisalLine, AppraisalState
from dms.domain.clock import local_day
from dms.errors import Bilingual
from dms.store import DueFilter, DuePaper, UnitOfWork

MOST_PAPERS = 5000
"""Before one committee; each is looked at by people."""
_MEMBER = Bilingual("鉴定小组成员", "a member of the committee")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalStated:
    """What a person states about a committee."""

    title: str
    chair: str
    """Sign-in name, like those of the members."""
    members: tuple[str, ...]
    """The chair may be left out here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBefore:
    """What became of papers that were to be put before a committee."""

    papers: int
    """How many are before it now that were not."""
    left_out: tuple[tuple[str, Unappraisable], ...]
    """Those that were left out, by the id that the item was named by, and why."""


def begin_appraisal(actor: Actor, stated: AppraisalStated, *, archive: Archive) -> AppraisalCase:
    """A new case without papers. Raises `AppraisalFactInvalid`, `CommitteeTooSmall` or `PersonUnfit`."""
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        draft = AppraisalCase(
            id=0,
            number="",
            title="",
            state=AppraisalState.OPEN,
            chair="",
            members=(),
            begun_by=actor.name,
            begun_at=archive.now(),
        )
        case = work.appraisals.add(_as_stated(draft, stated, work=work))
        told = {"number": case.number, "members": "、".join(case.members)}
        archive.record(work, actor, "appraisal_begun", case_subject(case), **told)
    return case


def change_appraisal(actor: Actor, case_id: int, stated: AppraisalStated, *, archive: Archive) -> AppraisalCase:
    """The case with title and committee replaced, as long as the committee has not been asked.

    Raises what `begin_appraisal` raises, `AppraisalNotFound` or `AppraisalStateUnfit`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        case = _as_stated(case_for(actor, case_id, AppraisalState.OPEN, work=work), stated, work=work)
        work.appraisals.change(case)
        archive.record(work, actor, "appraisal_changed", case_subject(case), members="、".join(case.members))
    return case


def put_before(actor: Actor, case_id: int, item_ids: Sequence[str], *, archive: Archive) -> PutBefore:
    """Put these papers before a committee that has not been asked yet.

    Raises `AppraisalNotFound`, `AppraisalStateUnfit`, or `NothingAppraisable` where not one of them can be.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        case = case_for(actor, case_id, AppraisalState.OPEN, work=work)
        named = {item_id: work.items.with_id(item_id, actor=actor) for item_id in dict.fromkeys(item_ids)}
        keys = {item.key: item_id for item_id, item in named.items() if item is not None}
        due = _due(actor, DueFilter(item_keys=frozenset(keys)), archive, work=work)
        missing = [(item_id, Unappraisable.NOT_DUE) for item_id, item in named.items() if item is None]
        missing += [(item_id, Unappraisable.NOT_DUE) for key, item_id in keys.items() if key not in due]
        put = _put(actor, case, due.values(), archive, work=work)
        answer = PutBefore(papers=put.papers, left_out=(*missing, *put.left_out))
        if not answer.papers:
            raise NothingAppraisable(answer.left_out[0][1] if answer.left_out else None)
    return answer


def put_all_due_before(actor: Actor, case_id: int, wanted: DueFilter, *, archive: Archive) -> PutBefore:
    """Put everything before the committee that is due and fits, as far as a committee can look at it.

    Raises what `put_before` raises.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        case = case_for(actor, case_id, AppraisalState.OPEN, work=work)
        put = _put(actor, case, _due(actor, wanted, archive, work=work).values(), archive, work=work)
        if not put.papers:
            raise NothingAppraisable(put.left_out[0][1] if put.left_out else None)
    return put


def take_out(actor: Actor, case_id: int, line_id: int, *, archive: Archive) -> None:
    """Take a paper out of a case that was not laid before its committee; it is due as before.

    Raises `AppraisalNotFound` or `AppraisalStateUnfit`; a line that is not there changes nothing.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        case = case_for(actor, case_id, AppraisalState.OPEN, work=work)
        line = next((line for line in work.appraisals.lines(case.id) if line.id == line_id), None)
        if line is not None:
            work.appraisals.take_out(line.id)
            item = work.items.get(line.item_key)
            archive.record(work, actor, "appraisal_paper_taken_out", case_subject(case), item=item.id)


def submit_appraisal(actor: Actor, case_id: int, *, archive: Archive) -> AppraisalCase:
    """The case, laid before its committee; volumes of which every paper is in it are under appraisal from now on.

    Raises `AppraisalNotFound`, `AppraisalStateUnfit`, `AppraisalEmpty`, `CommitteeTooSmall` or `PersonUnfit`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        case = case_for(actor, case_id, AppraisalState.OPEN, work=work)
        lines = work.appraisals.lines(case.id)
        if not lines:
            raise AppraisalEmpty
        _check_committee(case, work=work)
        laid = replace(case, state=AppraisalState.CONSIDERING)
        work.appraisals.change(laid)
        volumes_appraised([line.item_key for line in lines], work=work)
        archive.record(work, actor, "appraisal_submitted", case_subject(case), number=case.number, items=len(lines))
    return laid


def withdraw_appraisal(actor: Actor, case_id: int, reason: str, *, archive: Archive) -> AppraisalCase:
    """The case, given up before it was decided; its papers are due as before.

    Raises `AppraisalNotFound`, `AppraisalStateUnfit` or `AppraisalFactInvalid`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    told = stated_text(reason, MAX_REASON_CHARACTERS, "撤销原因", "reason")
    with archive.begin() as work:
        case = case_for(actor, case_id, AppraisalState.OPEN, AppraisalState.CONSIDERING, work=work)
        given_up = replace(case, state=AppraisalState.WITHDRAWN, report=told)
        work.appraisals.change(given_up)
        volumes_put_back([line.item_key for line in work.appraisals.lines(case.id)], work=work)
        archive.record(work, actor, "appraisal_withdrawn", case_subject(case), number=case.number, reason=told)
    return given_up


def _as_stated(case: AppraisalCase, stated: AppraisalStated, *, work: UnitOfWork) -> AppraisalCase:
    title = stated_text(stated.title, MAX_TITLE_CHARACTERS, "鉴定名称", "title")
    chair = stated.chair.strip()
    named = dict.fromkeys(name.strip() for name in (chair, *stated.members) if name.strip())
    return _check_committee(replace(case, title=title, chair=chair, members=tuple(named)), work=work)


def _check_committee(case: AppraisalCase, *, work: UnitOfWork) -> AppraisalCase:
    """The case with its members as the accounts are written; raises `CommitteeTooSmall` or `PersonUnfit`."""

    def knows(acting: Actor) -> bool:
        return not case.id or work.appraisals.known(case.id, actor=acting) is not None

    spelled = {
        name: fit_person(name, _MEMBER, Permission.APPRAISE, knows=knows, work=work).name for name in case.members
    }
    members = tuple(dict.fromkeys(spelled.values()))
    if len(members) < LEAST_MEMBERS or case.chair not in spelled:
        raise CommitteeTooSmall
    return replace(case, chair=spelled[case.chair], members=members)


def _due(actor: Actor, wanted: DueFilter, archive: Archive, *, work: UnitOfWork) -> dict[int, DuePaper]:
    today = local_day(archive.now())
    _, papers = work.due_dates.due_by(today, actor=actor, wanted=wanted, limit=MOST_PAPERS)
    return {paper.item_key: paper for paper in papers}


def _put(
    actor: Actor, case: AppraisalCase, papers: Iterable[DuePaper], archive: Archive, *, work: UnitOfWork
) -> PutBefore:
    due = list(papers)
    barred = _barred(due, work=work)
    fit = [paper for paper in due if paper.item_key not in barred]
    if len(fit) + work.appraisals.count(case.id) > MOST_PAPERS:
        raise AppraisalFactInvalid(
            Bilingual(f"一次鉴定最多 {MOST_PAPERS} 件。", f"A committee takes {MOST_PAPERS} papers at most."),
            Bilingual("请按客户或年度分几次鉴定。", "Divide them, by customer or by year."),
        )
    work.appraisals.put_before(_line(case, paper) for paper in fit)
    if fit:
        archive.record(work, actor, "appraisal_papers_put", case_subject(case), items=len(fit))
    left_out = tuple((paper.item_id, barred[paper.item_key]) for paper in due if paper.item_key in barred)
    return PutBefore(papers=len(fit), left_out=left_out)


def _barred(papers: Sequence[DuePaper], *, work: UnitOfWork) -> dict[int, Unappraisable]:
    keys = [paper.item_key for paper in papers]
    held = dict.fromkeys((paper.item_key for paper in papers if paper.held), Unappraisable.HELD)
    listed = dict.fromkeys(work.destruction_lists.on_lists(keys), Unappraisable.LISTED)
    return held | listed | dict.fromkeys(work.appraisals.under_way(keys), Unappraisable.UNDER_WAY)


def _line(case: AppraisalCase, paper: DuePaper) -> AppraisalLine:
    return AppraisalLine(
        id=0, case_id=case.id, position=0, item_key=paper.item_key, due_on=paper.due_on, term_code=paper.rule_code
    )
