"""What hand-overs, places and the customer card are called on a page, and their acts in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.customer import CustomerNature, CustomerStatus, VolumeAxis
from dms.domain.location import LocationKind
from dms.domain.transfer import SignatureRole, TransferState

FILING_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    TransferState: {
        TransferState.DRAFT: lazy_gettext("拟制中"),
        TransferState.HANDED_OVER: lazy_gettext("待清点"),
        TransferState.CHECKING: lazy_gettext("清点中"),
        TransferState.RETURNED: lazy_gettext("退回补齐"),
        TransferState.ACCEPTED: lazy_gettext("已接收"),
        TransferState.WITHDRAWN: lazy_gettext("已撤销"),
    },
    SignatureRole: {
        SignatureRole.A: lazy_gettext("移交人（A角）"),
        SignatureRole.B: lazy_gettext("复核人（B角）"),
        SignatureRole.ARCHIVIST: lazy_gettext("接收人（档案员）"),
        SignatureRole.SUPERVISOR: lazy_gettext("监交人"),
    },
    LocationKind: {
        LocationKind.ROOM: lazy_gettext("库房"),
        LocationKind.RACK: lazy_gettext("架"),
        LocationKind.SHELF: lazy_gettext("层"),
        LocationKind.BOX: lazy_gettext("盒"),
        LocationKind.CABINET: lazy_gettext("柜"),
        LocationKind.SAFE: lazy_gettext("保险柜"),
    },
    CustomerStatus: {
        CustomerStatus.PROSPECT: lazy_gettext("未来客户"),
        CustomerStatus.NEW: lazy_gettext("新客户"),
        CustomerStatus.OLD: lazy_gettext("老客户"),
        CustomerStatus.ENDED: lazy_gettext("终止往来"),
    },
    CustomerNature: {
        CustomerNature.GOVERNMENT: lazy_gettext("政府机构"),
        CustomerNature.SPECIAL: lazy_gettext("特殊公司"),
        CustomerNature.ORDINARY: lazy_gettext("普通公司"),
        CustomerNature.INDIVIDUAL: lazy_gettext("个人"),
        CustomerNature.PARTNER: lazy_gettext("交易伙伴"),
    },
    VolumeAxis: {
        VolumeAxis.MAIN: lazy_gettext("主力客户"),
        VolumeAxis.GENERAL: lazy_gettext("一般客户"),
        VolumeAxis.SCATTERED: lazy_gettext("零散客户"),
    },
}

FILING_ACTIONS: dict[str, LazyString] = {
    "transfer_begun": lazy_gettext("拟制移交清单"),
    "transfer_changed": lazy_gettext("修改移交信息"),
    "transfer_listed": lazy_gettext("资料列入移交清单"),
    "transfer_unlisted": lazy_gettext("从移交清单删去资料"),
    "transfer_handed_over": lazy_gettext("移交资料"),
    "transfer_checked": lazy_gettext("清点移交资料"),
    "transfer_returned": lazy_gettext("退回移交清单"),
    "transfer_accepted": lazy_gettext("接收移交资料"),
    "transfer_extended": lazy_gettext("延长移交期限"),
    "transfer_withdrawn": lazy_gettext("撤销移交"),
    "transfer_line_tied": lazy_gettext("关联移交资料的扫描件"),
    "deadline_rule_stated": lazy_gettext("设置移交期限"),
    "place_added": lazy_gettext("登记库位"),
    "place_changed": lazy_gettext("修改库位"),
    "place_retired": lazy_gettext("停用库位"),
    "volume_moved": lazy_gettext("移动案卷"),
    "customer_merged": lazy_gettext("合并客户"),
}

FILING_DETAILS: dict[str, LazyString] = {
    "there": lazy_gettext("已清点在"),
    "missing": lazy_gettext("缺件"),
    "number": lazy_gettext("编号"),
    "accession": lazy_gettext("接收登记号"),
    "into": lazy_gettext("并入"),
}
