"""The facts of the ledger by field: what each is called, and which statements about a contract cannot be right.

What always holds: the same rules hold for a form, for a sheet and for the command line; each complaint names its field.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dms.domain.amount import is_amount
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.errors import Bilingual

MAX_NUMBER_CHARACTERS = 100
MAX_TITLE_CHARACTERS = 200
MAX_TEXT_CHARACTERS = 500
MAX_NAME_CHARACTERS = 60
MAX_PARTIES = 20


class LedgerField(StrEnum):
    """One column of the ledger; the value is the name of the fact, but for the customer, who is named by two."""

    NUMBER = "number"
    TITLE = "title"
    CUSTOMER_CODE = "customer_code"
    CUSTOMER_NAME = "customer_name"
    DEPARTMENT = "department"
    HANDLER = "handler"
    STATE = "state"
    SIGNED_ON = "signed_on"
    EFFECTIVE_ON = "effective_on"
    ENDS_ON = "ends_on"
    AMOUNT = "amount"
    PERFORMED_ON = "performed_on"
    SETTLED_ON = "settled_on"
    WARRANTY_ENDS_ON = "warranty_ends_on"
    TERMINATED_ON = "terminated_on"
    FRAMEWORK_NO = "framework_no"
    PARTIES = "parties"
    REMARK = "remark"


FIELD_NAMES: dict[LedgerField, Bilingual] = {
    LedgerField.NUMBER: Bilingual("合同编号", "Contract no."),
    LedgerField.TITLE: Bilingual("合同名称", "Title"),
    LedgerField.CUSTOMER_CODE: Bilingual("客户代码", "Customer code"),
    LedgerField.CUSTOMER_NAME: Bilingual("客户名称", "Customer"),
    LedgerField.DEPARTMENT: Bilingual("经办部门", "Department"),
    LedgerField.HANDLER: Bilingual("经办人", "Handler"),
    LedgerField.STATE: Bilingual("合同状态", "State"),
    LedgerField.SIGNED_ON: Bilingual("签订日期", "Signed"),
    LedgerField.EFFECTIVE_ON: Bilingual("生效日期", "Effective"),
    LedgerField.ENDS_ON: Bilingual("到期日期", "Ends"),
    LedgerField.AMOUNT: Bilingual("合同金额（元）", "Amount (yuan)"),
    LedgerField.PERFORMED_ON: Bilingual("履行完毕日期", "Performed"),
    LedgerField.SETTLED_ON: Bilingual("结清日期", "Settled"),
    LedgerField.WARRANTY_ENDS_ON: Bilingual("质保期满日期", "Warranty ends"),
    LedgerField.TERMINATED_ON: Bilingual("终止日期", "Terminated"),
    LedgerField.FRAMEWORK_NO: Bilingual("框架合同编号", "Framework contract"),
    LedgerField.PARTIES: Bilingual("合同各方", "Parties"),
    LedgerField.REMARK: Bilingual("备注", "Remark"),
}

DAY_FIELDS = (
    LedgerField.SIGNED_ON, LedgerField.EFFECTIVE_ON, LedgerField.ENDS_ON, LedgerField.PERFORMED_ON,
    LedgerField.SETTLED_ON, LedgerField.WARRANTY_ENDS_ON, LedgerField.TERMINATED_ON,
)  # fmt: skip
"""The days that drive everything, in the order of a contract's life."""

