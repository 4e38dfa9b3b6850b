"""Why a hand-over cannot go on as it was asked for."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from dms.domain.transfer import SignatureRole, TransferState
from dms.errors import Bilingual, DmsError, Kind

TRANSFER_STATE_NAMES: dict[TransferState, Bilingual] = {
    TransferState.DRAFT: Bilingual("拟制中", "draft"),
    TransferState.HANDED_OVER: Bilingual("已移交，待清点", "handed over"),
    TransferState.CHECKING: Bilingual("清点中", "being checked"),
    TransferState.RETURNED: Bilingual("已退回补齐", "returned"),
    TransferState.ACCEPTED: Bilingual("已接收", "accepted"),
    TransferState.WITHDRAWN: Bilingual("已撤销", "withdrawn"),
}
SIGNATURE_ROLE_NAMES: dict[SignatureRole, Bilingual] = {
    SignatureRole.A: Bilingual("移交人（A角）", "person A, who hands over"),
    SignatureRole.B: Bilingual("复核人（B角）", "person B, who verifies"),
    SignatureRole.ARCHIVIST: Bilingual("接收人（档案员）", "the archivist, who takes over"),
    SignatureRole.SUPERVISOR: Bilingual("监交人", "the supervisor"),
}


class TransferNotFound(DmsError):
    """No such batch, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "transfer_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有移交批次“{reference}”，或您无权查看。",
                en=f"There is no hand-over “{reference}”, or you may not see it.",
            ),
            Bilingual(zh="请核对批次号，或联系档案员。", en="Check the number, or ask the archivist."),
        )


class TransferStateUnfit(DmsError):
    """A batch in this state does not take what was asked."""

    code: ClassVar[str] = "transfer_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: TransferState) -> None:
        name = TRANSFER_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"该批次当前的状态是“{name.zh}”，不能这样处理，可能已有人先处理了。",
                en=f"This cannot be done to a hand-over as it is now ({name.en}); somebody may have been first.",
            ),
            Bilingual(
                zh="请刷新页面查看当前状态；要修改清单，须由档案员先退回。",
                en="Reload the page to see it; to change the list, the archivist has to return it first.",
            ),
        )


class TransferFactInvalid(DmsError):
    """A stated fact about a hand-over cannot be right."""

    code: ClassVar[str] = "transfer_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class TransferDepartmentBarred(DmsError):
    """Whoever sees some departments only cannot hand over for another one."""

    code: ClassVar[str] = "transfer_department_barred"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, department: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"您不能以“{department}”的名义移交：只能选择自己可查阅的部门。",
                en=f"You cannot hand over for “{department}”: only for departments that you may see.",
            ),
            Bilingual(
                zh="请选择自己的部门，或请该部门经办人移交。",
                en="Choose one of your departments, or ask somebody of that department.",
            ),
        )


class TransferListEmpty(DmsError):
    """A list without a paper cannot be handed over."""

    code: ClassVar[str] = "transfer_list_empty"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="移交清单中还没有资料，不能移交。", en="The list is empty; there is nothing to hand over."),
            Bilingual(zh="请先把资料列入清单。", en="Put the papers on the list first."),
        )


class PaperListedAlready(DmsError):
    """One paper stands on one list, and once."""

    code: ClassVar[str] = "paper_listed_already"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, title: str, number: str | None) -> None:
        """`number` names the other batch; None for the same list, or for one that the actor may not know of."""
        where = (f"移交批次 {number} 的清单", f"the list of {number}") if number else ("移交清单", "a list")
        super().__init__(
            Bilingual(zh=f"“{title}”已在{where[0]}中。", en=f"“{title}” stands on {where[1]} already."),
            Bilingual(
                zh="一件资料只能列在一份尚未办结的清单中；请核对后从其中一份删去。",
                en="A paper stands on one open list only; take it off one of them.",
            ),
        )


class LineNotThere(DmsError):
    """The list of this batch has no such line."""

    code: ClassVar[str] = "transfer_line_not_there"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, line: str) -> None:
        super().__init__(
            Bilingual(zh=f"清单中没有第 {line} 项。", en=f"The list has no line {line}."),
            Bilingual(zh="清单可能刚被修改，请刷新页面。", en="It may just have been changed; reload the page."),
        )


class LinesUnchecked(DmsError):
    """Nothing is accepted unseen: every line is ticked, and each paper is there."""

    code: ClassVar[str] = "transfer_lines_unchecked"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, unchecked: Collection[int], missing: Collection[int]) -> None:
        """The positions of the lines that nobody has ticked, and of those whose paper is not there."""
        told = "；".join(filter(None, (_told("未清点", unchecked), _told("缺件", missing))))
        super().__init__(
            Bilingual(
                zh=f"还不能接收：{told or '清单为空'}。",
                en=f"It cannot be accepted yet: {len(unchecked)} lines unchecked, {len(missing)} papers missing.",
            ),
            Bilingual(
                zh="请逐项清点；有缺件的，退回移交部门补齐或改正清单后重新移交。",
                en="Check every line; where papers are missing, return the list to be completed or corrected.",
            ),
        )


class SignatureRefused(DmsError):
    """The signatures under a list are those of different persons, and none is empty."""

    code: ClassVar[str] = "transfer_signature_refused"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, role: SignatureRole, name: str) -> None:
        role_name = SIGNATURE_ROLE_NAMES[role]
        told = (
            Bilingual(
                f"“{name}”已在这份清单上签过字，不能再作为{role_name.zh}签字。",
                f"“{name}” has signed this list already and cannot sign as {role_name.en} too.",
            )
            if name
            else Bilingual(f"缺少{role_name.zh}的签字。", f"The signature of {role_name.en} is missing.")
        )
        super().__init__(
            told,
            Bilingual(zh="移交、复核、接收、监交须由不同的人签字。", en="Each part is signed by a different person."),
        )


class ReasonMissing(DmsError):
    """What departs from the rule states why."""

    code: ClassVar[str] = "transfer_reason_missing"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有说明原因。", en="No reason was given."),
            Bilingual(zh="请写明原因；它会记入移交记录。", en="State the reason; it is kept with the hand-over."),
        )


class ExtensionUnfit(DmsError):
    """An extension ends later than the deadline that it extends."""

    code: ClassVar[str] = "transfer_extension_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, last_day: date | None) -> None:
        """`last_day` is the present deadline; None for a batch without one."""
        told = (
            Bilingual(f"延期后的日期应晚于原期限 {last_day}。", f"The extended day must be later than {last_day}.")
            if last_day
            else Bilingual("该批次没有设定移交期限，无须延期。", "The hand-over has no deadline to extend.")
        )
        super().__init__(told, Bilingual(zh="请改填日期或移交期限。", en="State another day, or a deadline rule."))


class DeadlineRuleUnknown(DmsError):
    """No deadline rule has this code."""

    code: ClassVar[str] = "deadline_rule_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, rule_code: str, known: Collection[str]) -> None:
        super().__init__(
            Bilingual(zh=f"没有移交期限规则“{rule_code}”。", en=f"There is no deadline rule “{rule_code}”."),
            Bilingual(zh=f"可用的规则：{'、'.join(known)}。", en=f"The rules are: {', '.join(known)}."),
        )


def _told(what: str, positions: Collection[int]) -> str:
    shown = "、".join(str(position) for position in sorted(positions)[:10])
    return f"{what} {len(positions)} 项（第 {shown} 项）" if positions else ""
