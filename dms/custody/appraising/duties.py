"""Duties of appraisal and destruction: papers that nobody has looked at, opinions, signatures, and what waits to go."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dms.domain.actor import Role
from dms.domain.appraisal import AppraisalCase, AppraisalState, agreed_on, opinions_on
from dms.domain.clock import local_day
from dms.domain.destruction_list import ActKind, DestructionList, ListState
from dms.domain.duty import Duty, DutyKind
from dms.errors import Bilingual
from dms.store import UnitOfWork

OPINION_DAYS = 30
"""Within which members speak, and the chair decides."""
STEP_DAYS = 10
"""Within which each step of a list is taken, counted from the one before."""
MOST_COUNTED = 1000


def duties(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    """What is owed by members, chairs, signers, approvers, supervisors and the archive."""
    yield from _to_appraise(view, on)
    for case in view.appraisals.in_state(AppraisalState.CONSIDERING):
        yield from _of_case(case, view)
    for listed in view.destruction_lists.running():
        yield from _of_list(listed)


def _to_appraise(view: UnitOfWork, on: date) -> Iterator[Duty]:
    count = view.appraisals.count_forgotten(on, at_most=MOST_COUNTED)
    if not count:
        return
    told = f"{count}" if count < MOST_COUNTED else f"{MOST_COUNTED - 1}+"
    yield Duty(
        kind=DutyKind.APPRAISAL,
        subject=f"appraisal/due-{on.year}",
        what=Bilingual(f"{told} 件资料保管期满，应组织鉴定", f"{told} papers whose term has ended are to be appraised"),
        due_on=date(on.year, 12, 31),
        role=Role.ARCHIVIST,
    )


def _of_case(case: AppraisalCase, view: UnitOfWork) -> Iterator[Duty]:
    due_on = local_day(case.begun_at) + timedelta(days=OPINION_DAYS)
    opinions = view.appraisals.opinions(case.id)
    line_ids = [line.id for line in view.appraisals.lines(case.id)]
    spoken = opinions_on(line_ids, opinions)
    silent = [name for name in case.members if any(name not in said for said in spoken.values())]
    for name in silent:
        yield Duty(
            kind=DutyKind.OPINION,
            subject=f"appraisal/{case.number}/{name}",
            what=Bilingual(f"对鉴定 {case.number} 提出意见", f"give your opinion on appraisal {case.number}"),
            due_on=due_on,
            person=name,
        )
    if not silent:
        agreed = sum(agreed_on(case.members, said) is not None for said in spoken.values())
        yield Duty(
            kind=DutyKind.OPINION,
            subject=f"appraisal/{case.number}/decision",
            what=Bilingual(
                f"作出鉴定 {case.number} 的结论（{agreed} 件意见一致，共 {len(line_ids)} 件）",
                f"decide appraisal {case.number} ({agreed} of {len(line_ids)} papers are agreed on)",
            ),
            due_on=due_on,
            person=case.chair,
        )


def _of_list(listed: DestructionList) -> Iterator[Duty]:
    due_on = local_day(_last_moment(listed)) + timedelta(days=STEP_DAYS)
    named = listed.appointed
    match listed.state:
        case ListState.SIGNING:
            waiting = [name for _, name in named.signers if name not in listed.by(ActKind.SIGNED)]
            yield from _signatures(listed, waiting, ("会签", "sign"), due_on)
        case ListState.SIGNED:
            yield from _signatures(listed, [named.approver], ("批准", "approve"), due_on)
        case ListState.APPROVED:
            waiting = [name for name in named.supervisors if name not in listed.by(ActKind.CHECKED)]
            yield from _signatures(listed, waiting, ("销毁前核对", "check the papers of"), due_on)
        case ListState.EXECUTED:
            waiting = [name for name in named.supervisors if name not in listed.by(ActKind.ATTESTED)]
            yield from _signatures(listed, waiting, ("监销签字", "attest"), due_on)
        case ListState.CHECKED | ListState.EXECUTING:
            yield Duty(
                kind=DutyKind.DESTRUCTION,
                subject=f"destruction/{listed.number}",
                what=Bilingual(f"执行销毁清册 {listed.number}", f"carry out destruction list {listed.number}"),
                due_on=due_on,
                role=Role.ARCHIVIST,
            )
        case ListState.DRAFT | ListState.RETURNED:
            yield Duty(
                kind=DutyKind.DESTRUCTION,
                subject=f"destruction/{listed.number}/draft",
                what=Bilingual(
                    f"补齐并提交销毁清册 {listed.number}", f"complete and submit destruction list {listed.number}"
                ),
                due_on=due_on,
                person=listed.begun_by,
            )


def _signatures(listed: DestructionList, names: list[str], what: tuple[str, str], due_on: date) -> Iterator[Duty]:
    zh, en = what
    for name in names:
        yield Duty(
            kind=DutyKind.SIGNATURE,
            # A list that was sent back is signed anew, which is another duty.
            subject=f"destruction/{listed.number}/{listed.state.value}-{listed.turn}/{name}",
            what=Bilingual(f"{zh}销毁清册 {listed.number}", f"{en} destruction list {listed.number}"),
            due_on=due_on,
            person=name,
        )


def _last_moment(listed: DestructionList) -> datetime:
    moments = [listed.begun_at, *(act.acted_at for act in listed.acts)]
    return max(moments if listed.executed_at is None else [*moments, listed.executed_at])
