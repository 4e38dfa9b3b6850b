"""The ledger as a spreadsheet that can be changed and imported again, and what is missing as one to hand out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.missing_paper import MissingReason
from dms.errors import Bilingual
from dms.filing.ledger.completing import MissingEntry, MissingWish, papers_missing
from dms.filing.ledger.errors import STATE_NAMES
from dms.filing.ledger.facts import FIELD_NAMES, LedgerField
from dms.filing.ledger.listing import LedgerEntry, LedgerWish, contract_ledger
from dms.filing.ledger.stating import told_parties
from dms.printing import PlainColumn, PlainTable, plain_table_xlsx

Cell = str | int | Decimal | date | None

_WIDTHS: dict[LedgerField, int] = {
    LedgerField.NUMBER: 22,
    LedgerField.TITLE: 40,
    LedgerField.CUSTOMER_NAME: 34,
    LedgerField.PARTIES: 44,
    LedgerField.REMARK: 30,
}
_ORDINARY_WIDTH = 14
_MISSING_COLUMNS = (
    PlainColumn(name=Bilingual("应补部门", "Owed by"), width=16),
    PlainColumn(name=Bilingual("客户代码", "Customer code"), width=12),
    PlainColumn(name=Bilingual("客户名称", "Customer"), width=34),
    PlainColumn(name=Bilingual("合同编号", "Contract no."), width=22),
    PlainColumn(name=Bilingual("合同名称", "Title"), width=40),
    PlainColumn(name=Bilingual("经办人", "Handler"), width=12),
    PlainColumn(name=Bilingual("所缺资料", "Missing"), width=26),
    PlainColumn(name=Bilingual("原因", "Why"), width=22),
)


def export_ledger(actor: Actor, wish: LedgerWish, *, archive: Archive) -> bytes:
    """Every contract that fits and that the actor may know of, as a workbook that `import_contracts` takes back.

    Raises `CustomerNotFound`.
    """
    actor.require(Permission.CONSULT)
    ledger = contract_ledger(actor, replace(wish, limit=None, offset=0), archive=archive)
    table = PlainTable(
        title="合同台账",
        columns=tuple(
            PlainColumn(name=FIELD_NAMES[field], width=_WIDTHS.get(field, _ORDINARY_WIDTH)) for field in LedgerField
        ),
        rows=tuple(tuple(_cell(entry, field) for field in LedgerField) for entry in ledger.entries),
        person=actor.name,
        made_at=archive.now(),
    )
    _record(actor, "contract_ledger_exported", len(ledger.entries), archive=archive)
    return plain_table_xlsx(table)


def export_missing(actor: Actor, wish: MissingWish, *, archive: Archive) -> bytes:
    """Everything missing that fits, as a workbook; raises `CustomerNotFound` or `ContractNotFound`."""
    actor.require(Permission.CONSULT)
    found = papers_missing(actor, replace(wish, limit=None, offset=0), archive=archive)
    table = PlainTable(
        title="补充资料清单",
        columns=_MISSING_COLUMNS,
        rows=tuple(_missing_row(entry) for entry in found.entries),
        person=actor.name,
        made_at=archive.now(),
    )
    _record(actor, "missing_papers_exported", found.total, archive=archive)
    return plain_table_xlsx(table)


def told_reason(entry: MissingEntry) -> Bilingual:
    """Why the paper is asked for, in words."""
    if entry.paper.because is MissingReason.ABSENT:
        return Bilingual("未见该资料", "not there")
    day = entry.expired_on.isoformat() if entry.expired_on else ""
    return Bilingual(f"已于 {day} 过期", f"expired on {day}")


def _cell(entry: LedgerEntry, field: LedgerField) -> Cell:
    facts = entry.contract.facts
    match field:
        case LedgerField.CUSTOMER_CODE:
            return entry.customer.code
        case LedgerField.CUSTOMER_NAME:
            return entry.customer.name
        case LedgerField.STATE:
            return STATE_NAMES[facts.state].zh
        case LedgerField.PARTIES:
            return told_parties(facts.parties)
        case _:
            value: Cell = getattr(facts, field.value)
            return value


def _missing_row(entry: MissingEntry) -> tuple[Cell, ...]:
    facts = entry.contract.facts if entry.contract else None
    return (
        entry.paper.department,
        entry.customer.code,
        entry.customer.name,
        facts.number if facts else "",
        facts.title if facts else "（客户档案）",
        facts.handler if facts else "",
        entry.paper.requirement.zh,
        told_reason(entry).zh,
    )


def _record(actor: Actor, action: str, total: int, *, archive: Archive) -> None:
    """What goes out of the house is journaled (I6)."""
    with archive.begin() as work:
        archive.record(work, actor, action, actor.name, total=total)
