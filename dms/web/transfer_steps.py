"""The steps of a hand-over that are asked about first: handing over, returning, accepting, extending, giving up."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString, lazy_gettext
from werkzeug.wrappers import Response

from dms.domain.actor import Permission
from dms.domain.transfer import TransferState
from dms.errors import DmsError
from dms.filing.transferring import (
    Extension,
    TransferStateUnfit,
    accept_transfer,
    extend_transfer,
    hand_over,
    return_transfer,
    show_transfer,
    withdraw_transfer,
)
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.refusals import status_of
from dms.web.transfer_form import day_typed

blueprint = Blueprint("transfer_steps", __name__, url_prefix="/transfers")

_BEFORE = frozenset({TransferState.DRAFT, TransferState.RETURNED})
_CHECKED = frozenset({TransferState.HANDED_OVER, TransferState.CHECKING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field that a step asks for."""

    name: str
    label: LazyString
    hint: LazyString | str = ""
    type: str = "text"
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step is called, what it means, what it asks for, and how it is done."""

    title: LazyString
    meaning: LazyString
    button: LazyString
    done: LazyString
    permission: Permission
    states: frozenset[TransferState]
    fields: tuple[Field, ...]
    act: Callable[[int], object]
    is_grave: bool = False


_REASON = Field(name="reason", label=lazy_gettext("原因"))
_STEPS: dict[str, Step] = {
    "hand-over": Step(
        title=lazy_gettext("移交"),
        meaning=lazy_gettext("签字后清单固定下来，给出批次号；要再修改，须由档案员退回。"),
        button=lazy_gettext("签字移交"),
        done=lazy_gettext("已移交，等待档案员清点。"),
        permission=Permission.RECEIVE,
        states=_BEFORE,
        fields=(
            Field(name="a", label=lazy_gettext("移交人（A角）签字")),
            Field(
                name="b",
                label=lazy_gettext("复核人（B角）签字"),
                hint=lazy_gettext("实行双人移交的填写；须与A角不是同一人。"),
                required=False,
            ),
        ),
        act=lambda number: hand_over(actor(), number, a=_said("a"), b=_said("b"), archive=archive()),
    ),
    "return": Step(
        title=lazy_gettext("退回补齐"),
        meaning=lazy_gettext("移交部门补齐资料或改正清单后重新签字移交，届时从头清点。"),
        button=lazy_gettext("退回"),
        done=lazy_gettext("已退回移交部门。"),
        permission=Permission.MANAGE_CUSTOMERS,
        states=_CHECKED,
        fields=(_REASON,),
        act=lambda number: return_transfer(actor(), number, _said("reason"), archive=archive()),
        is_grave=True,
    ),
    "accept": Step(
        title=lazy_gettext("接收"),
        meaning=lazy_gettext("签字后记入接收登记簿，不能撤回。每一项都须清点在，缺件的先退回。"),
        button=lazy_gettext("签字接收"),
        done=lazy_gettext("已接收，并记入接收登记簿。"),
        permission=Permission.MANAGE_CUSTOMERS,
        states=_CHECKED,
        fields=(
            Field(name="archivist", label=lazy_gettext("接收人（档案员）签字")),
            Field(name="supervisor", label=lazy_gettext("监交人签字"), required=False),
        ),
        act=lambda number: accept_transfer(
            actor(), number, archivist=_said("archivist"), supervisor=_said("supervisor"), archive=archive()
        ),
    ),
    "extend": Step(
        title=lazy_gettext("延期"),
        meaning=lazy_gettext("特殊情况说明原因，经有权审批人同意后可以延期。"),
        button=lazy_gettext("准予延期"),
        done=lazy_gettext("已延期。"),
        permission=Permission.MANAGE_CUSTOMERS,
        states=_BEFORE | _CHECKED,
        fields=(
            Field(name="until_on", label=lazy_gettext("延期至"), type="date"),
            _REASON,
            Field(name="approved_by", label=lazy_gettext("批准人")),
        ),
        act=lambda number: extend_transfer(actor(), number, _extension(), archive=archive()),
    ),
    "withdraw": Step(
        title=lazy_gettext("撤销这次移交"),
        meaning=lazy_gettext("撤销后不能恢复；记录和批次号保留，批次号不再使用。"),
        button=lazy_gettext("撤销"),
        done=lazy_gettext("已撤销。"),
        permission=Permission.RECEIVE,
        states=_BEFORE,
        fields=(_REASON,),
        act=lambda number: withdraw_transfer(actor(), number, _said("reason"), archive=archive()),
        is_grave=True,
    ),
}


@blueprint.get("/<int:transfer_id>/<step>")
@needs(Permission.RECEIVE, Permission.MANAGE_CUSTOMERS)
def ask(transfer_id: int, step: str) -> str:
    """Ask before the step is taken, with what it needs: signatures, a reason, a day."""
    return _page(transfer_id, _step(step), refusal=None)


@blueprint.post("/<int:transfer_id>/<step>")
@needs(Permission.RECEIVE, Permission.MANAGE_CUSTOMERS)
def take(transfer_id: int, step: str) -> Response | tuple[str, int]:
    """Take the step; its form again with the reason where that is refused."""
    chosen = _step(step)
    try:
        chosen.act(transfer_id)
    except DmsError as refusal:
        return _page(transfer_id, chosen, refusal=refusal), status_of(refusal)
    flash(str(chosen.done), "success")
    return redirect(url_for("transfers.show", transfer_id=transfer_id))


def _step(name: str) -> Step:
    return _STEPS.get(name) or abort(404)


def _page(transfer_id: int, step: Step, *, refusal: DmsError | None) -> str:
    actor().require(step.permission)
    shown = show_transfer(actor(), transfer_id, archive=archive())
    if shown.batch.state not in step.states:
        raise TransferStateUnfit(shown.batch.state)
    return render_template(
        "pages/transfers/step.html", shown=shown, step=step, refusal=refusal, typed=request.form, own_name=actor().name
    )


def _said(name: str) -> str:
    return request.form.get(name, "")


def _extension() -> Extension:
    return Extension(until_on=day_typed(_said("until_on")), reason=_said("reason"), approved_by=_said("approved_by"))
