"""What the states and steps of title documents are called, in refusals, on forms and at the terminal."""

from dms.domain.actor import Role
from dms.domain.safe import StockTakeState
from dms.domain.title_document import MovementKind, TitleCondition, TitleState
from dms.domain.title_request import TitleRequestState, TitleUse
from dms.domain.title_slip import SlipRole, SlipState
from dms.errors import Bilingual

TITLE_STATE_NAMES: dict[TitleState, Bilingual] = {
    TitleState.AWAITED: Bilingual("待入库", "waiting for the safe"),
    TitleState.IN_SAFE: Bilingual("在库", "in the safe"),
    TitleState.OUT: Bilingual("出库未还", "out"),
    TitleState.RELEASED: Bilingual("已解押退还", "given back"),
    TitleState.CANCELLED: Bilingual("已注销", "cancelled"),
    TitleState.REPLACED: Bilingual("已换证", "replaced"),
    TitleState.LOST: Bilingual("已遗失核销", "lost"),
}
MOVEMENT_NAMES: dict[MovementKind, Bilingual] = {
    MovementKind.RECEIVED: Bilingual("首次入库", "received"),
    MovementKind.TAKEN_OUT: Bilingual("出库", "taken out"),
    MovementKind.BROUGHT_BACK: Bilingual("归还入库", "brought back"),
    MovementKind.RELEASED: Bilingual("解押退还", "given back"),
    MovementKind.CANCELLED: Bilingual("注销", "cancelled"),
    MovementKind.EXCHANGED: Bilingual("换证", "exchanged"),
    MovementKind.LOST: Bilingual("遗失核销", "lost"),
    MovementKind.MOVED_OUT: Bilingual("移柜（出）", "moved out"),
    MovementKind.MOVED_IN: Bilingual("移柜（入）", "moved in"),
}
SLIP_STATE_NAMES: dict[SlipState, Bilingual] = {
    SlipState.DRAFT: Bilingual("拟制中", "a draft"),
    SlipState.HANDED_OVER: Bilingual("已移交，待复核", "handed over"),
    SlipState.CHECKED: Bilingual("已复核，待接收", "checked"),
    SlipState.RETURNED: Bilingual("已退回", "returned"),
    SlipState.ACCEPTED: Bilingual("已接收", "accepted"),
    SlipState.WITHDRAWN: Bilingual("已撤销", "withdrawn"),
}
SLIP_ROLE_NAMES: dict[SlipRole, Bilingual] = {
    SlipRole.GIVER: Bilingual("移交人", "whoever hands over"),
    SlipRole.CHECKER: Bilingual("复核人", "whoever checks"),
    SlipRole.CUSTODIAN: Bilingual("权证管理员", "the custodian"),
}
USE_NAMES: dict[TitleUse, Bilingual] = {
    TitleUse.OUTSIDE: Bilingual("外出使用", "use outside"),
    TitleUse.EXCHANGE: Bilingual("换证", "exchange"),
    TitleUse.RELEASE: Bilingual("解押退还", "giving back"),
    TitleUse.CANCELLATION: Bilingual("注销", "cancellation"),
    TitleUse.WRITE_OFF: Bilingual("遗失核销", "writing off"),
}
REQUEST_STATE_NAMES: dict[TitleRequestState, Bilingual] = {
    TitleRequestState.ASKED: Bilingual("待审批", "waiting for a decision"),
    TitleRequestState.APPROVED: Bilingual("已批准，待出库", "approved"),
    TitleRequestState.REFUSED: Bilingual("未批准", "refused"),
    TitleRequestState.WITHDRAWN: Bilingual("已撤回", "withdrawn"),
    TitleRequestState.LAPSED: Bilingual("逾期未用，已失效", "lapsed"),
    TitleRequestState.OUT: Bilingual("出库未还", "out"),
    TitleRequestState.CLOSED: Bilingual("已办结", "done"),
    TitleRequestState.LOST: Bilingual("在外遗失", "lost outside"),
}
CONDITION_NAMES: dict[TitleCondition, Bilingual] = {
    TitleCondition.SOUND: Bilingual("完好", "sound"),
    TitleCondition.INCOMPLETE: Bilingual("缺页", "incomplete"),
    TitleCondition.DAMAGED: Bilingual("破损", "damaged"),
}
STOCK_TAKE_STATE_NAMES: dict[StockTakeState, Bilingual] = {
    StockTakeState.PLANNED: Bilingual("已计划", "planned"),
    StockTakeState.COUNTING: Bilingual("盘点中", "being counted"),
    StockTakeState.COUNTED: Bilingual("已盘点，待签字", "counted"),
    StockTakeState.CLOSED: Bilingual("已签字", "signed"),
    StockTakeState.CANCELLED: Bilingual("已取消", "cancelled"),
}
DECIDER_NAMES: dict[Role, Bilingual] = {
    Role.GENERAL_MANAGER: Bilingual("总经理", "the general manager"),
    Role.MANAGER_IN_CHARGE: Bilingual("分管领导", "the manager in charge"),
    Role.DEPARTMENT_MANAGER: Bilingual("部门经理", "the department manager"),
}
"""Whose decision it can be that a title document leaves its safe."""
