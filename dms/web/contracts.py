"""合同台账: the list, one contract with all its papers and what is missing, and stating what is known of it."""

from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from dms.domain.actor import Permission
from dms.domain.contract import Contract, ContractState
from dms.domain.day import parse_day
from dms.errors import DmsError
from dms.filing import frame, known_departments
from dms.filing.ledger import (
    ContractFactInvalid,
    ContractFile,
    LedgerWish,
    change_contract,
    change_contract_state,
    contract_file,
    contract_ledger,
    export_ledger,
    register_contract,
    withdraw_contract,
)
from dms.store import ContractOrder
from dms.web.contract_form import (
    TypedContract,
    TypedState,
    as_typed,
    change_typed,
    facts_typed,
    not_understood,
    problems_by_field,
    state_not_understood,
    typed_in,
    typed_state_in,
)
from dms.web.current import actor, archive
from dms.web.customer_choice import chosen_customer
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.paging import paging_asked
from dms.web.refusals import status_of
from dms.web.relation_words import relation_in_words
from dms.web.timeline import years_of

blueprint = Blueprint("contracts", __name__)

CONTRACTS_PER_PAGE = 50
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE = 422


@blueprint.get("/contracts")
@needs(Permission.CONSULT)
def index() -> str:
    """The ledger; ``q``, ``customer``, ``department``, ``state``, ``year`` and ``ends_by`` choose, ``order`` sorts."""
    paging = paging_asked(CONTRACTS_PER_PAGE)
    wish = replace(wish_asked(), limit=paging.limit, offset=paging.offset)
    return render_template(
        "pages/contracts/index.html",
        ledger=contract_ledger(actor(), wish, archive=archive()),
        wish=wish,
        state=next(iter(wish.states), None),
        states=list(ContractState),
        orders=list(ContractOrder),
        paging=paging,
    )


@blueprint.get("/contracts/ledger.xlsx")
@needs(Permission.CONSULT)
def export() -> Response:
    """What the filters choose, as a workbook that can be changed and imported again."""
    return sheet_to_keep(export_ledger(actor(), wish_asked(), archive=archive()), "contract-ledger.xlsx")


@blueprint.get("/contracts/<int:contract_id>")
@needs(Permission.CONSULT)
def show(contract_id: int) -> str:
    """One contract: facts, state, what is missing, and all its papers over all years and volumes."""
    return _page(contract_file(actor(), contract_id, archive=archive()), TypedState(), refusal=None, problems={})


@blueprint.get("/contracts/new")
@needs(Permission.MANAGE_CUSTOMERS)
def new() -> str:
    """The form for entering a contract."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    typed = TypedContract(customer=request.args.get("customer", ""), number=request.args.get("number", ""))
    return _form(typed, contract=None, refusal=None, problems={})


@blueprint.post("/contracts/new")
@needs(Permission.MANAGE_CUSTOMERS)
def register() -> BaseResponse | tuple[str, int]:
    """Enter a contract; the form again with the reasons where that is refused."""
    typed = typed_in(request.form)
    customer = chosen_customer(actor(), typed.customer, archive=archive()) if typed.customer else None
    problems = not_understood(typed)
    if customer is None:
        problems["customer"] = _("请填写已登记的客户：代码、全称或统一社会信用代码。")
    if customer is None or problems:
        return _form(typed, contract=None, refusal=None, problems=problems), UNPROCESSABLE
    try:
        contract = register_contract(actor(), customer.code, facts_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, contract=None, refusal=refusal, problems=_told(refusal)), status_of(refusal)
    flash(_("合同 %(number)s 已登入台账。", number=contract.number), "success")
    return redirect(url_for("contracts.show", contract_id=contract.id))


@blueprint.get("/contracts/<int:contract_id>/edit")
@needs(Permission.MANAGE_CUSTOMERS)
def edit(contract_id: int) -> str:
    """The form for changing a contract."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    contract = contract_file(actor(), contract_id, archive=archive()).contract
    return _form(as_typed(contract), contract=contract, refusal=None, problems={})


