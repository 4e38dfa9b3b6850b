"""The intake tray: a person confirms, corrects or rejects what the machine proposed, and the paper is filed.

What always holds:
- C1 A filed item has a customer, a series, a year, a type and a title, and lies in the open volume of
  customer × series × year, or in the volume that was made up of it.
- C2 The text index, the volume and the journal entry change in the same transaction as the item.
- C3 Nothing is thrown away: a rejected item keeps its original and its entry, and can be brought back.
- C4 The key of an item is wrapped under the grade that the item bears.
- C5 What a person does not state of an item stays as it is known.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dms.archive import Archive, customer_to_file_for, item_for, require_use, series_with_code, type_with_code
from dms.domain.actor import LOWEST_GRADE, Actor, Permission
from dms.domain.amount import is_amount
from dms.domain.clock import local_day
from dms.domain.contract_number import canonical_number
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import Classification, CopyKind, Item, ItemState
from dms.domain.one_line import one_line
from dms.domain.policy import Use
from dms.domain.scheme import Series
from dms.domain.task import TaskKind
from dms.errors import Bilingual
from dms.filing.contract_of_paper import contract_of
from dms.filing.errors import ArrivedAgain, ConfirmationIncomplete, NotInTray, PaperFactInvalid
from dms.filing.paper_year import paper_year, year_rule_of
from dms.filing.particulars import Particulars, check_retention, noted_year, tidy_particulars, with_particulars
from dms.filing.placing import check_changeable, lay_in_volume, take_out
from dms.store import UnitOfWork

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
    """None means the year that the rule of its type or series gives it; its date must be stated then."""
    title: str
    doc_on: date | None
    amount: Decimal | None
    copy_kind: CopyKind
    grade: int
    particulars: Particulars | None = None
    """None leaves the particulars as they are known."""


def confirm(
    actor: Actor, item_id: str, confirmation: Confirmation, *, archive: Archive, seen: ItemState | None = None
) -> Item:
    """The item, now filed in its volume; also corrects an item that is filed already.

    `seen` is the state in which the person saw the paper; where somebody has decided since then, nothing is
    overwritten. Raises `ItemNotFound`, `NotInTray`, `VolumeClosed`, `ConfirmationIncomplete`, `PaperFactInvalid`, or
    names the unknown customer, type or series.
    """
    actor.require(Permission.CONFIRM)
    stated = _tidied(confirmation)
    with archive.begin() as work:
        item = _item_in(_CONFIRMABLE if seen is None else _CONFIRMABLE & {seen}, actor, item_id, work=work)
        check_changeable(item, work=work)
        classification = _checked(actor, stated, item, archive=archive, work=work)
        volume_id = lay_in_volume(item, classification, archive=archive, work=work)  # C1
        work.items.file(item.key, classification, volume_id=volume_id)
        _follow_grade(item, classification.grade, archive=archive, work=work)  # C4
        archive.index_item(work, item.key)  # C2
        action = "item_corrected" if item.state is ItemState.FILED else "item_filed"
        archive.record(work, actor, action, item.id, volume=volume_id)
        return work.items.get(item.key)


def reject(actor: Actor, item_id: str, reason: str, *, archive: Archive) -> Item:
    """The item, now withdrawn; original and entry remain (C3).

    Raises `ItemNotFound`, `NotInTray` or `VolumeClosed`.
    """
    actor.require(Permission.CONFIRM)
    given = one_line(reason)[:MAX_REASON_CHARACTERS]
    with archive.begin() as work:
        item = _item_in(_REJECTABLE, actor, item_id, work=work)
        take_out(item, f"退回：{given}" if given else "退回", archive=archive, work=work)
        work.items.withdraw(item.key)
        archive.index_item(work, item.key)
        archive.record(work, actor, "item_rejected", item.id, reason=given, was=item.state.value)
        return work.items.get(item.key)


def bring_back(actor: Actor, item_id: str, *, archive: Archive) -> Item:
    """A rejected or filed item, back in the tray; one that was never read to its end waits to be read first.

    Raises `ItemNotFound`, `NotInTray`, `VolumeClosed` or `ArrivedAgain`.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item = _item_in(frozenset({ItemState.WITHDRAWN, ItemState.FILED}), actor, item_id, work=work)
        again = work.items.with_digest(item.digest)
        if again and again.key != item.key:
            raise ArrivedAgain(again.id if work.items.with_id(again.id, actor=actor) else None)
        take_out(item, "退回待核对", archive=archive, work=work)
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
    require_use(actor, Use.CHANGE, item, work=work)
    return item


def _tidied(confirmation: Confirmation) -> Confirmation:
    """The same statement on single lines; raises where it is incomplete or cannot be right."""
    particulars = confirmation.particulars
    stated = replace(
        confirmation,
        customer_code=confirmation.customer_code.strip(),
        contract_no=canonical_number(one_line(confirmation.contract_no)),
        title=one_line(confirmation.title),
        particulars=tidy_particulars(particulars) if particulars else None,
    )
    _check_complete(stated)
    _check_possible(stated)
    return stated


def _checked(
    actor: Actor, confirmation: Confirmation, item: Item, *, archive: Archive, work: UnitOfWork
) -> Classification:
    customer = customer_to_file_for(actor, confirmation.customer_code, work=work)
    kind = type_with_code(confirmation.type_code, work=work)
    series = series_with_code(confirmation.series_code or kind.series, work=work)
    _check_in_use(series, item)
    told = replace(
        _particular(item, confirmation.particulars, work=work),  # C5
        customer_id=customer.id,
        series_code=series.code,
        type_code=kind.code,
        title=confirmation.title,
        doc_on=confirmation.doc_on,
        amount=confirmation.amount,
        copy_kind=confirmation.copy_kind,
        grade=confirmation.grade,
    )
    contract = contract_of(told, confirmation.contract_no, customer, item, archive=archive, work=work)
    by_rule = paper_year(
        year_rule_of(kind, series),
        doc_on=told.doc_on,
        contract=contract.facts if contract else None,
        received_on=local_day(item.received_at),
        on=local_day(archive.now()),
    )
    year = confirmation.year or by_rule.year
    return noted_year(replace(told, year=year, contract_id=contract.id if contract else None))


def _particular(item: Item, particulars: Particulars | None, *, work: UnitOfWork) -> Classification:
    if particulars is None:
        return item.classification
    check_retention(particulars.retention_code, item=item, work=work)
    return with_particulars(item.classification, particulars)


def _check_in_use(series: Series, item: Item) -> None:
    """A paper that lies in a retired series may stay there; nothing else comes into it."""
    if series.retired and item.classification.series_code != series.code:
        raise PaperFactInvalid(
            Bilingual(f"类目“{series.zh}”已停用。", f"The series “{series.en}” is not in use any more."),
            Bilingual("请选择现行分类方案中的类目。", "Choose a series of the scheme in force."),
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
        (confirmation.year or confirmation.doc_on, Bilingual("年度", "year")),
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
