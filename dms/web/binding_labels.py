"""What the yearly binding is called on a page and in the journal, in the language of the person who reads it."""

from enum import Enum

from flask_babel import LazyString, lazy_gettext

from dms.domain.binding import BindingState

BINDING_LABELS: dict[type[Enum], dict[Enum, LazyString]] = {
    BindingState: {
        BindingState.WAITING: lazy_gettext("已暂停"),
        BindingState.RUNNING: lazy_gettext("进行中"),
        BindingState.DONE: lazy_gettext("已完成"),
        BindingState.CARRIED: lazy_gettext("结转"),
        BindingState.ABANDONED: lazy_gettext("已终止"),
    },
}

BINDING_ACTIONS: dict[str, LazyString] = {
    "binding_begun": lazy_gettext("开始年度装订"),
    "binding_stopped": lazy_gettext("暂停年度装订"),
    "binding_resumed": lazy_gettext("恢复年度装订"),
    "binding_done": lazy_gettext("完成年度装订"),
    "binding_given_up": lazy_gettext("终止年度装订"),
    "volume_bound": lazy_gettext("编目成卷"),
}

BINDING_DETAILS: dict[str, LazyString] = {
    "volumes": lazy_gettext("卷数"),
}
