"""What the values of the archive are called on a page, in the language of the person who reads it."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.actor import Origin, Role
from dms.domain.backup import Medium, PlaceKind, RunState
from dms.domain.customer import CustomerGrade, Side
from dms.domain.inspection import InspectionScope, Severity
from dms.domain.item import CopyKind, ItemMedium, ItemState, PartySide
from dms.domain.reading import TextSource
from dms.domain.space import SpaceState
from dms.domain.volume import NoteKind, VolumeState
from dms.search import Grouping, SearchSort, SuggestionKind
from dms.store import ItemOrder
from dms.web.account_labels import ACCOUNT_ACTIONS, ACCOUNT_DETAILS, ACCOUNT_LABELS
from dms.web.appraising_labels import APPRAISING_ACTIONS, APPRAISING_DETAILS, APPRAISING_LABELS
from dms.web.arrangement_labels import ARRANGEMENT_ACTIONS, ARRANGEMENT_DETAILS, ARRANGEMENT_LABELS
from dms.web.binding_labels import BINDING_ACTIONS, BINDING_DETAILS, BINDING_LABELS
from dms.web.detail_labels import DETAILS
from dms.web.duty_labels import DUTY_ACTIONS, DUTY_DETAILS, DUTY_LABELS
from dms.web.filing_labels import FILING_ACTIONS, FILING_DETAILS, FILING_LABELS
from dms.web.keeping_labels import KEEPING_ACTIONS, KEEPING_DETAILS, KEEPING_LABELS
from dms.web.ledger_labels import LEDGER_ACTIONS, LEDGER_DETAILS, LEDGER_LABELS
from dms.web.lending_labels import LENDING_ACTIONS, LENDING_DETAILS, LENDING_LABELS
from dms.web.print_labels import PRINT_ACTIONS, PRINT_DETAILS, PRINT_LABELS
from dms.web.reporting_labels import REPORTING_ACTIONS, REPORTING_DETAILS, REPORTING_LABELS
from dms.web.rights_labels import RIGHTS_ACTIONS, RIGHTS_DETAILS
from dms.web.title_labels import TITLE_ACTIONS, TITLE_DETAILS, TITLE_LABELS

_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    **ACCOUNT_LABELS,
    **APPRAISING_LABELS,
    **ARRANGEMENT_LABELS,
    **BINDING_LABELS,
    **DUTY_LABELS,
    **FILING_LABELS,
    **KEEPING_LABELS,
    **LEDGER_LABELS,
    **LENDING_LABELS,
    **PRINT_LABELS,
    **REPORTING_LABELS,
    **TITLE_LABELS,
    ItemState: {
        ItemState.RECEIVED: lazy_gettext("已接收"),
        ItemState.READING: lazy_gettext("识别中"),
        ItemState.REVIEW: lazy_gettext("待核对"),
        ItemState.FILED: lazy_gettext("已归档"),
        ItemState.REFUSED: lazy_gettext("无法识别"),
        ItemState.FAILED: lazy_gettext("识别中断"),
        ItemState.WITHDRAWN: lazy_gettext("已退回"),
        ItemState.DESTROYED: lazy_gettext("已销毁"),
    },
    CopyKind: {
        CopyKind.UNKNOWN: lazy_gettext("未注明"),
        CopyKind.ORIGINAL: lazy_gettext("原件正本"),
        CopyKind.COUNTERPART: lazy_gettext("原件副本"),
        CopyKind.COPY: lazy_gettext("复印件"),
        CopyKind.BORN_DIGITAL: lazy_gettext("电子原生"),
    },
    ItemMedium: {
        ItemMedium.PAPER: lazy_gettext("纸质"),
        ItemMedium.ELECTRONIC: lazy_gettext("电子"),
        ItemMedium.AUDIOVISUAL: lazy_gettext("音像"),
    },
    PartySide: {
        PartySide.UNKNOWN: lazy_gettext("未注明"),
        PartySide.OWN: lazy_gettext("我方"),
        PartySide.CUSTOMER: lazy_gettext("对方"),
        PartySide.GUARANTOR: lazy_gettext("担保方"),
        PartySide.THIRD: lazy_gettext("第三方"),
    },
    Role: {
        Role.ADMINISTRATOR: lazy_gettext("管理员"),
        Role.ARCHIVIST: lazy_gettext("档案员"),
        Role.CLERK: lazy_gettext("资料员"),
        Role.HANDLER: lazy_gettext("经办人"),
        Role.CUSTODIAN: lazy_gettext("权证管理员"),
        Role.DEPARTMENT_MANAGER: lazy_gettext("部门经理"),
        Role.MANAGER_IN_CHARGE: lazy_gettext("分管领导"),
        Role.GENERAL_MANAGER: lazy_gettext("总经理"),
        Role.LAWYER: lazy_gettext("法务"),
        Role.AUDITOR: lazy_gettext("审计员"),
    },
    Side: {
        Side.CUSTOMER: lazy_gettext("客户"),
        Side.SUPPLIER: lazy_gettext("供应商"),
        Side.SERVICE_PROVIDER: lazy_gettext("服务商"),
    },
    CustomerGrade: {
        CustomerGrade.IMPORTANT: lazy_gettext("重要"),
        CustomerGrade.SPECIAL: lazy_gettext("特殊"),
        CustomerGrade.ORDINARY: lazy_gettext("一般"),
    },
    TextSource: {
        TextSource.OCR: lazy_gettext("文字识别"),
        TextSource.TEXT_LAYER: lazy_gettext("文件自带文字"),
        TextSource.NONE: lazy_gettext("空白页"),
    },
    Origin: {
        Origin.WEB: lazy_gettext("网页"),
        Origin.COMMAND_LINE: lazy_gettext("命令行"),
        Origin.SYSTEM: lazy_gettext("系统"),
    },
    ItemOrder: {
        ItemOrder.NEWEST_ARRIVAL: lazy_gettext("最近收到"),
        ItemOrder.OLDEST_ARRIVAL: lazy_gettext("最早收到"),
        ItemOrder.NEWEST_PAPER: lazy_gettext("日期从新到旧"),
        ItemOrder.OLDEST_PAPER: lazy_gettext("日期从旧到新"),
        ItemOrder.TITLE: lazy_gettext("题名"),
    },
    VolumeState: {
        VolumeState.OPEN: lazy_gettext("活页，可续增"),
        VolumeState.CLEANING: lazy_gettext("清理中"),
        VolumeState.CATALOGUED: lazy_gettext("已编目"),
        VolumeState.CHECKING: lazy_gettext("待检查"),
        VolumeState.SEALED: lazy_gettext("已封卷"),
        VolumeState.SHELVED: lazy_gettext("在库"),
        VolumeState.EXPIRED: lazy_gettext("到期鉴定"),
        VolumeState.DESTROYED: lazy_gettext("已销毁"),
    },
    NoteKind: {
        NoteKind.DAMAGED: lazy_gettext("缺损"),
        NoteKind.CORRECTED: lazy_gettext("修改"),
        NoteKind.ADDED: lazy_gettext("补充"),
        NoteKind.MOVED_OUT: lazy_gettext("移出"),
        NoteKind.DESTROYED: lazy_gettext("销毁"),
        NoteKind.APPRAISED: lazy_gettext("鉴定"),
        NoteKind.COMPARED: lazy_gettext("比对"),
        NoteKind.AMENDED: lazy_gettext("更正"),
        NoteKind.CARRIED: lazy_gettext("结转"),
        NoteKind.MERGED: lazy_gettext("合并"),
    },
    InspectionScope: {
        InspectionScope.QUICK: lazy_gettext("快速检查"),
        InspectionScope.SAMPLE: lazy_gettext("抽样检查"),
        InspectionScope.FULL: lazy_gettext("全面检查"),
    },
    Severity: {
        Severity.DAMAGE: lazy_gettext("损坏"),
        Severity.NOTICE: lazy_gettext("提示"),
    },
    Medium: {
        Medium.DISK: lazy_gettext("硬盘"),
        Medium.REMOVABLE: lazy_gettext("移动硬盘"),
        Medium.TAPE: lazy_gettext("磁带"),
        Medium.OPTICAL: lazy_gettext("光盘"),
        Medium.OBJECT_STORE: lazy_gettext("对象存储"),
    },
    PlaceKind: {
        PlaceKind.FOLDER: lazy_gettext("文件夹或共享目录"),
        PlaceKind.S3: lazy_gettext("S3 对象存储"),
    },
    RunState: {
        RunState.COMPLETE: lazy_gettext("完成"),
        RunState.FAILED: lazy_gettext("失败"),
    },
    SpaceState: {
        SpaceState.AMPLE: lazy_gettext("空间充足"),
        SpaceState.LOW: lazy_gettext("空间偏少"),
        SpaceState.CRITICAL: lazy_gettext("空间告急"),
    },
    SearchSort: {
        SearchSort.RELEVANCE: lazy_gettext("按相关度"),
        SearchSort.DATE: lazy_gettext("日期从新到旧"),
        SearchSort.OLDEST: lazy_gettext("日期从旧到新"),
        SearchSort.ARRIVAL: lazy_gettext("最近收到"),
        SearchSort.AMOUNT: lazy_gettext("金额从大到小"),
    },
    SuggestionKind: {
        SuggestionKind.RECENT: lazy_gettext("最近检索"),
        SuggestionKind.SAVED: lazy_gettext("已存检索"),
        SuggestionKind.FIELD: lazy_gettext("字段"),
        SuggestionKind.VALUE: lazy_gettext("取值"),
        SuggestionKind.CUSTOMER: lazy_gettext("客户"),
        SuggestionKind.CONTRACT: lazy_gettext("合同"),
        SuggestionKind.TITLE: lazy_gettext("题名"),
    },
    Grouping: {
        Grouping.CUSTOMER: lazy_gettext("按客户"),
        Grouping.CONTRACT: lazy_gettext("按合同"),
    },
}

_GRADES = {1: lazy_gettext("一级"), 2: lazy_gettext("二级"), 3: lazy_gettext("三级")}

_SLOT_KINDS: dict[str, LazyString] = {
    "passphrase": lazy_gettext("口令"),
    "recovery": lazy_gettext("恢复密钥"),
    "key_file": lazy_gettext("密钥文件"),
    "key_service": lazy_gettext("密钥设备或服务"),
}

_ACTIONS: dict[str, LazyString] = {
    **ACCOUNT_ACTIONS,
    **APPRAISING_ACTIONS,
    **ARRANGEMENT_ACTIONS,
    **BINDING_ACTIONS,
    **DUTY_ACTIONS,
    **FILING_ACTIONS,
    **KEEPING_ACTIONS,
    **LEDGER_ACTIONS,
    **LENDING_ACTIONS,
    **PRINT_ACTIONS,
    **REPORTING_ACTIONS,
    **RIGHTS_ACTIONS,
    **TITLE_ACTIONS,
    "archive_founded": lazy_gettext("建立档案库"),
    "service_unlocked": lazy_gettext("解锁档案库"),
    "service_sealed": lazy_gettext("锁定档案库"),
    "signed_in": lazy_gettext("登录"),
    "sign_in_refused": lazy_gettext("登录被拒"),
    "user_added": lazy_gettext("新增用户"),
    "user_disabled": lazy_gettext("停用用户"),
    "user_enabled": lazy_gettext("启用用户"),
    "departments_set": lazy_gettext("设定查阅部门"),
    "access_granted": lazy_gettext("授权查阅"),
    "access_ended": lazy_gettext("终止查阅授权"),
    "password_changed": lazy_gettext("修改密码"),
    "password_reset": lazy_gettext("重置密码"),
    "journal_read": lazy_gettext("查看操作日志"),
    "item_received": lazy_gettext("接收资料"),
    "item_examined": lazy_gettext("检查文件"),
    "item_read": lazy_gettext("识别完成"),
    "item_refused": lazy_gettext("无法识别"),
    "item_failed": lazy_gettext("识别中断"),
    "reading_retried": lazy_gettext("重新识别"),
    "item_filed": lazy_gettext("确认归档"),
    "item_corrected": lazy_gettext("更正归档信息"),
    "item_described": lazy_gettext("补充著录"),
    "papers_related": lazy_gettext("登记资料关系"),
    "papers_unrelated": lazy_gettext("删除资料关系"),
    "page_corrected": lazy_gettext("更正页面文字"),
    "page_correction_taken_back": lazy_gettext("撤销页面文字更正"),
    "volume_handed_to_check": lazy_gettext("提交案卷检查"),
    "volume_checked": lazy_gettext("检查案卷"),
    "volume_sent_back": lazy_gettext("退回清理"),
    "volume_catalogued_again": lazy_gettext("重新编目"),
    "volume_sealed": lazy_gettext("封卷"),
    "volume_seal_taken": lazy_gettext("下载封印"),
    "volume_shelved": lazy_gettext("案卷上架"),
    "volume_retained": lazy_gettext("调整保管期限"),
    "volume_noted": lazy_gettext("登记备考"),
    "volume_referred": lazy_gettext("登记互见"),
    "volume_taken_over": lazy_gettext("转入旧案卷"),
    "late_paper_noted": lazy_gettext("登记迟到材料"),
    "paper_amended": lazy_gettext("更正已封案卷著录"),
    "paper_moved_out": lazy_gettext("移出案卷"),
    "page_supplemented": lazy_gettext("补扫页面"),
    "item_rejected": lazy_gettext("退回资料"),
    "item_brought_back": lazy_gettext("退回待核对"),
    "item_opened": lazy_gettext("查阅资料"),
    "original_taken": lazy_gettext("下载原件"),
    "searchable_copy_taken": lazy_gettext("下载可检索 PDF"),
    "searched": lazy_gettext("检索"),
    "search_saved": lazy_gettext("保存检索"),
    "saved_search_opened": lazy_gettext("查看已存检索"),
    "saved_search_renamed": lazy_gettext("已存检索改名"),
    "saved_search_removed": lazy_gettext("删除已存检索"),
    "recent_searches_cleared": lazy_gettext("清除最近检索"),
    "synonyms_stated": lazy_gettext("设置同义词"),
    "synonyms_restored": lazy_gettext("恢复默认同义词"),
    "search_exported": lazy_gettext("导出检索结果清单"),
    "archive_verified": lazy_gettext("完整性检查"),
    "inspection_report_taken": lazy_gettext("下载检查报告"),
    "object_fetched": lazy_gettext("从备份取回对象"),
    "index_rebuilt": lazy_gettext("重建检索索引"),
    "unknown_object_removed": lazy_gettext("移除无主对象"),
    "customer_registered": lazy_gettext("登记客户"),
    "customer_changed": lazy_gettext("修改客户"),
    "own_company_named": lazy_gettext("登记本单位名称"),
    "series_stated": lazy_gettext("设置类目"),
    "item_destroyed": lazy_gettext("销毁"),
    "destruction_replayed": lazy_gettext("恢复后重新销毁"),
    "slot_added": lazy_gettext("增加解锁方式"),
    "slot_removed": lazy_gettext("删除解锁方式"),
    "keys_rotation_begun": lazy_gettext("开始轮换密钥"),
    "keys_rotated": lazy_gettext("轮换密钥"),
    "root_changed": lazy_gettext("更换根密钥"),
    "keys_retired": lazy_gettext("停用旧密钥"),
    "recovered": lazy_gettext("启动恢复"),
    "document_type_stated": lazy_gettext("设置资料类型"),
    "backup_place_added": lazy_gettext("登记备份位置"),
    "backup_place_changed": lazy_gettext("修改备份位置"),
    "backup_place_removed": lazy_gettext("移除备份位置"),
    "backup_made": lazy_gettext("备份完成"),
    "backup_failed": lazy_gettext("备份失败"),
    "archive_restored": lazy_gettext("从备份恢复"),
    "restore_drilled": lazy_gettext("恢复演练"),
    "archive_export_begun": lazy_gettext("开始整库明文导出"),
    "archive_exported": lazy_gettext("整库明文导出完成"),
    "archive_import_begun": lazy_gettext("开始导入档案"),
    "archive_imported": lazy_gettext("导入档案完成"),
    "item_imported": lazy_gettext("导入资料"),
}

_DETAILS: dict[str, LazyString] = {
    **ACCOUNT_DETAILS,
    **APPRAISING_DETAILS,
    **ARRANGEMENT_DETAILS,
    **BINDING_DETAILS,
    **DUTY_DETAILS,
    **FILING_DETAILS,
    **KEEPING_DETAILS,
    **LEDGER_DETAILS,
    **LENDING_DETAILS,
    **PRINT_DETAILS,
    **REPORTING_DETAILS,
    **RIGHTS_DETAILS,
    **TITLE_DETAILS,
    **DETAILS,
}


def label(value: Enum) -> str:
    """The name of a state, kind, role, side, grade or order."""
    return str(_LABELS[type(value)][value])


def grade_label(grade: int) -> str:
    """The name of a grade of secrecy: 一级, 二级, 三级."""
    return str(_GRADES[grade])


def slot_kind_label(kind: str) -> str:
    """What a way of unlocking the archive is called; one without a name of its own is shown as it is."""
    return str(_SLOT_KINDS.get(kind, kind))


def action_label(action: str) -> str:
    """What a journal action is called; an action without a name of its own is shown as its code."""
    return str(_ACTIONS.get(action, action))


def origin_label(origin: str) -> str:
    """The door through which an act of the journal came in."""
    return label(Origin(origin)) if origin in set(Origin) else origin


def detail_label(name: str) -> str:
    """What a detail of a journal entry is called."""
    return str(_DETAILS.get(name, name))
