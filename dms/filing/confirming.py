"""The intake tray: a person confirms, corrects or rejects what the machine proposed, and the paper is filed.

What always holds:
- C1 A filed item has a customer, a series, a year, a type and a title, and lies in the open volume of
  customer × series × year.
- C2 The text index, the volume and the journal entry change in the same transaction as the item.
- C3 Nothing is thrown away: a rejected item keeps its original and its entry, and can be brought back.
- C4 The key of an item is wrapped under the grade that the item bears.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dms.archive import Archive, customer_for, item_for, series_with_code, type_with_code
from dms.domain.actor import LOWEST_GRADE, Actor, Permission
from dms.domain.amount import is_amount
from dms.domain.contract import Contract, ContractFacts, Party
from dms.domain.contract_number import canonical_number, folded_number
from dms.domain.customer import Customer
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import READABLE_STATES, Classification, CopyKind, Item, ItemState
from dms.domain.one_line import one_line
from dms.domain.proposal import FieldName
from dms.domain.task import TaskKind
from dms.errors import Bilingual
from dms.filing.errors import ArrivedAgain, ConfirmationIncomplete, NotInTray, PaperFactInvalid
from dms.store import ItemFilter, UnitOfWork

MAX_TITLE_CHARACTERS = 200
MAX_NUMBER_CHARACTERS = 100
MAX_REASON_CHARACTERS = 500
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


def confirm(
    actor: Actor, item_id: str, confirmation: Confirmation, *, archive: Archive, seen: ItemState | None = None
) -> Item:
    """The item, now filed in its volume; also corrects an item that is filed already.

    `seen` is the state in which the person saw the paper; where somebody has decided since then, nothing is
    overwritten. Raises `ItemNotFound`, `NotInTray`, `ConfirmationIncomplete`, `PaperFactInvalid`, or names the
    unknown customer, type or series.
    """
    actor.require(Permission.CONFIRM)
    stated = _tidied(confirmation)
    with archive.begin() as work:
        item = _item_in(_CONFIRMABLE if seen is None else _CONFIRMABLE & {seen}, actor, item_id, work=work)
        classification = _checked(actor, stated, item, archive=archive, work=work)
        volume_id = work.volumes.open_for(  # C1
            customer_id=_present(classification.customer_id),
            series_code=str(classification.series_code),
            year=_present(classification.year),
        )
        work.items.file(item.key, classification, volume_id=volume_id)
        _follow_grade(item, classification.grade, archive=archive, work=work)  # C4
        archive.index_item(work, item.key)  # C2
        action = "item_corrected" if item.state is ItemState.FILED else "item_filed"
        archive.record(work, actor, action, item.id, volume=volume_id)
        return work.items.get(item.key)


def reject(actor: Actor, item_id: str, reason: str, *, archive: Archive) -> Item:
    """The item, now withdrawn; original and entry remain (C3). Raises `ItemNotFound` or `NotInTray`."""
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item = _item_in(_REJECTABLE, actor, item_id, work=work)
        work.items.withdraw(item.key)
        archive.index_item(work, item.key)
        given = one_line(reason)[:MAX_REASON_CHARACTERS]
        archive.record(work, actor, "item_rejected", item.id, reason=given, was=item.state.value)
        return work.items.get(item.key)


def bring_back(actor: Actor, item_id: str, *, archive: Archive) -> Item:
    """A rejected or filed item, back in the tray; one that was never read to its end waits to be read first.

    Raises `ItemNotFound`, `NotInTray` or `ArrivedAgain`.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item = _item_in(frozenset({ItemState.WITHDRAWN, ItemState.FILED}), actor, item_id, work=work)
        again = work.items.with_digest(item.digest)
        if again and again.key != item.key:
            raise ArrivedAgain(again.id if work.items.with_id(again.id, actor=actor) else None)
        if item.pages_total is not None and item.pages_read == item.pages_total:
            work.items.return_to_tray(item.key)
        else:
            work.items.wait_again(item.key)
            work.tasks.put(TaskKind.READ_ITEM, item.key, at=archive.now())
        archive.index_item(work, item.key)
        archive.record(work, actor, "item_brought_back", item.id, was=item.state.value)
        return work.items.get(item.key)


def _item_in(states: frozenset[ItemState], actor: Actor, item_id: str, *, work: UnitOfWork) -> Item:
    item = item_for(actor, item_id, work=work)
    if item.state not in states:
        raise NotInTray(item.state)
    return item


def _tidied(confirmation: Confirmation) -> Confirmation:
    """The same statement on single lines, the year stated; raises where it is incomplete or cannot be right."""
    stated = replace(
        confirmation,
        customer_code=confirmation.customer_code.strip(),
        contract_no=canonical_number(one_line(confirmation.contract_no)),
        title=one_line(confirmation.title),
        year=confirmation.year or (confirmation.doc_on.year if confirmation.doc_on else None),
    )
    _check_complete(stated)
    _check_possible(stated)
    return stated


