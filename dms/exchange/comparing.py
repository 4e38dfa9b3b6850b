"""Comparing a bag with the archive it is to come into: whatever both name must be the same thing.

What always holds: an archive into which nothing was ever taken bows to the bag in the names of series, types and
company; any other keeps its own words, and a contradiction is told before anything is written. To which department a
customer belongs decides who may see its papers, so the archive that knows it already goes by its own word.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from dms.domain.actor import SYSTEM
from dms.domain.contract import ContractFacts
from dms.domain.contract_number import folded_number
from dms.domain.customer import CustomerFacts
from dms.domain.document_type import DocumentType, Series
from dms.domain.item import ItemState, RenditionRole
from dms.errors import Bilingual
from dms.exchange.catalogue_record import ContractRecord, CustomerRecord
from dms.exchange.contents import BagContents, PaperListed
from dms.store import UnitOfWork, WholeItems

Facts = TypeVar("Facts", CustomerFacts, ContractFacts)
_FIRST_OF_CUSTOMER = ("code", "name", "former_names", "uscc", "sides", "grade")
_FIRST_OF_CONTRACT = ("number", "title", "parties", "signed_on", "effective_on", "ends_on", "amount")
"""What bags of the first form say."""


def conflicts(contents: BagContents, *, view: UnitOfWork) -> list[Bilingual]:
    """Every contradiction between the bag and the archive; empty where the bag can come in."""
    return [
        *_frame_conflicts(contents, view=view),
        *(each for record in contents.customers for each in _customer_conflicts(contents, record, view=view)),
        *(each for record in contents.contracts for each in _contract_conflicts(contents, record, view=view)),
        *_number_conflicts(contents, view=view),
        *(each for paper in contents.papers for each in _paper_conflicts(paper, view=view)),
    ]


def _frame_conflicts(contents: BagContents, *, view: UnitOfWork) -> Iterator[Bilingual]:
    if not WholeItems(view.connection).any():
        return
    series = {known.code: known for known in view.scheme.all_series()}
    types = {known.code: known for known in view.scheme.all_types()}
    for stated in contents.series:
        if _named_series(series.get(stated.code, stated)) != _named_series(stated):
            yield Bilingual(f"类目 {stated.code} 的名称或顺序不同", f"series {stated.code} bears another name or place")
    for kind in contents.types:
        if _named_type(types.get(kind.code, kind)) != _named_type(kind):
            yield Bilingual(f"资料类型 {kind.code} 的名称或类目不同", f"type {kind.code} bears another name or series")


def _named_series(series: Series) -> tuple[str, str, int]:
    return series.zh, series.en, series.position


def _named_type(kind: DocumentType) -> tuple[str, str, str]:
    return kind.zh, kind.en, kind.series


def _number_conflicts(contents: BagContents, *, view: UnitOfWork) -> Iterator[Bilingual]:
    """Codes that were given here to something else."""
    for number in contents.bound.numbers():
        known = view.numbers.spent(number.code)
        if known and (known.kind, known.spent_at) != (number.kind, number.spent_at):
            yield Bilingual(
                f"档号 {number.code} 在本库已用于别处", f"the code {number.code} was given to something else here"
            )


def _as_far_as_stated(contents: BagContents, stated: Facts, known: Facts, names: tuple[str, ...]) -> Facts:
    """What the bag says, in the words of this archive where a bag of the first form says nothing."""
    if contents.bound.is_stated:
        return stated
    return replace(known, **{name: getattr(stated, name) for name in names})


def _customer_conflicts(contents: BagContents, record: CustomerRecord, *, view: UnitOfWork) -> Iterator[Bilingual]:
    stated = record.facts
    known = view.customers.with_code(stated.code)
    if known is not None:
        told = _as_far_as_stated(contents, stated, known.facts, _FIRST_OF_CUSTOMER)
        if known.facts != replace(told, department=known.facts.department):
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


def _contract_conflicts(contents: BagContents, record: ContractRecord, *, view: UnitOfWork) -> Iterator[Bilingual]:
    customer = view.customers.with_code(record.customer_code)
    if customer is None:
        return
    stated = replace(record.facts, customer_id=customer.id)
    for known in view.contracts.with_number(folded_number(stated.number), customer_id=customer.id):
        if known.facts != _as_far_as_stated(contents, stated, known.facts, _FIRST_OF_CONTRACT):
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
