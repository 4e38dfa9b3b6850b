"""What prints are called on a page, and their acts in the journal."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.print_job import PrintState

PRINT_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    PrintState: {
        PrintState.WAITING: lazy_gettext("等待打印"),
        PrintState.RUNNING: lazy_gettext("正在打印"),
        PrintState.DONE: lazy_gettext("已完成"),
        PrintState.FAILED: lazy_gettext("未完成"),
    },
}

PRINT_ACTIONS: dict[str, LazyString] = {
    "form_printed": lazy_gettext("打印"),
    "year_printed": lazy_gettext("打印整年"),
    "print_asked": lazy_gettext("提交打印任务"),
    "print_taken": lazy_gettext("取出打印结果"),
    "prints_taken": lazy_gettext("取出全部打印结果"),
    "print_removed": lazy_gettext("清除打印任务"),
}

PRINT_DETAILS: dict[str, LazyString] = {
    "documents": lazy_gettext("文档数"),
    "series_code": lazy_gettext("类目"),
    "location": lazy_gettext("库位"),
}
