"""The bars of a report, computed on the server: no script draws them, and the table beside them says the same."""

from dataclasses import dataclass
from decimal import Decimal

from dms.domain.report import ColumnKind, ReportCell, ReportTable
from dms.errors import Bilingual
from dms.web.current import language

NAME_PERCENT = 26
"""Of the width of the chart: what the names take."""
BAR_PERCENT = 52
ROW_PX = 28
BAR_PX = 14
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; lengths in percent of the chart's width, heights in pixels."""

    name: str
    figure: str
    width: float
    top: int
    baseline: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The bars of a table."""

    title: str
    description: str
    height: int
    bars: tuple[Bar, ...]


def chart_of(table: ReportTable) -> Chart | None:
    """The chart of a table; None where nothing is drawn, or one line alone."""
    if table.drawn is None or len(table.rows) < 2:  # one bar compares with nothing
        return None
    column = table.columns[table.drawn]
    figures = [value if isinstance(value := row[table.drawn], int | Decimal) else 0 for row in table.rows]
    longest = max(figures)
    if not longest:
        return None
    return Chart(
        title=localized(table.title),
        description="；".join(
            f"{shown_cell(row[0], ColumnKind.TEXT)} {shown_cell(figure, column.kind)}"
            for row, figure in zip(table.rows, figures, strict=True)
        ),
        height=ROW_PX * len(figures),
        bars=tuple(
            Bar(
                name=_clipped(shown_cell(row[0], ColumnKind.TEXT)),
                figure=shown_cell(figure, column.kind),
                width=round(float(figure / longest) * BAR_PERCENT, 2),
                top=ROW_PX * place + (ROW_PX - BAR_PX) // 2,
                baseline=ROW_PX * place + ROW_PX // 2 + 5,
            )
            for place, (row, figure) in enumerate(zip(table.rows, figures, strict=True))
        ),
    )


def shown_cell(cell: ReportCell, kind: ColumnKind) -> str:
    """A cell as the page writes it."""
    match cell:
        case None:
            return ""
        case Bilingual():
            return localized(cell)
        case Decimal() if kind is ColumnKind.SHARE:
            return f"{cell:.1%}"
        case Decimal():
            return f"{cell:,.2f}"
        case int():
            return f"{cell:,}"
        case _:
            return str(cell)


def localized(text: Bilingual) -> str:
    """The text in the language of the person who reads."""
    return text.in_language(language())


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