def _checked(
    actor: Actor, confirmation: Confirmation, item: Item, *, archive: Archive, work: UnitOfWork
) -> Classification:
    customer = customer_for(actor, confirmation.customer_code, work=work)
    kind = type_with_code(confirmation.type_code, work=work)
    series = series_with_code(confirmation.series_code or kind.series, work=work)
    contract = _contract(confirmation, customer, item, archive=archive, work=work)
    return Classification(
        customer_id=customer.id,
        contract_id=contract.id if contract else None,
        series_code=series.code,
        year=confirmation.year,
        type_code=kind.code,
        title=confirmation.title,
        doc_on=confirmation.doc_on,
        amount=confirmation.amount,
        copy_kind=confirmation.copy_kind,
        grade=confirmation.grade,
    )


def _follow_grade(item: Item, grade: int, *, archive: Archive, work: UnitOfWork) -> None:
    if grade != item.classification.grade:
        key = archive.item_key(item)
        work.items.rewrap(item.key, archive.keyring.wrap_item_key(key, item_id=item.id, grade=grade))


def _check_complete(confirmation: Confirmation) -> None:
    stated = (
        (confirmation.customer_code, Bilingual("客户", "customer")),
        (confirmation.type_code, Bilingual("资料类型", "type")),
        (confirmation.title, Bilingual("题名", "title")),
        (confirmation.year, Bilingual("年度", "year")),
    )
    missing = [name for value, name in stated if not value]
    if missing:
        raise ConfirmationIncomplete(missing)


def _check_possible(stated: Confirmation) -> None:
    years = [stated.year, stated.doc_on.year if stated.doc_on else None]
    if any(year is not None and not FIRST_YEAR <= year <= LAST_YEAR for year in years):
        raise PaperFactInvalid(
            Bilingual(zh="年度或日期不合常理。", en="The year or the date cannot be right."),
            Bilingual(
                zh=f"请填写 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间的年度和日期。",
                en=f"State a year and a date between {FIRST_YEAR} and {LAST_YEAR}.",
            ),
        )
    if stated.amount is not None and not is_amount(stated.amount):
        raise PaperFactInvalid(
            Bilingual(zh="金额不合常理。", en="The amount cannot be right."),
            Bilingual(
                zh="请填写以元为单位、精确到分的金额，例如 438000.00。",
                en="State it in yuan, with two decimals at most, for example 438000.00.",
            ),
        )
    if len(stated.title) > MAX_TITLE_CHARACTERS or len(stated.contract_no) > MAX_NUMBER_CHARACTERS:
        raise PaperFactInvalid(
            Bilingual(zh="题名或合同编号过长。", en="The title or the contract number is too long."),
            Bilingual(
                zh=f"题名请写在 {MAX_TITLE_CHARACTERS} 字以内，合同编号 {MAX_NUMBER_CHARACTERS} 字以内。",
                en=f"A title has at most {MAX_TITLE_CHARACTERS} characters, a number {MAX_NUMBER_CHARACTERS}.",
            ),
        )
    if not 1 <= stated.grade <= LOWEST_GRADE:
        raise PaperFactInvalid(
            Bilingual(zh="密级不合规。", en="There is no such grade."),
            Bilingual(zh="请选择一级、二级或三级。", en="Choose 1, 2 or 3."),
        )


def _contract(
    confirmation: Confirmation, customer: Customer, item: Item, *, archive: Archive, work: UnitOfWork
) -> Contract | None:
    """The contract that the paper belongs to, entered in the ledger if it is not there yet."""
    number = confirmation.contract_no
    if not number:
        return None
    folded = folded_number(number)
    known = work.contracts.with_number(folded, customer_id=customer.id)
    is_the_contract = confirmation.type_code == "contract"
    facts = _contract_facts(confirmation, number, customer, item, work=work)
    if not known:
        return work.contracts.add(facts, number_folded=folded)
    if is_the_contract and facts != known[0].facts:  # it says more than the papers that only mention it
        work.contracts.change(known[0].id, facts)
        for item_key in work.items.keys(ItemFilter(contract_id=known[0].id, states=READABLE_STATES)):
            archive.index_item(work, item_key)  # C2: all its papers are found by its title
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
        title=confirmation.title,
        customer_id=customer.id,
        parties=parties,
        signed_on=confirmation.doc_on,
        amount=confirmation.amount,
    )


def _present(value: int | None) -> int:
    if value is None:
        raise ValueError("checked before")
    return value
