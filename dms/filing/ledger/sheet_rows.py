"""From the cells of a sheet to statements about contracts: which column is which fact, and what each cell means.

What always holds: a cell that cannot be understood is a problem at its row and column, never a guess and never an
empty fact; an empty cell states nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dms.domain.amount import parse_amount
from dms.domain.contract import ContractState, Party
from dms.domain.day import parse_day
from dms.domain.glyph import fold_width
from dms.domain.one_line import one_line
from dms.errors import Bilingual
from dms.filing.ledger.errors import STATE_NAMES, SheetHeadUnfit
from dms.filing.ledger.facts import DAY_FIELDS, FIELD_NAMES, LedgerField, RowProblem
from dms.filing.ledger.stating import parties_in
from dms.printing import CellKind, Sheet, SheetCell, SheetRow, column_letters

HEAD_WITHIN_ROWS = 20
_OTHER_NAMES: dict[LedgerField, tuple[str, ...]] = {
    LedgerField.NUMBER: ("合同号", "合同编码", "contract number", "contract"),
    LedgerField.TITLE: ("合同标题", "合同题名", "题名", "标题"),
    LedgerField.CUSTOMER_CODE: ("客户编号", "客户编码"),
    LedgerField.CUSTOMER_NAME: ("客户", "客户全称", "对方单位", "相对方", "对方当事人", "customer name"),
    LedgerField.DEPARTMENT: ("部门", "承办部门"),
    LedgerField.HANDLER: ("承办人", "经手人"),
    LedgerField.STATE: ("状态", "履行状态"),
    LedgerField.SIGNED_ON: ("签订日", "签约日期", "签署日期", "签订时间", "signed on"),
    LedgerField.EFFECTIVE_ON: ("生效日", "生效时间", "effective on"),
    LedgerField.ENDS_ON: ("到期日", "截止日期", "期满日期", "ends on"),
    LedgerField.AMOUNT: ("金额", "合同金额", "合同总价", "合同价款", "amount"),
    LedgerField.PERFORMED_ON: ("履行完毕日", "完成日期", "履行完毕", "performed on"),
    LedgerField.SETTLED_ON: ("结清日", "结算日期", "结清", "settled on"),
    LedgerField.WARRANTY_ENDS_ON: ("质保期至", "质保到期日期", "质保期满", "warranty ends on"),
    LedgerField.TERMINATED_ON: ("解除日期", "终止日", "terminated on"),
    LedgerField.FRAMEWORK_NO: ("框架合同", "框架合同号"),
    LedgerField.PARTIES: ("当事人", "各方"),
    LedgerField.REMARK: ("说明",),
}
_NOTHING = frozenset({"", "—", "-", "/", "无", "n/a"})
"""What people write into a cell for a day or an amount that there is none of."""
_IN_TEN_THOUSANDS = "万"
"""An amount in 万元 is not one in yuan: such a column is left alone, and named among those that are."""
_MOST_QUOTED = 30

Value = str | date | Decimal | ContractState | tuple[Party, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """Where the columns stand."""

    row: int
    columns: Mapping[LedgerField, int]
    """Place of the column, from 0."""
    ignored: tuple[str, ...]
    """Columns that mean nothing here, as they are called."""

    def letters(self, field: LedgerField) -> str:
        """The letters of the column, empty where the sheet has none for this field."""
        place = self.columns.get(field)
        return "" if place is None else column_letters(place + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRow:
    """What one row says; a field is absent where its cell is empty."""

    row: int
    values: Mapping[LedgerField, Value]
    problems: tuple[RowProblem, ...]

    def text(self, field: LedgerField) -> str:
        """A stated text; empty where the row says nothing."""
        value = self.values.get(field, "")
        return value if isinstance(value, str) else ""


def head_of(sheet: Sheet) -> SheetHead:
    """Where the ledger's columns stand in the sheet; raises `SheetHeadUnfit`."""
    rows = [row for row in sheet.rows if row.number <= HEAD_WITHIN_ROWS]
    for row in rows:
        named = _named_columns(row)
        if LedgerField.NUMBER in {field for _, field in named} and len(named) > 1:
            return _head(row, named)
    raise SheetHeadUnfit([FIELD_NAMES[LedgerField.NUMBER]])


def stated_rows(sheet: Sheet, head: SheetHead) -> Iterator[StatedRow]:
    """What every row under the head says; rows that say nothing are left out."""
    for row in sheet.rows:
        if row.number > head.row:
            stated = _stated(row, head)
            if stated.values or stated.problems:
                yield stated


def _named_columns(row: SheetRow) -> list[tuple[int, LedgerField]]:
    found = ((place, _field_called(cell.text)) for place, cell in enumerate(row.cells) if cell)
    return [(place, field) for place, field in found if field is not None]


