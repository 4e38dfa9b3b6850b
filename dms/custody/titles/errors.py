"""Why a title document, a slip, a request, a safe or a stock-take does not allow what was asked."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from dms.custody.titles.words import (
    DECIDER_NAMES,
    REQUEST_STATE_NAMES,
    SLIP_STATE_NAMES,
    TITLE_STATE_NAMES,
)
from dms.domain.actor import Role
from dms.domain.title_document import TitleState
from dms.domain.title_request import TitleRequestState
from dms.domain.title_slip import SlipState
from dms.errors import Bilingual, DmsError, Kind

_SOMEBODY = Bilingual("有权审批的领导", "a manager who may decide it")
_RELOAD = Bilingual("请刷新页面，查看当前状态。", "Look at its present state.")


class TitleNotFound(DmsError):
    """No such title document, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "title_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, title: str) -> None:
        super().__init__(
            Bilingual(f"没有权证“{title}”，或您无权查看。", f"There is no title document “{title}”, or none for you."),
            Bilingual("请核对台账号。", "Check its number on the ledger."),
        )


class TitleSlipNotFound(DmsError):
    """No such slip, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "title_slip_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, slip: str) -> None:
        super().__init__(
            Bilingual(f"没有权证移交单“{slip}”，或您无权查看。", f"There is no slip “{slip}”, or none for you."),
            Bilingual("请核对移交单号。", "Check its number."),
        )


class TitleRequestNotFound(DmsError):
    """No such request, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "title_request_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, request: str) -> None:
        super().__init__(
            Bilingual(f"没有出库申请“{request}”，或您无权查看。", f"There is no request “{request}”, or none for you."),
            Bilingual("请核对申请号。", "Check its number."),
        )


class SafeNotFound(DmsError):
    """No safe in use bears this code."""

    code: ClassVar[str] = "safe_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, code: str) -> None:
        super().__init__(
            Bilingual(f"没有代码为“{code}”的保险柜。", f"No safe bears the code “{code}”."),
            Bilingual("请先在库位中登记保险柜。", "Register it among the places first, as a safe."),
        )


class StockTakeNotFound(DmsError):
    """No such stock-take, or one of a safe that the actor may not see all of."""

    code: ClassVar[str] = "stock_take_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, take: str) -> None:
        super().__init__(
            Bilingual(f"没有盘点“{take}”。", f"There is no stock-take “{take}”."),
            Bilingual("请核对盘点号。", "Check its number."),
        )


class TitleKindUnknown(DmsError):
    """No kind of title document bears this code."""

    code: ClassVar[str] = "title_kind_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, kind_code: str, known: Collection[str]) -> None:
        super().__init__(
            Bilingual(f"没有权证种类“{kind_code}”。", f"There is no kind of title document “{kind_code}”."),
            Bilingual(f"可用的种类：{'、'.join(known)}。", f"The kinds are: {', '.join(known)}."),
        )


class TitleFactInvalid(DmsError):
    """Something that was stated cannot be kept as it is."""

    code: ClassVar[str] = "title_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class TitleListedAlready(DmsError):
    """A certificate is on the ledger, or on the slip, already."""

    code: ClassVar[str] = "title_listed_already"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, certificate_no: str) -> None:
        super().__init__(
            Bilingual(
                f"同种类、同权证号“{certificate_no}”的权证已登记。",
                f"A title document of this kind with the number “{certificate_no}” is registered already.",
            ),
            Bilingual("请核对权证号；同一权证的多份在“份数”中填写。", "Check it; copies are stated as its quantity."),
        )


class TitleSlipStateUnfit(DmsError):
    """A slip in its present state does not allow it."""

    code: ClassVar[str] = "title_slip_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: SlipState) -> None:
        name = SLIP_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                f"移交单的状态是“{name.zh}”，不能这样处理。", f"This cannot be done to a slip that is {name.en}."
            ),
            _RELOAD,
        )


class TitleSlipEmpty(DmsError):
    """There is nothing on the slip to be handed over."""

    code: ClassVar[str] = "title_slip_empty"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual("移交单上没有权证。", "There is no title document on the slip."),
            Bilingual("请先逐件列入。", "List them first, one by one."),
        )


class TitleLineNotThere(DmsError):
    """The slip or the stock-take has no such line."""

    code: ClassVar[str] = "title_line_not_there"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, line: str) -> None:
        super().__init__(
            Bilingual(f"没有第 {line} 项。", f"There is no line {line}."),
            Bilingual("清单可能刚被修改，请刷新页面。", "It may just have been changed; reload the page."),
        )


class TitleSlipDisagrees(DmsError):
    """Nobody signs a slip of which a line was not looked at, or does not agree (C7-04)."""

    code: ClassVar[str] = "title_slip_disagrees"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, unchecked: Collection[int], differing: Collection[int]) -> None:
        """The positions of the lines that nobody looked at, and of those that do not agree."""
        told = "；".join(filter(None, (_told("未核对", unchecked), _told("不相符", differing))))
        super().__init__(
            Bilingual(
                f"还不能签字：{told or '移交单为空'}。",
                f"It cannot be signed yet: {len(unchecked)} lines unchecked, {len(differing)} that do not agree.",
            ),
            Bilingual(
                "证名、权证号、数量须逐项核对一致；不一致的退回移交人改正。",
                "Name, number and quantity of each line must agree; return the slip where they do not.",
            ),
        )


class TitleSignatureNeedsPerson(DmsError):
    """A signature is that of a person with an account, never of the operator of the machine."""

    code: ClassVar[str] = "title_signature_needs_person"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual("这一步须由有账户的本人签字。", "This is signed by a person with an account of his own."),
            Bilingual("请用自己的账户办理。", "Do it with your own account; at the terminal with --as."),
        )


