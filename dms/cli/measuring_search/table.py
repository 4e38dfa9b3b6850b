"""The one table that the measurement prints: every figure beside its target, and a mark where the target is missed."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The figure is to be this or more."""

    bound: float

    def is_met(self, value: float) -> bool:
        """Whether a figure is good enough."""
        return value >= self.bound

    def __str__(self) -> str:
        return f">= {self.bound:g}"


@dataclass(frozen=True, slots=True)
class AtMost:
    """The figure is to be this or less."""

    bound: float

    def is_met(self, value: float) -> bool:
        """Whether a figure is good enough."""
        return value <= self.bound

    def __str__(self) -> str:
        return f"<= {self.bound:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table."""

    part: str
    name: str
    value: float | str
    """A text where something was not measured, saying why."""
    median: float | None = None
    """Where the value is a 95th percentile, the median beside it."""
    unit: str = ""
    aim: AtLeast | AtMost | None = None
    """None where no target was set."""

    @property
    def missed(self) -> bool:
        """Whether there is a target and the figure is not good enough, or was not measured."""
        return self.aim is not None and (isinstance(self.value, str) or not self.aim.is_met(self.value))


def told(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The figures as they stand in JSON."""
    return [
        asdict(figure) | {"aim": str(figure.aim) if figure.aim else None, "missed": figure.missed} for figure in figures
    ]


def show(figures: Sequence[Figure]) -> None:
    """Print the table on standard output."""
    head = ("part", "what", "median", "reached", "wanted", "")
    rows = [head, *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        part, name, median, value, aim, mark = row
        cells = (part.ljust(widths[0]), name.ljust(widths[1]), median.rjust(widths[2]), value.rjust(widths[3]))
        click.echo("  ".join([*cells, aim.ljust(widths[4]), mark]).rstrip())
    missed = sum(figure.missed for figure in figures)
    click.echo(f"\n{len(figures)} figures, {missed} below their targets")


def _row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    """The cells of a figure; a text, which may be long, stands last."""
    is_text = isinstance(figure.value, str)
    value = "-" if isinstance(figure.value, str) else f"{_number(figure.value)} {figure.unit}".rstrip()
    median = "" if figure.median is None else _number(figure.median)
    marks = [*(["MISSED"] if figure.missed else []), *([str(figure.value)] if is_text else [])]
    return figure.part, figure.name, median, value, str(figure.aim or ""), " ".join(marks)


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
