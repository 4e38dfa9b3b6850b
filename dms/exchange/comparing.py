"""Comparing a bag with the archive it is to come into: whatever both name must be the same thing.

What always holds: an archive into which nothing was ever taken bows to the bag in the names of series, types and
company; any other keeps its own words, and a contradiction is told before anything is written. To which department a
customer belongs decides who may see its papers, so the archive that knows it already goes by its own word.
"""

from collections.abc import Iterator
from dataclasses import replace

from dms.domain.actor import SYSTEM
from dms.domain.contract_number import folded_number
from dms.domain.item import ItemState, RenditionRole
from dms.errors import Bilingual
from dms.exchange.catalogue_record import ContractRecord, CustomerRecord, series_json, type_json
from dms.exchange.contents import BagContents, PaperListed
from dms.store import UnitOfWork, WholeItems


def conflicts(contents: BagContents, *, view: UnitOfWork) -> list[Bilingual]:
    """Every contradiction between the bag and the archive; empty where the bag can come in."""
    return [
        *_frame_conflicts(contents, view=view),
        *(each for record in contents.customers for each in _customer_conflicts(record, view=view)),
        *(each for record in contents.contracts for each in _contract_conflicts(record, view=view)),
        *(each for paper in contents.papers for each in _paper_conflicts(paper, view=view)),
    ]


def _frame_conflicts(contents: BagContents, *, view: UnitOfWork) -> Iterator[Bilingual]:
    if not WholeItems(view.connection).any():
        return
    series = {known.code: known for known in view.scheme.all_series()}
    types = {known.code: known for known in view.scheme.all_types()}
    for stated in contents.series:
        if series_json(series.get(stated.code, stated)) != series_json(stated):
            yield Bilingual(f"类目 {stated.code} 的名称或顺序不同", f"series {stated.code} bears another name or place")
    for kind in contents.types:
        if type_json(types.get(kind.code, kind)) != type_json(kind):
            yield Bilingual(f"资料类型 {kind.code} 的名称或类目不同", f"type {kind.code} bears another name or series")


def _customer_conflicts(record: CustomerRecord, *, view: UnitOfWork) -> Iterator[Bilingual]:
    stated = record.facts
    known = view.customers.with_code(stated.code)
    if known is not None:
        if known.facts != replace(stated, department=known.facts.department):
            yield Bilingual(
                f"客户代码 {stated.code} 已登记为“{known.name}”，内容与导出包（“{stated.name}”）不同",
                f"customer {stated.code} is registered here (“{known.name}”) with other facts than in the bag "
                f"(“{stated.name}”)",
            )
        return
    same_uscc = view.customers.with_uscc(stated.uscc) if stated.uscc else None
    twin = view.customers.with_name(stated.name) or same_uscc
    if twin is not None:
        yield Bilingual(
            f"导出包中的客户 {stated.code}“{stated.name}”在本库的代码是 {twin.code}",
            f"customer {stated.code} of the bag (“{stated.name}”) bears the code {twin.code} here",
        )


def _contract_conflicts(record: ContractRecord, *, view: UnitOfWork) -> Iterator[Bilingual]:
    customer = view.customers.with_code(record.customer_code)
    if customer is None:
        return
    stated = replace(record.facts, customer_id=customer.id)
    for known in view.contracts.with_number(folded_number(stated.number), customer_id=customer.id):
        if known.facts != stated:
            yield Bilingual(
                f"客户 {customer.code} 的合同 {stated.number} 内容不同",
                f"contract {stated.number} of customer {customer.code} has other facts here",
            )


def _paper_conflicts(paper: PaperListed, *, view: UnitOfWork) -> Iterator[Bilingual]:
    known = view.items.with_id(paper.id, actor=SYSTEM)
    if known is None or known.state is ItemState.DESTROYED or not paper.original_digest:
        return
    original = view.contents.rendition(known.key, RenditionRole.ORIGINAL)
    if original is None or original.digest != paper.original_digest:
        yield Bilingual(f"编号 {paper.id} 在本库是另一件资料", f"{paper.id} is another paper here")
