"""The forms of appraisal and destruction: facts of the archive put into words, and typeset.

Invariant: a form bears what its reader may know of; whoever may not know of every paper finds no appraisal and no list.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from dms.archive import Archive
from dms.custody.appraising.considering import verdict_words
from dms.custody.appraising.errors import VERDICT_NAMES
from dms.custody.appraising.list_errors import ACT_NAMES, LIST_STATE_NAMES, OFFICE_NAMES, OUTCOME_NAMES, SPARE_NAMES
from dms.custody.appraising.looking_up import AppraisalLineShown, appraisals_decided_in, show_appraisal
from dms.custody.appraising.looking_up_lists import proofs_of, show_list
from dms.domain.actor import Actor, Permission
from dms.domain.appraisal import Verdict
from dms.domain.clock import local_day
from dms.domain.destruction import Destroyed
from dms.domain.destruction_line import DestructionLine, Outcome
from dms.domain.destruction_list import ActKind, DestructionList, Office
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed

if TYPE_CHECKING:
    from dms.printing import DisposalForm, DoomedLine, Letterhead, Signed


class DisposalPrint(StrEnum):
    """What is printed; the value is the name in addresses and commands."""

    OPINION = "opinion"
    """鉴定意见书"""
    EXTENDED = "extended"
    """续存清单"""
    LIST = "list"
    """销毁清册"""
    SUPERVISION = "supervision"
    """监销记录"""
    CERTIFICATE = "certificate"
    """销毁证明"""


OF_APPRAISALS = frozenset({DisposalPrint.OPINION, DisposalPrint.EXTENDED})
"""The forms that are made of an appraisal; the others are made of a list."""
_NAMES = {
    DisposalPrint.OPINION: "鉴定意见书",
    DisposalPrint.EXTENDED: "续存档案清单",
    DisposalPrint.LIST: "销毁清册",
    DisposalPrint.SUPERVISION: "监销记录",
    DisposalPrint.CERTIFICATE: "销毁证明",
}
_GRADES = {1: "一级", 2: "二级", 3: "三级"}
_MEDIA = {"paper": "纸质", "electronic": "电子", "audiovisual": "音像"}
_KIB = 1024
_MIB = _KIB * _KIB


def print_disposal(actor: Actor, what: DisposalPrint, reference_id: int, form: PrintAs, *, archive: Archive) -> Printed:
    """A form of the appraisal or the list with this id.

    Raises `AppraisalNotFound` or `DestructionListNotFound`, and what typesetting raises.
    """
    actor.require(Permission.CONSULT)
    makers = {
        DisposalPrint.OPINION: _appraisal,
        DisposalPrint.EXTENDED: _extended,
        DisposalPrint.LIST: _list,
        DisposalPrint.SUPERVISION: _supervision,
        DisposalPrint.CERTIFICATE: _certificate,
    }
    made, number = makers[what](actor, reference_id, archive)
    return _typeset(made, f"{_NAMES[what]}-{number}", form)


def print_appraisal_report(actor: Actor, year: int, form: PrintAs, *, archive: Archive) -> Printed:
    """鉴定工作报告 of a year. Raises what typesetting raises."""
    from dms.printing import AppraisalReport, YearlyAppraisal

    actor.require(Permission.CONSULT)
    summaries = appraisals_decided_in(actor, year, archive=archive)
    today = local_day(archive.now())
    with archive.looking() as view:
        still_due = view.appraisals.count_forgotten(today, at_most=1_000_000)
    lines = tuple(
        YearlyAppraisal(
            number=each.case.number,
            title=each.case.title,
            chair=each.case.chair,
            decided_on=_day(each.case.decided_at),
            papers=each.papers,
            destroyed=each.counts.get(Verdict.DESTROY, 0),
            extended=each.counts.get(Verdict.EXTEND, 0),
            permanent=each.counts.get(Verdict.PERMANENT, 0),
            set_aside=each.counts.get(Verdict.SET_ASIDE, 0),
        )
        for each in summaries
    )
    made = AppraisalReport(letterhead=_letterhead(actor, archive), year=year, lines=lines, still_due=still_due)
    return _typeset(made, f"鉴定工作报告-{year}", form)


def _typeset(made: "DisposalForm", name: str, form: PrintAs) -> Printed:
    from dms.printing import disposal_form_pdf, disposal_form_xlsx  # loaded when something is printed

    content = disposal_form_pdf(made) if form is PrintAs.PDF else disposal_form_xlsx(made)
    return Printed(suggested_name=f"{name}.{form.value}", media_type=MEDIA_TYPES[form], content=content)


def _appraisal(actor: Actor, case_id: int, archive: Archive) -> tuple["DisposalForm", str]:
    return _appraisal_form(actor, case_id, archive, only=frozenset(Verdict))


def _extended(actor: Actor, case_id: int, archive: Archive) -> tuple["DisposalForm", str]:
    return _appraisal_form(actor, case_id, archive, only=frozenset({Verdict.EXTEND, Verdict.PERMANENT}))


def _appraisal_form(
    actor: Actor, case_id: int, archive: Archive, *, only: frozenset[Verdict]
) -> tuple["DisposalForm", str]:
    from dms.printing import AppraisalForm, AppraisedLine, Signed

    shown = show_appraisal(actor, case_id, archive=archive)
    case, terms = shown.case, _terms(archive)
    whole = only == frozenset(Verdict)
    names = shown.names
    lines = tuple(
        AppraisedLine(
            reference_code=each.item.reference_code or "",
            title=each.item.title,
            year=each.item.classification.year,
            pages=each.item.pages_total,
            term=terms.get(each.line.term_code, each.line.term_code),
            due_on=each.line.due_on,
            opinions=_opinions(each, names),
            verdict=verdict_words(each.line.verdict, each.line.due_on, each.line.years) if each.line.verdict else "",
            reason=each.line.reason,
        )
        for each in shown.lines
        if whole or each.line.verdict in only
    )
    ordered = [case.chair, *(name for name in case.members if name != case.chair)]
    spoke_on = {opinion.member: _day(opinion.given_at) for opinion in shown.opinions}
    counted = "，".join(f"{VERDICT_NAMES[verdict].zh} {n} 件" for verdict, n in shown.counts.items() if verdict)
    form = AppraisalForm(
        letterhead=_letterhead(actor, archive),
        number=case.number,
        title=case.title,
        committee="、".join(f"{_named(name, names)}{'（组长）' if name == case.chair else ''}" for name in ordered),
        decided_on=_day(case.decided_at),
        counts=f"共 {shown.papers} 件" + (f"：{counted}" if counted else ""),
        report=case.report if whole else "",
        lines=lines,
        signatures=tuple(
            Signed(
                role="组长" if name == case.chair else "成员",
                name=_named(name, names) if name in spoke_on else "",
                signed_on=spoke_on.get(name),
            )
            for name in ordered
        ),
        extended_only=not whole,
    )
    return form, case.number


def _opinions(each: AppraisalLineShown, names: Mapping[str, str]) -> str:
    told = []
    for member, opinion in each.said.items():
        words = f"续存{opinion.years}年" if opinion.years else VERDICT_NAMES[opinion.verdict].zh
        told.append(f"{_named(member, names)}：{words}（{opinion.reason}）")
    return "；".join(told)


def _list(actor: Actor, list_id: int, archive: Archive) -> tuple["DisposalForm", str]:
    from dms.printing import DestructionForm

    shown = show_list(actor, list_id, archive=archive)
    listed = shown.listed
    form = DestructionForm(
        letterhead=_letterhead(actor, archive),
        number=listed.number,
        title=listed.title,
        state=LIST_STATE_NAMES[listed.state].zh,
        method=listed.method,
        place=listed.place,
        digest=listed.digest,
        lines=_doomed(shown.lines, {}),
        signatures=_signatures(listed, shown.names),
        remark=listed.remark,
    )
    return form, listed.number


def _supervision(actor: Actor, list_id: int, archive: Archive) -> tuple["DisposalForm", str]:
    from dms.printing import SupervisionForm, WatchedStep

    shown = show_list(actor, list_id, archive=archive)
    listed = shown.listed
    destroyed, spared = shown.counts.get(Outcome.DESTROYED, 0), shown.counts.get(Outcome.SPARED, 0)
    form = SupervisionForm(
        letterhead=_letterhead(actor, archive),
        number=listed.number,
        title=listed.title,
        method=listed.method,
        place=listed.place,
        counts=f"共 {shown.papers} 件，已销毁 {destroyed} 件，未销毁 {spared} 件",
        digest=listed.digest,
        steps=tuple(
            WatchedStep(
                turn=act.turn,
                what=ACT_NAMES[act.kind].zh,
                office=OFFICE_NAMES[act.office].zh if act.office else "",
                name=_named(act.name, shown.names),
                acted_at=f"{act.acted_at.astimezone():%Y-%m-%d %H:%M}",
                remark=act.remark,
            )
            for act in listed.acts
        ),
        signatures=_watchers(listed, shown.names),
    )
    return form, listed.number


def _certificate(actor: Actor, list_id: int, archive: Archive) -> tuple["DisposalForm", str]:
    from dms.printing import DestructionCertificate

    shown = show_list(actor, list_id, archive=archive)
    listed, names = shown.listed, shown.names
    proofs = proofs_of(actor, listed, archive=archive)
    lost = [line for line in shown.lines if line.outcome is Outcome.DESTROYED]
    approval = next((act for act in listed.acts_of_turn if act.kind is ActKind.APPROVED), None)
    going = next((act for act in listed.acts_of_turn if act.kind is ActKind.BEGUN), None)
    form = DestructionCertificate(
        letterhead=_letterhead(actor, archive),
        number=listed.number,
        title=listed.title,
        approved_by=_named(approval.name, names) if approval else "",
        approved_on=_day(approval.acted_at) if approval else None,
        carried_out_by=_named(going.name, names) if going else "",
        carried_out_on=_day(listed.executed_at),
        method=listed.method,
        place=listed.place,
        paper_destroyed_on=listed.paper_destroyed_on,
        destroyed=len(lost),
        spared=shown.counts.get(Outcome.SPARED, 0),
        pages=sum(proof.pages for proof in proofs.values()),
        size=_size(sum(proof.size_bytes for proof in proofs.values())),
        digest=listed.digest,
        lines=_doomed(lost, proofs),
        signatures=(*_approval_signature(listed, names), *_watchers(listed, names)),
    )
    return form, listed.number


def _doomed(lines: Sequence[DestructionLine], proofs: Mapping[int, Destroyed]) -> tuple["DoomedLine", ...]:
    from dms.printing import DoomedLine

    return tuple(
        DoomedLine(
            reference_code=line.reference_code,
            title=line.title,
            volume_code=line.volume_code,
            items=1,
            pages=line.pages,
            sheets=line.sheets,
            year=line.year,
            term=line.term,
            kept_years=line.kept_years,
            grade=_GRADES.get(line.grade, ""),
            medium=_MEDIA.get(line.medium, line.medium),
            reason=line.reason,
            destroyed_on=_day(line.settled_at) if line.outcome is Outcome.DESTROYED else None,
            outcome=_outcome(line),
            appraisal=line.case_number,
            digest=proofs[line.item_key].original_digest if line.item_key in proofs else "",
        )
        for line in lines
    )


def _outcome(line: DestructionLine) -> str:
    if line.outcome is Outcome.PENDING:
        return ""
    told = OUTCOME_NAMES[line.outcome].zh
    return f"{told}：{SPARE_NAMES[line.spared].zh}" if line.spared else told


def _signatures(listed: DestructionList, names: Mapping[str, str]) -> tuple["Signed", ...]:
    from dms.printing import Signed

    signed = {act.office: act for act in listed.acts_of_turn if act.kind is ActKind.SIGNED}
    offices = tuple(
        Signed(
            role=OFFICE_NAMES[office].zh,
            name=_named(signed[office].name, names) if office in signed else "",
            signed_on=_day(signed[office].acted_at) if office in signed else None,
        )
        for office in Office
    )
    return (*offices, *_approval_signature(listed, names), *_watchers(listed, names))


def _approval_signature(listed: DestructionList, names: Mapping[str, str]) -> tuple["Signed", ...]:
    from dms.printing import Signed

    approval = next((act for act in listed.acts_of_turn if act.kind is ActKind.APPROVED), None)
    if approval is None:
        return (Signed(role="批准人"),)
    return (Signed(role="批准人", name=_named(approval.name, names), signed_on=_day(approval.acted_at)),)


def _watchers(listed: DestructionList, names: Mapping[str, str]) -> tuple["Signed", ...]:
    """The supervisors, with their last signature: after the destruction where they gave it, else before."""
    from dms.printing import Signed

    last = {act.name: act for act in listed.acts_of_turn if act.kind in {ActKind.CHECKED, ActKind.ATTESTED}}
    named = listed.appointed.supervisors or ("", "")
    return tuple(
        Signed(
            role="监销人",
            name=_named(name, names) if name in last else "",
            signed_on=_day(last[name].acted_at) if name in last else None,
        )
        for name in named
    )


def _terms(archive: Archive) -> dict[str, str]:
    with archive.looking() as view:
        return {rule.code: rule.zh for rule in view.retention.all()}


def _letterhead(actor: Actor, archive: Archive) -> "Letterhead":
    from dms.printing import Letterhead

    with archive.looking() as view:
        return Letterhead(
            company=next(iter(view.scheme.own_names()), ""),
            fonds_code=view.scheme.fonds_code(),
            person=actor.name,
            made_at=archive.now(),
        )


def _size(size_bytes: int) -> str:
    return f"{size_bytes / _MIB:,.1f} MB" if size_bytes >= _MIB else f"{size_bytes / _KIB:,.1f} KB"


def _named(name: str, names: Mapping[str, str]) -> str:
    return names.get(name, name)


def _day(at: datetime | None) -> date | None:
    return local_day(at) if at else None