_LONGEST = {
    LedgerField.NUMBER: MAX_NUMBER_CHARACTERS,
    LedgerField.TITLE: MAX_TITLE_CHARACTERS,
    LedgerField.DEPARTMENT: MAX_NAME_CHARACTERS,
    LedgerField.HANDLER: MAX_NAME_CHARACTERS,
    LedgerField.FRAMEWORK_NO: MAX_NUMBER_CHARACTERS,
    LedgerField.REMARK: MAX_TEXT_CHARACTERS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactProblem:
    """One thing that cannot be right, at the field where a person mends it."""

    field: LedgerField
    what: Bilingual
    """A whole sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One cell of a sheet that cannot be right."""

    row: int
    """As the sheet counts its rows, from 1."""
    column: str
    """The letter of the column; empty where the sheet has no such column."""
    field: LedgerField
    what: Bilingual


def problems_in(facts: ContractFacts) -> tuple[FactProblem, ...]:
    """Everything in the facts that cannot be right, in the order of the fields; empty where nothing is against them."""
    found = (*_left_out(facts), *_too_long(facts), *_impossible(facts), *_out_of_order(facts), *_against_state(facts))
    order = list(LedgerField)
    return tuple(sorted(found, key=lambda problem: order.index(problem.field)))


def _left_out(facts: ContractFacts) -> Iterator[FactProblem]:
    for field in (LedgerField.NUMBER, LedgerField.TITLE):
        if not getattr(facts, field):
            name = FIELD_NAMES[field]
            yield _problem(field, f"没有填写{name.zh}。", f"{name.en} is missing.")


def _too_long(facts: ContractFacts) -> Iterator[FactProblem]:
    for field, longest in _LONGEST.items():
        if len(getattr(facts, field)) > longest:
            name = FIELD_NAMES[field]
            yield _problem(field, f"{name.zh}超过 {longest} 字。", f"{name.en} has more than {longest} characters.")
    too_long = any(len(party.name) > MAX_TITLE_CHARACTERS for party in facts.parties)
    if too_long or len(facts.parties) > MAX_PARTIES:
        yield _problem(
            LedgerField.PARTIES,
            f"合同各方最多 {MAX_PARTIES} 个，每个名称 {MAX_TITLE_CHARACTERS} 字以内。",
            f"There are at most {MAX_PARTIES} parties with {MAX_TITLE_CHARACTERS} characters each.",
        )


def _impossible(facts: ContractFacts) -> Iterator[FactProblem]:
    if facts.amount is not None and not is_amount(facts.amount):
        yield _problem(
            LedgerField.AMOUNT,
            "金额不合常理，应以元为单位、精确到分。",
            "The amount cannot be right: it is stated in yuan, with two decimals at most.",
        )
    for field in DAY_FIELDS:
        day: date | None = getattr(facts, field)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            name = FIELD_NAMES[field]
            yield _problem(
                field,
                f"{name.zh}应在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间。",
                f"“{name.en}” lies outside of {FIRST_YEAR} to {LAST_YEAR}.",
            )


_NOT_BEFORE = (
    (LedgerField.ENDS_ON, LedgerField.EFFECTIVE_ON),
    (LedgerField.ENDS_ON, LedgerField.SIGNED_ON),
    (LedgerField.TERMINATED_ON, LedgerField.SIGNED_ON),
    (LedgerField.WARRANTY_ENDS_ON, LedgerField.PERFORMED_ON),
)
"""Performance may come before signing (补签), the end of a thing never before its beginning."""


def _out_of_order(facts: ContractFacts) -> Iterator[FactProblem]:
    told: set[LedgerField] = set()
    for later, earlier in _NOT_BEFORE:
        end, beginning = getattr(facts, later), getattr(facts, earlier)
        if end and beginning and end < beginning and later not in told:
            told.add(later)
            names = FIELD_NAMES[later], FIELD_NAMES[earlier]
            yield _problem(
                later,
                f"{names[0].zh}（{end}）早于{names[1].zh}（{beginning}）。",
                f"“{names[0].en}” ({end}) lies before “{names[1].en}” ({beginning}).",
            )


def _against_state(facts: ContractFacts) -> Iterator[FactProblem]:
    match facts.state:
        case ContractState.PERFORMED if not (facts.performed_on or facts.settled_on):
            yield _problem(
                LedgerField.PERFORMED_ON,
                "状态为履行完毕，却没有履行完毕日期或结清日期。",
                "It is performed, but neither the day of performance nor of settlement is stated.",
            )
        case ContractState.TERMINATED if not facts.terminated_on:
            yield _problem(
                LedgerField.TERMINATED_ON,
                "状态为终止，却没有终止日期。",
                "It is terminated, but the day of termination is not stated.",
            )
        case ContractState.NEGOTIATING | ContractState.RUNNING if facts.terminated_on:
            yield _problem(
                LedgerField.STATE,
                "有终止日期，状态却不是终止。",
                "A day of termination is stated, but the contract is not terminated.",
            )


def _problem(field: LedgerField, zh: str, en: str) -> FactProblem:
    return FactProblem(field=field, what=Bilingual(zh, en))
