"""Why a binding run cannot be planned, begun or gone on with."""

from datetime import date
from typing import ClassVar

from dms.domain.day import FIRST_YEAR
from dms.errors import Bilingual, DmsError, Kind


class BindingUnderWay(DmsError):
    """One run at a time: two would plan with each other's papers and numbers."""

    code: ClassVar[str] = "binding_under_way"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, year: int) -> None:
        super().__init__(
            Bilingual(f"{year} 年度的装订尚未结束。", f"The binding of {year} has not ended yet."),
            Bilingual("请先继续完成或终止该次装订。", "Go on with it or give it up first."),
        )


class NothingToBind(DmsError):
    """A run over nothing would leave a record of nothing."""

    code: ClassVar[str] = "nothing_to_bind"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, year: int) -> None:
        super().__init__(
            Bilingual(f"{year} 年度没有可装订的散页资料。", f"There is nothing loose to bind of {year}."),
            Bilingual(
                "请核对年度和截止日期；资料须先核对归档。", "Check the year and the cut-off; papers are filed first."
            ),
        )


class BindingPlanChanged(DmsError):
    """Consent holds for what was seen: numbers are spent for good."""

    code: ClassVar[str] = "binding_plan_changed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                "预览之后资料有了变动，尚未开始装订。", "Papers have changed since the preview; nothing was begun."
            ),
            Bilingual("请重新查看预览，再确认开始。", "Look at the preview again, then start."),
        )


class BindingRunNotFound(DmsError):
    """There is no run with this number."""

    code: ClassVar[str] = "binding_run_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, run_id: int) -> None:
        super().__init__(
            Bilingual(f"没有第 {run_id} 次装订。", f"There is no binding run {run_id}."),
            Bilingual("请从装订记录中选择。", "Choose one from the list of runs."),
        )


class BindingEnded(DmsError):
    """What has ended is a record; it is not gone on with."""

    code: ClassVar[str] = "binding_ended"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, run_id: int) -> None:
        super().__init__(
            Bilingual(f"第 {run_id} 次装订已经结束。", f"The binding run {run_id} has ended."),
            Bilingual("如有迟到的资料，请另行装订，将编入续卷。", "Bind again for late papers."),
        )


class BindingPeriodInvalid(DmsError):
    """A year that has not come, or a cut-off outside of the time since it began."""

    code: ClassVar[str] = "binding_period_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, *, today: date) -> None:
        super().__init__(
            Bilingual("装订年度或截止日期不合常理。", "The year or the cut-off cannot be right."),
            Bilingual(
                f"年度请填 {FIRST_YEAR} 至 {today.year} 年；截止日期请填该年 1 月 1 日至今天（{today}）之间的日期。",
                f"State a year from {FIRST_YEAR} to {today.year}, and a cut-off between its 1 January and {today}.",
            ),
        )