class TitleSignedTwice(DmsError):
    """Two signatures are those of two persons."""

    code: ClassVar[str] = "title_signed_twice"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(f"“{name}”不能一人签两处。", f"“{name}” cannot sign in two parts."),
            Bilingual("请由另一人签字。", "Let another person sign."),
        )


class SafeStandsOpen(DmsError):
    """A safe that stands open is locked before it is opened again."""

    code: ClassVar[str] = "safe_stands_open"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, opening: str) -> None:
        super().__init__(
            Bilingual(f"保险柜正开着（{opening}）。", f"The safe stands open ({opening})."),
            Bilingual("请先登记关柜。", "Record that it was locked first."),
        )


class SafeLocked(DmsError):
    """Nothing moves through a locked door: the opening by two persons comes first."""

    code: ClassVar[str] = "safe_locked"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, safe: str) -> None:
        super().__init__(
            Bilingual(f"保险柜“{safe}”没有登记开柜。", f"The safe “{safe}” is not recorded as open."),
            Bilingual("请先由权证管理员和见证人共同签字开柜。", "Custodian and witness sign its opening first."),
        )


class OpeningOfAnother(DmsError):
    """What moves while a safe stands open is recorded by the custodian who opened it."""

    code: ClassVar[str] = "opening_of_another"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, custodian: str) -> None:
        super().__init__(
            Bilingual(f"这次开柜由“{custodian}”签字。", f"“{custodian}” signed for this opening."),
            Bilingual("请由本人登记，或关柜后重新开柜。", "Let that person record it, or lock and open anew."),
        )


class SafePartlyHidden(DmsError):
    """Whoever answers for a whole safe must be allowed to see everything in it."""

    code: ClassVar[str] = "safe_partly_hidden"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual("柜内有您无权查看的权证。", "Some of what lies in this safe is not for you to see."),
            Bilingual("请由可查看全部权证的人员办理。", "Let somebody do it who may see all of it."),
        )


class TitleStateUnfit(DmsError):
    """A title document in its present state does not allow it."""

    code: ClassVar[str] = "title_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: TitleState) -> None:
        name = TITLE_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                f"权证的状态是“{name.zh}”，不能这样处理。",
                f"This cannot be done to a title document that is {name.en}.",
            ),
            _RELOAD,
        )


class TitleQuantityUnfit(DmsError):
    """More cannot move than is there."""

    code: ClassVar[str] = "title_quantity_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, asked: int, available: int) -> None:
        super().__init__(
            Bilingual(f"数量 {asked} 不对，现有 {available} 份。", f"{asked} does not fit: there are {available}."),
            Bilingual("请核对台账结存和尚未办结的申请。", "Check the balance and the requests that are not ended."),
        )


class TitleUnderHold(DmsError):
    """What lies under a hold does not leave the safe (I9)."""

    code: ClassVar[str] = "title_under_hold"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, holds: Collection[str]) -> None:
        """`holds` are the numbers of those in force."""
        self.holds = tuple(holds)
        super().__init__(
            Bilingual(f"权证已冻结（{'、'.join(holds)}），不能出库。", f"It is under hold ({', '.join(holds)})."),
            Bilingual("解除冻结后才能出库。", "It may leave the safe once every hold is released."),
        )


class TitleRequestStateUnfit(DmsError):
    """A request in its present state does not allow it."""

    code: ClassVar[str] = "title_request_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: TitleRequestState) -> None:
        name = REQUEST_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                f"申请的状态是“{name.zh}”，不能这样处理。", f"This cannot be done to a request that is {name.en}."
            ),
            _RELOAD,
        )


class TitleDecisionBarred(DmsError):
    """The decision is another's: by role, or because the actor asked himself."""

    code: ClassVar[str] = "title_decision_barred"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, decides: Role) -> None:
        name = DECIDER_NAMES.get(decides, _SOMEBODY)
        super().__init__(
            Bilingual(
                f"这项申请应由{name.zh}审批，申请人不得审批自己的申请。",
                f"{name.en.capitalize()} decides this request, and nobody decides his own.",
            ),
            Bilingual(f"请交{name.zh}办理。", f"Leave it to {name.en}."),
        )


class TitleReasonMissing(DmsError):
    """What departs from the rule, or goes out of the house, states why."""

    code: ClassVar[str] = "title_reason_missing"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual("没有说明原因或用途。", "No reason or purpose was given."),
            Bilingual("请写明；它会记入台账。", "State it; it is kept with the ledger."),
        )


class TitleDueDayUnfit(DmsError):
    """What comes back does so by a day that is still to come."""

    code: ClassVar[str] = "title_due_day_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, latest_on: date) -> None:
        super().__init__(
            Bilingual("归还日期不对。", "The day by which it is back does not fit."),
            Bilingual(f"请填今天起到 {latest_on} 之间的日期。", f"State a day from today to {latest_on}."),
        )


class TitleRouteInvalid(DmsError):
    """Whose decision it is must be clear for every value."""

    code: ClassVar[str] = "title_route_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual("审批权限不完整。", "The routes of approval are not complete."),
            Bilingual(
                "须有一条不限金额的；审批人为总经理、分管领导或部门经理，金额不重复。",
                "One has no upper value; each names a manager of some rank, and no value stands twice.",
            ),
        )


def _told(what: str, positions: Collection[int]) -> str:
    shown = "、".join(str(position) for position in sorted(positions)[:10])
    return f"{what} {len(positions)} 项（第 {shown} 项）" if positions else ""
