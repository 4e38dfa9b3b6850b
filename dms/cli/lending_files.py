"""Writing a form of lending where the caller wants it."""

from collections.abc import Callable
from pathlib import Path

import click

from dms.custody.lending import LendingPrintAs, LendingPrinted


def write_form(output: Path, made: Callable[[LendingPrintAs], LendingPrinted]) -> None:
    """Write the form to `output`, whose ending says whether as PDF or XLSX."""
    ending = output.suffix.lower().removeprefix(".")
    if ending not in set(LendingPrintAs):
        raise click.UsageError(f"{output}: .pdf / .xlsx")
    output.write_bytes(made(LendingPrintAs(ending)).content)
