"""One contract in the order of time: what the ledger says of it, and all its papers, each by its own date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from dms.domain.actor import Permission
from dms.domain.contract import Contract
from dms.domain.item import Item, ItemState
from dms.filing import CustomerOverview, ItemList, ItemWish, customer_overview, frame, list_items
from dms.store import ItemOrder
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.errors import ContractUnknown

blueprint = Blueprint("timeline", __name__)

MOST_PAPERS = 500
"""Of one contract on one page; a contract with more shows its earliest and says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A day that the ledger knows of the contract."""

    falls_on: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One point of the line: a milestone or a paper, the other one being None."""

    falls_on: date | None
    """None for a paper without a date; those stand at the end."""
    milestone: Milestone | None = None
    paper: Item | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The moments of one year; `year` is None for those without a date."""

    year: int | None
    moments: tuple[Moment, ...]


@blueprint.get("/customers/<code>/timeline")
@needs(Permission.CONSULT)
def page(code: str) -> str:
    """Everything about the contract whose number is ``contract``, the earliest first."""
    overview = customer_overview(actor(), code, archive=archive())
    contract = _contract(overview, request.args.get("contract", "").strip())
    papers = _papers(overview, contract)
    return render_template(
        "pages/timeline/page.html",
        customer=overview.customer,
        contract=contract,
        papers=papers,
        years=years_of(contract, papers.items),
        types={kind.code: kind for kind in frame(actor(), archive=archive()).types},
    )


def years_of(contract: Contract, papers: Iterable[Item]) -> tuple[Year, ...]:
    """Milestones and papers year by year, the earliest first, what has no date at the end."""
    return tuple(_by_year(_moments(contract, papers)))


def _contract(overview: CustomerOverview, number: str) -> Contract:
    known = (each.contract for each in overview.contracts)
    contract = next((contract for contract in known if contract.number.upper() == number.upper()), None)
    if contract is None:
        raise ContractUnknown(number)
    return contract


def _papers(overview: CustomerOverview, contract: Contract) -> ItemList:
    wish = ItemWish(
        customer_code=overview.customer.code,
        contract_id=contract.id,
        states=frozenset({ItemState.FILED, ItemState.REVIEW}),
        order=ItemOrder.OLDEST_PAPER,
        limit=MOST_PAPERS,
    )
    return list_items(actor(), wish, archive=archive())


def _moments(contract: Contract, papers: Iterable[Item]) -> list[Moment]:
    """Milestones and papers by day, a milestone before the papers of its day, papers without a date last."""
    milestones = [Moment(falls_on=each.falls_on, milestone=each) for each in _milestones(contract)]
    dated = [Moment(falls_on=paper.classification.doc_on, paper=paper) for paper in papers]
    return sorted([*milestones, *dated], key=lambda moment: moment.falls_on or date.max)


def _milestones(contract: Contract) -> Iterator[Milestone]:
    facts = contract.facts
    named = (
        (facts.signed_on, _("签订")),
        (facts.effective_on, _("生效")),
        (facts.ends_on, _("到期")),
        (facts.performed_on, _("履行完毕")),
        (facts.settled_on, _("结清")),
        (facts.warranty_ends_on, _("质保期满")),
        (facts.terminated_on, _("终止")),
    )
    return (Milestone(falls_on=day, name=name) for day, name in named if day)


def _by_year(moments: Iterable[Moment]) -> Iterator[Year]:
    for year, of_year in groupby(moments, key=lambda moment: moment.falls_on.year if moment.falls_on else None):
        yield Year(year=year, moments=tuple(of_year))
