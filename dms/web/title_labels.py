"""What title documents, their slips, requests, safes and stock-takes are called on a page and in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.safe import StockTakeState
from dms.domain.title_document import MovementKind, TitleCondition, TitleState
from dms.domain.title_request import TitleRequestState, TitleUse
from dms.domain.title_slip import SlipRole, SlipState
from dms.store import TitleOrder

TITLE_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    TitleState: {
        TitleState.AWAITED: lazy_gettext("待入库"),
        TitleState.IN_SAFE: lazy_gettext("在库保管"),
        TitleState.OUT: lazy_gettext("出库未还"),
        TitleState.RELEASED: lazy_gettext("已解押退还"),
        TitleState.CANCELLED: lazy_gettext("已注销"),
        TitleState.REPLACED: lazy_gettext("已换证"),
        TitleState.LOST: lazy_gettext("已遗失核销"),
    },
    MovementKind: {
        MovementKind.RECEIVED: lazy_gettext("首次入库"),
        MovementKind.TAKEN_OUT: lazy_gettext("出库"),
        MovementKind.BROUGHT_BACK: lazy_gettext("归还入库"),
        MovementKind.RELEASED: lazy_gettext("解押退还"),
        MovementKind.CANCELLED: lazy_gettext("注销"),
        MovementKind.EXCHANGED: lazy_gettext("换证"),
        MovementKind.LOST: lazy_gettext("遗失核销"),
        MovementKind.MOVED_OUT: lazy_gettext("移柜（出）"),
        MovementKind.MOVED_IN: lazy_gettext("移柜（入）"),
    },
    TitleCondition: {
        TitleCondition.SOUND: lazy_gettext("完好"),
        TitleCondition.INCOMPLETE: lazy_gettext("缺页"),
        TitleCondition.DAMAGED: lazy_gettext("破损"),
    },
    SlipState: {
        SlipState.DRAFT: lazy_gettext("拟制中"),
        SlipState.HANDED_OVER: lazy_gettext("待复核"),
        SlipState.CHECKED: lazy_gettext("待接收"),
        SlipState.RETURNED: lazy_gettext("已退回改正"),
        SlipState.ACCEPTED: lazy_gettext("已接收"),
        SlipState.WITHDRAWN: lazy_gettext("已撤销"),
    },
    SlipRole: {
        SlipRole.GIVER: lazy_gettext("移交人"),
        SlipRole.CHECKER: lazy_gettext("复核人"),
        SlipRole.CUSTODIAN: lazy_gettext("权证管理员"),
    },
    TitleUse: {
        TitleUse.OUTSIDE: lazy_gettext("外出使用"),
        TitleUse.EXCHANGE: lazy_gettext("换证"),
        TitleUse.RELEASE: lazy_gettext("解押退还"),
        TitleUse.CANCELLATION: lazy_gettext("注销"),
        TitleUse.WRITE_OFF: lazy_gettext("遗失核销"),
    },
    TitleRequestState: {
        TitleRequestState.ASKED: lazy_gettext("待审批"),
        TitleRequestState.APPROVED: lazy_gettext("已批准待出库"),
        TitleRequestState.REFUSED: lazy_gettext("未批准"),
        TitleRequestState.WITHDRAWN: lazy_gettext("已撤回"),
        TitleRequestState.LAPSED: lazy_gettext("已失效"),
        TitleRequestState.OUT: lazy_gettext("出库未还"),
        TitleRequestState.CLOSED: lazy_gettext("已办结"),
        TitleRequestState.LOST: lazy_gettext("在外遗失"),
    },
    StockTakeState: {
        StockTakeState.PLANNED: lazy_gettext("已计划"),
        StockTakeState.COUNTING: lazy_gettext("盘点中"),
        StockTakeState.COUNTED: lazy_gettext("待签字"),
        StockTakeState.CLOSED: lazy_gettext("已签字"),
        StockTakeState.CANCELLED: lazy_gettext("已取消"),
    },
    TitleOrder: {
        TitleOrder.NUMBER: lazy_gettext("台账号"),
        TitleOrder.NEWEST: lazy_gettext("最近登记在前"),
        TitleOrder.NAME: lazy_gettext("证名"),
        TitleOrder.RIGHT_HOLDER: lazy_gettext("权利人"),
        TitleOrder.VALUE: lazy_gettext("价值从高到低"),
    },
}

TITLE_ACTIONS: dict[str, LazyString] = {
    "title_slip_begun": lazy_gettext("拟制权证移交单"),
    "title_listed": lazy_gettext("权证列入移交单"),
    "title_unlisted": lazy_gettext("从移交单删去权证"),
    "titles_handed_over": lazy_gettext("移交权证"),
    "titles_checked": lazy_gettext("核对移交的权证"),
    "titles_check_signed": lazy_gettext("权证复核签字"),
    "titles_taken_over": lazy_gettext("接收权证"),
    "titles_sent_back": lazy_gettext("退回权证移交单"),
    "title_slip_withdrawn": lazy_gettext("撤销权证移交单"),
    "title_put_in": lazy_gettext("权证入库"),
    "title_taken_out": lazy_gettext("权证出库"),
    "title_brought_back": lazy_gettext("权证归还入库"),
    "title_exchanged": lazy_gettext("权证换证"),
    "title_reported_lost": lazy_gettext("登记权证遗失"),
    "title_moved": lazy_gettext("权证移柜"),
    "title_requested": lazy_gettext("申请权证出库"),
    "title_request_approved": lazy_gettext("批准权证出库"),
    "title_request_refused": lazy_gettext("不批准权证出库"),
    "title_request_withdrawn": lazy_gettext("撤回权证出库申请"),
    "title_request_lapsed": lazy_gettext("权证出库批准失效"),
    "title_routes_stated": lazy_gettext("设置权证审批权限"),
    "title_kind_stated": lazy_gettext("设置权证种类"),
    "title_form_printed": lazy_gettext("打印权证表单"),
    "safe_opened": lazy_gettext("开启保险柜"),
    "safe_locked": lazy_gettext("关闭保险柜"),
    "safe_keeper_appointed": lazy_gettext("指定保险柜负责人"),
    "stock_take_planned": lazy_gettext("计划权证盘点"),
    "stock_take_begun": lazy_gettext("开始权证盘点"),
    "stock_take_counted": lazy_gettext("权证盘点比对"),
    "stock_take_explained": lazy_gettext("说明盘点差异"),
    "stock_take_signed": lazy_gettext("权证盘点签字"),
    "stock_take_cancelled": lazy_gettext("取消权证盘点"),
}

TITLE_DETAILS: dict[str, LazyString] = {
    "witness": lazy_gettext("见证人"),
    "custodian": lazy_gettext("权证管理员"),
    "place": lazy_gettext("库位"),
    "change": lazy_gettext("变动"),
    "balance": lazy_gettext("结存"),
    "use": lazy_gettext("用途类别"),
    "opinion": lazy_gettext("意见"),
    "routes": lazy_gettext("审批权限"),
    "differences": lazy_gettext("账实不符"),
    "new": lazy_gettext("新编号"),
    "about": lazy_gettext("对象"),
}
