"""The steps of a request that are asked about first: deciding, finding, giving out, giving up, taking back."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.lending import (
    RequestShown,
    RequestStateUnfit,
    Verdict,
    count_copies,
    decide_request,
    find_for_request,
    hand_out,
    nothing_found,
    remind,
    revoke_approval,
    show_request,
    state_effect,
    withdraw_request,
)
from dms.domain.actor import Permission
from dms.domain.lending import WAITING, Condition, RequestState, UseKind
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.loan_form import hand_out_typed
from dms.web.refusals import status_of
from dms.web.request_form import number_typed
from dms.web.second_person import second_person

blueprint = Blueprint("request_steps", __name__, url_prefix="/requests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field that a step asks for."""

    name: str
    label: LazyString
    hint: LazyString | str = ""
    required: bool = True
    is_long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step is called, what it means, what it asks for, and how it is done."""

    title: LazyString
    meaning: LazyString
    button: LazyString
    done: LazyString
    may: Callable[[RequestShown], bool]
    fields: tuple[Field, ...]
    act: Callable[[int], object]
    is_grave: bool = False


def _said(name: str) -> str:
    return request.form.get(name, "")


_STEPS: dict[str, Step] = {
    "approve": Step(
        title=lazy_gettext("同意这份申请"),
        meaning=lazy_gettext("最后一步审批同意后，申请人即可按申请的方式利用所列资料。"),
        button=lazy_gettext("同意"),
        done=lazy_gettext("已审批。"),
        may=lambda shown: shown.decides_for is not None,
        fields=(Field(name="opinion", label=lazy_gettext("审批意见"), required=False, is_long=True),),
        act=lambda number: decide_request(actor(), number, Verdict.APPROVE, _said("opinion"), archive=archive()),
    ),
    "refuse": Step(
        title=lazy_gettext("不同意这份申请"),
        meaning=lazy_gettext("申请就此结束；仍需利用的，由申请人重新提出。"),
        button=lazy_gettext("不同意"),
        done=lazy_gettext("已审批。"),
        may=lambda shown: shown.decides_for is not None,
        fields=(Field(name="opinion", label=lazy_gettext("审批意见"), is_long=True),),
        act=lambda number: decide_request(actor(), number, Verdict.REFUSE, _said("opinion"), archive=archive()),
        is_grave=True,
    ),
    "revoke": Step(
        title=lazy_gettext("撤销批准"),
        meaning=lazy_gettext("由此开通的查阅、导出立即停止，不能恢复；已借出的原件请先催还。"),
        button=lazy_gettext("撤销批准"),
        done=lazy_gettext("批准已撤销。"),
        may=lambda shown: shown.may_revoke,
        fields=(Field(name="reason", label=lazy_gettext("原因"), is_long=True),),
        act=lambda number: revoke_approval(actor(), number, _said("reason"), archive=archive()),
        is_grave=True,
    ),
    "find": Step(
        title=lazy_gettext("填写查到的资料"),
        meaning=lazy_gettext("填写后按所列资料的最高密级和所属部门送交审批；批准之前申请人看不到这里填写的内容。"),
        button=lazy_gettext("送交审批"),
        done=lazy_gettext("已送交审批。"),
        may=lambda shown: shown.is_at_desk and shown.request.state is RequestState.FINDING,
        fields=(
            Field(
                name="papers",
                label=lazy_gettext("资料编号、档号或案卷号"),
                hint=lazy_gettext("几个之间用空格隔开，也可以逐个扫描条码。"),
                required=False,
                is_long=True,
            ),
        ),
        act=lambda number: find_for_request(actor(), number, _said("papers").split(), archive=archive()),
    ),
    "not-found": Step(
        title=lazy_gettext("没有可以提供的资料"),
        meaning=lazy_gettext("申请人只会看到“未获批准”，看不到这里填写的内容。"),
        button=lazy_gettext("答复"),
        done=lazy_gettext("已答复申请人。"),
        may=lambda shown: shown.is_at_desk and shown.request.state is RequestState.FINDING,
        fields=(Field(name="reason", label=lazy_gettext("查找情况"), is_long=True),),
        act=lambda number: nothing_found(actor(), number, _said("reason"), archive=archive()),
        is_grave=True,
    ),
    "copies": Step(
        title=lazy_gettext("交付复制件"),
        meaning=lazy_gettext("登记交付的份数和页数后，申请办结。"),
        button=lazy_gettext("登记"),
        done=lazy_gettext("已登记，申请办结。"),
        may=lambda shown: (
            shown.is_at_desk and shown.request.state is RequestState.APPROVED and shown.request.kind is UseKind.COPY
        ),
        fields=(Field(name="copies", label=lazy_gettext("份数")), Field(name="pages", label=lazy_gettext("总页数"))),
        act=lambda number: count_copies(
            actor(), number, number_typed(_said("copies")), number_typed(_said("pages")), archive=archive()
        ),
    ),
    "effect": Step(
        title=lazy_gettext("填写利用效果"),
        meaning=lazy_gettext("资料派了什么用场，记入借阅登记。"),
        button=lazy_gettext("保存"),
        done=lazy_gettext("利用效果已记入借阅登记。"),
        may=lambda shown: shown.is_own and shown.request.state in {RequestState.APPROVED, RequestState.CLOSED},
        fields=(Field(name="effect", label=lazy_gettext("利用效果"), is_long=True),),
        act=lambda number: state_effect(actor(), number, _said("effect"), archive=archive()),
    ),
    "withdraw": Step(
        title=lazy_gettext("撤回申请"),
        meaning=lazy_gettext("撤回后不能恢复；已经开通的查阅、导出随之停止。"),
        button=lazy_gettext("撤回"),
        done=lazy_gettext("已撤回。"),
        may=lambda shown: shown.is_own and shown.request.state in WAITING | {RequestState.APPROVED},
        fields=(),
        act=lambda number: withdraw_request(actor(), number, archive=archive()),
        is_grave=True,
    ),
}


@blueprint.post("/<int:request_id>/remind")
@needs(Permission.REQUEST_USE)
def remind_once(request_id: int) -> Response:
    """Remind whoever is to act, once a day."""
    remind(actor(), request_id, archive=archive())
    flash(_("已催办。"), "success")
    return redirect(url_for("requests.show", request_id=request_id))


@blueprint.get("/<int:request_id>/lines/<int:line_id>/hand-out")
@needs(Permission.LEND)
def ask_to_hand_out(request_id: int, line_id: int) -> str:
    """Ask in what condition an original leaves, and for the borrower's signature."""
    return _hand_out_page(request_id, line_id, refusal=None)


