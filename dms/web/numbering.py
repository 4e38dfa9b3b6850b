"""Reference codes (档号): how they are written, the register of those given, gaps, and the check both ways."""

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.domain.numbering import NumberGap
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind
from dms.errors import DmsError
from dms.filing.arranging import (
    FIELDS_OF,
    Numbering,
    NumberingWish,
    explain_gap,
    number_gaps,
    numbering,
    numbering_verdict,
    numbers_given,
    preview_numbering,
    state_numbering,
    style_texts,
)
from dms.web.arrangement_labels import FIELD_NAMES
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("numbering", __name__, url_prefix="/arrangement")

NUMBERS_PER_PAGE = 50
GAPS_PER_PAGE = 50
DEPARTMENT = re.compile(r"department-(\d+)-name")
VOLUME_SUBJECT = re.compile(r"volume:(\d+)")
ITEM_SUBJECT = re.compile(r"[0-9a-f]{20}")


@blueprint.get("/numbering")
@needs(Permission.CONSULT)
def show() -> str:
    """How codes are written, with the next ones; ``style`` fills the form with a ready-made style."""
    style = request.args.get("style")
    if style:
        return _page(NumberingWish(texts=style_texts(style)), refusal=None)
    return _page(wish_typed(request.args), refusal=None)


@blueprint.post("/numbering")
@needs(Permission.MANAGE_CUSTOMERS)
def state() -> Response | tuple[str, int]:
    """Put the patterns of the form in force; the form again with the reason where that is refused."""
    wish = wish_typed(request.form)
    try:
        state_numbering(actor(), wish, archive=archive())
    except DmsError as refusal:
        return _page(wish, refusal=refusal), status_of(refusal)
    flash(_("编号格式已保存，从下一个号起生效；已给出的档号不变。"), "success")
    return redirect(url_for(".show"))


@blueprint.get("/numbering/preview")
@needs(Permission.CONSULT)
def preview() -> str:
    """The next codes by the patterns of the form, as a piece of the page."""
    shown = preview_numbering(actor(), wish_typed(request.args), archive=archive())
    return render_template("pages/arrangement/_preview.html", shown=shown)


@blueprint.get("/numbers")
@needs(Permission.CONSULT)
def numbers() -> str:
    """The register of the numbers given, of one kind, those whose code holds ``q``."""
    paging = paging_asked(NUMBERS_PER_PAGE)
    kind, words = _kind_asked(), request.args.get("q", "").strip()
    found = numbers_given(actor(), kind, archive=archive(), words=words, limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/arrangement/numbers.html",
        found=found,
        kind=kind,
        kinds=list(CodeKind),
        words=words,
        paging=paging,
        volume_of=volume_named,
        item_of=item_named,
    )


@blueprint.get("/gaps")
@needs(Permission.CONSULT)
def gaps() -> str:
    """The numbers that were left out without a reason."""
    return _gaps_page(_kind_asked(), refusal=None)


@blueprint.post("/gaps")
@needs(Permission.MANAGE_CUSTOMERS)
def explain() -> Response | tuple[str, int]:
    """Say why a number was left out; the list again with the reason where that is refused."""
    gap = NumberGap(
        kind=_kind_asked(), scope=request.form.get("scope", ""), number=request.form.get("number", default=0, type=int)
    )
    try:
        explained = explain_gap(actor(), gap, request.form.get("reason", ""), archive=archive())
    except DmsError as refusal:
        return _gaps_page(gap.kind, refusal=refusal), status_of(refusal)
    flash(_("空号 %(code)s 已说明，不会再给出。", code=explained.code), "success")
    return redirect(url_for(".gaps", kind=gap.kind.value))


@blueprint.get("/check")
@needs(Permission.MANAGE_CUSTOMERS)
def check() -> str:
    """Whether what bears a code and the register agree, both ways."""
    return render_template(
        "pages/arrangement/check.html",
        verdict=numbering_verdict(actor(), archive=archive()),
        volume_of=volume_named,
        item_of=item_named,
    )


def wish_typed(form: MultiDict[str, str]) -> NumberingWish:
    """What the form means; patterns that it does not hold stay as they are."""
    numbers_of_departments = [match[1] for name in form if (match := DEPARTMENT.fullmatch(name))]
    return NumberingWish(
        texts={kind: form[kind.value] for kind in CodeKind if kind.value in form},
        category=form.get("category"),
        departments={
            form[f"department-{number}-name"]: form.get(f"department-{number}-code", "")
            for number in numbers_of_departments
        },
    )


def volume_named(subject: str) -> int | None:
    """The id of the volume that bears a number; None for anything else."""
    match = VOLUME_SUBJECT.fullmatch(subject)
    return int(match[1]) if match else None


def item_named(subject: str) -> str | None:
    """The id of the item that bears a number; None for anything else."""
    return subject if ITEM_SUBJECT.fullmatch(subject) else None


def _page(wish: NumberingWish, *, refusal: DmsError | None) -> str:
    present = numbering(actor(), archive=archive())
    shown = preview_numbering(actor(), wish, archive=archive())
    return render_template(
        "pages/arrangement/numbering.html",
        present=present,
        shown=shown,
        wish=wish,
        changed=_differs(wish, present),
        departments=[(name, wish.departments.get(name, code)) for name, code in present.departments.items()],
        styles=list(NUMBERING_STYLES.values()),
        fields_of=FIELDS_OF,
        field_names=FIELD_NAMES,
        may_change=actor().may(Permission.MANAGE_CUSTOMERS),
        refusal=refusal,
    )


def _differs(wish: NumberingWish, present: Numbering) -> bool:
    patterns = any(text != present.patterns[kind].text for kind, text in wish.texts.items())
    words = any(code != present.departments.get(name, "") for name, code in wish.departments.items())
    return patterns or words or wish.category not in (None, present.category)


def _kind_asked() -> CodeKind:
    asked = request.values.get("kind")
    return next((kind for kind in CodeKind if kind.value == asked), CodeKind.VOLUME)


def _gaps_page(kind: CodeKind, *, refusal: DmsError | None) -> str:
    paging = paging_asked(GAPS_PER_PAGE)
    found = number_gaps(actor(), kind, archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/arrangement/gaps.html",
        found=found,
        kind=kind,
        kinds=list(CodeKind),
        paging=paging,
        may_explain=actor().may(Permission.MANAGE_CUSTOMERS),
        refusal=refusal,
    )