@blueprint.post("/contracts/<int:contract_id>/edit")
@needs(Permission.MANAGE_CUSTOMERS)
def change(contract_id: int) -> BaseResponse | tuple[str, int]:
    """Change what is known of a contract; the form again with the reasons where that is refused."""
    typed = typed_in(request.form)
    contract = contract_file(actor(), contract_id, archive=archive()).contract
    problems = not_understood(typed)
    if problems:
        return _form(typed, contract=contract, refusal=None, problems=problems), UNPROCESSABLE
    try:
        change_contract(actor(), contract_id, facts_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, contract=contract, refusal=refusal, problems=_told(refusal)), status_of(refusal)
    flash(_("合同信息已保存。"), "success")
    return redirect(url_for("contracts.show", contract_id=contract_id))


@blueprint.post("/contracts/<int:contract_id>/state")
@needs(Permission.MANAGE_CUSTOMERS)
def change_state(contract_id: int) -> BaseResponse | tuple[str, int]:
    """Say what became of a contract; its page again with the reasons where that is refused."""
    typed = typed_state_in(request.form)
    shown = contract_file(actor(), contract_id, archive=archive())
    wanted, problems = change_typed(typed), state_not_understood(typed)
    if wanted is None or problems:
        return _page(shown, typed, refusal=None, problems=problems), UNPROCESSABLE
    try:
        changed = change_contract_state(actor(), contract_id, wanted, archive=archive())
    except DmsError as refusal:
        return _page(shown, typed, refusal=refusal, problems={}), status_of(refusal)
    flash(_("合同状态已改为“%(state)s”。", state=label(changed.facts.state)), "success")
    return redirect(url_for("contracts.show", contract_id=contract_id))


@blueprint.post("/contracts/<int:contract_id>/withdraw")
@needs(Permission.MANAGE_CUSTOMERS)
def withdraw(contract_id: int) -> BaseResponse | tuple[str, int]:
    """Take a contract that was entered by mistake out of the ledger; its page with the reason where that is refused."""
    shown = contract_file(actor(), contract_id, archive=archive())
    try:
        withdraw_contract(actor(), contract_id, request.form.get("why", ""), archive=archive())
    except DmsError as refusal:
        return _page(shown, TypedState(), refusal=refusal, problems={}), status_of(refusal)
    flash(_("合同 %(number)s 已撤销登记。", number=shown.contract.number), "success")
    return redirect(url_for("contracts.index"))


def wish_asked() -> LedgerWish:
    """What the address asks of the ledger; what means nothing is left out."""
    states = {state.value: state for state in ContractState}
    orders = {order.value: order for order in ContractOrder}
    asked = states.get(request.args.get("state", ""))
    return LedgerWish(
        words=request.args.get("q", "").strip(),
        customer_code=request.args.get("customer") or None,
        department=request.args.get("department") or None,
        states=frozenset({asked} if asked else ()),
        signed_year=request.args.get("year", type=int),
        ends_by_on=parse_day(request.args.get("ends_by", "")),
        order=orders.get(request.args.get("order", ""), ContractOrder.NEWEST_SIGNED),
    )


def sheet_to_keep(content: bytes, download_name: str) -> Response:
    """A workbook as an answer that a browser keeps and nothing on the way does."""
    answer = Response(content, content_type=SHEET_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=download_name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(shown: ContractFile, typed: TypedState, *, refusal: DmsError | None, problems: dict[str, str]) -> str:
    papers = {paper.key: paper for paper in shown.papers} | dict(shown.others)
    return render_template(
        "pages/contracts/show.html",
        shown=shown,
        years=years_of(shown.contract, shown.papers),
        types={kind.code: kind for kind in frame(actor(), archive=archive()).types},
        relations=[
            (papers[each.item_key], relation_in_words(each.kind, forward=True), papers[each.other_key])
            for each in shown.relations
        ],
        typed=typed,
        refusal=refusal,
        problems=problems,
    )


def _form(
    typed: TypedContract, *, contract: Contract | None, refusal: DmsError | None, problems: dict[str, str]
) -> str:
    return render_template(
        "pages/contracts/form.html",
        typed=typed,
        contract=contract,
        refusal=refusal,
        problems=problems,
        states=[(state.value, label(state)) for state in ContractState],
        departments=known_departments(actor(), archive=archive()),
    )


def _told(refusal: DmsError) -> dict[str, str]:
    return problems_by_field(refusal) if isinstance(refusal, ContractFactInvalid) else {}
