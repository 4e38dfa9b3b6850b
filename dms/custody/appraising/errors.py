"""Why an appraisal cannot go on as it was asked for."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar

from dms.domain.appraisal import LEAST_MEMBERS, AppraisalState, Verdict
from dms.errors import Bilingual, DmsError, Kind

APPRAISAL_STATE_NAMES: dict[AppraisalState, Bilingual] = {
    AppraisalState.OPEN: Bilingual("组卷中", "being made up"),
    AppraisalState.CONSIDERING: Bilingual("征求意见", "before its committee"),
    AppraisalState.DECIDED: Bilingual("已作出鉴定意见", "decided"),
    AppraisalState.WITHDRAWN: Bilingual("已撤销", "withdrawn"),
}
VERDICT_NAMES: dict[Verdict, Bilingual] = {
    Verdict.EXTEND: Bilingual("续存", "extend"),
    Verdict.PERMANENT: Bilingual("转为永久", "keep for ever"),
    Verdict.DESTROY: Bilingual("销毁", "destroy"),
    Verdict.SET_ASIDE: Bilingual("暂存", "set aside"),
}


class Unappraisable(StrEnum):
    """Why a paper is not put before a committee."""

    NOT_DUE = "not_due"
    HELD = "held"
    UNDER_WAY = "under_way"
    LISTED = "listed"


UNAPPRAISABLE_NAMES: dict[Unappraisable, Bilingual] = {
    Unappraisable.NOT_DUE: Bilingual("保管期限未满", "its term has not ended"),
    Unappraisable.HELD: Bilingual("冻结中", "it lies under a hold"),
    Unappraisable.UNDER_WAY: Bilingual("正在鉴定", "it lies before a committee already"),
    Unappraisable.LISTED: Bilingual("已列入销毁清册", "it stands on a destruction list"),
}


class PersonNeeded(DmsError):
    """An opinion or a signature is that of a person who signed in himself, never of whoever runs the machine."""

    code: ClassVar[str] = "appraisal_person_needed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="鉴定意见、会签、批准、监销和执行销毁，只能由本人登录网页后办理。",
                en="Opinions, signatures, approval, supervision and destruction take a person who signed in himself.",
            ),
            Bilingual(
                zh="请本人用自己的账号登录后办理；命令行只能查看、打印和接着执行。",
                en="Sign in with your own account; the command line shows, prints and goes on with what was begun.",
            ),
        )


class AccountJustChanged(DmsError):
    """Somebody else made the account, or gave it its password or roles, too short a time ago to sign with it."""

    code: ClassVar[str] = "appraisal_account_just_changed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, free_on: date) -> None:
        super().__init__(
            Bilingual(
                zh=f"您的账号最近由他人新建、重置或改过角色，{free_on} 起才能在鉴定和销毁文件上签署。",
                en=f"Somebody else lately made, reset or changed this account; it may sign from {free_on} on.",
            ),
            Bilingual(
                zh="请到期后办理。如果重置不是您本人要求的，请马上告诉分管领导和审计员。",
                en="Come back then. If you did not ask for the change, tell your manager and the auditor at once.",
            ),
        )


class AppraisalNotFound(DmsError):
    """No such appraisal, or the actor may not know of all its papers; the two are never told apart."""

    code: ClassVar[str] = "appraisal_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有鉴定“{reference}”，或您无权查看。",
                en=f"There is no appraisal “{reference}”, or you may not see it.",
            ),
            Bilingual(zh="请核对鉴定编号，或联系档案员。", en="Check the number, or ask the archivist."),
        )


class AppraisalStateUnfit(DmsError):
    """An appraisal in this state does not take what was asked."""

    code: ClassVar[str] = "appraisal_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: AppraisalState) -> None:
        name = APPRAISAL_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"这次鉴定当前的状态是“{name.zh}”，不能这样处理，可能已有人先处理了。",
                en=f"This cannot be done to an appraisal as it is now ({name.en}); somebody may have been first.",
            ),
            Bilingual(zh="请刷新页面查看当前状态。", en="Reload the page to see where it stands."),
        )


class AppraisalFactInvalid(DmsError):
    """A stated fact about an appraisal or a list cannot be right."""

    code: ClassVar[str] = "appraisal_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class CommitteeTooSmall(DmsError):
    """A committee has several members, each another person, and its chair is one of them."""

    code: ClassVar[str] = "appraisal_committee_too_small"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh=f"鉴定小组至少要有 {LEAST_MEMBERS} 名不同的成员，组长须是其中一人。",
                en=f"A committee has at least {LEAST_MEMBERS} different members, its chair among them.",
            ),
            Bilingual(
                zh="请补充成员：分管领导、业务部门和档案部门各至少一人。",
                en="Add members: a manager in charge, the business and the archive.",
            ),
        )


class PersonUnfit(DmsError):
    """Whoever is named has no account, not the right for it, or may not see every paper."""

    code: ClassVar[str] = "appraisal_person_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, name: str, part: Bilingual, why: Bilingual) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{name}”不能担任{part.zh}：{why.zh}。",
                en=f"“{name}” cannot be {part.en}: {why.en}.",
            ),
            Bilingual(
                zh="请改指定其他人，或先由管理员调整其账号。", en="Name somebody else, or have the account changed."
            ),
        )


class NotAMember(DmsError):
    """Only members give opinions, and only the chair decides."""

    code: ClassVar[str] = "appraisal_not_a_member"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="您不是这次鉴定的小组成员，或不是组长。",
                en="You are no member of this committee, or not its chair.",
            ),
            Bilingual(
                zh="意见由小组成员提出，结论由组长作出。", en="Its members give opinions, and its chair decides."
            ),
        )


class NothingAppraisable(DmsError):
    """None of the papers that were named can be put before a committee."""

    code: ClassVar[str] = "appraisal_nothing_due"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, why: Unappraisable | None) -> None:
        """`why` tells of the first of them; None where none was named."""
        told = UNAPPRAISABLE_NAMES[why] if why else Bilingual("没有选择资料", "none was chosen")
        super().__init__(
            Bilingual(zh=f"没有可以列入鉴定的资料：{told.zh}。", en=f"There is nothing to appraise: {told.en}."),
            Bilingual(
                zh="请从保管期满清单中选择没有冻结、也不在办理中的资料。",
                en="Choose from the papers that are due, free of holds and not before a committee already.",
            ),
        )


class AppraisalEmpty(DmsError):
    """A committee without papers has nothing to consider."""

    code: ClassVar[str] = "appraisal_empty"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="还没有列入资料，不能提交鉴定。", en="No paper has been put before the committee yet."),
            Bilingual(zh="请先从保管期满清单中列入资料。", en="Put papers of the due list before it first."),
        )


class VerdictsMissing(DmsError):
    """Members have not spoken of every paper, or differ, and the chair has not decided."""

    code: ClassVar[str] = "appraisal_verdicts_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, unspoken: Sequence[int], undecided: Sequence[int]) -> None:
        """The positions of papers of which a member has not spoken, and of those where they differ."""
        told = "；".join(filter(None, (_told("成员未提意见", unspoken), _told("意见不一致", undecided))))
        super().__init__(
            Bilingual(
                zh=f"还不能作出鉴定结论：{told}。",
                en=f"It cannot be decided yet: opinions are missing on {len(unspoken)} papers, "
                f"members differ on {len(undecided)}.",
            ),
            Bilingual(
                zh="请成员提齐意见；意见不一致的，由组长逐件给出结论和理由。",
                en="Let every member speak; where they differ, the chair decides each paper, with a reason.",
            ),
        )


class VerdictRefused(DmsError):
    """One member who is against it keeps a paper from being destroyed."""

    code: ClassVar[str] = "appraisal_verdict_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, position: int, members: Sequence[str]) -> None:
        against = "、".join(members)
        super().__init__(
            Bilingual(
                zh=f"第 {position} 项不能定为销毁：{against} 不同意销毁。",
                en=f"Paper {position} cannot be put up for destruction: {', '.join(members)} disagreed.",
            ),
            Bilingual(
                zh="销毁须全体成员一致同意；请改为续存、转为永久或暂存。",
                en="Destruction takes the agreement of all; extend it, keep it, or set it aside.",
            ),
        )


class TermTooShort(DmsError):
    """A new term ends later than the day on which it is set."""

    code: ClassVar[str] = "appraisal_term_too_short"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, position: int, until_on: date | None) -> None:
        """`until_on` is None where no years were stated."""
        ends = until_on.isoformat() if until_on else "—"
        super().__init__(
            Bilingual(
                zh=f"第 {position} 项的续存年数不对：续存至 {ends}，应晚于今天。",
                en=f"The extension of paper {position} cannot be right: it would end on {ends}, which is past.",
            ),
            Bilingual(
                zh="续存从原期限届满之日起算；请填写更多年数。",
                en="An extension counts from the end of the former term; state more years.",
            ),
        )


def _told(what: str, positions: Sequence[int]) -> str:
    shown = "、".join(str(position) for position in sorted(positions)[:10])
    return f"{what} {len(positions)} 件（第 {shown} 项）" if positions else ""