@blueprint.post("/<int:request_id>/lines/<int:line_id>/hand-out")
@needs(Permission.LEND)
def hand_out_line(request_id: int, line_id: int) -> Response | tuple[str, int]:
    """Hand the original out; the form again with the reason where that is refused."""
    try:
        borrower = second_person() if _said("second_name") or _said("second_password") else None
        loan = hand_out(actor(), line_id, hand_out_typed(request.form), archive=archive(), borrower=borrower)
    except DmsError as refusal:
        return _hand_out_page(request_id, line_id, refusal=refusal), status_of(refusal)
    flash(_("已借出，应于 %(day)s 前归还。", day=loan.due_on.isoformat()), "success")
    return redirect(url_for("requests.show", request_id=request_id))


@blueprint.get("/<int:request_id>/<step>")
@needs(Permission.REQUEST_USE)
def ask(request_id: int, step: str) -> str:
    """Ask before the step is taken, with what it needs."""
    return _page(request_id, _step(step), refusal=None)


@blueprint.post("/<int:request_id>/<step>")
@needs(Permission.REQUEST_USE)
def take(request_id: int, step: str) -> Response | tuple[str, int]:
    """Take the step; its form again with the reason where that is refused."""
    chosen = _step(step)
    try:
        chosen.act(request_id)
    except DmsError as refusal:
        return _page(request_id, chosen, refusal=refusal), status_of(refusal)
    flash(str(chosen.done), "success")
    return redirect(url_for("requests.show", request_id=request_id))


def _step(name: str) -> Step:
    return _STEPS.get(name) or abort(404)


def _page(request_id: int, step: Step, *, refusal: DmsError | None) -> str:
    shown = show_request(actor(), request_id, archive=archive())
    # After a refusal the reason is shown, whatever became of the request meanwhile.
    if refusal is None and not step.may(shown):
        raise RequestStateUnfit(shown.request.state)
    return render_template("pages/requests/step.html", shown=shown, step=step, refusal=refusal, typed=request.form)


def _hand_out_page(request_id: int, line_id: int, *, refusal: DmsError | None) -> str:
    shown = show_request(actor(), request_id, archive=archive())
    line = next((each for each in shown.lines if each.line.id == line_id), None) or abort(404)
    if refusal is None and not (shown.is_at_desk and shown.request.state is RequestState.APPROVED):
        raise RequestStateUnfit(shown.request.state)
    return render_template(
        "pages/requests/hand_out.html", shown=shown, line=line, refusal=refusal, typed=request.form,
        conditions=[(each.value, label(each)) for each in Condition],
    )  # fmt: skip
