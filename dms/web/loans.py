"""Originals that are out: the list, what is overdue, one loan, and what may be done about it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import Response as BaseResponse
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.lending import (
    LoanShown,
    LoanStateUnfit,
    list_loans,
    my_loans,
    print_loans,
    recall_loan,
    renew_loan,
    report_loss,
    show_loan,
    sign_for_loan,
    take_back,
)
from dms.domain.actor import Permission
from dms.domain.lending import Condition, LoanState
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.lending_download import download, printed_as
from dms.web.loan_form import taken_back_typed
from dms.web.refusals import status_of

blueprint = Blueprint("loans", __name__, url_prefix="/loans")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanStep:
    """What is done with a loan, what it means, what it asks for."""

    title: LazyString
    meaning: LazyString
    button: LazyString
    done: LazyString
    states: frozenset[LoanState]
    text: LazyString | None
    """What the text is called that it asks for; None where it asks for none."""
    asks_condition: bool
    act: Callable[[int], object]
    is_grave: bool = False


def _said(name: str) -> str:
    return request.form.get(name, "")


_OUT = frozenset({LoanState.OUT})
_STEPS: dict[str, LoanStep] = {
    "return": LoanStep(
        title=lazy_gettext("归还验收"),
        meaning=lazy_gettext("与借出时逐页核对；有缺页、破损的写明情况，自动记入案卷备考表。"),
        button=lazy_gettext("验收归还"),
        done=lazy_gettext("已归还。"),
        states=_OUT | {LoanState.LOST},
        text=lazy_gettext("缺损情况"),
        asks_condition=True,
        act=lambda number: take_back(actor(), number, taken_back_typed(request.form), archive=archive()),
    ),
    "recall": LoanStep(
        title=lazy_gettext("催还"),
        meaning=lazy_gettext("应还日期提前到规定的催还期限，之后不能续借。"),
        button=lazy_gettext("催还"),
        done=lazy_gettext("已催还。"),
        states=_OUT,
        text=lazy_gettext("催还原因"),
        asks_condition=False,
        act=lambda number: recall_loan(actor(), number, _said("note"), archive=archive()),
    ),
    "lose": LoanStep(
        title=lazy_gettext("报告遗失"),
        meaning=lazy_gettext("写明何时何地如何遗失、已采取的措施；自动记入案卷备考表。找回后仍可办理归还。"),
        button=lazy_gettext("报告遗失"),
        done=lazy_gettext("已登记遗失。"),
        states=_OUT,
        text=lazy_gettext("遗失情况"),
        asks_condition=False,
        act=lambda number: report_loss(actor(), number, _said("note"), archive=archive()),
        is_grave=True,
    ),
}


@blueprint.get("")
@needs(Permission.REQUEST_USE)
def index() -> str:
    """The originals that are out: all for whoever lends, else one's own."""
    asking = actor()
    sees_all = asking.may(Permission.LEND) or asking.may(Permission.READ_REPORTS)
    loans = list_loans(asking, archive=archive())
    return render_template(
        "pages/loans/index.html", loans=loans, present="index", sees_all=sees_all,
        overdue_count=sum(bool(each.late_working_days) for each in loans),
    )  # fmt: skip


@blueprint.get("/overdue")
@needs(Permission.REQUEST_USE)
def overdue() -> str:
    """The originals that should have come back, the longest overdue first."""
    loans = list_loans(actor(), archive=archive(), overdue_only=True)
    return render_template("pages/loans/index.html", loans=loans, present="overdue", sees_all=True, overdue_count=0)


@blueprint.get("/mine")
@needs(Permission.REQUEST_USE)
def mine() -> str:
    """What whoever asks has borrowed."""
    loans = my_loans(actor(), archive=archive())
    return render_template("pages/loans/index.html", loans=loans, present="mine", sees_all=False, overdue_count=0)


@blueprint.get("/list.<file_type>")
@needs(Permission.REQUEST_USE)
def print_list(file_type: str) -> BaseResponse:
    """The originals that are out, or those ``overdue``, as PDF or XLSX."""
    overdue_only = bool(request.args.get("overdue"))
    return download(print_loans(actor(), printed_as(file_type), archive=archive(), overdue_only=overdue_only))


@blueprint.get("/<int:loan_id>")
@needs(Permission.REQUEST_USE)
def show(loan_id: int) -> str:
    """One loan."""
    shown = show_loan(actor(), loan_id, archive=archive())
    return render_template("pages/loans/show.html", shown=shown, is_own=shown.loan.user_id == actor().user_id)


@blueprint.post("/<int:loan_id>/sign")
@needs(Permission.REQUEST_USE)
def sign(loan_id: int) -> Response:
    """The borrower signs for what he was handed."""
    sign_for_loan(actor(), loan_id, archive=archive())
    flash(_("已签收。"), "success")
    return redirect(url_for("loans.show", loan_id=loan_id))


@blueprint.post("/<int:loan_id>/renew")
@needs(Permission.REQUEST_USE)
def renew(loan_id: int) -> Response:
    """Renew a loan."""
    renewed = renew_loan(actor(), loan_id, archive=archive())
    flash(_("已续借，应于 %(day)s 前归还。", day=renewed.due_on.isoformat()), "success")
    return redirect(url_for("loans.show", loan_id=loan_id))


@blueprint.get("/<int:loan_id>/<step>")
@needs(Permission.LEND)
def ask(loan_id: int, step: str) -> str:
    """Ask before the step is taken, with what it needs."""
    return _page(loan_id, _step(step), refusal=None)


@blueprint.post("/<int:loan_id>/<step>")
@needs(Permission.LEND)
def take(loan_id: int, step: str) -> Response | tuple[str, int]:
    """Take the step; its form again with the reason where that is refused."""
    chosen = _step(step)
    try:
        chosen.act(loan_id)
    except DmsError as refusal:
        return _page(loan_id, chosen, refusal=refusal), status_of(refusal)
    flash(str(chosen.done), "success")
    return redirect(url_for("loans.show", loan_id=loan_id))


def _step(name: str) -> LoanStep:
    return _STEPS.get(name) or abort(404)


def _page(loan_id: int, step: LoanStep, *, refusal: DmsError | None) -> str:
    shown: LoanShown = show_loan(actor(), loan_id, archive=archive())
    if refusal is None and shown.loan.state not in step.states:
        raise LoanStateUnfit(shown.loan.state)
    return render_template(
        "pages/loans/step.html", shown=shown, step=step, refusal=refusal, typed=request.form,
        conditions=[(each.value, label(each)) for each in Condition],
    )  # fmt: skip
