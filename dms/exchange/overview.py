"""Lists for people in a bag: items, customers and contracts as CSV that a spreadsheet opens.

What always holds: the lists begin with a byte order mark, without which Excel reads Chinese as gibberish; no cell can
be taken for a formula; a long number stays text. The exact values stand in the JSON beside them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from dms.exchange.catalogue_record import ContractRecord, CustomerRecord
from dms.exchange.item_record import ItemRecord

BYTE_ORDER_MARK = "\ufeff".encode()
MOST_EXACT_DIGITS = 11
"""A spreadsheet shows longer numbers rounded."""
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")

ITEM_HEAD = (
    "编号 id", "档号 reference code", "客户代码 customer", "案卷年度 year", "类目 series", "资料类型 type",
    "题名 title", "日期 date", "金额 amount", "合同编号 contract", "密级 grade", "状态 state", "页数 pages",
    "收到时间 received at", "收取人 received by", "原文件名 file name", "字节 bytes", "SHA-256", "位置 place",
)  # fmt: skip
CUSTOMER_HEAD = (
    "客户代码 code",
    "名称 name",
    "曾用名 former names",
    "统一社会信用代码 credit code",
    "所属部门 department",
    "登记时间 registered at",
)
CONTRACT_HEAD = ("客户代码 customer", "合同编号 number", "标题 title", "签订 signed on", "截止 ends on", "金额 amount")


def item_list(records: Iterable[ItemRecord]) -> Iterator[bytes]:
    """The papers in the order of their arrival."""
    return _listed(ITEM_HEAD, map(_item_row, records))


def customer_list(records: Iterable[CustomerRecord]) -> Iterator[bytes]:
    """The customers by code."""
    return _listed(CUSTOMER_HEAD, map(_customer_row, records))


def contract_list(records: Iterable[ContractRecord]) -> Iterator[bytes]:
    """The contract ledger."""
    return _listed(CONTRACT_HEAD, map(_contract_row, records))


def cell(value: object) -> str:
    """The value as a spreadsheet shows it unchanged."""
    text = "" if value is None else str(value)
    if text.startswith(_BEGINS_FORMULA):
        return f"'{text}"
    is_number = text.isascii() and text.isdigit()
    return f"{text}\t" if is_number and (len(text) > MOST_EXACT_DIGITS or text.startswith("0")) else text


def _listed(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK + _line(head)
    for row in rows:
        yield _line([cell(value) for value in row])


def _line(cells: Sequence[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue().encode()


def _item_row(record: ItemRecord) -> tuple[object, ...]:
    stated, original = record.stated, record.original
    return (
        record.id,
        record.placement.reference_code if record.placement else None,
        stated.customer_code,
        stated.facts.year,
        stated.facts.series_code,
        stated.facts.type_code,
        stated.facts.title,
        stated.facts.doc_on,
        stated.facts.amount,
        stated.contract.number if stated.contract else record.claimed_contract_no,
        stated.facts.grade,
        record.state.value,
        record.pages_total,
        record.received_at.isoformat(timespec="seconds"),
        record.received_by,
        record.original_filename,
        record.size_bytes,
        original.digest if original else "",
        f"data/items/{record.id}/{original.name}" if original else "",
    )


def _customer_row(record: CustomerRecord) -> tuple[object, ...]:
    facts = record.facts
    former = "；".join(known.name for known in facts.former_names)
    registered_at = record.created_at.isoformat(timespec="seconds")
    return (facts.code, facts.name, former, facts.uscc, facts.department, registered_at)


def _contract_row(record: ContractRecord) -> tuple[object, ...]:
    facts = record.facts
    return (record.customer_code, facts.number, facts.title, facts.signed_on, facts.ends_on, facts.amount)
