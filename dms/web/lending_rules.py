"""Who decides requests and for how long papers are lent, and who decides in whose place."""

from dataclasses import fields, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.lending import deputies_of, end_deputy, lending_rules, name_deputy, state_lending_rules
from dms.domain.actor import GRADES, Permission
from dms.domain.clock import local_day
from dms.domain.lending import Approver, LendingRules
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.refusals import status_of
from dms.web.request_form import day_typed, number_typed

blueprint = Blueprint("lending_rules", __name__, url_prefix="/lending")

NUMBERS = tuple(each.name for each in fields(LendingRules) if each.type is int)
"""The rules that are numbers of days or times."""


@blueprint.get("/rules")
@needs(Permission.REQUEST_USE, Permission.MANAGE_USERS)
def page() -> str:
    """The rules in force; a form for whoever manages accounts."""
    return _page(lending_rules(actor(), archive=archive()), refusal=None)


@blueprint.post("/rules")
@needs(Permission.MANAGE_USERS)
def state() -> Response | tuple[str, int]:
    """State the rules anew; the form again with the reason where that is refused."""
    before = lending_rules(actor(), archive=archive())
    try:
        state_lending_rules(actor(), _typed(before), archive=archive())
    except DmsError as refusal:
        return _page(before, refusal=refusal), status_of(refusal)
    flash(_("借阅规则已保存，对以后提出的申请有效。"), "success")
    return redirect(url_for("lending_rules.page"))


@blueprint.get("/deputies")
@needs(Permission.DECIDE_REQUESTS)
def deputies() -> str:
    """Who decides in one's place."""
    return _deputies(refusal=None)


@blueprint.post("/deputies")
@needs(Permission.DECIDE_REQUESTS)
def name() -> Response | tuple[str, int]:
    """Name a deputy; the form again with the reason where that is refused."""
    try:
        from_on, until_on = (day_typed(request.form.get(each, "")) for each in ("from_on", "until_on"))
        deputy = request.form.get("deputy", "")
        name_deputy(actor(), deputy, from_on=from_on, until_on=until_on, archive=archive())
    except DmsError as refusal:
        return _deputies(refusal=refusal), status_of(refusal)
    flash(_("已指定代理人。"), "success")
    return redirect(url_for("lending_rules.deputies"))


@blueprint.post("/deputies/<int:entry_id>/end")
@needs(Permission.DECIDE_REQUESTS)
def end(entry_id: int) -> Response:
    """End what one named a deputy for."""
    end_deputy(actor(), entry_id, archive=archive())
    flash(_("代理已结束。"), "success")
    return redirect(url_for("lending_rules.deputies"))


def _typed(before: LendingRules) -> LendingRules:
    """The rules of the form; what it leaves out stays as it was."""
    form = request.form
    numbers: dict[str, Any] = {name: number_typed(form[name]) for name in NUMBERS if name in form}
    known = set(Approver)
    by_grade = {
        grade: Approver(form[f"grade-{grade}"]) if form.get(f"grade-{grade}") in known else before.by_grade[grade]
        for grade in GRADES
    }
    other = form.get("other_department", "")
    return replace(
        before,
        **numbers,
        by_grade=by_grade,
        other_department=Approver(other) if other in known else before.other_department,
        standing_users=frozenset(form.get("standing_users", "").split()),
    )


def _page(rules: LendingRules, *, refusal: DmsError | None) -> str:
    return render_template(
        "pages/lending_rules/rules.html", rules=rules, refusal=refusal, grades=GRADES,
        approvers=[(each.value, label(each)) for each in Approver],
    )  # fmt: skip


def _deputies(*, refusal: DmsError | None) -> str:
    today = local_day(archive().now())
    return render_template(
        "pages/lending_rules/deputies.html", named=deputies_of(actor(), archive=archive()), refusal=refusal,
        today=today, typed=request.form,
    )  # fmt: skip
