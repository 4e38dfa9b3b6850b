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
    rows = [(figure.part, figure.name, _value(figure), _aim(figure), _mark(figure)) for figure in figures]
    head = ("part", "what", "reached", "wanted", "")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        part, name, value, aim, mark = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(f"{part}  {name}  {value.rstrip().rjust(widths[2])}  {aim}  {mark}".rstrip())
    missed = sum(figure.missed for figure in figures)
    click.echo(f"\n{len(figures)} figures, {missed} below their targets")


def _value(figure: Figure) -> str:
    if isinstance(figure.value, str):
        return figure.value
    number = f"{figure.value:,.0f}" if float(figure.value).is_integer() else f"{figure.value:,.4g}"
    return f"{number} {figure.unit}".rstrip()


def _aim(figure: Figure) -> str:
    return str(figure.aim) if figure.aim else ""


def _mark(figure: Figure) -> str:
    return "MISSED" if figure.missed else ""
