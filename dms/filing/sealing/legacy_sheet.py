"""The rows of an older volume catalogue 案卷目录 out of a spreadsheet whose first row names the columns.

Invariant: a cell is taken as it stands or refused by row and column; a formula is never believed.
"""

from collections.abc import Mapping
from datetime import date

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.errors import Bilingual
from dms.filing.sealing.errors import LegacyCatalogueUnusable
from dms.filing.sealing.legacy import LegacyVolume, take_over_volumes
from dms.printing import CellKind, Sheet, SheetCell, SheetRow, read_sheet

REQUIRED = ("档号", "客户代码", "类目", "年度", "题名", "保管期限")
LEGACY_COLUMNS = (*REQUIRED, "起始日期", "终止日期", "件数", "页数", "张数", "备注")


def take_over_sheet(actor: Actor, untrusted_bytes: bytes, *, archive: Archive) -> list[int]:
    """The ids of the volumes of an XLSX workbook, in its order; raises `LegacyCatalogueUnusable`, and takes none then.

    Raises what `read_sheet` raises where it is no workbook.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    return take_over_volumes(actor, _rows(read_sheet(untrusted_bytes)), archive=archive)


def _rows(sheet: Sheet) -> list[LegacyVolume]:
    places = _columns(sheet)
    problems: list[Bilingual] = []
    rows = [_row(row, places, problems) for row in sheet.rows[1:]]
    if problems:
        raise LegacyCatalogueUnusable(problems)
    return rows


def _columns(sheet: Sheet) -> Mapping[str, int]:
    named = [cell.text.strip() if cell else "" for cell in sheet.rows[0].cells] if sheet.rows else []
    missing = [name for name in REQUIRED if name not in named]
    if missing:
        listed = "、".join(missing)
        raise LegacyCatalogueUnusable([Bilingual(f"第 1 行缺少列：{listed}", f"row 1 lacks the columns {listed}")])
    return {name: named.index(name) for name in LEGACY_COLUMNS if name in named}


def _row(row: SheetRow, places: Mapping[str, int], problems: list[Bilingual]) -> LegacyVolume:
    cells = {name: row.cells[place] if place < len(row.cells) else None for name, place in places.items()}
    for name, cell in cells.items():
        if cell and cell.kind in {CellKind.FORMULA, CellKind.FAULT}:
            problems.append(Bilingual(f"第 {row.number} 行“{name}”是公式", f"row {row.number}, {name}: a formula"))

    def text(name: str) -> str:
        cell = cells.get(name)
        return cell.text.strip() if cell else ""

    return LegacyVolume(
        row=row.number,
        reference_code=text("档号"),
        customer_code=text("客户代码"),
        series_code=text("类目"),
        year=_number(row, "年度", cells.get("年度"), problems),
        title=text("题名"),
        retention_code=text("保管期限"),
        first_on=_day(row, "起始日期", cells.get("起始日期"), problems),
        last_on=_day(row, "终止日期", cells.get("终止日期"), problems),
        items=_number(row, "件数", cells.get("件数"), problems),
        pages=_number(row, "页数", cells.get("页数"), problems),
        sheets=_number(row, "张数", cells.get("张数"), problems),
        remark=text("备注"),
    )


def _number(row: SheetRow, name: str, cell: SheetCell | None, problems: list[Bilingual]) -> int:
    text = cell.text.strip() if cell else "0"
    if text.isascii() and text.isdecimal():
        return int(text)
    problems.append(Bilingual(f"第 {row.number} 行“{name}”不是整数", f"row {row.number}, {name}: no whole number"))
    return 0


def _day(row: SheetRow, name: str, cell: SheetCell | None, problems: list[Bilingual]) -> date | None:
    if cell is None or not cell.text.strip():
        return None
    try:
        return date.fromisoformat(cell.text.strip())
    except ValueError:
        problems.append(Bilingual(f"第 {row.number} 行“{name}”不是日期", f"row {row.number}, {name}: no date"))
        return None
