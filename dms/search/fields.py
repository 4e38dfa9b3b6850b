"""The fields of the query language: their names, and what the values behind them mean."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from dms.domain.actor import GRADES
from dms.domain.criterion import AnyOf, Criterion, Fact, FactRange, Mention, MentionKind, TextPart
from dms.domain.document_type import DocumentType, Series
from dms.domain.item import READABLE_STATES, STATE_NAMES, ItemState
from dms.errors import Bilingual
from dms.search.analysis import folded
from dms.search.values import FEN, Interval, read_amounts, read_counts, read_days, read_years

TEXT_FIELDS: Mapping[str, TextPart] = MappingProxyType(
    {
        "客户": TextPart.CUSTOMER,
        "customer": TextPart.CUSTOMER,
        "合同": TextPart.CONTRACT,
        "contract": TextPart.CONTRACT,
        # People copy these labels off papers together with the number, which may stand in the text alone.
        "合同编号": TextPart.ANYWHERE,
        "合同号": TextPart.ANYWHERE,
        "contract_no": TextPart.ANYWHERE,
        "信用代码": TextPart.ANYWHERE,
        "统一社会信用代码": TextPart.ANYWHERE,
        "uscc": TextPart.ANYWHERE,
        "题名": TextPart.TITLE,
        "标题": TextPart.TITLE,
        "title": TextPart.TITLE,
        "正文": TextPart.BODY,
        "text": TextPart.BODY,
    }
)
NAME_FIELDS: Mapping[str, Fact] = MappingProxyType(
    {
        "类型": Fact.TYPE,
        "type": Fact.TYPE,
        "类目": Fact.SERIES,
        "series": Fact.SERIES,
        "状态": Fact.STATE,
        "state": Fact.STATE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueField:
    """A field of values: which fact of the catalogue it asks for, and which mentions in the text; or one of them."""

    label: Bilingual
    fact: Fact | None = None
    mention: MentionKind | None = None


_YEAR = ValueField(label=Bilingual("年度", "year"), fact=Fact.YEAR)
_PAGES = ValueField(label=Bilingual("页数", "pages"), fact=Fact.PAGES)
_GRADE = ValueField(label=Bilingual("密级", "grade"), fact=Fact.GRADE)
_AMOUNT = ValueField(label=Bilingual("金额", "amount"), fact=Fact.AMOUNT, mention=MentionKind.AMOUNT)
_RECORDED_AMOUNT = ValueField(label=Bilingual("登记金额", "recorded amount"), fact=Fact.AMOUNT)
_AMOUNT_IN_TEXT = ValueField(label=Bilingual("文中金额", "amount in the text"), mention=MentionKind.AMOUNT)
_DATE = ValueField(label=Bilingual("日期", "date"), fact=Fact.DOC_DATE, mention=MentionKind.DAY)
_RECORDED_DATE = ValueField(label=Bilingual("登记日期", "recorded date"), fact=Fact.DOC_DATE)
_DATE_IN_TEXT = ValueField(label=Bilingual("文中日期", "date in the text"), mention=MentionKind.DAY)

VALUE_FIELDS: Mapping[str, ValueField] = MappingProxyType(
    {
        "年度": _YEAR,
        "年份": _YEAR,
        "year": _YEAR,
        "页数": _PAGES,
        "pages": _PAGES,
        "密级": _GRADE,
        "grade": _GRADE,
        "金额": _AMOUNT,
        "amount": _AMOUNT,
        "登记金额": _RECORDED_AMOUNT,
        "recorded_amount": _RECORDED_AMOUNT,
        "文中金额": _AMOUNT_IN_TEXT,
        "text_amount": _AMOUNT_IN_TEXT,
        "日期": _DATE,
        "date": _DATE,
        "登记日期": _RECORDED_DATE,
        "recorded_date": _RECORDED_DATE,
        "文中日期": _DATE_IN_TEXT,
        "text_date": _DATE_IN_TEXT,
    }
)

FIELD_NAMES = frozenset({*TEXT_FIELDS, *NAME_FIELDS, *VALUE_FIELDS})

_RECORDED = {_AMOUNT: _RECORDED_AMOUNT, _DATE: _RECORDED_DATE}
_MOST_FEN = 10**18
"""Amounts are below 10¹⁶ yuan; see `dms.search.values`."""
_GRADE_NUMERALS = str.maketrans({"一": "1", "二": "2", "三": "3", "级": None})


def recorded_alone(field: ValueField) -> ValueField:
    """The field without what the text mentions: what stands under NOT is not to remove more than it names."""
    return _RECORDED.get(field, field)


def read_values(field: ValueField, written: str) -> Interval[int] | Interval[Decimal] | Interval[date] | None:
    """The stretch of values that is meant; None where the text is no value of this field."""
    match field.fact:
        case Fact.YEAR:
            return read_years(written)
        case Fact.PAGES:
            return read_counts(written)
        case Fact.GRADE:
            return _read_grades(written)
    is_amount = Fact.AMOUNT is field.fact or MentionKind.AMOUNT is field.mention
    return read_amounts(written) if is_amount else read_days(written)


def valued(field: ValueField, values: Interval[int] | Interval[Decimal] | Interval[date]) -> Criterion:
    """The fact lies between the bounds, or the text mentions a value that does."""
    choices: list[Criterion] = []
    if field.fact is not None:
        choices.append(FactRange(field.fact, values.low, values.high))
    if field.mention is not None:
        low = _least(field.mention) if values.low is None else _counted(values.low)
        high = _greatest(field.mention) if values.high is None else _counted(values.high)
        choices.append(Mention(field.mention, low, high))
    return choices[0] if len(choices) == 1 else AnyOf(tuple(choices))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A value of the catalogue that has a name."""

    code: str
    name: Bilingual


