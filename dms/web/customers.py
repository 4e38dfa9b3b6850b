"""Customers: the list, the file of one customer at a glance, registering and changing."""

from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.reviewing import review_standing
from dms.domain.actor import Permission
from dms.domain.customer import Customer, CustomerGrade, CustomerNature, CustomerStatus, Side, VolumeAxis
from dms.domain.item import ItemState
from dms.errors import DmsError
from dms.filing import (
    CustomerOverview,
    ItemWish,
    change_customer,
    customer_overview,
    frame,
    known_departments,
    list_customers,
    list_items,
    merge_customers,
    register_customer,
)
from dms.store import ItemOrder
from dms.web.current import actor, archive
from dms.web.customer_choice import chosen_customer
from dms.web.customer_form import TypedCustomer, as_typed, facts_typed, typed_in
from dms.web.declaring import needs
from dms.web.labels import label
from dms.web.paging import Paging, paging_asked
from dms.web.refusals import status_of

blueprint = Blueprint("customers", __name__)

_Choice = TypeVar("_Choice", ItemState, ItemOrder)

CUSTOMERS_PER_PAGE = 50
ITEMS_PER_PAGE = 30
_SHOWN_STATES = (ItemState.FILED, ItemState.REVIEW, ItemState.WITHDRAWN)
_ORDERS = (ItemOrder.NEWEST_PAPER, ItemOrder.OLDEST_PAPER, ItemOrder.NEWEST_ARRIVAL, ItemOrder.TITLE)


@blueprint.get("/customers")
@needs(Permission.CONSULT)
def index() -> str:
    """The customers whose code, name, former name or credit code contains ``q``."""
    paging = paging_asked(CUSTOMERS_PER_PAGE)
    words = request.args.get("q", "").strip()
    found = list_customers(actor(), archive=archive(), words=words, limit=paging.limit, offset=paging.offset)
    return render_template("pages/customers/index.html", found=found, words=words, paging=paging)


@blueprint.get("/customers/<code>")
@needs(Permission.CONSULT)
def show(code: str) -> str:
    """The file of one customer; ``series``, ``year``, ``contract`` and ``state`` choose the items listed."""
    paging = paging_asked(ITEMS_PER_PAGE)
    overview = customer_overview(actor(), code, archive=archive())
    wish = _wish(overview, paging)
    return render_template(
        "pages/customers/show.html",
        overview=overview,
        wish=wish,
        state=next(iter(wish.states)),
        states=_SHOWN_STATES,
        orders=_ORDERS,
        found=list_items(actor(), wish, archive=archive()),
        review=review_standing(actor(), code, archive=archive(), limit=1),
        paging=paging,
        type_names={kind.code: kind for kind in frame(actor(), archive=archive()).types},
    )


@blueprint.get("/new-customer")
@needs(Permission.MANAGE_CUSTOMERS)
def new() -> str:
    """The form for registering a customer."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    return _form(TypedCustomer(name=request.args.get("name", "")), customer=None, refusal=None)


@blueprint.post("/new-customer")
@needs(Permission.MANAGE_CUSTOMERS)
def register() -> Response | tuple[str, int]:
    """Register a customer; the form again with the reason where that is refused."""
    typed = typed_in(request.form)
    try:
        customer = register_customer(actor(), facts_typed(typed), archive=archive())
    except DmsError as refusal:
        return _form(typed, customer=None, refusal=refusal), status_of(refusal)
    flash(_("已登记客户 %(code)s %(name)s。", code=customer.code, name=customer.name), "success")
    return redirect(url_for("customers.show", code=customer.code))


@blueprint.get("/customers/<code>/edit")
@needs(Permission.MANAGE_CUSTOMERS)
def edit(code: str) -> str:
    """The form for changing a customer."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    customer = _customer(code)
    return _form(as_typed(customer.facts), customer=customer, refusal=None)


@blueprint.post("/customers/<code>/edit")
@needs(Permission.MANAGE_CUSTOMERS)
def change(code: str) -> Response | tuple[str, int]:
    """Change what is stated about a customer; the form again with the reason where that is refused."""
    typed = typed_in(request.form)
    try:
        stated = facts_typed(typed, _customer(code).facts)
        customer = change_customer(actor(), code, stated, archive=archive())
    except DmsError as refusal:
        return _form(typed, customer=_customer(code), refusal=refusal), status_of(refusal)
    flash(_("客户信息已保存。"), "success")
    return redirect(url_for("customers.show", code=customer.code))


@blueprint.get("/customers/<code>/merge")
@needs(Permission.MANAGE_CUSTOMERS)
def ask_merging(code: str) -> str:
    """Ask into which customer this one is to be merged, and before that is done."""
    actor().require(Permission.MANAGE_CUSTOMERS)
    return _merge_page(code, refusal=None)


@blueprint.post("/customers/<code>/merge")
@needs(Permission.MANAGE_CUSTOMERS)
def merge(code: str) -> Response | tuple[str, int]:
    """Merge this customer into another one; the question again with the reason where that is refused.

    A customer that was only named is shown first: nothing is merged before it was confirmed by its code.
    """
    into = chosen_customer(actor(), request.form.get("into", ""), archive=archive())
    if into is None or request.form.get("confirmed") != into.code:
        return _merge_page(code, refusal=None, into=into), 200
    try:
        heir = merge_customers(actor(), code, into.code, archive=archive())
    except DmsError as refusal:
        return _merge_page(code, refusal=refusal), status_of(refusal)
    flash(_("%(code)s 已并入 %(into)s %(name)s。", code=code, into=heir.code, name=heir.name), "success")
    return redirect(url_for("customers.show", code=heir.code))


def _merge_page(code: str, *, refusal: DmsError | None, into: Customer | None = None) -> str:
    actor().require(Permission.MANAGE_CUSTOMERS)
    return render_template(
        "pages/customers/merge.html",
        customer=_customer(code),
        into=into,
        typed=request.form.get("into", ""),
        refusal=refusal,
    )


def _customer(code: str) -> Customer:
    return customer_overview(actor(), code, archive=archive()).customer


def _form(typed: TypedCustomer, *, customer: Customer | None, refusal: DmsError | None) -> str:
    return render_template(
        "pages/customers/form.html",
        typed=typed,
        customer=customer,
        refusal=refusal,
        sides=[(side.value, label(side)) for side in Side],
        grades=[(grade.value, label(grade)) for grade in CustomerGrade],
        departments=known_departments(actor(), archive=archive()),
        statuses=[(status.value, label(status)) for status in CustomerStatus],
        natures=[(nature.value, label(nature)) for nature in CustomerNature],
        axes=[(axis.value, label(axis)) for axis in VolumeAxis],
    )


def _wish(overview: CustomerOverview, paging: Paging) -> ItemWish:
    return ItemWish(
        customer_code=overview.customer.code,
        contract_id=request.args.get("contract", type=int),
        series_code=request.args.get("series") or None,
        year=request.args.get("year", type=int),
        states=frozenset({_chosen(_SHOWN_STATES, request.args.get("state"))}),
        order=_chosen(_ORDERS, request.args.get("order")),
        limit=paging.limit,
        offset=paging.offset,
    )


def _chosen(choices: tuple[_Choice, ...], asked: str | None) -> _Choice:
    return next((choice for choice in choices if choice.value == asked), choices[0])
