"""Why a destruction list cannot go on as it was asked for."""

from typing import ClassVar

from dms.domain.destruction_line import Outcome, SpareReason
from dms.domain.destruction_list import ActKind, ListState, Office, StepProblem
from dms.errors import Bilingual, DmsError, Kind

LIST_STATE_NAMES: dict[ListState, Bilingual] = {
    ListState.DRAFT: Bilingual("拟制中", "draft"),
    ListState.SIGNING: Bilingual("会签中", "being signed"),
    ListState.SIGNED: Bilingual("待批准", "waiting for approval"),
    ListState.APPROVED: Bilingual("已批准，待监销核对", "approved, to be checked"),
    ListState.CHECKED: Bilingual("已核对，待执行", "checked, to be carried out"),
    ListState.EXECUTING: Bilingual("执行中", "being carried out"),
    ListState.EXECUTED: Bilingual("已执行，待监销签字", "carried out, to be attested"),
    ListState.CLOSED: Bilingual("已办结", "closed"),
    ListState.RETURNED: Bilingual("已退回", "returned"),
    ListState.WITHDRAWN: Bilingual("已撤销", "withdrawn"),
}
OFFICE_NAMES: dict[Office, Bilingual] = {
    Office.UNIT_HEAD: Bilingual("单位负责人", "head of the company"),
    Office.ARCHIVE_HEAD: Bilingual("档案机构负责人", "head of the archive"),
    Office.BUSINESS_HEAD: Bilingual("业务机构负责人", "head of the business department"),
    Office.ARCHIVE_HANDLER: Bilingual("档案机构经办人", "handler of the archive"),
    Office.BUSINESS_HANDLER: Bilingual("业务机构经办人", "handler of the business department"),
}
ACT_NAMES: dict[ActKind, Bilingual] = {
    ActKind.SIGNED: Bilingual("会签", "signed"),
    ActKind.RETURNED: Bilingual("退回", "returned"),
    ActKind.APPROVED: Bilingual("批准", "approved"),
    ActKind.UNAPPROVED: Bilingual("撤回批准", "approval withdrawn"),
    ActKind.CHECKED: Bilingual("销毁前核对", "checked before"),
    ActKind.BEGUN: Bilingual("开始执行", "begun"),
    ActKind.ATTESTED: Bilingual("销毁后监销签字", "attested after"),
}
OUTCOME_NAMES: dict[Outcome, Bilingual] = {
    Outcome.PENDING: Bilingual("待销毁", "pending"),
    Outcome.DESTROYED: Bilingual("已销毁", "destroyed"),
    Outcome.SPARED: Bilingual("未销毁", "spared"),
}
SPARE_NAMES: dict[SpareReason, Bilingual] = {
    SpareReason.HELD: Bilingual("冻结中", "under a hold"),
    SpareReason.NOT_DUE: Bilingual("保管期限未满", "its term has not ended"),
    SpareReason.UNSETTLED: Bilingual("合同或争议未了结", "its contract or a dispute is not settled"),
    SpareReason.LENT: Bilingual("原件借出未还", "its original is out"),
    SpareReason.TITLE: Bilingual("是在管的权证", "it is a title document that is still kept"),
    SpareReason.GONE: Bilingual("此前已销毁", "it had been destroyed before"),
    SpareReason.STOPPED: Bilingual("执行中撤回批准", "the approval was withdrawn"),
}
_PROBLEMS: dict[StepProblem, Bilingual] = {
    StepProblem.STATE: Bilingual("清册已不在这一步，可能已有人先处理了", "it stands elsewhere, somebody was first"),
    StepProblem.NOT_NAMED: Bilingual("您不是指定办理这一步的人", "you are not the person named for it"),
    StepProblem.DONE_ALREADY: Bilingual("您已经办理过", "you have done it already"),
    StepProblem.SAME_PERSON: Bilingual(
        "会签、批准、监销和执行须由不同的人担任", "signing, approving, watching and carrying out take different persons"
    ),
    StepProblem.INCOMPLETE: Bilingual(
        "会签人、批准人、监销人、销毁方式或销毁地点没有填齐", "persons, method or place are missing"
    ),
    StepProblem.DIGEST: Bilingual("清册内容与会签时不符", "the list is not the one that was signed"),
}
_REMEDIES: dict[StepProblem, Bilingual] = {
    StepProblem.STATE: Bilingual("请刷新页面查看当前状态。", "Reload the page to see where it stands."),
    StepProblem.NOT_NAMED: Bilingual("请由清册上指定的人本人办理。", "Leave it to the person whom the list names."),
    StepProblem.DONE_ALREADY: Bilingual(
        "无须再办；请等待其他人。", "Nothing more is asked of you; wait for the others."
    ),
    StepProblem.SAME_PERSON: Bilingual(
        "五个会签岗位各由一人担任，批准人另有其人，两名监销人不参与批准和执行。",
        "Five persons sign, another approves, and the two supervisors neither approve nor carry out.",
    ),
    StepProblem.INCOMPLETE: Bilingual("请在清册上补齐后再提交。", "Complete the list and submit it again."),
    StepProblem.DIGEST: Bilingual(
        "请停止执行并联系审计员：内容在会签后被改动过。", "Stop, and call the auditor: it was altered after signing."
    ),
}


