"""Why a stock-take cannot go on as it was asked for."""

from collections.abc import Collection
from typing import ClassVar

from dms.custody.titles.words import STOCK_TAKE_STATE_NAMES
from dms.domain.safe import StockTakeState
from dms.errors import Bilingual, DmsError, Kind


class StockTakeUnderWay(DmsError):
    """Nothing moves in or out while a safe is being counted, nor is a second count begun."""

    code: ClassVar[str] = "stock_take_under_way"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, number: str) -> None:
        super().__init__(
            Bilingual(f"该保险柜正在盘点（{number}）。", f"The safe is being counted ({number})."),
            Bilingual("请待盘点比对完毕后再办理。", "Wait until the count is compared."),
        )


class StockTakeStateUnfit(DmsError):
    """A stock-take in its present state does not allow it."""

    code: ClassVar[str] = "stock_take_state_unfit"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: StockTakeState) -> None:
        name = STOCK_TAKE_STATE_NAMES[state]
        super().__init__(
            Bilingual(
                f"盘点的状态是“{name.zh}”，不能这样处理。", f"This cannot be done to a stock-take that is {name.en}."
            ),
            Bilingual("请刷新页面，查看当前状态。", "Look at its present state."),
        )


class CountIncomplete(DmsError):
    """A count says of every line how many were found, none included."""

    code: ClassVar[str] = "count_incomplete"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, positions: Collection[int]) -> None:
        shown = "、".join(str(position) for position in sorted(positions)[:10])
        super().__init__(
            Bilingual(
                f"有 {len(positions)} 项没有填写实有数（第 {shown} 项）。",
                f"{len(positions)} lines are not counted yet.",
            ),
            Bilingual("每一项都要填写；没有找到的填 0。", "State a number for each line, 0 where nothing was found."),
        )


class DifferencesUnexplained(DmsError):
    """Nobody signs a stock-take whose differences nobody explained."""

    code: ClassVar[str] = "differences_unexplained"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, positions: Collection[int]) -> None:
        shown = "、".join(str(position) for position in sorted(positions)[:10])
        super().__init__(
            Bilingual(
                f"有 {len(positions)} 项账实不符没有说明（第 {shown} 项）。",
                f"{len(positions)} differences are not explained.",
            ),
            Bilingual("请逐项写明原因和处理意见。", "Say of each why it differs and what is done about it."),
        )
