"""The list of a leaver on paper and as a spreadsheet, for those who may read it; every copy taken is journaled."""

from collections.abc import Mapping
from enum import StrEnum

from dms.archive import Archive
from dms.custody.leaving.handing_over import HandOverShown, show_hand_over
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.leaving import HandOverRole, HandOverSignature, HeldKind, HeldThing, Passing
from dms.printing import LeaverLine, LeaverList, Letterhead, Signed, leaver_list_pdf, leaver_list_xlsx
from dms.store import UnitOfWork

_KINDS = {
    HeldKind.CUSTOMER: "客户资料保管",
    HeldKind.CONTRACT: "合同经办",
    HeldKind.TRANSFER: "资料移交",
    HeldKind.LOAN: "借出原件",
    HeldKind.REQUEST: "利用申请",
    HeldKind.DECISION: "待审批事项",
    HeldKind.TITLE: "领用权证",
    HeldKind.SAFE: "保险柜保管",
    HeldKind.DUTY: "其他待办",
    HeldKind.DRAFT: "未完成的草稿",
    HeldKind.SAVED_SEARCH: "已存检索",
    HeldKind.DEPARTMENT: "部门负责人",
}
_ROLES = {
    HandOverRole.LEAVER: "移交人",
    HandOverRole.SUCCESSOR: "接收人",
    HandOverRole.ARCHIVIST: "监交人（档案员）",
}
_PASSING = {Passing.PASSES_ON: "移交", Passing.TO_SETTLE: "须先办结"}


class LeaverPrint(StrEnum):
    """As what the list is wanted."""

    PDF = "pdf"
    XLSX = "xlsx"


def leaver_list(actor: Actor, hand_over_id: int, form: LeaverPrint, *, archive: Archive) -> bytes:
    """The list of one hand-over, with the signatures given so far; raises `HandOverNotFound`, and as printing does."""
    shown = show_hand_over(actor, hand_over_id, archive=archive)
    with archive.begin() as work:
        own_names = work.scheme.own_names()
        letterhead = Letterhead(
            company=own_names[0] if own_names else "",
            fonds_code=work.scheme.fonds_code(),
            person=actor.name,
            made_at=archive.now(),
        )
        names = {each.name: _called(each.name, work=work) for each in shown.hand_over.signatures}
        archive.record(work, actor, "custody_list_taken", str(hand_over_id), form=form)
    facts = _facts(shown, letterhead, names)
    return leaver_list_pdf(facts) if form is LeaverPrint.PDF else leaver_list_xlsx(facts)


def _facts(shown: HandOverShown, letterhead: Letterhead, names: Mapping[str, str]) -> LeaverList:
    hand_over = shown.hand_over
    signed = {each.role: each for each in hand_over.signatures}
    return LeaverList(
        letterhead=letterhead,
        number=hand_over.id,
        leaver=shown.leaver_name,
        successor=shown.successor_name,
        reason=hand_over.reason,
        drawn_up_on=local_day(hand_over.drawn_up_at),
        leaves_on=hand_over.leaves_on,
        lines=tuple(map(_line, (*hand_over.things, *shown.to_settle))),
        signatures=tuple(_place(role, signed.get(role), hand_over.leaver, names) for role in HandOverRole),
        digest=hand_over.list_digest,
    )


def _line(thing: HeldThing) -> LeaverLine:
    return LeaverLine(
        kind=_KINDS[thing.kind],
        what=thing.what.zh,
        passing=_PASSING[thing.passing],
        remark=thing.remedy.zh if thing.remedy else "",
    )


def _place(role: HandOverRole, signature: HandOverSignature | None, leaver: str, names: Mapping[str, str]) -> Signed:
    if signature is None:
        return Signed(role=_ROLES[role])
    is_on_behalf = role is HandOverRole.LEAVER and signature.name != leaver
    called = names[signature.name]
    return Signed(
        role=_ROLES[role],
        name=f"{called}（主管代签）" if is_on_behalf else called,
        signed_on=local_day(signature.signed_at),
    )


def _called(name: str, *, work: UnitOfWork) -> str:
    user = work.users.with_name(name)
    return user.display_name if user else name
