"""The confirmation form: what a person typed about a paper, and what it means.

What always holds: nothing typed is lost, whatever is wrong with it, and every complaint stands at its own field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from dms.archive import Archive
from dms.domain.actor import LOWEST_GRADE, Actor
from dms.domain.amount import canonical_amount, parse_amount
from dms.domain.customer import Customer
from dms.domain.day import FIRST_YEAR, LAST_YEAR, parse_day
from dms.domain.glyph import fold_width
from dms.domain.item import Classification, CopyKind, Item
from dms.domain.proposal import FieldName
from dms.filing import Confirmation, PaperInTray
from dms.web.customer_choice import chosen_customer, customer_as_typed
from dms.web.doubts import TYPE_UNKNOWN, is_uncertain
from dms.web.particulars_form import TypedParticulars, checked_particulars, particulars_typed

MAX_TITLE_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedConfirmation(TypedParticulars):
    """The form as text; every attribute is the name of a field."""

    customer: str = ""
    contract_no: str = ""
    type_code: str = ""
    series_code: str = ""
    doc_on: str = ""
    year: str = ""
    amount: str = ""
    title: str = ""
    copy_kind: str = CopyKind.UNKNOWN.value
    grade: str = str(LOWEST_GRADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedConfirmation:
    """What the form means; `confirmation` is None as long as anything is wrong."""

    confirmation: Confirmation | None
    problems: dict[str, str]
    """Field name to a sentence in the person's language."""


def typed_in(form: Mapping[str, str]) -> TypedConfirmation:
    """The form as it was sent; a field that was not sent is empty."""
    return TypedConfirmation(**{field.name: form.get(field.name, "").strip() for field in fields(TypedConfirmation)})


def filled_beforehand(paper: PaperInTray) -> TypedConfirmation:
    """The form as it is first shown: what was stated or read with certainty, and nothing that is uncertain.

    The entry of an unconfirmed paper also holds what the machine merely believes; such fields are left to a person.
    """
    kind, day = _sure(paper.item, FieldName.TYPE), _sure(paper.item, FieldName.DOC_DATE)
    amount = _sure(paper.item, FieldName.AMOUNT).amount
    return TypedConfirmation(
        customer=customer_as_typed(paper.customer) if paper.customer else "",
        contract_no=_contract_no(paper),
        type_code=kind.type_code or "",
        series_code=kind.series_code or "",
        doc_on=day.doc_on.isoformat() if day.doc_on else "",
        year=str(day.year or ""),
        amount=amount_as_typed(amount) if amount is not None else "",
        title=_sure(paper.item, FieldName.TITLE).title,
        copy_kind=paper.item.classification.copy_kind.value,
        grade=str(paper.item.classification.grade),
        **particulars_typed(paper.item.classification),
    )


def amount_as_typed(amount: Decimal) -> str:
    """``438,000.00``, as the field shows an amount."""
    return f"{Decimal(canonical_amount(amount)):,f}"


def _sure(item: Item, field: FieldName) -> Classification:
    """Where the value of a field may be taken from: the entry if it is certain, else what the uploader stated."""
    doubtful = is_uncertain(item, field) or (field is FieldName.TYPE and TYPE_UNKNOWN in item.doubts)
    return item.claim if doubtful else item.classification


def _contract_no(paper: PaperInTray) -> str:
    read = paper.proposals.get(FieldName.CONTRACT_NO)
    sure = read.value if read and not is_uncertain(paper.item, FieldName.CONTRACT_NO) else ""
    return paper.contract.number if paper.contract else paper.item.claimed_contract_no or sure


def checked(actor: Actor, typed: TypedConfirmation, *, archive: Archive) -> CheckedConfirmation:
    """What the form means, or what is wrong with it, field by field."""
    customer = chosen_customer(actor, typed.customer, archive=archive)
    doc_on, amount, year = parse_day(typed.doc_on), parse_amount(typed.amount), year_as_typed(typed.year)
    particulars, problems = checked_particulars(typed)
    problems |= _not_understood(typed, doc_on=doc_on, amount=amount, year=year) | _missing(typed, customer)
    if not typed.year and not typed.doc_on:
        problems["year"] = _("请填写年度，或填写日期（年度随日期而定）。")
    confirmation = Confirmation(
        customer_code=customer.code if customer else "",
        contract_no=typed.contract_no,
        type_code=typed.type_code,
        series_code=typed.series_code,
        year=year,
        title=typed.title,
        doc_on=doc_on,
        amount=amount,
        copy_kind=_copy_kind(typed.copy_kind),
        grade=_grade(typed.grade),
        particulars=particulars,
    )
    return CheckedConfirmation(confirmation=None if problems else confirmation, problems=problems)


def _not_understood(
    typed: TypedConfirmation, *, doc_on: date | None, amount: Decimal | None, year: int | None
) -> dict[str, str]:
    readings = (
        ("doc_on", typed.doc_on, doc_on, _("看不懂这个日期，请写成 2023-05-18 或 2023年5月18日。")),
        ("amount", typed.amount, amount, _("看不懂这个金额，请写成 438,000.00 或 43.8万。")),
        ("year", typed.year, year, _("年度应为四位数字，例如 2023。")),
    )
    return {field: complaint for field, text, value, complaint in readings if text and value is None}


def _missing(typed: TypedConfirmation, customer: Customer | None) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not typed.customer:
        problems["customer"] = _("请填写客户：输入代码或名称，从列表中选择。")
    elif customer is None:
        problems["customer"] = _("没有登记过这个客户，请从列表中选择，或先登记为新客户。")
    if not typed.type_code:
        problems["type_code"] = _("请选择资料类型。")
    if not typed.title:
        problems["title"] = _("请填写题名。")
    elif len(typed.title) > MAX_TITLE_CHARACTERS:
        problems["title"] = _("题名过长，请写在 %(most)d 字以内。", most=MAX_TITLE_CHARACTERS)
    return problems


def year_as_typed(typed: str) -> int | None:
    """The year that ``2023`` or ``２０２３年`` means; None for anything else."""
    digits = fold_width(typed).strip().removesuffix("年").strip()
    return int(digits) if digits.isdecimal() and FIRST_YEAR <= int(digits) <= LAST_YEAR else None


def _copy_kind(typed: str) -> CopyKind:
    return CopyKind(typed) if typed in set(CopyKind) else CopyKind.UNKNOWN


def _grade(typed: str) -> int:
    """An unknown grade is taken as the most secret one: a mistake must not open a paper to more people."""
    if not typed:
        return LOWEST_GRADE
    return int(typed) if typed in {"1", "2", "3"} else 1
