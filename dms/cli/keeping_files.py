"""As what a list of keeping is written where the caller wants it."""

from pathlib import Path

from dms.cli.usage import Misused
from dms.custody.keeping import PrintAs
from dms.errors import Bilingual


def printed_as(output: Path) -> PrintAs:
    """What the ending of the wanted file asks for; raises `Misused`."""
    ending = output.suffix.lower().removeprefix(".")
    if ending not in set(PrintAs):
        raise Misused(Bilingual(f"{output} 的扩展名须是 .pdf 或 .xlsx。", f"{output} must end in .pdf or .xlsx."))
    return PrintAs(ending)