class DestructionListNotFound(DmsError):
    """No such list, or the actor may not know of all its papers; the two are never told apart."""

    code: ClassVar[str] = "destruction_list_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有销毁清册“{reference}”，或您无权查看。",
                en=f"There is no destruction list “{reference}”, or you may not see it.",
            ),
            Bilingual(zh="请核对清册号，或联系档案员。", en="Check the number, or ask the archivist."),
        )


class DestructionStepRefused(DmsError):
    """A step of the procedure cannot be taken by this person, or not now."""

    code: ClassVar[str] = "destruction_step_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, problem: StepProblem, state: ListState) -> None:
        told, name = _PROBLEMS[problem], LIST_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"不能这样处理：{told.zh}（清册状态：{name.zh}）。",
                en=f"This cannot be done: {told.en} (the list is {name.en}).",
            ),
            _REMEDIES[problem],
        )


class DestructionNotApproved(DmsError):
    """Nothing is destroyed without all signatures, the approval and both supervisors, over this very text."""

    code: ClassVar[str] = "destruction_not_approved"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, missing: tuple[str, ...] = ()) -> None:
        lacking = [_MISSING[each] for each in missing if each in _MISSING] or [_MISSING["approval"]]
        told, told_en = "、".join(each.zh for each in lacking), ", ".join(each.en for each in lacking)
        super().__init__(
            Bilingual(zh=f"销毁手续不全，不能执行：{told}。", en=f"The list cannot be carried out: {told_en}."),
            Bilingual(
                zh="须五人会签、批准人批准、两名监销人核对，且内容与会签时一致。",
                en="It takes five signatures, the approval, two supervisors, and the text that they signed.",
            ),
        )


class DestructionListEmpty(DmsError):
    """A list without papers is not laid before anybody."""

    code: ClassVar[str] = "destruction_list_empty"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="没有可以列入销毁清册的资料。", en="There is no paper that could stand on the destruction list."
            ),
            Bilingual(
                zh="先经鉴定小组一致同意销毁的资料才能列入。",
                en="Only papers that a committee agreed to destroy can stand on it.",
            ),
        )


class ApproverUnknown(DmsError):
    """Nobody is named to approve, and the company has no single general manager among its accounts."""

    code: ClassVar[str] = "destruction_approver_unknown"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="没有指定销毁批准人（法定代表人），系统里也不是恰好有一个总经理账号。",
                en="No approver is named, and there is not exactly one account of a general manager.",
            ),
            Bilingual(
                zh="请先设定销毁批准人：须是总经理角色的账号。",
                en="Name the approver first; it must be an account of a general manager.",
            ),
        )


_MISSING: dict[str, Bilingual] = {
    "signatures": Bilingual("会签不全", "signatures are missing"),
    "approval": Bilingual("没有批准", "it is not approved"),
    "supervisors": Bilingual("监销人没有核对", "the supervisors have not checked it"),
    "order": Bilingual("签批先后不对", "the signatures are in the wrong order"),
    "text": Bilingual("内容与会签时不符", "it is not the text that was signed"),
    "withdrawn": Bilingual("批准已撤回", "the approval was withdrawn"),
}
