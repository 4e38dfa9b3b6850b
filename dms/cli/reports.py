"""Reports that a command writes to a new path: asked before the work begins whether they can be, never over another."""

from pathlib import Path

from dms.cli.errors import TargetExists, TargetUnwritable
from dms.cli.usage import Misused
from dms.domain.printed import PrintAs
from dms.errors import Bilingual


def require_new(target: Path | None) -> None:
    """Refuse what could not be written hours later; `TargetExists`, `TargetUnwritable`."""
    if target is None:
        return
    if target.exists() or target.is_symlink():
        raise TargetExists(target)
    if not target.parent.is_dir():
        raise TargetUnwritable(target)


def printed_as(target: Path) -> PrintAs:
    """As what a form is written, by the ending of its name; raises `Misused`."""
    ending = target.suffix.lower().removeprefix(".")
    if ending not in set(PrintAs):
        told = Bilingual("-o 的文件名须以 .pdf 或 .xlsx 结尾。", "The name given by -o must end in .pdf or .xlsx.")
        raise Misused(told)
    return PrintAs(ending)


def write_report(target: Path, content: bytes) -> None:
    """Write it as a new one; `TargetExists`, `TargetUnwritable`."""
    try:
        stream = target.open("xb")
    except FileExistsError as error:
        raise TargetExists(target) from error
    except OSError as error:
        raise TargetUnwritable(target) from error
    try:
        with stream:
            stream.write(content)
    except OSError as error:
        target.unlink(missing_ok=True)  # half a report looks like one
        raise TargetUnwritable(target) from error
