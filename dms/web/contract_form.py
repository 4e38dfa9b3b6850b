"""The contract forms: what a person typed about a contract or about its state, and what it means.

What always holds: nothing typed is lost, whatever is wrong with it, and every complaint stands at its own field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from dms.domain.amount import parse_amount
from dms.domain.contract import Contract, ContractFacts, ContractState
from dms.domain.day import parse_day
from dms.filing.ledger import ContractFactInvalid, StateChange, parties_in, told_parties
from dms.web.confirmation import amount_as_typed
from dms.web.current import localized

DAYS = (
    "signed_on", "effective_on", "ends_on", "performed_on", "settled_on", "warranty_ends_on", "terminated_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedContract:
    """The form as text; every attribute is the name of a field."""

    customer: str = ""
    number: str = ""
    title: str = ""
    department: str = ""
    handler: str = ""
    state: str = ContractState.RUNNING.value
    signed_on: str = ""
    effective_on: str = ""
    ends_on: str = ""
    amount: str = ""
    performed_on: str = ""
    settled_on: str = ""
    warranty_ends_on: str = ""
    terminated_on: str = ""
    framework_no: str = ""
    parties: str = ""
    """One a line: ``甲方：某某公司``."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedState:
    """The form for a change of state, as text."""

    becomes: str = ""
    happened_on: str = ""
    settled_on: str = ""
    reason: str = ""


def typed_in(form: Mapping[str, str]) -> TypedContract:
    """The form as it was sent; a field that was not sent is empty."""
    return TypedContract(**{field.name: form.get(field.name, "").strip() for field in fields(TypedContract)})


def typed_state_in(form: Mapping[str, str]) -> TypedState:
    """The form for a change of state as it was sent."""
    return TypedState(**{field.name: form.get(field.name, "").strip() for field in fields(TypedState)})


def as_typed(contract: Contract) -> TypedContract:
    """The form filled with what is known."""
    facts = contract.facts
    days = {name: _day_as_typed(getattr(facts, name)) for name in DAYS}
    return TypedContract(
        number=facts.number,
        title=facts.title,
        department=facts.department,
        handler=facts.handler,
        state=facts.state.value,
        amount=amount_as_typed(facts.amount) if facts.amount is not None else "",
        framework_no=facts.framework_no,
        parties=told_parties(facts.parties).replace("；", "\n"),
        remark=facts.remark,
        **days,
    )


def facts_typed(typed: TypedContract) -> ContractFacts:
    """What the form means, the customer left open; ask `not_understood` first."""
    days: dict[str, date | None] = {name: parse_day(getattr(typed, name)) for name in DAYS}
    return ContractFacts(
        number=typed.number,
        title=typed.title,
        customer_id=0,
        parties=parties_in(typed.parties),
        amount=_amount(typed.amount),
        department=typed.department,
        handler=typed.handler,
        state=_state(typed.state) or ContractState.RUNNING,
        framework_no=typed.framework_no,
        remark=typed.remark,
        signed_on=days["signed_on"],
        effective_on=days["effective_on"],
        ends_on=days["ends_on"],
        performed_on=days["performed_on"],
        settled_on=days["settled_on"],
        warranty_ends_on=days["warranty_ends_on"],
        terminated_on=days["terminated_on"],
    )


def change_typed(typed: TypedState) -> StateChange | None:
    """What the form for a change of state means; None where no state was chosen."""
    becomes = _state(typed.becomes)
    if becomes is None:
        return None
    return StateChange(
        becomes=becomes,
        happened_on=parse_day(typed.happened_on),
        settled_on=parse_day(typed.settled_on),
        reason=typed.reason,
    )


def not_understood(typed: TypedContract) -> dict[str, str]:
    """Field name to a sentence, for each day and amount that cannot be read."""
    problems = _days_not_understood({name: getattr(typed, name) for name in DAYS})
    if typed.amount and _amount(typed.amount) is None:
        problems["amount"] = _("看不懂这个金额，请写成 438,000.00 或 43.8万。")
    return problems


def state_not_understood(typed: TypedState) -> dict[str, str]:
    """Field name to a sentence, for what cannot be read in the form for a change of state."""
    problems = _days_not_understood({"happened_on": typed.happened_on, "settled_on": typed.settled_on})
    if _state(typed.becomes) is None:
        problems["becomes"] = _("请选择新的状态。")
    return problems


def problems_by_field(refusal: ContractFactInvalid) -> dict[str, str]:
    """The complaints of a refusal, each at its own field."""
    return {problem.field.value: localized(problem.what) for problem in refusal.problems}


def _days_not_understood(days: Mapping[str, str]) -> dict[str, str]:
    complaint = _("看不懂这个日期，请写成 2023-05-18 或 2023年5月18日。")
    return {name: complaint for name, text in days.items() if text and parse_day(text) is None}


def _amount(typed: str) -> Decimal | None:
    return parse_amount(typed) if typed else None


def _state(typed: str) -> ContractState | None:
    return ContractState(typed) if typed in set(ContractState) else None


def _day_as_typed(day: date | None) -> str:
    return day.isoformat() if day else ""
