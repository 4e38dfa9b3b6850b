"""A report as plain JSON, as the command line answers it and the archive keeps it."""

from datetime import date
from decimal import Decimal
from typing import Any

from dms.domain.report import Report, ReportCell, ReportTable
from dms.errors import Bilingual


def report_json(report: Report) -> dict[str, Any]:
    """The report with every name in both languages; amounts and shares as text, exact."""
    return {
        "report": report.name.value,
        "title": _names(report.title),
        "first_on": report.period.first_on.isoformat(),
        "last_on": report.period.last_on.isoformat(),
        "facts": [{"name": _names(name), "value": value.zh} for name, value in report.facts],
        "tables": [_table(table) for table in report.tables],
        "made_at": report.made_at.isoformat(),
        "made_by": report.made_by,
    }


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "title": _names(table.title),
        "columns": [{"name": _names(column.name), "kind": column.kind.value} for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "totals": [_cell(cell) for cell in table.totals],
        "note": _names(table.note) if table.note else None,
    }


def _cell(cell: ReportCell) -> Any:  # noqa: ANN401  # any JSON value
    match cell:
        case Bilingual():
            return _names(cell)
        case Decimal() | date():
            return str(cell)
        case _:
            return cell


def _names(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
