"""From the loose papers of one line to its volumes: what each holds, in which order, and what stands on its cover.

Pure: the dry run and the run itself make up the same volumes from the same papers. Codes are written in afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dms.domain.contract import Contract
from dms.domain.customer import Customer, name_in_year
from dms.domain.volume import VolumeScope, spine_for
from dms.filing.arranging import COLLECTIVE_CUSTOMER
from dms.filing.binding.ordering import Group, in_order
from dms.filing.binding.plan import LineKey, PlannedPaper, PlannedVolume
from dms.filing.binding.rules import BindingRules
from dms.filing.binding.splitting import by_retention, by_thickness
from dms.filing.binding.titling import collective_title, short_titles, volume_title
from dms.store import FiledPaper, NumberedVolume


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What the volumes of one line are made up from."""

    line: LineKey
    year: int
    papers: Sequence[FiledPaper]
    """Those that are bound."""
    customers: Mapping[int, Customer]
    """By the id that papers bear; one that was merged leads to the customer that it turned out to be."""
    contracts: Mapping[int, Contract]
    main_of: Mapping[int, int]
    """The key of the paper of which one is an annex, by key."""
    bound_before: Sequence[NumberedVolume]
    """The numbered volumes of the same line and year, in order."""


def volumes_of(facts: LineFacts, rules: BindingRules) -> list[PlannedVolume]:
    """The volumes of a line without codes, in order; none where there are no papers."""
    series = rules.series[facts.line.series_code]
    made: list[PlannedVolume] = []
    by_term = by_retention(_groups(facts), series.retention_code)
    for retention_code, groups in by_term.items():
        for share in by_thickness(groups, rules.most_sheets):
            made.append(_volume(facts, rules, retention_code, [paper for group in share for paper in group]))
    return made


def _groups(facts: LineFacts) -> list[Group]:
    if facts.line.customer_id is not None:
        return in_order(facts.papers, facts.contracts, facts.main_of)
    codes = sorted({(customer.code, customer.id) for customer in facts.customers.values()})
    shares = [[paper for paper in facts.papers if _customer(facts, paper).id == id_] for _, id_ in codes]
    return [group for share in shares for group in in_order(share, facts.contracts, facts.main_of)]


def _customer(facts: LineFacts, paper: FiledPaper) -> Customer:
    return facts.customers[paper.customer_id or 0]


def _volume(facts: LineFacts, rules: BindingRules, retention_code: str, papers: Sequence[FiledPaper]) -> PlannedVolume:
    owner = _customer(facts, papers[0]).facts if facts.line.customer_id is not None else None
    dates = [paper.doc_on for paper in papers if paper.doc_on]
    sheets = sum(paper.sheets_at_most for paper in papers)
    continued = _continued(facts.bound_before, retention_code)
    return PlannedVolume(
        line=facts.line,
        customer_code=owner.code if owner else COLLECTIVE_CUSTOMER,
        name_of_customer=name_in_year(owner, facts.year) if owner else "",
        department=owner.department if owner else "",
        year=facts.year,
        retention_code=retention_code,
        title=_title(facts, rules, papers),
        first_on=min(dates, default=None),
        last_on=max(dates, default=None),
        papers=_rows(papers, facts.year),
        page_count=sum(paper.pages_written for paper in papers),
        sheet_count=sheets,
        spine_mm=spine_for(sheets),
        scope=VolumeScope.CUSTOMER if owner else VolumeScope.COLLECTIVE,
        continuation_of=continued.id if continued else None,
        continues_code=continued.reference_code if continued else None,
    )


def _continued(bound_before: Sequence[NumberedVolume], retention_code: str) -> NumberedVolume | None:
    """The last volume of the same term, else the last of all; None for the first of its line and year."""
    same_term = [volume for volume in bound_before if volume.retention_code == retention_code]
    return next(reversed(same_term or bound_before), None)


def _title(facts: LineFacts, rules: BindingRules, papers: Sequence[FiledPaper]) -> str:
    series_zh = rules.series[facts.line.series_code].zh
    if facts.line.customer_id is None:
        names = [name_in_year(_customer(facts, paper).facts, facts.year) for paper in papers]
        return collective_title(list(dict.fromkeys(names)), facts.year, series_zh)
    customer = _customer(facts, papers[0]).facts
    found = (facts.contracts.get(paper.contract_id or 0) for paper in papers)
    contracts = list(dict.fromkeys(contract.facts for contract in found if contract))
    names = [customer.name, *(former.name for former in customer.former_names)]
    return volume_title(name_in_year(customer, facts.year), facts.year, series_zh, short_titles(contracts, names))


def _rows(papers: Sequence[FiledPaper], year: int) -> tuple[PlannedPaper, ...]:
    rows, page = [], 0
    for position, paper in enumerate(papers, start=1):
        rows.append(_row(paper, position, year, before=page))
        page += paper.pages_written
    return tuple(rows)


def _row(paper: FiledPaper, position: int, year: int, *, before: int) -> PlannedPaper:
    written = paper.pages_written
    return PlannedPaper(
        key=paper.key,
        item_id=paper.id,
        position=position,
        title=paper.title,
        doc_no=paper.doc_no,
        author=paper.author,
        doc_on=paper.doc_on,
        copy_kind=paper.copy_kind,
        medium=paper.medium,
        contract_id=paper.contract_id,
        pages_written=written,
        sheets=paper.sheets_at_most,
        first_page=before + 1 if written else None,
        last_page=before + written if written else None,
        is_annex=paper.is_annex,
        former_year=paper.year if paper.year != year else None,
        former_codes=paper.former_codes,
    )
