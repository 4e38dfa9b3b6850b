"""Why a hold, a dispute or a retention rule cannot be as it was asked for."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class UnderHold(DmsError):
    """What lies under a hold is not destroyed, not lent, and keeps its term (I9)."""

    code: ClassVar[str] = "under_hold"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, numbers: Iterable[str]) -> None:
        told = "、".join(numbers)
        super().__init__(
            Bilingual(
                zh=f"这件资料已被冻结（{told}），不能销毁、借出或改变保管期限。",
                en=f"This lies under hold ({told}); it is not destroyed, lent, or given another term.",
            ),
            Bilingual(
                zh="须先由有权限的人写明理由和依据解除冻结。",
                en="Somebody entitled has to release the hold first, with reason and authority.",
            ),
        )


class HoldNotFound(DmsError):
    """No such hold, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "hold_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有冻结记录“{reference}”，或您无权查看。",
                en=f"There is no hold “{reference}”, or you may not see it.",
            ),
            Bilingual(zh="请在冻结登记簿中核对编号。", en="Check the number in the register of holds."),
        )


class HoldReleased(DmsError):
    """A hold is released once."""

    code: ClassVar[str] = "hold_released"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(zh=f"冻结 {number} 已经解除。", en=f"Hold {number} has been released already."),
            Bilingual(zh="如需再次冻结，请重新办理。", en="Place a new hold where one is needed again."),
        )


class HoldFactMissing(DmsError):
    """A hold is placed and released with a reason and an authority."""

    code: ClassVar[str] = "hold_fact_missing"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有写明理由或依据。", en="The reason or the authority is missing."),
            Bilingual(
                zh="请写明理由，以及依据，例如法院通知书、会议决议或批示的编号。",
                en="State why, and by what right: the number of a court's notice, a resolution, an instruction.",
            ),
        )


class PlacedAlready(DmsError):
    """The same reason and authority hold the same thing once."""

    code: ClassVar[str] = "hold_placed_already"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"同一对象已按同一依据冻结（{number}）。",
                en=f"The same is under hold by the same authority already ({number}).",
            ),
            Bilingual(zh="无须重复办理；依据不同的可以另行冻结。", en="Another authority may place another hold."),
        )


class PersonNeeded(DmsError):
    """A hold is a person's act, not the machine's."""

    code: ClassVar[str] = "keeping_person_needed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这是须由个人负责的决定，不能以本机管理员的身份作出。",
                en="This is a decision that a person answers for; the operator of the machine cannot take it.",
            ),
            Bilingual(
                zh="请由有权限的人登录办理，或用 --as 指明本人账号。",
                en="Let the person sign in, or name the account with --as.",
            ),
        )


class SubjectNotFound(DmsError):
    """What is named is not there, or the actor may not know of it."""

    code: ClassVar[str] = "keeping_subject_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有找到“{reference}”，或您无权查看。",
                en=f"“{reference}” was not found, or you may not see it.",
            ),
            Bilingual(
                zh="请核对编号：资料编号或档号、合同编号、客户代码、案卷档号、争议编号。",
                en="Check what you typed: paper, contract, customer, volume or dispute, by number or code.",
            ),
        )


class DisputeFactInvalid(DmsError):
    """A stated fact about a dispute cannot be right."""

    code: ClassVar[str] = "dispute_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class DisputeNumberTaken(DmsError):
    """A number names one dispute."""

    code: ClassVar[str] = "dispute_number_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(zh=f"争议编号“{number}”已登记。", en=f"A dispute “{number}” is registered already."),
            Bilingual(zh="请使用另一个编号，例如加上审级。", en="Choose another number."),
        )


class DisputeNotFound(DmsError):
    """No such dispute, or the actor may not know of it."""

    code: ClassVar[str] = "dispute_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, reference: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有争议“{reference}”，或您无权查看。",
                en=f"There is no dispute “{reference}”, or you may not see it.",
            ),
            Bilingual(zh="请在争议登记簿中核对编号。", en="Check the number in the register of disputes."),
        )


class DisputeHeld(DmsError):
    """Nothing slips out of a hold by leaving the dispute that it was placed on."""

    code: ClassVar[str] = "dispute_held"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"该争议正被冻结（{number}），不能移出其中的合同或资料。",
                en=f"The dispute is under hold ({number}); nothing can be taken out of it.",
            ),
            Bilingual(zh="请先解除冻结。", en="Release the hold first."),
        )


class DisputeStateUnfit(DmsError):
    """A closed dispute is closed; an open one can be closed."""

    code: ClassVar[str] = "dispute_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, closed_on: date | None) -> None:
        told = (
            Bilingual(f"该争议已于 {closed_on} 了结。", f"The dispute was closed on {closed_on}.")
            if closed_on
            else Bilingual("该争议尚未了结。", "The dispute is open.")
        )
        super().__init__(told, Bilingual(zh="请刷新页面查看当前状态。", en="Reload the page to see how it stands."))


class ScheduleUnfit(DmsError):
    """A schedule is approved as a whole, with every class and every column."""

    code: ClassVar[str] = "retention_schedule_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual) -> None:
        super().__init__(
            what,
            Bilingual(
                zh="请补全批准人、批准日期和每一类的保管方式、期限、移交部门和密级。",
                en="State who approved it and when, and all columns of every class.",
            ),
        )


class RuleUnfit(DmsError):
    """A retention rule cannot be stated so."""

    code: ClassVar[str] = "retention_version_unfit"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual) -> None:
        super().__init__(
            what,
            Bilingual(
                zh="请写明起算条件、依据、批准人和批准日期；年限和期限类别不能更改，须用新的代码。",
                en="State trigger, mandate, who approved it and when; years and vocabulary need a new code.",
            ),
        )
