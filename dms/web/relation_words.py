"""What the relations of papers are called, from either side."""

from flask_babel import LazyString, lazy_gettext

from dms.domain.item import RelationKind

_FORWARD: dict[RelationKind, LazyString] = {
    RelationKind.AMENDS: lazy_gettext("变更或补充"),
    RelationKind.TERMINATES: lazy_gettext("终止或解除"),
    RelationKind.ANNEX_OF: lazy_gettext("附件，主件为"),
    RelationKind.COPY_OF: lazy_gettext("复制自"),
    RelationKind.SEE_ALSO: lazy_gettext("互见"),
    RelationKind.UNDER: lazy_gettext("依据框架合同"),
    RelationKind.BELONGS_WITH: lazy_gettext("补归，应与之同卷"),
}
_BACKWARD: dict[RelationKind, LazyString] = {
    RelationKind.AMENDS: lazy_gettext("被其变更或补充"),
    RelationKind.TERMINATES: lazy_gettext("被其终止或解除"),
    RelationKind.ANNEX_OF: lazy_gettext("有附件"),
    RelationKind.COPY_OF: lazy_gettext("有复制件"),
    RelationKind.SEE_ALSO: lazy_gettext("互见"),
    RelationKind.UNDER: lazy_gettext("其下订单"),
    RelationKind.BELONGS_WITH: lazy_gettext("另卷有补归资料"),
}


def relation_in_words(kind: RelationKind, *, forward: bool) -> str:
    """How a paper stands to another one; with `forward` False how the other one stands to it."""
    return str((_FORWARD if forward else _BACKWARD)[kind])


def relation_choices() -> list[tuple[str, str]]:
    """What a form offers: the value of each kind, and its words read from the paper of the page."""
    return [(kind.value, relation_in_words(kind, forward=True)) for kind in RelationKind]
