"""The lists of customers and contracts, made ready to be printed."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count

from dms.errors import Bilingual
from dms.printing.ledger_facts import (
    CarryForwardList,
    ContractLedger,
    CustomerList,
    LedgerLine,
    MissingLine,
    MissingPapersList,
)
from dms.printing.listing import Align, Cell, Column, Listing, Row, RowKind, Showing, day, numbered, total

_NUMBER = Column(name=Bilingual("序号", "No."), width_mm=10, align=Align.CENTRE, sheet_width=6)
_SUBJECT = Bilingual("范围", "What")


def _text(zh: str, en: str, width_mm: float | None, sheet_width: int = 16) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=width_mm, sheet_width=sheet_width)


def _day(zh: str, en: str) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=19, align=Align.CENTRE)


def _count(zh: str, en: str) -> Column:
    return Column(name=Bilingual(zh, en), width_mm=11, align=Align.RIGHT, sheet_width=8)


_CUSTOMER_COLUMNS = (
    _NUMBER,
    _text("编号", "Code", 14),
    _text("客户名称", "Name", None, 40),
    _text("曾用名", "Former names", 32, 30),
    _text("统一社会信用代码", "Credit code", 34, 22),
    _text("性质", "Nature", 16.5),
    _text("状态", "Status", 14.5),
    _text("立卷分类", "Filed as", 15.5),
    _text("部门", "Department", 19),
    _text("保管人", "Custodian", 15.5),
    _count("合同", "Contr."),
    _count("案卷", "Vol."),
    _count("件数", "Papers"),
    _text("备注", "Remark", 16, 24),
)


def customer_listing(form: CustomerList) -> Listing:
    """客户一览表, landscape."""
    rows = numbered(
        (
            *(line.code, line.name, line.former_names, line.uscc, line.nature, line.status, line.volume_axis),
            *(line.department, line.custodian, line.contracts, line.volumes, line.items, line.remark),
        )
        for line in form.lines
    )
    sums = {
        10: sum(line.contracts for line in form.lines),
        11: sum(line.volumes for line in form.lines),
        12: sum(line.items for line in form.lines),
    }
    return Listing(
        title=Bilingual("客户一览表", "List of customers"),
        letterhead=form.letterhead,
        facts=((_SUBJECT, form.subject),),
        columns=_CUSTOMER_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 家", len(_CUSTOMER_COLUMNS), dict(sums))),
        landscape=True,
    )


_MISSING_COLUMNS = (
    _NUMBER,
    Column(name=Bilingual("责任部门", "Department"), showing=Showing.SHEET, sheet_width=18),
    _text("客户", "Customer", 50, 36),
    _text("合同编号", "Contract", 36, 24),
    _text("合同名称", "Contract title", 46, 36),
    _text("所缺资料", "Missing paper", None, 30),
    _text("原因", "Reason", 38, 30),
    _text("经办人", "Handler", 17),
    _day("补交期限", "Due on"),
    _text("备注", "Remark", 20, 24),
)
_NO_DEPARTMENT = "（未定部门）"


def missing_listing(form: MissingPapersList) -> Listing:
    """补充资料清单, landscape, a heading for each department."""
    return Listing(
        title=Bilingual("补充资料清单", "List of missing papers"),
        letterhead=form.letterhead,
        facts=((_SUBJECT, form.subject), (Bilingual("合计", "Total"), f"{len(form.lines)} 项")),
        columns=_MISSING_COLUMNS,
        rows=tuple(_missing_rows(form.lines)),
        landscape=True,
        nothing=Bilingual("资料齐全，无需补充。", "Nothing is missing."),
    )


def _missing_rows(lines: tuple[MissingLine, ...]) -> Iterator[Row]:
    departments: dict[str, list[MissingLine]] = {}
    for line in lines:
        departments.setdefault(line.department or _NO_DEPARTMENT, []).append(line)
    numbers = count(1)
    for department, owed in departments.items():
        yield Row(kind=RowKind.GROUP, cells=(f"{department}　{len(owed)} 项",))
        for line in owed:
            yield Row(cells=(next(numbers), department, *_missing_cells(line)))


def _missing_cells(line: MissingLine) -> tuple[Cell, ...]:
    return (
        *(line.customer, line.contract_no, line.contract_title, line.paper),
        *(line.reason, line.handler, line.due_on, line.remark),
    )


_CARRIED_COLUMNS = (
    _NUMBER,
    _text("客户", "Customer", 44, 36),
    _text("合同编号", "Contract", 30, 24),
    _text("合同名称", "Contract title", None, 40),
    _text("部门", "Department", 20),
    _text("经办人", "Handler", 15.5),
    _day("签订日期", "Signed on"),
    _day("到期日期", "Ends on"),
    _text("状态", "State", 16),
    _count("件数", "Papers"),
    _count("页数", "Pages"),
    _text("结转原因", "Why", 33, 30),
)


def carry_forward_listing(form: CarryForwardList) -> Listing:
    """结转清单, landscape."""
    rows = numbered(
        (
            *(line.customer, line.contract_no, line.contract_title, line.department, line.handler),
            *(line.signed_on, line.ends_on, line.state, line.items, line.pages, line.reason),
        )
        for line in form.lines
    )
    sums = {9: sum(line.items for line in form.lines), 10: sum(line.pages for line in form.lines)}
    cut_off = form.cut_off_on.isoformat() if form.cut_off_on else ""
    return Listing(
        title=Bilingual(f"{form.year}年度结转清单", f"Carried forward from {form.year}"),
        letterhead=form.letterhead,
        facts=((Bilingual("截止日期", "Cut-off"), cut_off),),
        columns=_CARRIED_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 份合同", len(_CARRIED_COLUMNS), dict(sums))),
        notes=("以上合同尚未办结，其资料继续活页保存，待办结年度装订。",),
        landscape=True,
    )


def _sheet_day(zh: str, en: str) -> Column:
    return replace(_day(zh, en), showing=Showing.SHEET)


_LEDGER_COLUMNS = (
    _NUMBER,
    _text("合同编号", "Number", 28, 24),
    _text("合同名称", "Title", None, 40),
    _text("客户", "Customer", 35, 36),
    replace(_text("部门／经办人", "Handled by", 21), showing=Showing.PAPER),
    replace(_text("部门", "Department", None), showing=Showing.SHEET),
    replace(_text("经办人", "Handler", None), showing=Showing.SHEET),
    Column(name=Bilingual("金额（元）", "Amount (yuan)"), width_mm=25, align=Align.RIGHT, sheet_width=18),
    _day("签订日期", "Signed"),
    replace(_text("履行期限", "Term", 19), align=Align.CENTRE, showing=Showing.PAPER),
    replace(_text("办结情况", "Closed", 26.5), showing=Showing.PAPER),
    _sheet_day("生效日期", "Effective"),
    _sheet_day("到期日期", "Ends"),
    _sheet_day("履行完毕", "Performed"),
    _sheet_day("结清日期", "Settled"),
    _sheet_day("质保到期", "Warranty ends"),
    _text("状态", "State", 16),
    _count("件数", "Papers"),
    _count("缺件", "Missing"),
    _text("备注", "Remark", 13, 30),
)


def ledger_listing(form: ContractLedger) -> Listing:
    """合同台账, landscape."""
    rows = numbered(_ledger_cells(line) for line in form.lines)
    amount = sum((line.amount for line in form.lines if line.amount is not None), Decimal())
    items, missing = sum(line.items for line in form.lines), sum(line.missing for line in form.lines)
    return Listing(
        title=Bilingual("合同台账", "Contract ledger"),
        letterhead=form.letterhead,
        facts=((_SUBJECT, form.subject),),
        columns=_LEDGER_COLUMNS,
        rows=(*rows, total(f"合计 {len(rows)} 份", len(_LEDGER_COLUMNS), {7: amount, 17: items, 18: missing})),
        landscape=True,
    )


def _ledger_cells(line: LedgerLine) -> tuple[Cell, ...]:
    term = "–\n".join(day(each) for each in (line.effective_on, line.ends_on) if each)
    closed = (("完毕", line.performed_on), ("结清", line.settled_on), ("质保", line.warranty_ends_on))
    return (
        *(line.number, line.title, line.customer),
        *("\n".join(filter(None, (line.department, line.handler))), line.department, line.handler, line.amount),
        *(line.signed_on, term, "\n".join(f"{name} {day(each)}" for name, each in closed if each)),
        *(line.effective_on, line.ends_on, line.performed_on, line.settled_on, line.warranty_ends_on),
        *(line.state, line.items, line.missing, line.remark),
    )
