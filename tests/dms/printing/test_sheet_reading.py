"""A stranger's spreadsheet is opened by a child without a key, and told cell by cell."""

import subprocess
import sys
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from simulators.ledger_sheets import saved, workbook

from dms.printing import (
    CellKind,
    SheetCell,
    SheetHoldsPrograms,
    SheetTooLarge,
    SheetUnreadable,
    column_letters,
    read_sheet,
)
from dms.printing import sheet_reading as reading


def test_every_cell_is_told_as_what_it_is():
    sheet = read_sheet(workbook(("文字", 20240018, 438000.10, datetime(2024, 5, 1, 9), date(2024, 5, 2), True, "=1+1")))
    cells = sheet.rows[1].cells
    assert cells == (
        SheetCell(CellKind.TEXT, "文字"),
        SheetCell(CellKind.NUMBER, "20240018"),
        SheetCell(CellKind.NUMBER, "438000.1"),
        SheetCell(CellKind.DAY, "2024-05-01"),
        SheetCell(CellKind.DAY, "2024-05-02"),
        SheetCell(CellKind.TRUTH, "True"),
        SheetCell(CellKind.FORMULA, "=1+1"),
    )


def test_rows_keep_the_numbers_that_the_sheet_gives_them_and_empty_ones_are_left_out():
    sheet = read_sheet(workbook((), ("甲",), (None, None), (None, "乙"), head=("头",)))
    assert [(row.number, len(row.cells)) for row in sheet.rows] == [(1, 1), (3, 1), (5, 2)]
    assert sheet.rows[-1].cells[0] is None


def test_only_the_first_sheet_counts():
    book = Workbook()
    book.active.title = "台账"
    book.active.append(["一"])
    book.create_sheet("别的").append(["二"])
    sheet = read_sheet(saved(book))
    assert (sheet.name, len(sheet.rows)) == ("台账", 1)


@pytest.mark.parametrize(
    "untrusted_bytes",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "合同编号,合同名称\n".encode(), b"%PDF-1.7"],
    ids=["empty", "cut off", "locked or of the old kind", "text", "a PDF"],
)
def test_what_is_no_workbook_is_refused(untrusted_bytes):
    with pytest.raises(SheetUnreadable):
        read_sheet(untrusted_bytes)


def _with_member(name: str, content: bytes) -> bytes:
    stream = BytesIO(workbook(("甲",)))
    with ZipFile(stream, "a", ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return stream.getvalue()


def test_a_workbook_with_programs_in_it_is_not_opened():
    with pytest.raises(SheetHoldsPrograms):
        read_sheet(_with_member("xl/vbaProject.bin", b"macro"))


def test_a_workbook_that_unfolds_to_gigabytes_is_refused():
    with pytest.raises(SheetTooLarge):
        read_sheet(_with_member("xl/media/image1.png", bytes(reading.MOST_SHEET_BYTES * 17)))


def test_a_workbook_with_too_many_rows_or_bytes_is_refused():
    with pytest.raises(SheetTooLarge):
        read_sheet(bytes(reading.MOST_SHEET_BYTES + 1))
    with pytest.raises(SheetTooLarge):
        read_sheet(workbook(tuple("甲" for _ in range(reading.MOST_COLUMNS + 1))))


def test_a_link_to_another_workbook_is_not_followed_and_its_value_not_believed():
    book = Workbook()
    book.active.append(["='file:///etc/[passwd]x'!A1"])
    (row,) = read_sheet(saved(book)).rows
    assert row.cells[0].kind is CellKind.FORMULA


def test_the_child_can_neither_write_nor_start_a_program_nor_connect(tmp_path):
    attempts = """
import sys, socket, subprocess
sys.path.insert(0, sys.argv[1])
import sheet_child
sheet_child.confine()
for attempt in (
    lambda: open(sys.argv[2], "w"),
    lambda: subprocess.Popen(["true"]),
    lambda: socket.create_connection(("127.0.0.1", 9)),
):
    try:
        attempt()
    except PermissionError:
        continue
    sys.exit(1)
"""
    folder = str(Path(reading.__file__).parent)
    done = subprocess.run([sys.executable, "-c", attempts, folder, str(tmp_path / "x")], check=False, timeout=60)
    assert done.returncode == 0
    assert not (tmp_path / "x").exists()


def test_columns_are_named_as_sheets_name_them():
    assert [column_letters(place) for place in (1, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
