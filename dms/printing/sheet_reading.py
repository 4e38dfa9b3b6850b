"""Reading a table out of a spreadsheet that somebody brought; the twin of writing one.

What always holds:
- No byte of it is parsed in this process (I4): a child without a key opens it, see `sheet_child`, and its answer is
  checked cell by cell; nothing is written to a disk (I3).
- The first sheet counts, others are not looked at. Nothing is computed: a formula is told as one, never its result.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from dms.printing.sheet_errors import SheetHoldsPrograms, SheetTooLarge, SheetUnreadable

MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_SHEET_BYTES = 16 * 1024 * 1024
_LONGEST_S = 90.0
_CHILD = (sys.executable, "-I", "-B", str(Path(__file__).with_name("sheet_child.py")))
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TRUTH = "truth"
    FORMULA = "formula"
    FAULT = "fault"
    """What a formula left that could not be computed, such as ``#N/A``."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell that is not empty."""

    kind: CellKind
    text: str
    """A number as plain decimal, a day as ``2023-05-18``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row that is not empty; None for an empty cell, empty ones at the end left out."""

    number: int
    """As the sheet counts, from 1."""
    cells: tuple[SheetCell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The first sheet of a workbook."""

    name: str
    rows: tuple[SheetRow, ...]


def read_sheet(untrusted_bytes: bytes) -> Sheet:
    """The cells of the first sheet; raises `SheetUnreadable`, `SheetTooLarge` or `SheetHoldsPrograms`."""
    if len(untrusted_bytes) > MOST_SHEET_BYTES:
        raise SheetTooLarge(MOST_ROWS)
    told = _ask_child(untrusted_bytes)
    match told.get("refused"):
        case None:
            return _checked(told)
        case "too_large":
            raise SheetTooLarge(MOST_ROWS)
        case "macros":
            raise SheetHoldsPrograms
        case _:
            raise SheetUnreadable


def column_letters(place: int) -> str:
    """``A`` for 1, ``AA`` for 27, as a sheet names its columns."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _ask_child(untrusted_bytes: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603  the command is our own, never composed from input
            [*_CHILD, str(MOST_ROWS), str(MOST_COLUMNS)],
            input=untrusted_bytes,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {"LC_ALL": "C.UTF-8"},
            timeout=_LONGEST_S,
            check=False,
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError, OSError):
        raise SheetUnreadable from None
    if not isinstance(told, dict):
        raise SheetUnreadable
    return told


def _checked(told: dict[str, Any]) -> Sheet:
    try:
        rows = tuple(SheetRow(number=int(number), cells=tuple(map(_cell, cells))) for number, cells in told["rows"])
        return Sheet(name=str(told["name"]), rows=rows)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise SheetUnreadable from None


def _cell(told: list[str] | None) -> SheetCell | None:
    if told is None:
        return None
    kind, text = CellKind(told[0]), str(told[1])
    if kind is CellKind.NUMBER:
        return SheetCell(kind, _plain(Decimal(text)))
    if kind is CellKind.DAY:
        return SheetCell(kind, date.fromisoformat(text).isoformat())
    return SheetCell(kind, text)


def _plain(number: Decimal) -> str:
    """Without exponent and without a fraction of nothing but noughts: ``20240018`` for 20240018.0."""
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError(str(number))
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
