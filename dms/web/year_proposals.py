"""The year of a paper on its form: what the rule gives for what is typed so far, and why, in words."""

from dataclasses import replace

from flask_babel import gettext as _

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.day import parse_day
from dms.domain.item import Item, ItemState
from dms.domain.scheme import YearRule
from dms.filing import ProposedYear, YearQuestion, proposed_year
from dms.web.confirmation import TypedConfirmation
from dms.web.customer_choice import chosen_customer
from dms.web.offers import Offer


def year_by_rule(actor: Actor, item_id: str, typed: TypedConfirmation, *, archive: Archive) -> ProposedYear | None:
    """The year for what is typed; None while the type is not chosen."""
    customer = chosen_customer(actor, typed.customer, archive=archive) if typed.contract_no else None
    question = YearQuestion(
        type_code=typed.type_code,
        series_code=typed.series_code,
        customer_code=customer.code if customer else "",
        contract_no=typed.contract_no,
        doc_on=parse_day(typed.doc_on),
    )
    return proposed_year(actor, item_id, question, archive=archive)


def year_in_words(proposed: ProposedYear | None) -> str:
    """Why it is this year; empty where it is simply that of the paper's date."""
    if proposed is None:
        return ""
    if proposed.year.running:
        return str(_("合同履行中，待结转：暂存 %(year)d 年度，合同结束后归入结束年度。", year=proposed.year.year or 0))
    if proposed.year.undated:
        return str(_("[日期不详]：纸面上没有读到日期，可按收到的年度归档。"))
    match proposed.rule:
        case YearRule.CLOSING_YEAR:
            return str(_("按合同结束的年度归档。"))
        case YearRule.SIGN_YEAR:
            return str(_("按合同签订的年度归档。"))
        case YearRule.FILING_YEAR:
            return str(_("按收到的年度归档。"))
        case YearRule.DOC_DATE:
            return ""


def year_offer(item: Item, typed: TypedConfirmation, proposed: ProposedYear | None) -> dict[str, Offer]:
    """The year to be accepted, by the name of its field; none where the date alone tells it."""
    doc_on = parse_day(typed.doc_on)
    year = proposed.year.year if proposed else (doc_on or item.received_at.astimezone()).year
    return {} if doc_on and doc_on.year == year else {"year": _offered(str(year))}


def with_year_by_rule(item: Item, typed: TypedConfirmation, proposed: ProposedYear | None) -> TypedConfirmation:
    """The form as it is first shown, the year of a dated paper as the rule gives it; what somebody stated stays."""
    follows = item.state is ItemState.REVIEW and item.claim.year is None and typed.doc_on
    return replace(typed, year=str(proposed.year.year)) if follows and proposed else typed


def _offered(year: str) -> Offer:
    return Offer(proposal=None, text=year, shown=year, reason="")
