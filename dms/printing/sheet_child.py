"""The child that opens a stranger's spreadsheet: bytes in on standard input, cells out as JSON on standard output.

What always holds:
- It is started as a program of its own, imports nothing of ours, holds no key, and can neither write nor connect.
- Memory and processor time are bounded by the kernel; a workbook that unfolds to gigabytes ends the child alone.
- Formulas are not computed and their kept results not believed; links to other workbooks are not followed; a workbook
  with programs in it is not opened at all.
"""

import contextlib
import datetime
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

MEMORY_BYTES = 1024 * 1024 * 1024
PROCESSOR_S = 60
MOST_MEMBERS = 500
MOST_UNPACKED_BYTES = 256 * 1024 * 1024
_MACROS = "vbaproject.bin"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename")


def main() -> None:
    """Answer one question and end."""
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    confine()
    print(json.dumps(_answer(sys.stdin.buffer.read(), most_rows, most_columns)))  # noqa: T201  the answer


def confine() -> None:
    """Give up what reading a table does not need; what the system does not offer is left out."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def _answer(untrusted_bytes: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    try:
        refusal = _refusal(untrusted_bytes)
        return {"refused": refusal} if refusal else _read(untrusted_bytes, most_rows, most_columns)
    except MemoryError:
        return {"refused": "too_large"}
    except Exception:  # noqa: BLE001  whatever a stranger's bytes make the library raise means the same to the parent
        return {"refused": "unreadable"}


def _refusal(untrusted_bytes: bytes) -> str | None:
    """Why the workbook is not opened at all, by what its list of members says."""
    with zipfile.ZipFile(BytesIO(untrusted_bytes)) as packed:
        members = packed.infolist()
    if any(each.filename.lower().endswith(_MACROS) for each in members):
        return "macros"
    unpacked = sum(each.file_size for each in members)
    return "too_large" if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED_BYTES else None


def _read(untrusted_bytes: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    book = load_workbook(BytesIO(untrusted_bytes), read_only=True, data_only=False, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the workbook says of its own size is not believed
    rows: list[list[Any]] = []
    for number, cells in _filled_rows(sheet):
        if len(rows) >= most_rows or len(cells) > most_columns:
            return {"refused": "too_large"}
        rows.append([number, cells])
    return {"name": str(sheet.title), "rows": rows}


def _filled_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:  # noqa: ANN401  the library ships no types
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield number, cells


def _cell(cell: Any) -> list[str] | None:  # noqa: ANN401  the library ships no types
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "f":
        return ["formula", str(value)]
    if cell.data_type == "e":
        return ["fault", str(value)]
    if isinstance(value, bool):
        return ["truth", str(value)]
    if isinstance(value, datetime.datetime):
        return ["day", value.date().isoformat()]
    if isinstance(value, datetime.date):
        return ["day", value.isoformat()]
    return ["number", repr(value)] if isinstance(value, int | float) else ["text", str(value)]


if __name__ == "__main__":
    main()
