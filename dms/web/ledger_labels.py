"""What the contract ledger is called on a page, and its acts in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.contract import ContractState
from dms.domain.missing_paper import MissingReason
from dms.filing.ledger import LedgerField, RowFate
from dms.store import ContractOrder

LEDGER_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    ContractState: {
        ContractState.NEGOTIATING: lazy_gettext("谈判"),
        ContractState.RUNNING: lazy_gettext("履行中"),
        ContractState.PERFORMED: lazy_gettext("履行完毕"),
        ContractState.TERMINATED: lazy_gettext("终止"),
        ContractState.DISPUTED: lazy_gettext("争议"),
    },
    ContractOrder: {
        ContractOrder.NEWEST_SIGNED: lazy_gettext("最近签订"),
        ContractOrder.OLDEST_SIGNED: lazy_gettext("最早签订"),
        ContractOrder.ENDS_FIRST: lazy_gettext("最先到期"),
        ContractOrder.NUMBER: lazy_gettext("合同编号"),
        ContractOrder.CUSTOMER: lazy_gettext("客户"),
        ContractOrder.AMOUNT: lazy_gettext("金额从大到小"),
    },
    MissingReason: {
        MissingReason.ABSENT: lazy_gettext("未见该资料"),
        MissingReason.EXPIRED: lazy_gettext("已过期"),
    },
    RowFate: {
        RowFate.NEW: lazy_gettext("新增"),
        RowFate.CHANGED: lazy_gettext("修改"),
        RowFate.UNCHANGED: lazy_gettext("不变"),
        RowFate.REFUSED: lazy_gettext("有误"),
    },
    LedgerField: {
        LedgerField.NUMBER: lazy_gettext("合同编号"),
        LedgerField.TITLE: lazy_gettext("合同名称"),
        LedgerField.CUSTOMER_CODE: lazy_gettext("客户代码"),
        LedgerField.CUSTOMER_NAME: lazy_gettext("客户名称"),
        LedgerField.DEPARTMENT: lazy_gettext("经办部门"),
        LedgerField.HANDLER: lazy_gettext("经办人"),
        LedgerField.STATE: lazy_gettext("合同状态"),
        LedgerField.SIGNED_ON: lazy_gettext("签订日期"),
        LedgerField.EFFECTIVE_ON: lazy_gettext("生效日期"),
        LedgerField.ENDS_ON: lazy_gettext("到期日期"),
        LedgerField.AMOUNT: lazy_gettext("合同金额（元）"),
        LedgerField.PERFORMED_ON: lazy_gettext("履行完毕日期"),
        LedgerField.SETTLED_ON: lazy_gettext("结清日期"),
        LedgerField.WARRANTY_ENDS_ON: lazy_gettext("质保期满日期"),
        LedgerField.TERMINATED_ON: lazy_gettext("终止日期"),
        LedgerField.FRAMEWORK_NO: lazy_gettext("框架合同编号"),
        LedgerField.PARTIES: lazy_gettext("合同各方"),
        LedgerField.REMARK: lazy_gettext("备注"),
    },
}

LEDGER_ACTIONS: dict[str, LazyString] = {
    "contract_registered": lazy_gettext("登记合同"),
    "contract_changed": lazy_gettext("修改合同"),
    "contract_state_changed": lazy_gettext("变更合同状态"),
    "contract_withdrawn": lazy_gettext("撤销合同登记"),
    "contracts_imported": lazy_gettext("导入合同台账"),
    "contract_ledger_exported": lazy_gettext("导出合同台账"),
    "missing_papers_exported": lazy_gettext("导出补充资料清单"),
}

LEDGER_DETAILS: dict[str, LazyString] = {"changed": lazy_gettext("修改")}
