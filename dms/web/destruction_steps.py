"""The steps of a destruction list that are asked about first: signing, approving, watching, carrying out.

Invariant: whoever signs proves once more that it is he who sits there, by his password.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, lazy_gettext
from werkzeug.wrappers import Response

from dms.custody.appraising import (
    DestructionStepRefused,
    ListStep,
    approve_list,
    attest_list,
    begin_destruction,
    carry_out_list,
    check_list,
    return_list,
    show_list,
    sign_list,
    submit_list,
    withdraw_approval,
    withdraw_list,
)
from dms.domain.actor import Permission
from dms.domain.day import parse_day
from dms.domain.destruction_list import StepProblem
from dms.errors import DmsError
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.destructions import LINES_A_REQUEST
from dms.web.refusals import status_of
from dms.web.second_person import proved_person

blueprint = Blueprint("destruction_steps", __name__, url_prefix="/destructions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step is called, what it means, what it asks for, and how it is done."""

    allowed: ListStep
    title: LazyString
    meaning: LazyString
    button: LazyString
    done: LazyString
    act: Callable[[int], object]
    remark: LazyString | None = None
    """What the field for words is called; None where none are asked for."""
    needs_remark: bool = False
    asks_password: bool = True
    asks_day: bool = False
    """Whether it asks when the paper originals went."""
    is_grave: bool = False


def _begin(list_id: int) -> object:
    begin_destruction(actor(), list_id, archive=archive())
    return carry_out_list(actor(), list_id, archive=archive(), most_lines=LINES_A_REQUEST)


_OPINION = lazy_gettext("意见")
_REASON = lazy_gettext("原因")
_STEPS: dict[str, Step] = {
    "submit": Step(
        allowed=ListStep.SUBMIT,
        title=lazy_gettext("提交会签"),
        meaning=lazy_gettext("提交后清册固定下来，五个岗位各自签字；要再修改，须由会签人或批准人退回。"),
        button=lazy_gettext("提交会签"),
        done=lazy_gettext("已提交会签。"),
        act=lambda key: submit_list(actor(), key, archive=archive()),
        asks_password=False,
    ),
    "withdraw": Step(
        allowed=ListStep.WITHDRAW,
        title=lazy_gettext("撤销清册"),
        meaning=lazy_gettext("撤销后不能恢复；清册和签字保留备查，资料可列入别的清册或重新鉴定。"),
        button=lazy_gettext("撤销"),
        done=lazy_gettext("已撤销。"),
        act=lambda key: withdraw_list(actor(), key, _said("remark"), archive=archive()),
        remark=_REASON,
        needs_remark=True,
        asks_password=False,
        is_grave=True,
    ),
    "sign": Step(
        allowed=ListStep.SIGN,
        title=lazy_gettext("会签"),
        meaning=lazy_gettext("签字表示同意按清册销毁。五人签齐后送批准人。"),
        button=lazy_gettext("签字"),
        done=lazy_gettext("已签字。"),
        act=lambda key: sign_list(actor(), key, remark=_said("remark"), archive=archive()),
        remark=_OPINION,
    ),
    "return": Step(
        allowed=ListStep.RETURN,
        title=lazy_gettext("退回清册"),
        meaning=lazy_gettext("退回后已有的签字作废，档案员修改后重新会签。"),
        button=lazy_gettext("退回"),
        done=lazy_gettext("已退回。"),
        act=lambda key: return_list(actor(), key, _said("remark"), archive=archive()),
        remark=_REASON,
        needs_remark=True,
        is_grave=True,
    ),
    "approve": Step(
        allowed=ListStep.APPROVE,
        title=lazy_gettext("批准销毁"),
        meaning=lazy_gettext("批准后由两名监销人核对实物，再由档案员执行；开始执行前可以撤回批准。"),
        button=lazy_gettext("批准"),
        done=lazy_gettext("已批准。"),
        act=lambda key: approve_list(actor(), key, remark=_said("remark"), archive=archive()),
        remark=_OPINION,
    ),
    "unapprove": Step(
        allowed=ListStep.UNAPPROVE,
        title=lazy_gettext("撤回批准"),
        meaning=lazy_gettext("没有开始执行的，清册退回重新会签；正在执行的，余下的不再销毁。已经销毁的不能恢复。"),
        button=lazy_gettext("撤回批准"),
        done=lazy_gettext("已撤回批准。"),
        act=lambda key: withdraw_approval(actor(), key, _said("remark"), archive=archive()),
        remark=_REASON,
        needs_remark=True,
        is_grave=True,
    ),
    "check": Step(
        allowed=ListStep.CHECK,
        title=lazy_gettext("销毁前核对"),
        meaning=lazy_gettext("监销人按清册逐件核对实物，账实相符后签字；两名监销人都签字后才能执行。"),
        button=lazy_gettext("核对无误，签字"),
        done=lazy_gettext("已签字。"),
        act=lambda key: check_list(actor(), key, remark=_said("remark"), archive=archive()),
        remark=_OPINION,
    ),
    "begin": Step(
        allowed=ListStep.BEGIN,
        title=lazy_gettext("执行销毁"),
        meaning=lazy_gettext(
            "电子档案的密钥、文字、索引和图像将被清除，不能恢复。执行时逐件再查：冻结、未到期、未了结或借出的不销毁。"
        ),
        button=lazy_gettext("开始销毁"),
        done=lazy_gettext("已开始执行。"),
        act=_begin,
        is_grave=True,
    ),
    "attest": Step(
        allowed=ListStep.ATTEST,
        title=lazy_gettext("监销签字"),
        meaning=lazy_gettext("监销人在销毁后签字；两人签齐后清册办结，可打印销毁证明。"),
        button=lazy_gettext("签字"),
        done=lazy_gettext("已签字。"),
        act=lambda key: attest_list(
            actor(), key, paper_destroyed_on=_day_said(), remark=_said("remark"), archive=archive()
        ),
        remark=_OPINION,
        asks_day=True,
    ),
}
_ANYBODY = (Permission.MANAGE_RETENTION, Permission.SIGN_DESTRUCTION, Permission.APPROVE_DESTRUCTION)


@blueprint.get("/<int:list_id>/<step>")
@needs(*_ANYBODY)
def ask(list_id: int, step: str) -> str:
    """Ask before the step is taken, with what it needs: words, a day, the password."""
    return _page(list_id, step, refusal=None)


@blueprint.post("/<int:list_id>/<step>")
@needs(*_ANYBODY)
def take(list_id: int, step: str) -> Response | tuple[str, int]:
    """Take the step; its form again with the reason where that is refused."""
    chosen = _step(step)
    try:
        if chosen.asks_password:
            proved_person(actor().name, _said("password"), code=_said("code"))
        chosen.act(list_id)
    except DmsError as refusal:
        return _page(list_id, step, refusal=refusal), status_of(refusal)
    flash(str(chosen.done), "success")
    return redirect(url_for("destructions.show", list_id=list_id))


def _step(name: str) -> Step:
    return _STEPS.get(name) or abort(404)


def _page(list_id: int, name: str, *, refusal: DmsError | None) -> str:
    step = _step(name)
    shown = show_list(actor(), list_id, archive=archive(), limit=0)
    if step.allowed not in shown.steps and refusal is None:
        raise DestructionStepRefused(StepProblem.STATE if shown.steps else StepProblem.NOT_NAMED, shown.listed.state)
    return render_template("pages/destructions/step.html", shown=shown, step=step, refusal=refusal, typed=request.form)


def _said(name: str) -> str:
    return request.form.get(name, "")


def _day_said() -> date | None:
    return parse_day(_said("paper_destroyed_on"))
