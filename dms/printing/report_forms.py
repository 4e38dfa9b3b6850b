"""Reports and the guide to the fonds on paper, tables with bars; and a report as a workbook, a sheet for each table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from dms.domain.report import ColumnKind, FondsGuide, Report, ReportCell, ReportColumn, ReportTable
from dms.errors import Bilingual
from dms.printing.letterhead import Letterhead
from dms.printing.listing import MOST_TAGGED, day, head, pair
from dms.printing.sheet_writing import BOLD, HEAD_FILL, HEADING, lay_out, new_sheet, page_mark, put, saved
from dms.printing.typesetting import typeset
from dms.printing.wrapping import breakable

_WRAPPING: Final = Alignment(wrap_text=True, vertical="top")
_NUMBERS: Final = frozenset({ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.SHARE})
_WIDE: Final = 8
"""Columns from which on a report lies across."""
_SHEET_WIDTHS: Final = {ColumnKind.TEXT: 30, ColumnKind.AMOUNT: 18}
_PERCENT: Final = "0.0%"
_HEAD_ROW: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FondsGuideForm:
    """全宗指南, ready to be printed."""

    letterhead: Letterhead
    guide: FondsGuide
    former_names: tuple[str, ...]
    years: tuple[int, int] | None
    tables: tuple[ReportTable, ...]


def report_pdf(report: Report, letterhead: Letterhead) -> bytes:
    """The report as PDF/A-2b; raises what `typeset` raises."""
    content = {
        "title": pair(report.title),
        **head(letterhead),
        "facts": [{"name": pair(name), "value": value.zh} for name, value in report.facts],
        "landscape": any(len(table.columns) >= _WIDE for table in report.tables),
        "tables": [_table(table) for table in report.tables],
        "signatures": [{"role": role, "name": "", "on": ""} for role in ("单位负责人", "统计负责人", "填表人")],
    }
    rows = sum(len(table.rows) for table in report.tables)
    return typeset("report", content, made_at=letterhead.made_at, tagged=rows <= MOST_TAGGED)


def fonds_guide_pdf(form: FondsGuideForm) -> bytes:
    """The guide as PDF/A-2b; raises what `typeset` raises."""
    guide = form.guide
    years = f"{form.years[0]} — {form.years[1]}" if form.years else ""
    written = f"第 {guide.version} 版，{guide.written_by} 撰写" if guide.version else "草稿：文字部分尚未撰写"
    content = {
        "title": {"zh": "全宗指南", "en": "Guide to the fonds"},
        **head(form.letterhead),
        "facts": [
            {"name": pair(name), "value": value}
            for name, value in (
                (Bilingual("全宗名称", "Fonds"), form.letterhead.company),
                (Bilingual("全宗号", "Code"), form.letterhead.fonds_code),
                (Bilingual("曾用名", "Former names"), "、".join(form.former_names)),
                (Bilingual("档案起止年度", "Years"), years),
                (Bilingual("版本", "Version"), written),
            )
            if value
        ],
        "parts": [
            _part("一、全宗构成者沿革", "History of the creator", guide.creator_history),
            _part("二、档案沿革与管理情况", "Custodial history", guide.custody_history),
            _part("三、档案内容与成分", "Contents and composition", guide.contents),
        ],
        "tables": [_table(table) for table in form.tables],
        "use": _part("五、检索工具与利用说明", "Finding aids and use", guide.use),
    }
    return typeset("fonds-guide", content, made_at=form.letterhead.made_at)


def report_xlsx(report: Report, letterhead: Letterhead) -> bytes:
    """The report as a workbook of one sheet a table; no text in it can be taken for a formula."""
    book, first = new_sheet(_sheet_name(0, report.tables[0]))
    for place, table in enumerate(report.tables):
        sheet = first if place == 0 else book.create_sheet(_sheet_name(place, table))
        put(sheet.cell(1, 1), f"{letterhead.company}　{report.title.zh}　{report.period.told.zh}").font = HEADING
        _write_table(sheet, table)
        sheet.oddFooter.left.text = page_mark(f"{letterhead.person}　{letterhead.made_at.astimezone():%Y-%m-%d %H:%M}")
    return saved(book, title=report.title.zh, person=letterhead.person, made_at=letterhead.made_at)


def _write_table(sheet: Worksheet, table: ReportTable) -> None:
    """The title in row 2, the head in row 4, a row for each line, the sums."""
    put(sheet.cell(2, 1), table.title.zh).font = BOLD
    for at, column in enumerate(table.columns, start=1):
        name = put(sheet.cell(_HEAD_ROW, at), f"{column.name.zh}\n{column.name.en}")
        name.font, name.fill, name.alignment = BOLD, HEAD_FILL, _WRAPPING
    for line, row in enumerate([*table.rows, *([table.totals] if table.totals else [])], start=_HEAD_ROW + 1):
        _write_row(sheet, table, row, line)
    widths = tuple(_SHEET_WIDTHS.get(column.kind, 12) for column in table.columns)
    lay_out(sheet, widths, head_row=_HEAD_ROW, last_row=_HEAD_ROW + len(table.rows))


def _write_row(sheet: Worksheet, table: ReportTable, row: Sequence[ReportCell], line: int) -> None:
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True), start=1):
        written = put(sheet.cell(line, at), cell.zh if isinstance(cell, Bilingual) else cell)
        if column.kind is ColumnKind.SHARE:
            written.number_format = _PERCENT


def report_cell(cell: ReportCell, kind: ColumnKind) -> str:
    """A cell as it stands on paper: amounts with two decimals, thousands apart, shares in percent."""
    match cell:
        case None:
            return ""
        case Bilingual():
            return cell.zh
        case Decimal() if kind is ColumnKind.SHARE:
            return f"{cell:.1%}"
        case Decimal():
            return f"{cell:,.2f}"
        case int():
            return f"{cell:,}"
        case date():
            return day(cell)
        case _:
            return breakable(cell, 40)


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "title": pair(table.title),
        "columns": [
            {"name": pair(column.name), "align": "right" if column.kind in _NUMBERS else "left"}
            for column in table.columns
        ],
        "rows": [_cells(table.columns, row) for row in table.rows],
        "totals": _cells(table.columns, table.totals) if table.totals else [],
        "bars": _bars(table),
        "note": pair(table.note) if table.note else {"zh": "", "en": ""},
    }


def _cells(columns: Sequence[ReportColumn], row: Sequence[ReportCell]) -> list[str]:
    return [report_cell(cell, column.kind) for column, cell in zip(columns, row, strict=True)]


def _bars(table: ReportTable) -> list[dict[str, Any]]:
    """What is drawn: the name of each line, its figure, and how long it is of the longest."""
    if table.drawn is None:
        return []
    figures = [value if isinstance(value := row[table.drawn], int | Decimal) else 0 for row in table.rows]
    longest = max(figures, default=0)
    kind = table.columns[table.drawn].kind
    if not longest:
        return []
    return [
        {
            "name": report_cell(row[0], ColumnKind.TEXT),
            "figure": report_cell(figure, kind),
            "share": float(figure / longest),
        }
        for row, figure in zip(table.rows, figures, strict=True)
    ]


def _part(zh: str, en: str, text: str) -> dict[str, Any]:
    return {"title": {"zh": zh, "en": en}, "text": text.split("\n") if text else []}


def _sheet_name(place: int, table: ReportTable) -> str:
    """No longer than a sheet's name may be, and none twice."""
    forbidden = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
    return f"{place + 1} {table.title.zh}".translate(forbidden)[:31]
