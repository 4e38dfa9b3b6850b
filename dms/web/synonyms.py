"""The company's synonyms: one group a line, edited as text by those who may, read by whoever searches.

What always holds: nothing typed is lost, whatever is wrong with it.
"""

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.errors import DmsError
from dms.search import restore_default_synonyms, set_synonym_groups, synonym_groups
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.refusals import status_of

blueprint = Blueprint("synonyms", __name__)

BETWEEN_WORDS = "、"
_SEPARATORS = re.compile(r"[、，,；;／/|｜\t]+")
"""A space is none: names in Latin letters hold some."""


@blueprint.get("/synonyms")
@needs(Permission.CONSULT)
def page() -> str:
    """The groups in force; as a form for those who may change them."""
    return _page(_as_text(synonym_groups(actor(), archive=archive())), refusal=None)


@blueprint.post("/synonyms")
@needs(Permission.MANAGE_CUSTOMERS)
def state() -> Response | tuple[str, int]:
    """Put the groups of the form in force; the form again with the reason where that is refused."""
    typed = request.form.get("groups", "")
    try:
        groups = set_synonym_groups(actor(), groups_typed(typed), archive=archive())
    except DmsError as refusal:
        return _page(typed, refusal=refusal), status_of(refusal)
    flash(_("同义词已保存，共 %(n)d 组，立即生效。", n=len(groups)), "success")
    return redirect(url_for(".page"))


@blueprint.post("/synonyms/restore")
@needs(Permission.MANAGE_CUSTOMERS)
def restore() -> Response:
    """Put the groups in force that the program brings along."""
    restore_default_synonyms(actor(), archive=archive())
    flash(_("已恢复系统自带的同义词。"), "success")
    return redirect(url_for(".page"))


def groups_typed(typed: str) -> list[list[str]]:
    """One group for each line that holds anything, its words between commas, semicolons or slashes."""
    lines = ([word.strip() for word in _SEPARATORS.split(line)] for line in typed.splitlines())
    groups = ([word for word in words if word] for words in lines)
    return [group for group in groups if group]


def _as_text(groups: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join(BETWEEN_WORDS.join(group) for group in groups)


def _page(typed: str, *, refusal: DmsError | None) -> str:
    groups = groups_typed(typed)
    return render_template(
        "pages/synonyms/page.html",
        typed=typed,
        groups=groups,
        words_count=sum(map(len, groups)),
        refusal=refusal,
        may_change=actor().may(Permission.MANAGE_CUSTOMERS),
    )
