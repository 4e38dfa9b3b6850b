"""The register 借阅登记, one request, and the originals that are out, on paper or as a spreadsheet; journaled."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from dms.archive import Archive
from dms.custody.lending.errors import LOAN_STATE_NAMES, REQUEST_STATE_NAMES
from dms.custody.lending.lines import LineShown
from dms.custody.lending.looking_up import LoanShown, RequestRow, list_loans, list_requests, show_request
from dms.custody.lending.taking_back import CONDITION_NAMES
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.lending import (
    Approver,
    LoanState,
    RequestEvent,
    RequestEventKind,
    RequestState,
    UseKind,
    UseRequest,
)
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed
from dms.errors import Bilingual
from dms.store import RequestFilter

if TYPE_CHECKING:
    from dms.printing import LendingForm, Letterhead, UseLine

_EVERY: Final = 100_000
USE_NAMES: Final = {
    UseKind.LOOK: Bilingual("查阅", "look"),
    UseKind.COPY: Bilingual("复制", "copy"),
    UseKind.EXPORT: Bilingual("导出", "export"),
    UseKind.ORIGINAL: Bilingual("借出", "borrow"),
}
APPROVER_NAMES: Final = {
    Approver.DEPARTMENT_MANAGER: Bilingual("部门经理", "department manager"),
    Approver.MANAGER_IN_CHARGE: Bilingual("分管领导", "manager in charge"),
    Approver.GENERAL_MANAGER: Bilingual("总经理", "general manager"),
}
_OPINION: Final = {
    RequestEventKind.APPROVED: "同意",
    RequestEventKind.STANDING: "固定权限",
    RequestEventKind.REFUSED: "不同意",
}
_GRADES: Final = {1: "一级", 2: "二级", 3: "三级"}


def print_register(
    actor: Actor, wanted: RequestFilter, printed_as: PrintAs = PrintAs.PDF, *, archive: Archive
) -> Printed:
    """The register of all requests that fit and that the actor may know of, the newest first."""
    if not actor.may(Permission.LEND):
        actor.require(Permission.READ_REPORTS)
    from dms.printing import UseRegister  # loaded when something is printed: few commands need it

    found = list_requests(actor, wanted, archive=archive, limit=_EVERY)
    lines = tuple(_use_line(row.request, line, row) for row in found.requests for line in row.lines)
    subject = " ".join(filter(None, (f"{wanted.year}年" if wanted.year else "", _kind(wanted), wanted.words)))
    form = UseRegister(letterhead=_letterhead(actor, archive=archive), lines=lines, subject=subject)
    return _printed(actor, form, "借阅登记", printed_as, archive=archive)


def print_request(actor: Actor, request_id: int, printed_as: PrintAs = PrintAs.PDF, *, archive: Archive) -> Printed:
    """One request as a slip to sign; raises `RequestNotFound`."""
    actor.require(Permission.REQUEST_USE)
    from dms.printing import RequestSlip

    shown = show_request(actor, request_id, archive=archive)
    request = shown.request
    row = RequestRow(request=request, lines=shown.lines, reminders=0)
    facts = (
        (Bilingual("申请人", "Who"), request.display_name),
        (Bilingual("部门", "Department"), request.department),
        (Bilingual("外来单位", "From outside"), request.outside_party),
        (Bilingual("利用方式", "Use"), USE_NAMES[request.kind].zh),
        (Bilingual("利用目的", "Purpose"), request.purpose),
        (Bilingual("申请日期", "Asked on"), local_day(request.asked_at).isoformat()),
        (Bilingual("状态", "State"), REQUEST_STATE_NAMES[request.state].zh),
    )
    decisions = tuple(
        f"{APPROVER_NAMES[each.step.approver].zh} {_decided(each.decision, shown.called)}"
        for each in shown.steps
        if each.decision
    )
    handed_out_by = next((line.loan.handed_out_by for line in shown.lines if line.loan), "")
    form = RequestSlip(
        letterhead=_letterhead(actor, archive=archive),
        number=request.number,
        facts=facts,
        lines=tuple(_use_line(request, line, row) for line in shown.lines),
        decisions=decisions,
        borrower=request.display_name,
        handed_out_by=handed_out_by,
    )
    return _printed(actor, form, f"利用申请单 {request.number}", printed_as, archive=archive)


def print_loans(
    actor: Actor,
    printed_as: PrintAs = PrintAs.PDF,
    *,
    archive: Archive,
    overdue_only: bool = False,
) -> Printed:
    """The originals that are out, or those overdue, as `list_loans` lists them."""
    actor.require(Permission.REQUEST_USE)
    from dms.printing import LoanList

    loans = list_loans(actor, archive=archive, overdue_only=overdue_only)
    form = LoanList(
        letterhead=_letterhead(actor, archive=archive),
        lines=tuple(_loan_line(each) for each in loans),
        as_of_on=local_day(archive.now()),
        overdue_only=overdue_only,
    )
    return _printed(actor, form, "逾期未还清单" if overdue_only else "借出原件清单", printed_as, archive=archive)


def _printed(actor: Actor, form: "LendingForm", name: str, printed_as: PrintAs, *, archive: Archive) -> Printed:
    from dms.printing import lending_form_pdf, lending_form_xlsx

    content = lending_form_pdf(form) if printed_as is PrintAs.PDF else lending_form_xlsx(form)
    with archive.begin() as work:
        told = {"form": printed_as.value, "sha256": hashlib.sha256(content).hexdigest()}
        archive.record(work, actor, "use_register_printed", name, **told)
    return Printed(suggested_name=f"{name}.{printed_as.value}", media_type=MEDIA_TYPES[printed_as], content=content)


def _use_line(request: UseRequest, line: LineShown, row: RequestRow) -> "UseLine":
    from dms.printing import UseLine

    loan = line.loan
    returned = loan.condition_in if loan else None
    return UseLine(
        number=request.number,
        asked_on=local_day(request.asked_at),
        person=request.display_name,
        department=request.department,
        outside_party=request.outside_party,
        reference_code=line.reference_code,
        title=line.title or "（题名不显示）",
        customer=line.customer,
        grade=_GRADES.get(line.grade or 0, ""),
        kind=USE_NAMES[request.kind].zh,
        purpose=request.purpose,
        deciders="、".join(row.called.get(each.by, each.by) for each in row.decisions),
        opinions="；".join(_opinion(each) for each in row.decisions),
        out_on=local_day(loan.handed_out_at) if loan else None,
        due_on=loan.due_on if loan else None,
        copies=row.copied.count if row.copied else None,
        pages=line.pages,
        signed_by=request.display_name if loan and loan.signed_at else "",
        returned_on=local_day(loan.returned_at) if loan and loan.returned_at else None,
        condition=CONDITION_NAMES[returned].zh if returned else "",
        handled_by=(loan.returned_to or loan.handed_out_by) if loan else row.copied.by if row.copied else "",
        effect=request.effect,
        remark=_remark(request, line),
    )


def _loan_line(shown: LoanShown) -> "UseLine":
    from dms.printing import UseLine

    late = f"逾期 {shown.late_working_days} 个工作日" if shown.late_working_days else ""
    state = LOAN_STATE_NAMES[shown.loan.state].zh if shown.loan.state is LoanState.LOST else ""
    return UseLine(
        number=shown.request.number,
        asked_on=local_day(shown.request.asked_at),
        person=shown.request.display_name,
        department=shown.loan.department,
        reference_code=shown.line.reference_code,
        title=shown.line.title or "（题名不显示）",
        kind=USE_NAMES[shown.request.kind].zh,
        purpose=shown.request.purpose,
        out_on=local_day(shown.loan.handed_out_at),
        due_on=shown.loan.due_on,
        remark="；".join(filter(None, (state, late, "已催还" if shown.loan.recalled_at else ""))),
    )


def _remark(request: UseRequest, line: LineShown) -> str:
    if line.loan and line.loan.state is LoanState.LOST:
        return LOAN_STATE_NAMES[LoanState.LOST].zh
    if line.loan and line.loan.condition_note:
        return line.loan.condition_note
    done = {RequestState.APPROVED, RequestState.CLOSED}
    return "" if request.state in done else REQUEST_STATE_NAMES[request.state].zh


def _opinion(event: RequestEvent) -> str:
    return event.text or _OPINION[event.kind]


def _decided(event: RequestEvent, called: Mapping[str, str]) -> str:
    behalf = f"（代 {called.get(event.on_behalf_of, event.on_behalf_of)}）" if event.on_behalf_of else ""
    return f"{called.get(event.by, event.by)}{behalf}：{_opinion(event)} {local_day(event.happened_at)}"


def _kind(wanted: RequestFilter) -> str:
    return USE_NAMES[wanted.kind].zh if wanted.kind else ""


def _letterhead(actor: Actor, *, archive: Archive) -> "Letterhead":
    from dms.printing import Letterhead

    with archive.looking() as view:
        return Letterhead(
            company=next(iter(view.scheme.own_names()), ""),
            fonds_code=view.scheme.fonds_code(),
            person=actor.name,
            made_at=archive.now(),
        )
