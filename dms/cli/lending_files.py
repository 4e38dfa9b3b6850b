"""Writing a form of lending where the caller wants it."""

from collections.abc import Callable
from pathlib import Path

from dms.cli.reports import printed_as, require_new, write_report
from dms.domain.printed import PrintAs, Printed


def write_form(output: Path, made: Callable[[PrintAs], Printed]) -> None:
    """Write the form to `output`, whose ending says whether as PDF or XLSX; raises `Misused` or `TargetExists`."""
    form = printed_as(output)
    require_new(output)
    write_report(output, made(form).content)
