"""The intake tray: a person confirms, corrects or rejects what the machine proposed, and the paper is filed.

What always holds:
- C1 A filed item has a customer, a series, a year, a type and a title, and lies in the open volume of
  customer × series × year.
- C2 The text index, the volume and the journal entry change in the same transaction as the item.
- C3 Nothing is thrown away: a rejected item keeps its original and its entry, and can be brought back.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms.archive import Archive, customer_with_code, item_for, series_with_code, type_with_code
from dms.domain.actor import Actor, Permission
from dms.domain.contract import Contract, ContractFacts, Party
from dms.domain.contract_number import canonical_number, folded_number
from dms.domain.customer import Customer
from dms.domain.item import Classification, CopyKind, Item, ItemState
from dms.domain.proposal import FieldName
from dms.errors import Bilingual
from dms.filing.errors import ConfirmationIncomplete, NotInTray
from dms.store import UnitOfWork

EARLIEST_YEAR = 1900
_CONFIRMABLE = frozenset({ItemState.REVIEW, ItemState.FILED})
_REJECTABLE = frozenset({ItemState.REVIEW, ItemState.REFUSED, ItemState.FAILED, ItemState.FILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a person states about a paper; empty text and None mean that it was left blank."""

    customer_code: str
    contract_no: str
    type_code: str
    series_code: str
    """Empty means the series in which papers of this type are filed by default."""
    year: int | None
    """None means the year of the paper's date."""
    title: str
    doc_on: date | None
    amount: Decimal | None
    copy_kind: CopyKind
    grade: int


def confirm(actor: Actor, item_id: str, confirmation: Confirmation, *, archive: Archive) -> Item:
    """The item, now filed in its volume; also corrects an item that is filed already.

    Raises `ItemNotFound`, `NotInTray`, `ConfirmationIncomplete`, or names the unknown customer, type or series.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item = _item_in(_CONFIRMABLE, actor, item_id, work=work)
        classification = _checked(confirmation, item, work=work)
        volume_id = work.volumes.open_for(  # C1
            customer_id=_present(classification.customer_id),
            series_code=str(classification.series_code),
            year=_present(classification.year),
        )
        work.items.file(item.key, classification, volume_id=volume_id)
        archive.index_item(work, item.key)  # C2
        action = "item_corrected" if item.state is ItemState.FILED else "item_filed"
        archive.record(work, actor, action, item.id, volume=volume_id, title=classification.title)
        return work.items.get(item.key)


def reject(actor: Actor, item_id: str, reason: str, *, archive: Archive) -> Item:
    """The item, now withdrawn; original and entry remain (C3). Raises `ItemNotFound` or `NotInTray`."""
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item = _item_in(_REJECTABLE, actor, item_id, work=work)
        work.items.withdraw(item.key)
        archive.index_item(work, item.key)
        archive.record(work, actor, "item_rejected", item.id, reason=reason.strip(), was=item.state.value)
        return work.items.get(item.key)


def bring_back(actor: Actor, item_id: str, *, archive: Archive) -> Item:
    """A rejected or filed item, back in the tray. Raises `ItemNotFound` or `NotInTray`."""
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item = _item_in(frozenset({ItemState.WITHDRAWN, ItemState.FILED}), actor, item_id, work=work)
        if item.pages_total is None or item.pages_read < item.pages_total:
            raise NotInTray(item.state.value)
        work.items.return_to_tray(item.key)
        archive.index_item(work, item.key)
        archive.record(work, actor, "item_brought_back", item.id, was=item.state.value)
        return work.items.get(item.key)


def _item_in(states: frozenset[ItemState], actor: Actor, item_id: str, *, work: UnitOfWork) -> Item:
    item = item_for(actor, item_id, work=work)
    if item.state not in states:
        raise NotInTray(item.state.value)
    return item


def _checked(confirmation: Confirmation, item: Item, *, work: UnitOfWork) -> Classification:
    year = confirmation.year or (confirmation.doc_on.year if confirmation.doc_on else None)
    _check_complete(confirmation, year)
    customer = customer_with_code(confirmation.customer_code, work=work)
    kind = type_with_code(confirmation.type_code, work=work)
    series = series_with_code(confirmation.series_code or kind.series, work=work)
    contract = _contract(confirmation, customer, item, work=work)
    return Classification(
        customer_id=customer.id,
        contract_id=contract.id if contract else None,
        series_code=series.code,
        year=year,
        type_code=kind.code,
        title=confirmation.title.strip(),
        doc_on=confirmation.doc_on,
        amount=confirmation.amount,
        copy_kind=confirmation.copy_kind,
        grade=confirmation.grade,
    )


def _check_complete(confirmation: Confirmation, year: int | None) -> None:
    stated = (
        (confirmation.customer_code.strip(), Bilingual("客户", "customer")),
        (confirmation.type_code, Bilingual("资料类型", "type")),
        (confirmation.title.strip(), Bilingual("题名", "title")),
        (year and year >= EARLIEST_YEAR, Bilingual("年度", "year")),
    )
    missing = [name for value, name in stated if not value]
    if missing:
        raise ConfirmationIncomplete(missing)


def _contract(confirmation: Confirmation, customer: Customer, item: Item, *, work: UnitOfWork) -> Contract | None:
    """The contract that the paper belongs to, entered in the ledger if it is not there yet."""
    number = canonical_number(confirmation.contract_no)
    if not number:
        return None
    folded = folded_number(number)
    known = work.contracts.with_number(folded, customer_id=customer.id)
    is_the_contract = confirmation.type_code == "contract"
    facts = _contract_facts(confirmation, number, customer, item, work=work)
    if not known:
        return work.contracts.add(facts, number_folded=folded)
    if is_the_contract:  # the contract itself says more than the papers that only mention it
        work.contracts.change(known[0].id, facts)
    return known[0]


def _contract_facts(
    confirmation: Confirmation, number: str, customer: Customer, item: Item, *, work: UnitOfWork
) -> ContractFacts:
    if confirmation.type_code != "contract":
        return ContractFacts(number=number, title="", customer_id=customer.id)
    role = work.contents.proposals(item.key).get(FieldName.CUSTOMER_ROLE)
    own = work.scheme.own_names()[:1]
    parties = (Party(role.value if role else "", customer.name), *(Party("", name) for name in own))
    return ContractFacts(
        number=number,
        title=confirmation.title.strip(),
        customer_id=customer.id,
        parties=parties,
        signed_on=confirmation.doc_on,
        amount=confirmation.amount,
    )


def _present(value: int | None) -> int:
    if value is None:
        raise ValueError("checked before")
    return value
