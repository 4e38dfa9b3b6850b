"""Why papers cannot be asked for, granted or lent as it was wished."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from dms.domain.lending import LoanState, RequestState
from dms.errors import Bilingual, DmsError, Kind

REQUEST_STATE_NAMES: dict[RequestState, Bilingual] = {
    RequestState.FINDING: Bilingual("待查找", "being looked for"),
    RequestState.PENDING: Bilingual("待审批", "waiting to be decided"),
    RequestState.APPROVED: Bilingual("已批准", "approved"),
    RequestState.REFUSED: Bilingual("未获批准", "refused"),
    RequestState.WITHDRAWN: Bilingual("已撤回", "withdrawn"),
    RequestState.LAPSED: Bilingual("已失效", "lapsed"),
    RequestState.REVOKED: Bilingual("批准已撤销", "approval taken back"),
    RequestState.CLOSED: Bilingual("已办结", "closed"),
}
LOAN_STATE_NAMES: dict[LoanState, Bilingual] = {
    LoanState.OUT: Bilingual("借出中", "out"),
    LoanState.RETURNED: Bilingual("已归还", "returned"),
    LoanState.LOST: Bilingual("已报遗失", "reported lost"),
}


class RequestNotFound(DmsError):
    """No such request, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "request_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有利用申请“{reference}”，或您无权查看。",
                en=f"There is no request “{reference}”, or you may not see it.",
            ),
            Bilingual(zh="请核对借阅单号，或联系档案员。", en="Check the number, or ask the archivist."),
        )


class RequestStateUnfit(DmsError):
    """A request in this state does not take what was asked."""

    code: ClassVar[str] = "request_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: RequestState) -> None:
        name = REQUEST_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"这份申请当前的状态是“{name.zh}”，不能这样处理，可能已有人先处理了。",
                en=f"This cannot be done to a request as it is now ({name.en}); somebody may have been first.",
            ),
            Bilingual(zh="请刷新页面查看当前状态。", en="Reload the page to see how it stands."),
        )


class RequestFactInvalid(DmsError):
    """Something that was stated about a request cannot be right."""

    code: ClassVar[str] = "request_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT


class PaperNotNamed(DmsError):
    """What was named as wanted is no paper that the actor may know of; whether there is one is not said."""

    code: ClassVar[str] = "paper_not_named"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{reference}”不是您可以查看的资料或案卷。",
                en=f"“{reference}” is no paper or volume that you may know of.",
            ),
            Bilingual(
                zh="请核对编号；看不到的资料，请在“资料说明”里写明客户、合同或内容，由档案员查找。",
                en="Check the number; for papers you cannot see, describe the customer, the contract or the content, "
                "and the archivist will look for them.",
            ),
        )


class NotAPerson(DmsError):
    """A decision or a signature was to be given by somebody without an account of his own."""

    code: ClassVar[str] = "not_a_person"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="申请、审批和签收须由本人用自己的账号办理。",
                en="Asking, deciding and signing are done by a person with an account of his own.",
            ),
            Bilingual(
                zh="请用本人账号登录；命令行请加 --as 用户名。", en="Sign in; on the command line give --as USER."
            ),
        )


class NotYoursToDecide(DmsError):
    """The next step of the request is another's to decide."""

    code: ClassVar[str] = "not_yours_to_decide"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这一步不由您审批，或这份申请是您自己提出的。",
                en="This step is not yours to decide, or the request is your own.",
            ),
            Bilingual(
                zh="请由审批人办理；审批人不在时，可由其指定的代理人办理。",
                en="It falls to the person named on the route, or to the deputy whom that person named.",
            ),
        )


class DecidedBySamePerson(DmsError):
    """Two steps of one route ask for two persons."""

    code: ClassVar[str] = "decided_by_same_person"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="您已审批过这份申请的前一步，后一步须由另一人审批。",
                en="You decided an earlier step of this request; the next one asks for another person.",
            ),
            Bilingual(zh="请由另一位有权审批的人办理。", en="Leave it to another person who may decide."),
        )


class AlreadyReminded(DmsError):
    """A reminder was sent on the same day."""

    code: ClassVar[str] = "already_reminded"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="今天已经催办过了。", en="A reminder was given today already."),
            Bilingual(zh="请明天再催，或直接联系审批人。", en="Try again tomorrow, or speak to whoever decides."),
        )


class LoanNotFound(DmsError):
    """No such loan, or the actor may not know of it."""

    code: ClassVar[str] = "loan_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有借出记录“{reference}”，或您无权查看。",
                en=f"There is no loan “{reference}”, or you may not see it.",
            ),
            Bilingual(zh="请核对编号，或联系档案员。", en="Check the number, or ask the archivist."),
        )