def named_types(types: Sequence[DocumentType] | Sequence[Series]) -> tuple[Named, ...]:
    """The types or series of an archive by name."""
    return tuple(Named(code=one.code, name=Bilingual(one.zh, one.en)) for one in types)


def named_states() -> tuple[Named, ...]:
    """The states in which an item can be found."""
    return tuple(Named(code=one.value, name=STATE_NAMES[one]) for one in ItemState if one in READABLE_STATES)


def with_name(written: str, named: Sequence[Named]) -> list[Named]:
    """Those with this code or name, else those whose name contains it, else those that contain its characters in order.

    The last finds 补充协议 in 补充（变更）协议.
    """
    sought = folded(written)
    names = [(one, [folded(text) for text in (one.code, one.name.zh, one.name.en)]) for one in named]
    for fits in (str.__eq__, str.__contains__, _contains_in_order):
        chosen = [one for one, keys in names if any(fits(key, sought) for key in keys)]
        if chosen and sought:
            return chosen
    return []


def _contains_in_order(name: str, sought: str) -> bool:
    rest = iter(name)
    return len(sought) > 1 and all(character in rest for character in sought)


def _read_grades(written: str) -> Interval[int] | None:
    """``一级``, ``1``, ``1级``, ``一级至二级``, ``>=2``; None where no grade is among them."""
    grades = read_counts(unicodedata.normalize("NFKC", written).translate(_GRADE_NUMERALS))
    bounds = [] if grades is None else [bound for bound in (grades.low, grades.high) if bound is not None]
    return grades if bounds and all(bound in GRADES for bound in bounds) else None


def _counted(value: int | Decimal | date) -> int:
    """A value in the unit of mentions: fen, or the ordinal of the day."""
    match value:
        case Decimal():
            return int(value / FEN)
        case date():
            return value.toordinal()
        case _:
            return value


def _least(kind: MentionKind) -> int:
    return 0 if kind is MentionKind.AMOUNT else date.min.toordinal()


def _greatest(kind: MentionKind) -> int:
    return _MOST_FEN if kind is MentionKind.AMOUNT else date.max.toordinal()