def _head(row: SheetRow, named: list[tuple[int, LedgerField]]) -> SheetHead:
    fields = [field for _, field in named]
    double = [FIELD_NAMES[field] for field in dict.fromkeys(fields) if fields.count(field) > 1]
    if double:
        raise SheetHeadUnfit([], double)
    if not {LedgerField.CUSTOMER_CODE, LedgerField.CUSTOMER_NAME} & set(fields):
        raise SheetHeadUnfit([FIELD_NAMES[LedgerField.CUSTOMER_CODE]])
    places = {place for place, _ in named}
    ignored = (one_line(cell.text) for place, cell in enumerate(row.cells) if cell and place not in places)
    return SheetHead(row=row.number, columns={field: place for place, field in named}, ignored=tuple(ignored))


def _field_called(head: str) -> LedgerField | None:
    """The field that a head names, in either language, on one of its lines."""
    if _IN_TEN_THOUSANDS in head:
        return None
    names = (_plain_name(head), *(_plain_name(line) for line in head.splitlines()))
    return next((_BY_NAME[name] for name in names if name in _BY_NAME), None)


def _plain_name(name: str) -> str:
    return re.sub(r"\(.*?\)|[\s*:：.]", "", fold_width(name)).casefold()


_BY_NAME: dict[str, LedgerField] = {
    _plain_name(name): field
    for field in LedgerField
    for name in (FIELD_NAMES[field].zh, FIELD_NAMES[field].en, *_OTHER_NAMES.get(field, ()))
}


def _stated(row: SheetRow, head: SheetHead) -> StatedRow:
    values: dict[LedgerField, Value] = {}
    problems: list[RowProblem] = []
    for field, place in head.columns.items():
        cell = row.cells[place] if place < len(row.cells) else None
        if cell is None or _says_nothing(field, cell):
            continue
        value = _value(field, cell)
        if isinstance(value, Bilingual):
            problems.append(RowProblem(row=row.number, column=head.letters(field), field=field, what=value))
        else:
            values[field] = value
    return StatedRow(row=row.number, values=values, problems=tuple(problems))


def _says_nothing(field: LedgerField, cell: SheetCell) -> bool:
    empty = _NOTHING if field in DAY_FIELDS or field is LedgerField.AMOUNT else frozenset({""})
    return one_line(cell.text).casefold() in empty


def _value(field: LedgerField, cell: SheetCell) -> Value | Bilingual:
    """What the cell means for this field, or the sentence that says why it means nothing."""
    if cell.kind is CellKind.FORMULA:
        return Bilingual(
            "单元格里是公式，不予计算；请复制后“选择性粘贴为数值”。",
            "The cell holds a formula, which is not computed; paste its value instead.",
        )
    if cell.kind is CellKind.FAULT:
        return Bilingual(f"单元格里是错误值 {cell.text}。", f"The cell holds the error {cell.text}.")
    if field in DAY_FIELDS:
        return _day(cell)
    if field is LedgerField.AMOUNT:
        return _amount(cell)
    if field is LedgerField.STATE:
        return _state(cell)
    return parties_in(cell.text) if field is LedgerField.PARTIES else one_line(cell.text)


def _day(cell: SheetCell) -> Value | Bilingual:
    day = date.fromisoformat(cell.text) if cell.kind is CellKind.DAY else parse_day(cell.text)
    return day or Bilingual(
        f"看不懂日期“{_quoted(cell)}”，请写成 2023-05-18。",
        f"“{_quoted(cell)}” is no day; write it as 2023-05-18.",
    )


def _amount(cell: SheetCell) -> Value | Bilingual:
    if cell.kind is CellKind.NUMBER:
        return Decimal(cell.text)
    amount = parse_amount(cell.text) if cell.kind is CellKind.TEXT else None
    if amount is not None:
        return amount
    return Bilingual(
        f"看不懂金额“{_quoted(cell)}”，请以元为单位写成 438000.00。",
        f"“{_quoted(cell)}” is no amount; write it in yuan, as 438000.00.",
    )


def _state(cell: SheetCell) -> Value | Bilingual:
    said = one_line(cell.text).casefold()
    found = next((state for state, name in STATE_NAMES.items() if said in (state.value, name.zh, name.en)), None)
    if found is not None:
        return found
    zh = "、".join(name.zh for name in STATE_NAMES.values())
    en = ", ".join(name.en for name in STATE_NAMES.values())
    return Bilingual(
        f"没有“{_quoted(cell)}”这种状态，可填：{zh}。", f"There is no state “{_quoted(cell)}”; there are: {en}."
    )


def _quoted(cell: SheetCell) -> str:
    text = one_line(cell.text)
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}……"