class LoanStateUnfit(DmsError):
    """A loan in this state does not take what was asked."""

    code: ClassVar[str] = "loan_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: LoanState) -> None:
        name = LOAN_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                zh=f"这件原件当前的状态是“{name.zh}”，不能这样处理。",
                en=f"This cannot be done to a loan as it is now ({name.en}).",
            ),
            Bilingual(zh="请刷新页面查看当前状态。", en="Reload the page to see how it stands."),
        )


class OriginalAway(DmsError):
    """The original, or the volume it lies in, or a paper of the volume, is out already."""

    code: ClassVar[str] = "original_away"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这件原件（或所在案卷、卷内的一件）已经借出，或已报遗失。",
                en="This original, the volume it lies in, or a paper of the volume, is out or was reported lost.",
            ),
            Bilingual(zh="请先办理归还，或催还后再借。", en="Have it returned or called back first."),
        )


class OriginalHeld(DmsError):
    """Originals under hold do not leave the archive."""

    code: ClassVar[str] = "original_held"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这件原件（或卷内的一件）已被冻结，不能离开档案室。",
                en="This original, or a paper of the volume, is under hold and does not leave the archive.",
            ),
            Bilingual(
                zh="可以在档案室当场查阅，或申请复制；解除冻结后才能借出。",
                en="It may be consulted on the spot or copied; it is lent again when the hold is released.",
            ),
        )


class NoOriginalToLend(DmsError):
    """There is no paper to hand out: it is electronic, a title document, or destroyed."""

    code: ClassVar[str] = "no_original_to_lend"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这份资料没有可以从这里借出的纸质原件：它是电子文件、权证，或已经销毁。",
                en="There is no paper original to lend here: it is electronic, a title document, or destroyed.",
            ),
            Bilingual(
                zh="电子文件请申请查阅或导出；权证请走权证领用。",
                en="Ask to look or to export; title documents are taken out by their own procedure.",
            ),
        )


class BorrowerOverdue(DmsError):
    """Whoever has an overdue original is lent no other."""

    code: ClassVar[str] = "borrower_overdue"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, count: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"借阅人有 {count} 件原件逾期未还，暂不能再借。",
                en=f"The borrower has {count} overdue; nothing more is lent until that is settled.",
            ),
            Bilingual(zh="请先归还逾期的原件。", en="Return what is overdue first."),
        )


class RenewalRefused(DmsError):
    """A loan cannot be renewed: too often, too late, or called back."""

    code: ClassVar[str] = "renewal_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, renewals_most: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"不能续借：每件最多续借 {renewals_most} 次，逾期或已催还的不能续借。",
                en=f"It cannot be renewed: {renewals_most} times at most, and not once overdue or called back.",
            ),
            Bilingual(zh="请按期归还；仍需使用的，归还后重新申请。", en="Return it, and ask anew if it is needed."),
        )


class LendingRuleInvalid(DmsError):
    """The rules of lending do not make sense."""

    code: ClassVar[str] = "lending_rule_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, fields: Collection[str]) -> None:
        names = "、".join(sorted(fields))
        super().__init__(
            Bilingual(zh=f"借阅规则不对：{names}。", en=f"The rules of lending cannot be right: {names}."),
            Bilingual(
                zh="天数填写 1 至 366 的整数，续借次数 0 至 9，每个密级都要有审批人。",
                en="Give days from 1 to 366, renewals from 0 to 9, and somebody who decides for every grade.",
            ),
        )


class DeputyUnfit(DmsError):
    """Somebody cannot be the deputy as it was stated."""

    code: ClassVar[str] = "deputy_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, *, until_on: date) -> None:
        super().__init__(
            Bilingual(
                zh="代理人须是另一位有审批权限、账号正常的人，代理期限从今天或以后开始，不超过一年。",
                en="A deputy is another person with an open account who may decide requests, for a year at most "
                "and not in the past.",
            ),
            Bilingual(
                zh=f"请另选代理人，或核对起止日期（止于 {until_on}）。",
                en=f"Name another person, or check the days (until {until_on}).",
            ),
        )


class DeputyNotFound(DmsError):
    """No such deputy of the actor's."""

    code: ClassVar[str] = "deputy_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, entry_id: int) -> None:
        super().__init__(
            Bilingual(zh=f"没有代理记录 {entry_id}。", en=f"There is no deputy entry {entry_id}."),
            Bilingual(zh="请刷新页面后再试。", en="Reload the page and try again."),
        )
