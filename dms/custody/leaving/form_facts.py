"""What stands on the list of a leaver; see `printing_out`."""

from collections.abc import Mapping

from dms.custody.leaving.handing_over import HandOverShown
from dms.domain.clock import local_day
from dms.domain.leaving import HandOverRole, HandOverSignature, HeldKind, HeldThing, Passing
from dms.printing import LeaverLine, LeaverList, Letterhead, Signed

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


def form_facts(shown: HandOverShown, letterhead: Letterhead, names: Mapping[str, str]) -> LeaverList:
    """The list with the signatures given so far; `names` says what the signers are called, by sign-in name."""
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
