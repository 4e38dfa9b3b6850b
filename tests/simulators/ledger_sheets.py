"""Spreadsheets as people bring them, made in memory."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

HEAD = (
    "合同编号", "合同名称", "客户代码", "客户名称", "签订日期",
    "到期日期", "合同金额（元）", "合同状态", "履行完毕日期",
)  # fmt: skip


def workbook(*rows: Sequence[object], head: Sequence[object] = HEAD, above: int = 0) -> bytes:
    """A workbook with one sheet: `above` rows with a heading, the head, then the rows."""
    book = Workbook()
    sheet = book.active
    for number in range(above):
        sheet.append([f"合同台账 {number}"])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
