"""What year a paper would be filed under, while a person still fills in its form."""

from dataclasses import dataclass
from datetime import date

from dms.archive import Archive, item_for
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.contract import ContractFacts
from dms.domain.contract_number import canonical_number, folded_number
from dms.domain.one_line import one_line
from dms.domain.scheme import YearChoice, YearRule
from dms.filing.paper_year import paper_year, year_rule_of
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class YearQuestion:
    """What a form says so far; empty texts and None are fields that are still blank."""

    type_code: str
    series_code: str = ""
    """Empty for the series in which papers of this type are filed."""
    customer_code: str = ""
    contract_no: str = ""
    doc_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedYear:
    """The year that a rule gives; `year.year` is never None."""

    rule: YearRule
    year: YearChoice


def proposed_year(actor: Actor, item_id: str, question: YearQuestion, *, archive: Archive) -> ProposedYear | None:
    """The year for a paper of which so much is stated; None while its type or series is not known.

    Raises `ItemNotFound`. A contract that the ledger does not know yet counts as one that runs.
    """
    actor.require(Permission.CONFIRM)
    with archive.looking() as view:
        item = item_for(actor, item_id, work=view)
        kind = next((each for each in view.scheme.all_types() if each.code == question.type_code), None)
        code = question.series_code or (kind.series if kind else "")
        series = next((each for each in view.scheme.all_series() if each.code == code), None)
        if kind is None or series is None:
            return None
        rule = year_rule_of(kind, series)
        year = paper_year(
            rule,
            doc_on=question.doc_on,
            contract=_contract(actor, question, work=view),
            received_on=local_day(item.received_at),
            on=local_day(archive.now()),
        )
        return ProposedYear(rule=rule, year=year)


def _contract(actor: Actor, question: YearQuestion, *, work: UnitOfWork) -> ContractFacts | None:
    number = canonical_number(one_line(question.contract_no))
    if not number:
        return None
    code = question.customer_code.strip()
    customer = work.customers.known_with_code(code, actor=actor) if code.isascii() and code else None
    known = work.contracts.with_number(folded_number(number), customer_id=customer.id) if customer else []
    return known[0].facts if known else ContractFacts(number=number, title="", customer_id=0)
